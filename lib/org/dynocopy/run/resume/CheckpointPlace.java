package org.dynocopy.run.resume;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.files.ExistingPath;
import org.dynocopy.files.FileReason;
import org.dynocopy.files.LockFile;
import org.dynocopy.files.PrivateFiles;
import org.dynocopy.files.Trust;

/**
 * Where a checkpoint is kept. Who can take it away and put it back later makes a run go on from
 * where an earlier one was, after the target was emptied: what that has copied would be missing.
 * Nothing in a file says that it is an old one, so a run does not go on from such a place.
 */
final class CheckpointPlace {

  private CheckpointPlace() {}

  /**
   * Checks that a checkpoint can be written.
   *
   * @param at where it is named, for messages
   * @throws InvalidJobException if it cannot
   */
  static void check(Path file, Location at) {
    try {
      PrivateFiles.checkReplaced(file);
      PrivateFiles.check(LockFile.beside(file));
    } catch (IOException e) {
      throw new InvalidJobException(at, "cannot keep a checkpoint: " + FileReason.of(e));
    }
    Optional<Path> obstacle = ExistingPath.obstacleTo(file);
    if (obstacle.isPresent()) {
      throw new InvalidJobException(
          at, "cannot keep a checkpoint in " + file + ": check " + obstacle.get());
    }
  }

  /**
   * Checks that a checkpoint that is there is the last one.
   *
   * @throws InvalidJobException if another user could have put an old one there
   */
  static void checkLast(Path file, Location at) {
    Optional<Trust.Exposure> exposure = whoCanReplace(file, at);
    if (exposure.isPresent()) {
      throw new InvalidJobException(
          at,
          exposure.get().who()
              + ", so the checkpoint "
              + file
              + " could be an old copy and is not used. Use --fresh to begin anew. If you are sure"
              + " that it is the last one, move it to a folder that you alone can write to, as"
              + " those above it, and name it by DYNOCOPY_FOLDER");
    }
  }

  /** Returns what to know at the first run if no other run will go on from there. */
  static Optional<String> note(Path file, Location at) {
    return whoCanReplace(file, at)
        .map(
            exposure ->
                exposure.who()
                    + ": if this run is stopped, the same command then ends with exit code 2 until"
                    + " --fresh is given. To avoid that, "
                    + exposure.remedy().map("run `%s`, or "::formatted).orElse("")
                    + "name a folder that only you can write to by DYNOCOPY_FOLDER");
  }

  private static Optional<Trust.Exposure> whoCanReplace(Path file, Location at) {
    try {
      return Trust.whoCanReplace(file);
    } catch (IOException e) {
      throw new InvalidJobException(
          at, "who can replace " + file + " cannot be seen: " + FileReason.of(e));
    }
  }
}
