package org.dynocopy.store.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.core.Item;
import org.dynocopy.core.Source;
import org.dynocopy.core.StoreException;
import org.dynocopy.item.ItemMap;
import org.dynocopy.json.Json;

/** A dead-letter file as a source. A broken line is reported, and the others are read. */
public final class DeadLetterSource implements Source, AutoCloseable {

  private static final int MOST_NAMED = 20;
  private static final int SAMPLE = 200;
  private static final int MOST_SAMPLED = 1 << 20;

  /** Gets the broken lines. */
  @FunctionalInterface
  public interface Broken {
    /**
     * Gets one.
     *
     * @param line the line, without its end
     * @param what where it is and what is wrong with it
     */
    void line(byte[] line, String what) throws StoreException;
  }

  /**
   * What there is in a file.
   *
   * @param items how many items
   * @param broken how many lines are broken
   * @param named the first of these, each with its place and what is wrong
   * @param sample the first items
   */
  public record Content(long items, long broken, List<String> named, List<Item> sample) {}

  private final LineSplit split;

  /** Makes a source of a file that {@link #look} has found good; broken lines are passed over. */
  public DeadLetterSource(Path file) {
    this.split =
        new LineSplit(file, (bytes, offset, length, number) -> whole(bytes, offset, length));
  }

  /**
   * Passes on the broken lines.
   *
   * @throws IOException if the file cannot be read
   */
  public static void broken(Path file, Broken to) throws IOException, StoreException {
    try (Lines lines = new Lines(file)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      while (next(file, lines, line)) {
        byte[] bytes = line.toByteArray();
        try {
          find(bytes, 0, bytes.length);
        } catch (NoItemException e) {
          to.line(bytes, file + ":" + lines.number() + ": " + e.getMessage());
        }
        line.reset();
      }
    }
  }

  /**
   * Reads a file once, before anything is written.
   *
   * @throws org.dynocopy.diagnostic.InvalidJobException if it cannot be read, or no line of it is a
   *     dead letter
   */
  public static Content look(Path file) {
    if (!Files.isRegularFile(file)) {
      throw FileErrors.invalid(file + (Files.exists(file) ? ": not a file" : ": no such file"));
    }
    long items = 0;
    List<String> named = new ArrayList<>();
    List<Item> sample = new ArrayList<>();
    int sampled = 0;
    long broken = 0;
    try (Lines lines = new Lines(file)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      while (next(file, lines, line)) {
        try {
          Optional<Item> item = find(line.toByteArray(), 0, line.size());
          items += item.isPresent() ? 1 : 0;
          if (item.isPresent() && sample.size() < SAMPLE && sampled < MOST_SAMPLED) {
            sample.add(item.get());
            sampled += line.size();
          }
        } catch (NoItemException e) {
          broken++;
          if (named.size() < MOST_NAMED) {
            named.add(file + ":" + lines.number() + ": " + e.getMessage());
          }
        }
        line.reset();
      }
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
    if (items == 0 && broken > 0) {
      throw FileErrors.invalid("there is no dead letter in " + file + "; " + named.get(0));
    }
    return new Content(items, broken, named, sample);
  }

  /** Takes dead letters. */
  @FunctionalInterface
  public interface Taking {
    /** Takes one, which has no item if it is broken, or has not the whole key. */
    void take(Optional<Item> item) throws IOException;
  }

  /**
   * Passes on all letters. What is broken, as the last line of a run that was killed, has no item:
   * to replay the file tells of it.
   *
   * @param keys the names of the key's attributes
   * @throws IOException if the file cannot be read
   */
  public static void each(Path file, List<String> keys, Taking to) throws IOException {
    try (Lines lines = new Lines(file)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      while (next(file, lines, line)) {
        Optional<Item> item = whole(line.toByteArray(), 0, line.size());
        boolean keyed = item.isPresent() && new ItemMap(item.get()).keySet().containsAll(keys);
        to.take(keyed ? item : Optional.empty());
        line.reset();
      }
    }
  }

  private static Optional<Item> whole(byte[] bytes, int offset, int length) {
    try {
      return find(bytes, offset, length);
    } catch (NoItemException e) {
      return Optional.empty();
    }
  }

  private static boolean next(Path file, Lines lines, ByteArrayOutputStream into)
      throws IOException {
    try {
      return lines.next(into);
    } catch (NoItemException e) {
      throw FileErrors.invalid(file + ":" + lines.number() + ": " + e.getMessage());
    }
  }

  /** Finds the item of a line, and decodes it to see that it is one. */
  private static Optional<Item> find(byte[] bytes, int offset, int length) throws NoItemException {
    try (JsonParser json = Json.parser(bytes, offset, length)) {
      if (json.nextToken() == null) {
        return Optional.empty();
      }
      Item item = null;
      if (json.currentToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          boolean isItem = json.currentName().equals("item");
          json.nextToken();
          if (isItem) {
            item = ItemLine.slice(json, bytes, offset);
          }
          json.skipChildren();
        }
      }
      if (item == null || json.nextToken() != null) {
        throw new NoItemException("not a dead letter, which is {\"reason\":\"…\",\"item\":{…}}");
      }
      ItemLine.check(item, List.of());
      return Optional.of(item);
    } catch (NoItemException e) {
      throw e;
    } catch (IOException e) {
      throw new NoItemException("not a line of JSON: it is cut off or was changed", e);
    }
  }

  @Override
  public List<Split> splits() {
    return List.of(split);
  }

  @Override
  public boolean resumable() {
    return true;
  }

  /** A run that goes on may put the same item there twice: the later line wins. */
  @Override
  public boolean mayRepeatKeys() {
    return true;
  }

  @Override
  public void close() throws IOException {
    split.close();
  }
}
