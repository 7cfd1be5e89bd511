package org.dynocopy.run.job;

import java.io.IOException;
import java.nio.file.Path;
import org.dynocopy.files.PrivateFiles;
import org.dynocopy.files.Timestamp;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.state.Leftovers;

/** Names for the files that a job makes where the user named none: in the working folder. */
public final class WorkingFiles {

  private static final String BACKUP = ".jsonl.gz";

  private WorkingFiles() {}

  /** Returns {@code .dynocopy/name-20261122-101500-123} and the extension. */
  static Path name(String name, String extension) {
    return WorkingFolder.file(Timestamp.after(name) + extension);
  }

  /**
   * Returns a new folder for notes, and removes those of the same name that killed runs have left.
   */
  public static Path notes(String name) throws IOException {
    Leftovers.remove(Timestamp.names(name, ""));
    return name(name, "");
  }

  /** Returns a text for the name of a file: an ARN has characters that such a name may not have. */
  public static String safe(String text) {
    return text.replaceAll("[^\\w.-]", "-");
  }

  /** Returns the file for a table's backup. */
  public static Path backup(TableRef table) {
    return name(backups(table.name()), BACKUP);
  }

  /** Removes the parts of backups of a table that killed runs have left. */
  public static void removeBackupParts(String table) throws IOException {
    Leftovers.remove(
        Timestamp.names(backups(table), PrivateFiles.part(Path.of(BACKUP)).toString()));
  }

  private static String backups(String table) {
    return "backup-" + safe(table);
  }
}
