package org.dynocopy.job;

import java.nio.file.Path;
import org.dynocopy.engine.Timestamp;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.plan.TableRef;

/** Names for the files that a job makes where the user named none: in the working folder. */
final class WorkingFiles {

  private WorkingFiles() {}

  /** Returns {@code .dynocopy/name-20261122-101500-123} and the extension. */
  static Path name(String name, String extension) {
    return WorkingFolder.file(Timestamp.after(name) + extension);
  }

  /** Returns a text for the name of a file: an ARN has characters that such a name may not have. */
  static String safe(String text) {
    return text.replaceAll("[^\\w.-]", "-");
  }

  /** Returns the file for a table's backup. */
  static Path backup(TableRef table) {
    return name("backup-" + safe(table.name()), ".jsonl.gz");
  }
}
