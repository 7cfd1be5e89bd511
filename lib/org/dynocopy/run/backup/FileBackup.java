package org.dynocopy.run.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.Sink;
import org.dynocopy.core.StoreException;
import org.dynocopy.run.job.EngineFactory;
import org.dynocopy.run.job.Stages;
import org.dynocopy.run.job.WorkingFiles;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.place.FileRef;
import org.dynocopy.spec.place.StoreRef;
import org.dynocopy.store.Store;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableReading;
import org.dynocopy.store.file.FileStore;

/** Brings what is read of a table into a store that is new, with the table's schema beside it. */
public final class FileBackup {

  /** Batches are compressed by who writes them. */
  private static final int WRITERS = 4;

  private final TableReading reading;
  private final Table table;
  private final StoreRef to;
  private final Store store;
  private final Job job;

  /**
   * Prepares.
   *
   * @param store what {@code to} names; closed by {@link #run}
   * @throws org.dynocopy.diagnostic.InvalidJobException if there is something already, or it could
   *     not be written
   */
  public FileBackup(TableReading reading, Table table, StoreRef to, Store store, Job job) {
    store.checkNew();
    this.reading = reading;
    this.table = table;
    this.to = to;
    this.store = store;
    this.job = job;
  }

  /** Prepares a backup to a new file in the working folder, without what killed runs left there. */
  public static FileBackup ofWorkingFile(TableReading reading, Table table, Path file, Job job)
      throws IOException {
    WorkingFiles.removeBackupParts(reading.reading().table().name());
    return new FileBackup(reading, table, new FileRef(file.toString()), new FileStore(file), job);
  }

  /** Returns where it is, or will be. */
  public StoreRef to() {
    return to;
  }

  /**
   * Backs up.
   *
   * @param around what stands before the store, to look at the items too
   */
  public Outcome run(Stages stages, UnaryOperator<Sink> around)
      throws StoreException, InterruptedException {
    try (store) {
      Sink sink = around.apply(store.sink(table.origin()));
      Outcome outcome =
          stages.run(
              "back up " + reading.reading().table(),
              reading.expected(),
              EngineFactory.engine(reading, sink, WRITERS, EngineFactory.ON_FAILURE, job));
      if (outcome.withoutLoss()) {
        store.finish(outcome);
      }
      return outcome;
    }
  }

  /** Returns where the backup is, if it was finished. */
  public Optional<String> note(Outcome outcome) {
    return outcome.withoutLoss() ? Optional.of(note()) : Optional.empty();
  }

  private String note() {
    return "backed up " + reading.reading().table() + " to " + to;
  }
}
