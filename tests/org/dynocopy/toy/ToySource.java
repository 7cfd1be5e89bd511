package org.dynocopy.toy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.Source;
import org.dynocopy.core.StoreException;

/** A folder of files with an item on each line. A position is a number of lines. */
public final class ToySource implements Source {

  private static final int PAGE = 7;

  private final Path folder;

  /** Reads the files of a folder. */
  public ToySource(Path folder) {
    this.folder = folder;
  }

  @Override
  public List<Split> splits() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().<Split>map(file -> new Lines(file, 0, Integer.MAX_VALUE)).toList();
    } catch (IOException e) {
      throw new IllegalStateException(folder + " cannot be read", e);
    }
  }

  @Override
  public boolean resumable() {
    return true;
  }

  @Override
  public boolean mayRepeatKeys() {
    return false;
  }

  /** The lines of a file from one to before another one. */
  private static final class Lines implements Split {
    private final Path file;
    private final int from;
    private volatile int to;

    Lines(Path file, int from, int to) {
      this.file = file;
      this.from = from;
      this.to = to;
    }

    @Override
    public String name() {
      return "lines from " + from + " of " + file;
    }

    private static int lines(Position position) {
      return Integer.parseInt(new String(position.token(), UTF_8));
    }

    @Override
    public Page read(Optional<Position> after, RequestSender requests)
        throws StoreException, InterruptedException {
      return page(after.map(Lines::lines).orElse(from), PAGE, requests);
    }

    @Override
    public Page again(Optional<Position> after, long items, RequestSender requests)
        throws StoreException, InterruptedException {
      int most = items == 0 ? Integer.MAX_VALUE : (int) items;
      return page(after.map(Lines::lines).orElse(from), most, requests);
    }

    private Page page(int first, int most, RequestSender requests)
        throws StoreException, InterruptedException {
      List<String> all = requests.call(this::all);
      int end = Math.min(all.size(), to);
      int last = Math.min(end, most == Integer.MAX_VALUE ? end : first + most);
      List<Item> items = new ArrayList<>();
      all.subList(Math.min(first, last), last).forEach(line -> items.add(Item.of(line)));
      Optional<Position> next =
          last < end ? Optional.of(new Position(("" + last).getBytes(UTF_8))) : Optional.empty();
      return new Page(items, next, items.size(), 0, 1_000, 1);
    }

    private List<String> all() throws StoreException {
      try {
        return Files.readAllLines(file);
      } catch (IOException e) {
        throw new StoreException(StoreException.Kind.UNAVAILABLE, name() + ": " + e, e);
      }
    }

    /** Gives away the second half of what is left. */
    @Override
    public List<Split> divide(Position after, int parts, RequestSender requests)
        throws StoreException, InterruptedException {
      int end = Math.min(requests.call(this::all).size(), to);
      int middle = (lines(after) + end) / 2;
      if (middle <= lines(after)) {
        return List.of();
      }
      to = middle;
      return List.of(new Lines(file, middle, end));
    }

    @Override
    public Optional<byte[]> part() {
      return from == 0 && to == Integer.MAX_VALUE
          ? Optional.empty()
          : Optional.of((from + "-" + to).getBytes(UTF_8));
    }

    @Override
    public Split part(byte[] part) {
      String[] ends = new String(part, UTF_8).split("-");
      return new Lines(file, Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
    }
  }
}
