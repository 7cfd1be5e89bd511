package org.dynocopy.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.dynocopy.core.Backoff;
import org.dynocopy.core.Item;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.Page;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.RunSettings;
import org.dynocopy.core.Sink;
import org.dynocopy.core.Source;
import org.dynocopy.engine.BoundedDeadLetters;
import org.dynocopy.engine.Engine;
import org.dynocopy.item.ItemMap;
import org.dynocopy.json.Json;
import org.dynocopy.store.ItemOrigin;

/** Items that a careless file changes or loses, and ways to bring them in and out of files. */
final class Items {

  static final ItemOrigin.Keys KEYS = Items::key;

  private static final List<String> TEXTS =
      List.of(
          "",
          "\"",
          "\\",
          "\\\"}}",
          "}",
          "{\"Item\":{",
          "\n{\"Item\":{}}\n",
          "\r\n\t\u0001\u2028",
          "äöü 日本語 😀",
          "12345678901234567890123456789012345678",
          "Item");

  private Items() {}

  static Item of(String id) {
    return Item.of("{\"id\":{\"S\":\"" + id + "\"}}");
  }

  static List<Item> some(int number) {
    return IntStream.range(0, number).mapToObj(i -> of("u" + i)).toList();
  }

  /** Makes an item with an id of its own; a slice of something longer, perhaps on several lines. */
  static Item random(Random random, int id) {
    byte[] json =
        Json.bytes(
            out -> {
              if (random.nextInt(3) == 0) {
                out.useDefaultPrettyPrinter();
              }
              out.writeStartObject();
              attribute(out, "id", "S", Integer.toString(id));
              for (int i = random.nextInt(5); i > 0; i--) {
                attribute(
                    out, text(random) + i, "S", text(random) + "x".repeat(random.nextInt(99)));
              }
              attribute(out, "Item", "N", "1234567890123456789012345678901234567." + id % 10);
              out.writeObjectFieldStart("m");
              out.writeObjectFieldStart("M");
              attribute(out, text(random), "S", text(random));
              out.writeEndObject();
              out.writeEndObject();
              out.writeEndObject();
            });
    byte[] around = new byte[json.length + 5];
    System.arraycopy(json, 0, around, 3, json.length);
    return new Item(around, 3, json.length);
  }

  private static void attribute(JsonGenerator out, String name, String type, String value)
      throws IOException {
    out.writeObjectFieldStart(name);
    out.writeStringField(type, value);
    out.writeEndObject();
  }

  private static String text(Random random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private static Object key(Item item) {
    try {
      return new ItemMap(item).get("id");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Manifest manifest(long items) {
    return new Manifest(
        "users", "arn:aws:dynamodb:::table/users", Instant.EPOCH, items, "{\"a\":[1.0]}");
  }

  /** Makes a backup with a batch, and so a gzip member, for each so many items. */
  static void backUp(Path file, List<Item> items, int perBatch) throws Exception {
    try (BackupSink sink = BackupSink.open(file, KEYS)) {
      for (int i = 0; i < items.size(); i += perBatch) {
        sink.write(items.subList(i, Math.min(items.size(), i + perBatch)));
      }
      sink.finish(manifest(items.size()));
    }
  }

  /** Writes a file as another program would. */
  static Path foreign(Path file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Files.createDirectories(file.getParent());
    return Files.write(file, Lines.isGzip(file) ? gzip(bytes) : bytes);
  }

  static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream member = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(member)) {
      out.write(content);
    }
    return member.toByteArray();
  }

  /** Reads a backup page by page, as one reader does. */
  static List<String> read(Path path) throws Exception {
    List<String> items = new ArrayList<>();
    try (BackupSource source = new BackupSource(BackupFiles.at(path))) {
      for (Source.Split split : source.splits()) {
        Optional<Page.Position> position = Optional.empty();
        do {
          Page page = split.read(position, null);
          page.items().forEach(item -> items.add(item.toString()));
          position = page.next();
        } while (position.isPresent());
      }
    }
    return items;
  }

  /** Copies by an engine of several readers and writers, and sees that nothing is missing. */
  static Outcome copy(Source source, Sink sink, Path deadLetters) throws Exception {
    Backoff backoff = new Backoff(Duration.ZERO, Duration.ZERO, Duration.ofMinutes(5));
    Engine engine =
        new Engine(
            source,
            Optional::of,
            sink,
            new BoundedDeadLetters(new DeadLetterFile(Optional.of(deadLetters)), 1),
            new RunSettings(3, 4, 16 << 20, OptionalLong.empty(), false, backoff),
            RunListener.NONE);
    Outcome outcome = engine.run();
    assertThat(outcome.failure()).isEmpty();
    assertThat(outcome.complete()).isTrue();
    return outcome;
  }

  /** A source in memory: splits of pages of items. */
  record Pages(List<List<List<Item>>> pages) implements Source {
    @Override
    public List<Split> splits() {
      return pages.stream().<Split>map(OneSplit::new).toList();
    }

    @Override
    public boolean mayRepeatKeys() {
      return false;
    }

    private record OneSplit(List<List<Item>> pages) implements Split {
      @Override
      public String name() {
        return "pages";
      }

      @Override
      public Page read(Optional<Page.Position> after, RequestSender requests) {
        int number = after.map(position -> (int) position.token()[0]).orElse(0);
        List<Item> items = number < pages.size() ? pages.get(number) : List.of();
        byte[] next = {(byte) (number + 1)};
        boolean last = number + 1 >= pages.size();
        Optional<Page.Position> position =
            last ? Optional.empty() : Optional.of(new Page.Position(next));
        return new Page(items, position, items.size(), 0, 1_000, 0);
      }
    }
  }

  /** A sink in memory. */
  static final class Heap implements Sink {
    final Queue<String> items = new ConcurrentLinkedQueue<>();

    @Override
    public int maxItems() {
      return 25;
    }

    @Override
    public long maxBytes() {
      return 16 << 20;
    }

    @Override
    public Object key(Item item) {
      return Items.key(item);
    }

    @Override
    public Written write(List<Item> batch) {
      batch.forEach(item -> items.add(item.toString()));
      return new Written(new BitSet(), 0);
    }
  }
}
