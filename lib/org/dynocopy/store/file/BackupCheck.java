package org.dynocopy.store.file;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;
import org.dynocopy.core.Item;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.store.StoreContents;

/** Reads a backup once, to see that it is as it was made. */
final class BackupCheck {

  private final BackupFiles backup;
  private final Collection<String> keyNames;

  /** Whether the lines themselves say that they are all there. */
  private boolean whole;

  BackupCheck(BackupFiles backup, Collection<String> keyNames) {
    this.backup = backup;
    this.keyNames = keyNames;
  }

  /** Does what {@link BackupFiles#check} says. */
  StoreContents check() {
    long count = 0;
    for (Path file : backup.files()) {
      count += check(file);
    }
    if (count < backup.items().orElse(0L)) {
      throw cutOff(backup.path(), count);
    }
    if (count > backup.items().orElse(count)) {
      throw FileErrors.invalid(
          backup.path()
              + " has "
              + FileErrors.items(count)
              + ", but the backup had "
              + FileErrors.number(backup.items().get()));
    }
    return new StoreContents(count, notes());
  }

  private long check(Path file) {
    long count = 0;
    boolean listed = backup.md5().containsKey(file);
    MessageDigest stored = listed ? newMd5() : Manifest.sha256();
    MessageDigest text = Manifest.sha256();
    LineMarks marks = new LineMarks();
    try (Lines lines =
        new Lines(
            file, in -> new DigestInputStream(in, stored), in -> new DigestInputStream(in, text))) {
      // In an export there are such files. That there should be none here, nothing else may say.
      if (backup.items().isEmpty() && Files.size(file) == 0) {
        throw new EOFException();
      }
      try {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (lines.next(bytes)) {
          byte[] line = bytes.toByteArray();
          Optional<Item> item = ItemLine.find(line, 0, line.length);
          if (item.isPresent()) {
            ItemLine.check(item.get(), keyNames);
            count++;
            marks.take(line);
          }
          bytes.reset();
        }
      } catch (NoItemException e) {
        throw FileErrors.invalid(file + ":" + lines.number() + ": " + e.getMessage());
      } catch (LineMarks.ChangedException e) {
        throw changed(
            file,
            "its last line has the checksum of other lines",
            "; or, if you have changed it yourself, remove the blanks before the last brace");
      }
    } catch (EOFException e) {
      throw cutOff(file, count);
    } catch (ZipException e) {
      throw FileErrors.invalid(file + ": " + e.getMessage());
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
    if (marks.isCut()) {
      throw cutOff(file, count);
    }
    whole = marks.isWhole();
    if (count == backup.items().orElse(count) || !backup.md5().isEmpty()) {
      compare(file, stored.digest(), text.digest());
    }
    return count;
  }

  private void compare(Path file, byte[] stored, byte[] text) {
    boolean same = true;
    if (backup.md5().containsKey(file)) {
      same = Base64.getEncoder().encodeToString(stored).equals(backup.md5().get(file));
    } else if (backup.manifest().flatMap(Manifest::sums).isPresent()) {
      Manifest.Sums sums = backup.manifest().get().sums().get();
      HexFormat hex = HexFormat.of();
      // Who has decompressed it has another file, with the same lines.
      same =
          hex.formatHex(text).equals(sums.text())
              && (!Lines.isGzip(file) || hex.formatHex(stored).equals(sums.file()));
    }
    if (!same) {
      throw changed(file, "its checksum is not the one that the manifest has", "");
    }
  }

  private static MessageDigest newMd5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has MD5", e);
    }
  }

  private static InvalidJobException changed(Path file, String why, String more) {
    return FileErrors.invalid(
        file
            + " was changed or damaged after it was written: "
            + why
            + ". Nothing is restored; take another copy of the file"
            + more);
  }

  private List<String> notes() {
    Path path = backup.path();
    if (whole
        || !Files.isRegularFile(path)
        || backup.manifest().flatMap(Manifest::sums).isPresent()) {
      return List.of();
    }
    return List.of(
        backup.manifest().isEmpty()
            ? path + " has no manifest beside it: nothing says how many items it should have"
            : path + " was made by an earlier dynocopy, without checksums: its items were counted");
  }

  private InvalidJobException cutOff(Path what, long count) {
    boolean isTotal = what.equals(backup.path()) && backup.items().isPresent();
    String known =
        isTotal ? " (the backup has " + FileErrors.number(backup.items().get()) + ")" : "";
    return FileErrors.invalid(what + " is cut off after " + FileErrors.items(count) + known);
  }
}
