package org.dynocopy.store.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.files.PrivateFiles;
import org.dynocopy.store.StoreContents;

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
    Optional<Long> items,
    Map<Path, String> md5) {

  /**
   * Finds the files. None of their items is read.
   *
   * @throws org.dynocopy.diagnostic.InvalidJobException if there are none, or the manifest cannot
   *     be understood
   */
  public static BackupFiles at(Path path) {
    if (!Files.exists(path)) {
      boolean begun = Files.exists(PrivateFiles.part(path));
      throw FileErrors.invalid(
          path + (begun ? " is not there: its backup was not finished" : ": no such file"));
    }
    if (Files.isDirectory(path)) {
      return export(path);
    }
    if (!Files.isRegularFile(path)) {
      throw FileErrors.invalid(path + ": neither a file nor a folder; it must be read twice");
    }
    return file(path);
  }

  private static BackupFiles file(Path file) {
    Path described = Manifest.beside(file);
    Optional<Manifest> manifest =
        Files.exists(described) ? Optional.of(Manifest.read(described)) : Optional.empty();
    Optional<Long> items = manifest.map(Manifest::items);
    return new BackupFiles(file, List.of(file), manifest, items, Map.of());
  }

  private static BackupFiles export(Path folder) {
    Path data = folder.resolve("data");
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(data)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(data, "*.json.gz")) {
        found.forEach(files::add);
      } catch (IOException e) {
        throw FileErrors.cannotRead(data, e);
      }
    }
    if (files.isEmpty()) {
      throw FileErrors.invalid(
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
   * @throws org.dynocopy.diagnostic.InvalidJobException if there is a fault; one sentence that says
   *     where
   */
  public StoreContents check(Collection<String> keyNames) {
    return new BackupCheck(this, keyNames).check();
  }
}
