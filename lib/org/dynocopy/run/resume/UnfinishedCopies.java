package org.dynocopy.run.resume;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.files.WorkingFolder;

/**
 * The checkpoints that other copies have left in the working folder. Each selection has one of its
 * own, and so has each value that a filter takes from outside: whoever has changed one of them may
 * expect that the copy goes on.
 */
final class UnfinishedCopies {

  private UnfinishedCopies() {}

  /**
   * Names them.
   *
   * @param own this copy's checkpoint
   * @param names what the checkpoints between the same tables are called, as a glob
   */
  static Optional<String> beside(Path own, String names) {
    if (!Files.isDirectory(WorkingFolder.path())) {
      return Optional.empty();
    }
    List<String> others = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(WorkingFolder.path(), names)) {
      found.forEach(other -> others.add(other.toString()));
    } catch (IOException | DirectoryIteratorException e) {
      return Optional.of("other checkpoints cannot be looked for: " + e.getMessage());
    }
    others.remove(own.toString());
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "this copy begins anew; there are unfinished copies between the same tables, with"
                + " another selection or other values in their filters: "
                + String.join(", ", others));
  }
}
