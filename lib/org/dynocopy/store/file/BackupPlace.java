package org.dynocopy.store.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.dynocopy.files.ExistingPath;
import org.dynocopy.files.PrivateFiles;
import org.dynocopy.plan.InvalidPlanException;

/**
 * Where a backup is to be made: nothing that is there is written over, but for what a run has left
 * that was killed while it made a backup of the same name. Its {@link FileLock} tells that: it is
 * there, and no process holds it.
 */
public final class BackupPlace {

  private BackupPlace() {}

  /**
   * Checks that a backup can be made there. Nothing is changed.
   *
   * @throws InvalidPlanException if it cannot, or there is something that no killed run has left
   */
  public static void check(Path file) {
    List<Path> abandoned;
    try {
      abandoned = abandoned(file);
    } catch (IOException e) {
      throw Faults.cannotRead(file, e);
    }
    check(file, abandoned);
    Path place = ExistingPath.above(file);
    if (!Files.isDirectory(place) || !Files.isWritable(place)) {
      throw Faults.invalid("cannot write " + file + ": check " + place);
    }
  }

  private static void check(Path file, List<Path> abandoned) {
    for (Path path : List.of(file, Manifest.beside(file))) {
      if (PrivateFiles.isThere(path) && !abandoned.contains(path)) {
        throw Faults.invalid(path + " is there already: a backup is never written over");
      }
    }
    for (Path part : List.of(PrivateFiles.part(file), PrivateFiles.part(Manifest.beside(file)))) {
      if (PrivateFiles.isThere(part) && !abandoned.contains(part)) {
        throw Faults.invalid(
            part + " is there: another backup is being made, or was not finished; remove it");
      }
    }
  }

  /**
   * Takes the place, and removes what a killed run has left.
   *
   * @return what keeps other runs away for as long as it is open
   * @throws InvalidPlanException as {@link #check(Path)} does
   * @throws IOException if another run has it, or it cannot be taken
   */
  static FileLock take(Path file) throws IOException {
    Path part = PrivateFiles.part(file);
    boolean left = PrivateFiles.isThere(FileLock.beside(part));
    FileLock lock = FileLock.on(part);
    boolean taken = false;
    try {
      List<Path> abandoned = left ? files(file) : List.of();
      check(file, abandoned);
      for (Path path : abandoned) {
        PrivateFiles.check(path);
        Files.delete(path);
      }
      taken = true;
      return lock;
    } finally {
      if (!taken) {
        lock.close();
      }
    }
  }

  private static List<Path> abandoned(Path file) throws IOException {
    Path part = PrivateFiles.part(file);
    boolean left = PrivateFiles.isThere(FileLock.beside(part)) && !FileLock.isHeld(part);
    return left ? files(file) : List.of();
  }

  /** Returns what a backup has made that is not finished, the part last. */
  private static List<Path> files(Path file) throws IOException {
    List<Path> files = new ArrayList<>();
    Path part = PrivateFiles.part(file);
    Path manifest = Manifest.beside(file);
    if (!PrivateFiles.isThere(file) && isOf(manifest, part)) {
      files.add(manifest);
    }
    files.addAll(List.of(PrivateFiles.part(manifest), part));
    return files.stream().filter(PrivateFiles::isThere).toList();
  }

  /** Tells whether a manifest is that of the part: whoever moved a backup may have left another. */
  private static boolean isOf(Path manifest, Path part) throws IOException {
    if (!PrivateFiles.isThere(manifest) || !PrivateFiles.isThere(part)) {
      return false;
    }
    MessageDigest sum = Manifest.sha256();
    try (InputStream in = new DigestInputStream(PrivateFiles.read(part), sum)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    String hex = HexFormat.of().formatHex(sum.digest());
    return Manifest.read(manifest).sums().filter(sums -> sums.file().equals(hex)).isPresent();
  }
}
