package org.dynocopy.store.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.dynocopy.files.ExistingPath;
import org.dynocopy.files.LockFile;
import org.dynocopy.files.PrivateFiles;

/**
 * Where a backup is to be made: nothing that is there is written over, but for what a run has left
 * that was killed while it made a backup of the same name. Its {@link LockFile} shows that: it is
 * there, and no process holds it.
 */
public final class BackupPlace {

  private BackupPlace() {}

  /**
   * Checks that a backup can be made there. Nothing is changed.
   *
   * @throws org.dynocopy.diagnostic.InvalidJobException if it cannot, or there is something that no
   *     killed run has left
   */
  public static void check(Path file) {
    try {
      Path part = PrivateFiles.part(file);
      boolean left = PrivateFiles.isThere(LockFile.beside(part)) && !LockFile.isHeld(part);
      if (left && whole(file).isPresent()) {
        return;
      }
      check(file, left);
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
    Optional<Path> obstacle = ExistingPath.obstacleTo(file);
    if (obstacle.isPresent()) {
      throw FileErrors.invalid("cannot write " + file + ": check " + obstacle.get());
    }
  }

  private static void check(Path file, boolean left) {
    for (Path path : List.of(file, Manifest.beside(file))) {
      if (PrivateFiles.isThere(path)) {
        throw FileErrors.invalid(path + " is there already: a backup is never written over");
      }
    }
    for (Path draft : drafts(file)) {
      if (!left && PrivateFiles.isThere(draft)) {
        throw FileErrors.invalid(
            draft + " is there: another backup is being made, or was not finished; remove it");
      }
    }
  }

  /** Returns what a backup is written as, the part last. */
  private static List<Path> drafts(Path file) {
    return List.of(Manifest.draft(file), PrivateFiles.part(file));
  }

  /**
   * Puts a backup in its place that a run had made whole before it was killed.
   *
   * @return its manifest; empty if there is no such backup
   * @throws IOException if another run is at it, or it cannot be moved
   */
  public static Optional<Manifest> finish(Path file) throws IOException {
    Path part = PrivateFiles.part(file);
    if (!PrivateFiles.isThere(LockFile.beside(part))) {
      return Optional.empty();
    }
    LockFile lock = LockFile.on(part);
    Optional<Manifest> whole = Optional.empty();
    try {
      whole = whole(file);
      if (whole.isPresent() && PrivateFiles.isThere(part)) {
        PrivateFiles.move(part, file);
        PrivateFiles.syncFolder(file);
      }
      return whole;
    } finally {
      end(lock, whole.isEmpty());
    }
  }

  /** Returns the manifest of a backup of which only the last step was left to do, or nothing. */
  private static Optional<Manifest> whole(Path file) throws IOException {
    Path part = PrivateFiles.part(file);
    Path manifest = Manifest.beside(file);
    boolean isPart = PrivateFiles.isThere(part);
    if (!PrivateFiles.isThere(manifest) || isPart == PrivateFiles.isThere(file)) {
      return Optional.empty();
    }
    // Whoever moved a backup away may have left the manifest of that one.
    String sum = sha256(isPart ? part : file);
    return Optional.of(Manifest.read(manifest))
        .filter(read -> read.sums().filter(sums -> sums.file().equals(sum)).isPresent());
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest sum = Manifest.sha256();
    try (InputStream in = new DigestInputStream(PrivateFiles.read(file), sum)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(sum.digest());
  }

  /** Gives a lock back; its file stays for as long as it shows what a killed run has left. */
  private static void end(LockFile lock, boolean stays) throws IOException {
    if (stays) {
      lock.release();
    } else {
      lock.close();
    }
  }

  /**
   * Takes the place, and removes the half of a backup that a killed run has left.
   *
   * @return what keeps other runs away for as long as it is open
   * @throws org.dynocopy.diagnostic.InvalidJobException as {@link #check(Path)} does
   * @throws IOException if another run has it, or it cannot be taken
   */
  static LockFile take(Path file) throws IOException {
    Path part = PrivateFiles.part(file);
    boolean left = PrivateFiles.isThere(LockFile.beside(part));
    LockFile lock = LockFile.on(part);
    boolean taken = false;
    try {
      check(file, left);
      for (Path draft : drafts(file)) {
        if (PrivateFiles.isThere(draft)) {
          PrivateFiles.check(draft);
          Files.delete(draft);
        }
      }
      taken = true;
      return lock;
    } finally {
      if (!taken) {
        end(lock, left);
      }
    }
  }
}
