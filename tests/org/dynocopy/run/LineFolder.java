package org.dynocopy.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dynocopy.core.Item;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.Page;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.Sink;
import org.dynocopy.core.Source;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.store.ItemOrigin;
import org.dynocopy.store.Recovery;
import org.dynocopy.store.Store;
import org.dynocopy.store.StoreContents;
import org.dynocopy.store.StoreInfo;

/**
 * A toy store, written against the ports alone: a folder with a file for each batch, an item in
 * each line, the schema, and a file that says that it is whole.
 */
final class LineFolder implements Store {

  private static final int PAGE = 7;
  private static final String LINES = ".lines";

  private final Path folder;
  private final LineFolders all;
  private final AtomicInteger batches = new AtomicInteger();
  private boolean unfinished;

  LineFolder(Path folder, LineFolders all) {
    this.folder = folder;
    this.all = all;
  }

  static Path whole(Path folder) {
    return folder.resolve("whole");
  }

  /** Returns how many pages it has. */
  static int pages(Path folder) {
    return files(folder).stream().mapToInt(file -> (items(file).size() + PAGE - 1) / PAGE).sum();
  }

  private List<Path> files() {
    return files(folder);
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> found = Files.list(folder)) {
      return found.filter(file -> file.toString().endsWith(LINES)).sorted().toList();
    } catch (IOException e) {
      throw new InvalidJobException(Location.NOWHERE, "there is no folder " + folder);
    }
  }

  private static List<Item> items(Path file) {
    return text(file).lines().map(Item::of).toList();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public StoreInfo describe() {
    Map<String, String> identity = new TreeMap<>();
    files().forEach(file -> identity.put(file.toString(), text(file).length() + " characters"));
    return new StoreInfo(
        List.of(),
        OptionalLong.empty(),
        identity,
        Optional.of(text(folder.resolve("schema"))),
        Set.of());
  }

  @Override
  public StoreContents check(Collection<String> keyNames) {
    if (!Files.exists(whole(folder))) {
      throw new InvalidJobException(Location.NOWHERE, folder + " is not whole");
    }
    long items = files().stream().mapToLong(file -> items(file).size()).sum();
    return new StoreContents(items, List.of("keys were not looked at"));
  }

  @Override
  public List<Item> sample(int most) {
    return files().stream().flatMap(file -> items(file).stream()).limit(most).toList();
  }

  @Override
  public Source source() {
    List<Source.Split> splits = files().stream().<Source.Split>map(Lines::new).toList();
    return new Source() {
      @Override
      public List<Split> splits() {
        return splits;
      }

      @Override
      public boolean resumable() {
        return true;
      }

      @Override
      public boolean mayRepeatKeys() {
        return false;
      }
    };
  }

  /** A file. A position is the number of lines before it. */
  private final class Lines implements Source.Split {
    private final Path file;

    Lines(Path file) {
      this.file = file;
    }

    @Override
    public String name() {
      return file.toString();
    }

    @Override
    public Page read(Optional<Position> after, RequestSender requests) {
      all.beforePage();
      List<Item> items = items(file);
      int from = after.map(at -> Integer.parseInt(new String(at.token(), UTF_8))).orElse(0);
      int to = Math.min(items.size(), from + PAGE);
      byte[] next = Integer.toString(to).getBytes(UTF_8);
      List<Item> some = items.subList(from, to);
      long bytes = some.stream().mapToLong(Item::length).sum();
      return new Page(
          some,
          to < items.size() ? Optional.of(new Position(next)) : Optional.empty(),
          some.size(),
          0,
          bytes,
          0);
    }
  }

  @Override
  public void checkNew() {
    if (Files.exists(folder)) {
      throw new InvalidJobException(Location.NOWHERE, folder + " is there already");
    }
  }

  @Override
  public Optional<Recovery> recover() {
    return Optional.empty();
  }

  @Override
  public Sink sink(ItemOrigin origin) {
    checkNew();
    unfinished = true;
    write("schema", origin.schema());
    return new Sink() {
      @Override
      public int maxItems() {
        return 40;
      }

      @Override
      public long maxBytes() {
        return 1 << 20;
      }

      @Override
      public Object key(Item item) throws StoreException {
        return origin.keys().of(item);
      }

      @Override
      public Written write(List<Item> batch) throws StoreException {
        all.beforeBatch();
        String lines =
            batch.stream().map(Item::toString).collect(Collectors.joining("\n", "", "\n"));
        LineFolder.this.write(batches.incrementAndGet() + LINES, lines);
        return new Written(new BitSet(), 0);
      }
    };
  }

  private void write(String name, String text) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void finish(Outcome outcome) {
    write(whole(folder).getFileName().toString(), outcome.counts().written() + " items");
    unfinished = false;
  }

  /** Removes what is not finished. */
  @Override
  public void close() {
    if (!unfinished) {
      return;
    }
    try (Stream<Path> left = Files.walk(folder)) {
      for (Path file : new ArrayList<>(left.sorted(Comparator.reverseOrder()).toList())) {
        Files.delete(file);
      }
      unfinished = false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
