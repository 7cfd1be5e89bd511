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
import java.util.stream.Stream;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Location;

/**
 * A file of partition keys, one on each line; empty lines are passed over. Read as it is needed.
 */
final class KeysFile {

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
    try (BufferedReader lines = Files.newBufferedReader(file)) {
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

  /** Returns the keys of a file that was checked. */
  static Iterable<List<Object>> of(Path file, List<TableInfo.Key> partition) {
    return () -> {
      try {
        Stream<String> lines = Files.lines(file);
        Iterator<List<Object>> keys =
            lines
                .filter(line -> !line.isBlank())
                .map(line -> QueryKeys.partitionKey(partition, line, Location.NOWHERE))
                .iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            boolean more = keys.hasNext();
            if (!more) {
              lines.close();
            }
            return more;
          }

          @Override
          public List<Object> next() {
            return keys.next();
          }
        };
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }
}
