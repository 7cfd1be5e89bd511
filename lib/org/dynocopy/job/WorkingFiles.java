package org.dynocopy.job;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.dynocopy.store.dynamo.TableInfo;

/** Names for the files that a job makes where nobody named one: under {@code .dynocopy/}. */
final class WorkingFiles {

  private static final DateTimeFormatter NOW =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

  private WorkingFiles() {}

  /** Returns {@code .dynocopy/name-20261122-101500-123} and the extension. */
  static Path name(String name, String extension) {
    return Path.of(".dynocopy", unique(name) + extension);
  }

  /** Returns {@code name-20261122-101500-123}. */
  static String unique(String name) {
    return name + "-" + NOW.format(Instant.now());
  }

  /** Returns the file for a table's backup. */
  static Path backup(TableInfo table) {
    String name = table.name().replaceFirst("^.*/", "");
    return name("backup-" + name, ".jsonl.gz");
  }
}
