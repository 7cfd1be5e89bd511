package org.dynocopy.job;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.dynocopy.engine.Outcome;
import org.dynocopy.engine.Sink;
import org.dynocopy.engine.StoreException;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Job;
import org.dynocopy.plan.TableRef;
import org.dynocopy.store.OpenTable;
import org.dynocopy.store.TableReading;
import org.dynocopy.store.file.BackupPlace;
import org.dynocopy.store.file.BackupSink;
import org.dynocopy.store.file.Manifest;

/** Brings what is read of a table into a file, with the table's schema beside it. */
final class FileBackup {

  /** Batches are compressed by who writes them. */
  private static final int WRITERS = 4;

  private final TableReading reading;
  private final OpenTable table;
  private final Path file;
  private final Job job;

  /**
   * Prepares.
   *
   * @throws InvalidPlanException if there is such a file already, or it could not be written
   */
  FileBackup(TableReading reading, OpenTable table, Path file, Job job) {
    BackupPlace.check(file);
    this.reading = reading;
    this.table = table;
    this.file = file;
    this.job = job;
  }

  /**
   * Backs up.
   *
   * @param around what stands before the file, to look at the items too
   */
  Outcome run(Stages stages, UnaryOperator<Sink> around)
      throws StoreException, InterruptedException, IOException {
    String schema = table.schema().json();
    if (WorkingFolder.path().equals(file.getParent())) {
      WorkingFiles.removeBackupParts(reading.reading().table().name());
    }
    try (BackupSink sink = BackupSink.open(file, table.puts()::key)) {
      Outcome outcome =
          stages.run(
              "back up " + reading.reading().table(),
              reading.expected(),
              Engines.engine(reading, around.apply(sink), WRITERS, Engines.ON_FAILURE, job));
      if (outcome.withoutLoss()) {
        sink.finish(
            new Manifest(
                table.info().name(),
                table.info().arn(),
                Instant.now(),
                outcome.counts().written(),
                schema));
      }
      return outcome;
    }
  }

  /** Returns where the backup is, if it was finished. */
  Optional<String> note(Outcome outcome) {
    return outcome.withoutLoss()
        ? Optional.of(note(reading.reading().table(), file))
        : Optional.empty();
  }

  static String note(TableRef table, Path file) {
    return "backed up " + table + " to " + file;
  }
}
