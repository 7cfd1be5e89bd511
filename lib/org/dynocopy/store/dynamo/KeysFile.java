package org.dynocopy.store.dynamo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Location;

/**
 * A file of partition keys, one on each line; empty lines and a byte order mark are passed over.
 * Read as it is needed.
 */
final class KeysFile {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private KeysFile() {}

  /**
   * Checks every line before anything is read from the table, and returns how many keys there are.
   *
   * @throws InvalidPlanException if the file cannot be read, is empty, or a line is no key
   */
  static long check(Path file, List<TableInfo.Key> partition, Location at) {
    if (partition.size() > 1) {
      throw new InvalidPlanException(
          at, "a file can only have partition keys of one attribute: list these with `pk`");
    }
    try (BufferedReader lines = open(file)) {
      long keys = 0;
      int number = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          QueryKeys.partitionKey(partition, line, Location.option(file + ":" + number));
          keys++;
        }
        number++;
      }
      if (keys == 0) {
        throw new InvalidPlanException(at, "`" + file + "` has no keys: write one on each line");
      }
      return keys;
    } catch (NoSuchFileException e) {
      throw new InvalidPlanException(at, "there is no file `" + file + "`");
    } catch (CharacterCodingException e) {
      throw new InvalidPlanException(at, "`" + file + "` is not UTF-8 text: save it as UTF-8");
    } catch (IOException e) {
      throw new InvalidPlanException(at, "`" + file + "` cannot be read: " + e.getMessage());
    }
  }

  /** Opens it behind the byte order mark, if it has one. */
  private static BufferedReader open(Path file) throws IOException {
    BufferedReader lines = Files.newBufferedReader(file);
    try {
      lines.mark(1);
      if (lines.read() != BYTE_ORDER_MARK) {
        lines.reset();
      }
      return lines;
    } catch (IOException e) {
      lines.close();
      throw e;
    }
  }

  /** Returns the keys of a file that was checked. */
  static Iterable<List<Object>> of(Path file, List<TableInfo.Key> partition) {
    return () -> {
      try {
        return new Keys(open(file), partition);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** Reads a line ahead, and closes the file at its end and when it fails. */
  private static final class Keys implements Iterator<List<Object>> {

    private final BufferedReader lines;
    private final List<TableInfo.Key> partition;
    private Optional<List<Object>> next;

    Keys(BufferedReader lines, List<TableInfo.Key> partition) throws IOException {
      this.lines = lines;
      this.partition = partition;
      this.next = read();
    }

    private Optional<List<Object>> read() throws IOException {
      boolean more = false;
      try {
        String line = lines.readLine();
        while (line != null && line.isBlank()) {
          line = lines.readLine();
        }
        Optional<List<Object>> key =
            Optional.ofNullable(line)
                .map(text -> QueryKeys.partitionKey(partition, text, Location.NOWHERE));
        more = key.isPresent();
        return key;
      } finally {
        if (!more) {
          lines.close();
        }
      }
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
        throw new UncheckedIOException(e);
      }
      return key;
    }
  }
}
