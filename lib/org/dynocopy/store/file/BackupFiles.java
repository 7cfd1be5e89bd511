package org.dynocopy.store.file;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.ZipException;
import org.dynocopy.engine.Item;
import org.dynocopy.plan.InvalidPlanException;

/**
 * What items can be restored from: a file, or the folder of an export that DynamoDB made.
 *
 * @param path the file or the folder, as the user named it
 * @param files the files that have the items, in order
 * @param manifest what the backup is of; empty if another program made it
 * @param items how many items there should be, if anything says so
 * @param md5 the MD5 sums of files of an export, in base64, where its manifest has them
 */
public record BackupFiles(
    Path path,
    List<Path> files,
    Optional<Manifest> manifest,
    OptionalLong items,
    Map<Path, String> md5) {

  /**
   * Finds the files. None of their items is read.
   *
   * @throws InvalidPlanException if there are none, or the manifest cannot be understood
   */
  public static BackupFiles at(Path path) {
    if (!Files.exists(path)) {
      boolean begun = Files.exists(BackupSink.part(path));
      throw Faults.invalid(
          path + (begun ? " is not there: its backup was not finished" : ": no such file"));
    }
    if (Files.isDirectory(path)) {
      return export(path);
    }
    if (!Files.isRegularFile(path)) {
      throw Faults.invalid(path + ": neither a file nor a folder; it must be read twice");
    }
    return file(path);
  }

  private static BackupFiles file(Path file) {
    Path described = Manifest.beside(file);
    Optional<Manifest> manifest =
        Files.exists(described) ? Optional.of(Manifest.read(described)) : Optional.empty();
    OptionalLong items =
        manifest.isPresent() ? OptionalLong.of(manifest.get().items()) : OptionalLong.empty();
    return new BackupFiles(file, List.of(file), manifest, items, Map.of());
  }

  private static BackupFiles export(Path folder) {
    Path data = folder.resolve("data");
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(data)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(data, "*.json.gz")) {
        found.forEach(files::add);
      } catch (IOException e) {
        throw Faults.cannotRead(data, e);
      }
    }
    if (files.isEmpty()) {
      throw Faults.invalid(
          folder + ": not an export of DynamoDB: there is no " + data + "/*.json.gz");
    }
    Collections.sort(files);
    return new BackupFiles(
        folder,
        List.copyOf(files),
        Optional.empty(),
        ExportSummary.items(folder),
        ExportSummary.sums(folder, files));
  }

  /**
   * Reads everything once, before anything is written: that the files are whole, every line is an
   * item with a key, and there are as many as there should be.
   *
   * @param keyNames the key attributes of the table that the items are for
   * @return how many items there are
   * @throws InvalidPlanException if there is a fault; one sentence that says where
   */
  public long check(Collection<String> keyNames) {
    long count = 0;
    for (Path file : files) {
      count += check(file, keyNames);
    }
    if (count < items.orElse(0)) {
      throw cutOff(path, count);
    }
    if (count > items.orElse(count)) {
      throw Faults.invalid(
          path
              + " has "
              + Faults.items(count)
              + ", but the backup had "
              + Faults.number(items.getAsLong()));
    }
    return count;
  }

  private long check(Path file, Collection<String> keyNames) {
    long count = 0;
    MessageDigest stored = md5.containsKey(file) ? newMd5() : Manifest.sha256();
    MessageDigest text = Manifest.sha256();
    boolean more = false;
    try (Lines lines =
        new Lines(
            file, in -> new DigestInputStream(in, stored), in -> new DigestInputStream(in, text))) {
      // In an export there are such files. That there should be none here, nothing else may say.
      if (items.isEmpty() && Files.size(file) == 0) {
        throw new EOFException();
      }
      try {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (lines.next(line)) {
          Optional<Item> item = ItemLine.find(line.toByteArray(), 0, line.size());
          if (item.isPresent()) {
            ItemLine.check(item.get(), keyNames);
            count++;
            more = isFollowed(line.toByteArray());
          }
          line.reset();
        }
      } catch (NoItemException e) {
        throw Faults.invalid(file + ":" + lines.number() + ": " + e.getMessage());
      }
    } catch (EOFException e) {
      throw cutOff(file, count);
    } catch (ZipException e) {
      throw Faults.invalid(file + ": " + e.getMessage());
    } catch (IOException e) {
      throw Faults.cannotRead(file, e);
    }
    if (more) {
      throw cutOff(file, count);
    }
    if (count == items.orElse(count) || !md5.isEmpty()) {
      compare(file, stored.digest(), text.digest());
    }
    return count;
  }

  /** Returns whether a line of a backup says that another one follows, see {@link BackupSink}. */
  private static boolean isFollowed(byte[] line) {
    int end = line.length - 1;
    while (end > 0 && Character.isWhitespace(line[end])) {
      end--;
    }
    return end > 0 && line[end] == '}' && line[end - 1] == '\t';
  }

  private void compare(Path file, byte[] stored, byte[] text) {
    boolean same = true;
    if (md5.containsKey(file)) {
      same = Base64.getEncoder().encodeToString(stored).equals(md5.get(file));
    } else if (manifest.flatMap(Manifest::sums).isPresent()) {
      Manifest.Sums sums = manifest.get().sums().get();
      HexFormat hex = HexFormat.of();
      // Who has decompressed it has another file, with the same lines.
      same =
          hex.formatHex(text).equals(sums.text())
              && (!Lines.isGzip(file) || hex.formatHex(stored).equals(sums.file()));
    }
    if (!same) {
      throw Faults.invalid(
          file
              + " was changed or damaged after it was written: its checksum is not the one that the"
              + " manifest has. Nothing is restored; take another copy of the file");
    }
  }

  private static MessageDigest newMd5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has MD5", e);
    }
  }

  /** Returns what could not be checked, a sentence each. */
  public List<String> notes() {
    if (!Files.isRegularFile(path) || manifest.flatMap(Manifest::sums).isPresent()) {
      return List.of();
    }
    return List.of(
        manifest.isEmpty()
            ? path + " has no manifest beside it: nothing says how many items it should have"
            : path + " was made by an earlier dynocopy, without checksums: its items were counted");
  }

  private InvalidPlanException cutOff(Path what, long count) {
    boolean whole = what.equals(path) && items.isPresent();
    String known = whole ? " (the backup has " + Faults.number(items.getAsLong()) + ")" : "";
    return Faults.invalid(what + " is cut off after " + Faults.items(count) + known);
  }
}
