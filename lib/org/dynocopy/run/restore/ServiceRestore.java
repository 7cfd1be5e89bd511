package org.dynocopy.run.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.files.Timestamp;
import org.dynocopy.run.job.EngineFactory;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.Reading;
import org.dynocopy.spec.Restore;
import org.dynocopy.spec.place.BackupRef;
import org.dynocopy.spec.place.S3Ref;
import org.dynocopy.spec.place.StoreRef;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.store.ReadMode;
import org.dynocopy.store.ServiceBackups;
import org.dynocopy.store.Stores;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableReading;

/**
 * A restore by the service, which only makes new tables: for a table that is there, a new one is
 * made on the way, copied, and deleted when every item has been written.
 */
final class ServiceRestore {

  /** What is noted of the table on the way, before it is made: its name. */
  private static final String BETWEEN = "table between";

  /** Leaves room for the rest: a table's name has at most 255 characters. */
  private static final int NAME_LENGTH = 200;

  private final Restore restore;
  private final Optional<Table> table;
  private final Stores stores;

  ServiceRestore(Restore restore, Optional<Table> table, Stores stores) {
    this.restore = restore;
    this.table = table;
    this.stores = stores;
  }

  /**
   * Looks at an on-demand backup.
   *
   * @return about how many items it has
   * @throws InvalidJobException if its keys are not the table's
   * @throws StoreException if it is not there, or cannot be restored
   */
  static long check(BackupRef from, Restore restore, Optional<Table> table, Stores stores)
      throws StoreException {
    ServiceBackups.Contents backup =
        stores.tables().backups(said -> {}).look(from.arn(), restore.to());
    List<String> keys = table.map(t -> t.info().keyNames()).orElse(backup.keyNames());
    if (!backup.keyNames().equals(keys)) {
      throw new InvalidJobException(
          restore.words().at("to"),
          "`"
              + restore.to()
              + "` has the keys "
              + String.join(", ", keys)
              + ", but the backup has "
              + String.join(", ", backup.keyNames()));
    }
    return backup.items();
  }

  Report run(Stages stages) throws StoreException, InterruptedException {
    ServiceBackups backups = stores.tables().backups(stages::say);
    StoreRef from = restore.from();
    if (table.isEmpty()) {
      backups.restore(from.text(), restore.to(), false);
      String restored = "restored " + restore.to() + " from " + from;
      return new Report(restore, List.of(), List.of(restored, ServiceBackups.NOT_RESTORED));
    }
    Optional<String> begun = stages.record().note(BETWEEN);
    TableRef between = between(begun.orElseGet(this::uniqueName));
    if (begun.isEmpty()) {
      stages.record().note(BETWEEN, between.table());
    }
    if (from instanceof S3Ref export) {
      // Of one that is there nothing says whether its import was whole.
      if (begun.isPresent() && stores.tables().find(between).isPresent()) {
        stages.say("deleting `" + between + "`, which the run that was stopped has made");
        backups.drop(between);
      }
      stores
          .tables()
          .exports(stages::say)
          .importFrom(export.place(), between, table.get().schema());
    } else {
      backups.restore(from.text(), between, begun.isPresent());
    }
    Outcome outcome = copy(stages, between, table.get());
    return Report.of(restore, "written", outcome, finish(outcome, between, backups));
  }

  private String uniqueName() {
    String name = restore.to().name();
    String some = name.substring(0, Math.min(name.length(), NAME_LENGTH));
    // A later try takes up or deletes what has this name: no other run may have made it.
    return Timestamp.after(some + "-restore") + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  private TableRef between(String name) {
    String text = restore.to().environment().name() + ":" + name;
    return new TableRef(restore.to().environment(), name, text);
  }

  private Outcome copy(Stages stages, TableRef between, Table to)
      throws StoreException, InterruptedException {
    TableReading all =
        stores
            .tables()
            .open(between, restore.words().at("to"))
            .read(Reading.all(between, restore.words()), ReadMode.ITEMS);
    return stages.run(
        restore.name(),
        all.expected(),
        EngineFactory.engine(
            all,
            to.puts(),
            EngineFactory.writers(restore.writers()),
            restore.onFailure(),
            restore));
  }

  /** Deletes the table between, or says that it is there: what was restored is not lost. */
  private List<String> finish(Outcome outcome, TableRef between, ServiceBackups backups)
      throws InterruptedException {
    List<String> notes = new ArrayList<>();
    if (!outcome.complete()) {
      notes.add("every item is in `" + between + "`: the same command goes on with that table");
      return notes;
    }
    if (!outcome.withoutLoss()) {
      notes.add("every item is in `" + between + "`: copy what is missing, and delete it");
      return notes;
    }
    try {
      backups.drop(between);
    } catch (StoreException e) {
      notes.add("delete `" + between + "`, which was made on the way: " + e.getMessage());
    }
    return notes;
  }
}
