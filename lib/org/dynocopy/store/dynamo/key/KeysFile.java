package org.dynocopy.store.dynamo.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.files.FileReason;
import org.dynocopy.files.InputFile;
import org.dynocopy.files.TextLines;
import org.dynocopy.json.Json;
import org.dynocopy.store.KeyAttributeType;
import org.dynocopy.store.TableInfo;

/**
 * A file of partition keys, one on each line; empty lines and a byte order mark are passed over. A
 * text that begins and ends with a quote is a JSON string, so that a key can have any characters.
 * Read as it is needed, and a key that is there again is passed over: what is held of the file is a
 * bit for each line.
 */
public final class KeysFile implements Iterable<List<Object>> {

  /** A key has 2,048 bytes, each of which may be escaped. */
  private static final int MOST_LINE = 16 << 10;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Path file;
  private final List<TableInfo.Key> partition;
  private final FileState state;
  private final long lines;

  /** Which of the lines with keys have one that an earlier line has, from 0. */
  private final BitSet repeated;

  private KeysFile(
      Path file, List<TableInfo.Key> partition, FileState state, long lines, BitSet repeated) {
    this.file = file;
    this.partition = partition;
    this.state = state;
    this.lines = lines;
    this.repeated = repeated;
  }

  /**
   * Checks every line before anything is read from the table, and looks for keys that are there
   * more than once.
   *
   * @throws InvalidJobException if the file cannot be read, is empty, or a line is no key
   */
  static KeysFile of(Path file, List<TableInfo.Key> partition, Location at) {
    // A quarter of the heap, and no more: a longer file is looked through in several passes.
    long atOnce = Runtime.getRuntime().maxMemory() / 4 / KeyDigestSet.BYTES;
    return of(file, partition, at, Math.min(atOnce, Integer.MAX_VALUE / 4));
  }

  /**
   * Does the same.
   *
   * @param atOnce how many keys may be in memory at once
   */
  static KeysFile of(Path file, List<TableInfo.Key> partition, Location at, long atOnce) {
    if (partition.size() > 1) {
      throw new InvalidJobException(
          at, "a file can only have partition keys of one attribute: list these with `pk`");
    }
    try {
      FileState now = FileState.of(file);
      if (!Files.isRegularFile(file)) {
        throw new IOException("it is not a file, which is needed as it is read more than once");
      }
      long lines = count(new KeysFile(file, partition, now, 0, new BitSet()));
      if (lines == 0) {
        throw new InvalidJobException(at, "`" + file + "` has no keys: write one on each line");
      }
      KeysFile all = new KeysFile(file, partition, now, lines, new BitSet());
      return new KeysFile(file, partition, now, lines, all.findRepeated(atOnce));
    } catch (NoSuchFileException e) {
      throw new InvalidJobException(at, "there is no file `" + file + "`");
    } catch (CharacterCodingException e) {
      throw new InvalidJobException(at, "`" + file + "` is not UTF-8 text: save it as UTF-8");
    } catch (FileState.ChangedException e) {
      throw new InvalidJobException(at, e.getMessage());
    } catch (IOException e) {
      throw new InvalidJobException(at, "`" + file + "` cannot be read: " + FileReason.of(e));
    }
  }

  private static long count(KeysFile file) throws IOException {
    try (Keys keys = file.open()) {
      long count = 0;
      while (keys.hasNext()) {
        keys.next();
        count++;
      }
      return count;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** In each pass those keys are compared whose digests end alike. */
  private BitSet findRepeated(long atOnce) throws IOException {
    BitSet found = new BitSet();
    int passes = Math.toIntExact(lines / atOnce + 1);
    for (int pass = 0; pass < passes; pass++) {
      // Digests are spread evenly, but not to the last one.
      KeyDigestSet seen = new KeyDigestSet(passes == 1 ? lines : atOnce + atOnce / 8 + 100);
      try (Keys keys = open()) {
        for (int line = 0; keys.hasNext(); line++) {
          ByteBuffer digest = KeyDigestSet.of(keys.next());
          boolean now = Math.floorMod(digest.getInt(2 * Long.BYTES), passes) == pass;
          found.set(line, found.get(line) || now && !seen.add(digest));
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
    return found;
  }

  public Path path() {
    return file;
  }

  /** Returns how many keys there are, each counted once. */
  public long keys() {
    return lines - repeated.cardinality();
  }

  /** Returns how many lines have a key that an earlier line has. */
  public long repeated() {
    return repeated.cardinality();
  }

  /** Returns what tells whether a key is in the file. */
  Predicate<List<Object>> contained() {
    KeyDigestSet all = new KeyDigestSet(keys());
    forEach(key -> all.add(KeyDigestSet.of(key)));
    return key -> all.contains(KeyDigestSet.of(key));
  }

  /** Returns the keys, each once. */
  @Override
  public Iterator<List<Object>> iterator() {
    try {
      return open();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Opens it behind the byte order mark, if it has one. */
  private Keys open() throws IOException {
    state.check();
    BufferedReader text = InputFile.text(file);
    try {
      text.mark(1);
      if (text.read() != BYTE_ORDER_MARK) {
        text.reset();
      }
      return new Keys(new TextLines(text, MOST_LINE));
    } catch (IOException | RuntimeException e) {
      text.close();
      throw e;
    }
  }

  private List<Object> key(String line, Location at) {
    TableInfo.Key attribute = partition.get(0);
    Object text = line;
    if (attribute.type() == KeyAttributeType.S) {
      text =
          line.length() > 1 && line.startsWith("\"") && line.endsWith("\"")
              ? unquoted(line, at)
              : plain(line, at);
    }
    if (text.equals("")) {
      throw new InvalidJobException(at, "a key cannot be empty");
    }
    return QueryKeys.partitionKey(partition, text, at);
  }

  /** A blank at an end is seldom meant, cannot be seen, and would be another key. */
  private static String plain(String line, Location at) {
    if (isBlank(line.codePointAt(0)) || isBlank(line.codePointBefore(line.length()))) {
      throw new InvalidJobException(
          at,
          "the key `"
              + line
              + "` begins or ends with a blank or a tab: remove it, or write the key in quotes, as"
              + " a JSON string, if it has one");
    }
    return line;
  }

  private static boolean isBlank(int character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }

  private static String unquoted(String line, Location at) {
    byte[] bytes = line.getBytes(UTF_8);
    try (JsonParser json = Json.parser(bytes, 0, bytes.length)) {
      if (json.nextToken() == JsonToken.VALUE_STRING) {
        String text = json.getText();
        if (json.nextToken() == null) {
          return text;
        }
      }
    } catch (IOException e) {
      // Told below, like all that is no string.
    }
    throw new InvalidJobException(
        at,
        line
            + " is in quotes, but no JSON string: write \\\" for a quote and \\\\ for a backslash"
            + " in it");
  }

  /** Reads a line ahead, and closes the file at its end and when it fails. */
  private final class Keys implements Iterator<List<Object>>, Closeable {

    private final TextLines text;
    private int keys;
    private Optional<List<Object>> next;

    Keys(TextLines text) throws IOException {
      this.text = text;
      this.next = read();
    }

    private Optional<List<Object>> read() throws IOException {
      boolean more = false;
      try {
        String line = text.next();
        while (line != null && (line.isBlank() || repeated.get(keys++))) {
          line = text.next();
        }
        if (line == null) {
          state.check();
          return Optional.empty();
        }
        Optional<List<Object>> key = Optional.of(key(line, here()));
        more = true;
        return key;
      } catch (TextLines.LongLineException e) {
        throw new InvalidJobException(here(), e.getMessage() + ": it is no key");
      } catch (IOException | InvalidJobException e) {
        // It could be read, and was a key, when it was checked.
        state.check();
        throw e;
      } finally {
        if (!more) {
          text.close();
        }
      }
    }

    private Location here() {
      return Location.option(file + ":" + text.number());
    }

    @Override
    public boolean hasNext() {
      return next.isPresent();
    }

    @Override
    public List<Object> next() {
      List<Object> key = next.orElseThrow();
      try {
        next = read();
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
      return key;
    }

    @Override
    public void close() throws IOException {
      text.close();
    }
  }
}
