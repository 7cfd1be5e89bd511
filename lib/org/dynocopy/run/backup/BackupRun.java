package org.dynocopy.run.backup;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.files.FileReason;
import org.dynocopy.files.Timestamp;
import org.dynocopy.run.cost.Estimator;
import org.dynocopy.run.job.JobRecord;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.run.job.LimitCheck;
import org.dynocopy.run.job.Outline;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.run.job.WorkingFiles;
import org.dynocopy.spec.Backup;
import org.dynocopy.spec.Reading;
import org.dynocopy.spec.place.FileRef;
import org.dynocopy.spec.place.S3Ref;
import org.dynocopy.spec.place.StoreRef;
import org.dynocopy.spec.place.TableRef;
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
  public static BackupRun of(Backup backup, Stores stores) throws StoreException {
    if (backup.to().orElse(null) instanceof FileRef file) {
      try (Store store = stores.open(file, backup.words().at("to"))) {
        store.checkNew();
      }
    }
    Reading what = backup.reading();
    Table table = stores.tables().open(what.table(), what.words().at("from"));
    LimitCheck.check(backup, List.of(table), Optional.empty());
    return new BackupRun(backup, table, stores);
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
      Optional<String> arn = backup.reading().whole() ? byService(stages) : Optional.empty();
      return arn.isPresent()
          ? done("backed up " + backup.reading().table() + " as " + arn.get())
          : toWorkingFile(stages);
    }
    StoreRef to = backup.to().get();
    if (to instanceof S3Ref s3) {
      String token = noted(stages.record(), "export", UUID.randomUUID().toString());
      return done(table.service().exports(stages::say).export(table, s3.place(), token));
    }
    if (to instanceof FileRef file) {
      noted(stages.record(), JobRecord.FILE, file.path());
    }
    return toStore(stages, to);
  }

  /** A backup that a killed run has begun is waited for, and no second one made. */
  private Optional<String> byService(Stages stages) throws StoreException, InterruptedException {
    JobRecord record = stages.record();
    boolean begun = record.note("service backup").isPresent();
    String name = noted(record, "service backup", Timestamp.after("dynocopy"));
    return table.service().backups(stages::say).create(table, name, begun);
  }

  /** Returns what an earlier try has noted, else this, which is noted. */
  private static String noted(JobRecord record, String what, String fresh) throws StoreException {
    Optional<String> was = record.note(what);
    if (was.isEmpty()) {
      record.note(what, fresh);
    }
    return was.orElse(fresh);
  }

  private Report done(String note) {
    return new Report(backup, List.of(), List.of(note));
  }

  /** The file that a killed run has begun is taken over. */
  private Report toWorkingFile(Stages stages) throws StoreException, InterruptedException {
    try {
      TableRef of = backup.reading().table();
      WorkingFiles.removeBackupParts(of.name());
      String file = noted(stages.record(), JobRecord.FILE, WorkingFiles.backup(of).toString());
      return toStore(stages, new FileRef(file));
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
