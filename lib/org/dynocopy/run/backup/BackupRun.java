package org.dynocopy.run.backup;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.files.FileReason;
import org.dynocopy.run.cost.Estimator;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.run.job.LimitCheck;
import org.dynocopy.run.job.Outline;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.Backup;
import org.dynocopy.spec.Reading;
import org.dynocopy.spec.place.FileRef;
import org.dynocopy.spec.place.S3Ref;
import org.dynocopy.spec.place.StoreRef;
import org.dynocopy.store.ReadMode;
import org.dynocopy.store.Recovery;
import org.dynocopy.store.Store;
import org.dynocopy.store.Stores;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableReading;

/** A backup of a table that has been found. Nothing there changes, so there is no question. */
public final class BackupRun implements JobRun {

  private final Backup backup;
  private final Table table;
  private final TableReading reading;
  private final Stores stores;

  private BackupRun(Backup backup, Table table, Stores stores) throws StoreException {
    this.stores = stores;
    this.backup = backup;
    this.table = table;
    this.reading = table.read(backup.reading(), ReadMode.ITEMS).tried();
  }

  /**
   * Looks at the table.
   *
   * @throws org.dynocopy.diagnostic.InvalidJobException if it is not there, or the file cannot be
   *     written
   * @throws StoreException if it cannot be asked
   */
  public static BackupRun of(Backup backup, Stores connections) throws StoreException {
    if (backup.to().orElse(null) instanceof FileRef file) {
      try (Store store = connections.open(file, backup.words().at("to"))) {
        store.checkNew();
      }
    }
    Reading what = backup.reading();
    Table table = connections.tables().open(what.table(), what.words().at("from"));
    LimitCheck.check(backup, List.of(table), Optional.empty());
    return new BackupRun(backup, table, connections);
  }

  @Override
  public Backup job() {
    return backup;
  }

  /** Returns what is read, if it goes into a file. */
  public TableReading reading() {
    return reading;
  }

  @Override
  public void describe(Outline outline) {
    outline.title(backup.name());
    outline.reading(reading, reading.readers());
    String own = "DynamoDB's own backups, else a file";
    outline.line("to", backup.to().map(StoreRef::toString).orElse(own));
  }

  @Override
  public boolean estimate(Estimator estimator) {
    estimator.read(reading);
    return true;
  }

  @Override
  public Optional<TableReading> selection() {
    return Optional.of(reading);
  }

  @Override
  public List<Table> tables() {
    return List.of(table);
  }

  @Override
  public Optional<Question> question(Stages stages) {
    return Optional.empty();
  }

  @Override
  public Report run(Stages stages) throws StoreException, InterruptedException {
    if (backup.to().isEmpty()) {
      Optional<String> arn =
          backup.reading().whole()
              ? table.service().backups(stages::say).create(table)
              : Optional.empty();
      return arn.isPresent()
          ? done("backed up " + backup.reading().table() + " as " + arn.get())
          : toWorkingFile(stages);
    }
    return backup.to().get() instanceof S3Ref s3
        ? done(table.service().exports(stages::say).export(table, s3.place()))
        : toStore(stages, backup.to().get());
  }

  private Report done(String note) {
    return new Report(backup, List.of(), List.of(note));
  }

  private Report toWorkingFile(Stages stages) throws StoreException, InterruptedException {
    try {
      return report(stages, FileBackup.ofWorkingFile(reading, table, backup));
    } catch (IOException e) {
      throw new StoreException(
          Kind.REFUSED, "cannot remove what killed runs left: " + FileReason.of(e), e);
    }
  }

  private Report toStore(Stages stages, StoreRef to) throws StoreException, InterruptedException {
    try (Store store = stores.open(to, backup.words().at("to"))) {
      Optional<Recovery> made = store.recover();
      return made.filter(whole -> whole.id().equals(table.info().arn())).isPresent()
          ? done(
              "backed up "
                  + backup.reading().table()
                  + " to "
                  + to
                  + " at "
                  + made.get().time()
                  + ", by a run that was killed before it ended")
          : report(stages, new FileBackup(reading, table, to, store, backup));
    }
  }

  private Report report(Stages stages, FileBackup file)
      throws StoreException, InterruptedException {
    Outcome outcome = file.run(stages, sink -> sink);
    String note = file.note(outcome).orElse("there is no backup: not every item was read");
    List<Report.Stage> stage = List.of(new Report.Stage(backup.name(), "backed up", outcome));
    return new Report(backup, stage, List.of(note), outcome.withoutLoss());
  }
}
