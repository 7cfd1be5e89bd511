package org.dynocopy.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.dynocopy.engine.Engine;
import org.dynocopy.engine.Outcome;
import org.dynocopy.engine.Retry.Backoff;
import org.dynocopy.engine.Shaper;
import org.dynocopy.engine.StoreException;
import org.dynocopy.engine.StoreException.Kind;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Place;
import org.dynocopy.plan.Reading;
import org.dynocopy.plan.Restore;
import org.dynocopy.plan.TableRef;
import org.dynocopy.store.dynamo.Connections;
import org.dynocopy.store.dynamo.OpenTable;
import org.dynocopy.store.dynamo.ServiceBackups;
import org.dynocopy.store.dynamo.TableReading;
import org.dynocopy.store.dynamo.Wanted;
import org.dynocopy.store.dynamo.schema.Schema;
import org.dynocopy.store.file.BackupFiles;
import org.dynocopy.store.file.BackupSource;

/**
 * A restore whose backup has been found; a file has been read to its end, and every line of it is
 * an item.
 */
public final class PreparedRestore implements Prepared {

  private static final int READERS = 4;

  private final Restore restore;
  private final Connections connections;
  private final Optional<OpenTable> table;
  private final Optional<BackupFiles> files;
  private final Optional<Schema> schema;
  private final long items;

  private PreparedRestore(
      Restore restore,
      Connections connections,
      Optional<OpenTable> table,
      Optional<BackupFiles> files)
      throws StoreException {
    this.restore = restore;
    this.connections = connections;
    this.table = table;
    this.files = files;
    this.schema = files.flatMap(BackupFiles::manifest).map(m -> Schema.parse(where(), m.schema()));
    this.items = files.isPresent() ? files.get().check(keyNames()) : 0;
  }

  /**
   * Looks at the backup and at the table.
   *
   * @throws InvalidPlanException if the backup is not whole, or does not fit the table
   * @throws StoreException if the table cannot be asked for
   */
  public static PreparedRestore of(Restore restore, Connections connections) throws StoreException {
    Optional<OpenTable> table = OpenTable.find(restore.to(), connections);
    if (restore.from().kind() == Place.Kind.S3 && table.isEmpty()) {
      throw new InvalidPlanException(
          restore.words().at("to"),
          "there is no table `"
              + restore.to()
              + "`, and an export does not say how to make it: make it first, by `schema clone`");
    }
    boolean isFile = restore.from().kind() == Place.Kind.FILE;
    Optional<BackupFiles> files =
        isFile ? Optional.of(BackupFiles.at(Path.of(restore.from().where()))) : Optional.empty();
    return new PreparedRestore(restore, connections, table, files);
  }

  private String where() {
    return restore.from().where();
  }

  private List<String> keyNames() {
    if (table.isPresent()) {
      return table.get().info().keyNames();
    }
    return schema
        .map(Schema::keyNames)
        .orElseThrow(
            () ->
                new InvalidPlanException(
                    restore.words().at("to"),
                    "there is no table `"
                        + restore.to()
                        + "`, and nothing beside `"
                        + where()
                        + "` says how to make it: make it first, by `schema clone`"));
  }

  @Override
  public Restore job() {
    return restore;
  }

  /** Returns how many items the backup has, if it is a file. */
  public OptionalLong items() {
    return files.isPresent() ? OptionalLong.of(items) : OptionalLong.empty();
  }

  /** Returns whether the table will be made. */
  public boolean makesTable() {
    return table.isEmpty();
  }

  @Override
  public Optional<Question> question(Stages stages) {
    String what = files.isPresent() ? String.format("%,d items", items) : "the backup";
    String where =
        table
            .map(
                t ->
                    String.format(
                        "`%s`, which has about %,d; those with the same keys will be overwritten.",
                        restore.to(), t.info().items()))
            .orElse("the new table `" + restore.to() + "`.");
    return Optional.of(new Question(what + " will be restored into " + where, table.isPresent()));
  }

  @Override
  public Report run(Stages stages) throws StoreException, InterruptedException {
    return files.isPresent() ? fromFiles(stages, files.get()) : fromService(stages);
  }

  /** The service restores into a new table: for one that is there that is on the way. */
  private Report fromService(Stages stages) throws StoreException, InterruptedException {
    if (table.isEmpty()) {
      ServiceBackups.restore(where(), restore.to(), connections);
      return new Report(restore, List.of(), List.of("restored " + restore.to()));
    }
    String name = WorkingFiles.unique(restore.to().table().replaceFirst("^.*/", "") + "-restore");
    TableRef between =
        new TableRef(
            restore.to().environment(), name, restore.to().environment().name() + ":" + name);
    if (restore.from().kind() == Place.Kind.S3) {
      ServiceBackups.importFrom(where(), between, table.get().schema(), connections);
    } else {
      ServiceBackups.restore(where(), between, connections);
    }
    TableReading all =
        OpenTable.open(between, restore.words().at("to"), connections)
            .read(Reading.all(between, restore.words()), Wanted.ITEMS);
    Outcome outcome =
        stages.run(
            restore.name(),
            all.expected(),
            Engines.engine(
                all,
                table.get().puts(),
                Engines.writers(restore.writers()),
                restore.onFailure(),
                restore.words()));
    if (!outcome.complete()) {
      String kept = "the restored items are in " + between + ": copy them, and delete it";
      return Report.of(restore, "written", outcome, List.of(kept));
    }
    ServiceBackups.drop(between, connections);
    return Report.of(restore, "written", outcome, List.of());
  }

  private Report fromFiles(Stages stages, BackupFiles backup)
      throws StoreException, InterruptedException {
    List<String> notes = new ArrayList<>();
    if (table.isEmpty()) {
      notes.addAll(OpenTable.create(restore.to(), schema.orElseThrow(), connections));
    }
    OpenTable to = OpenTable.open(restore.to(), restore.words().at("to"), connections);
    Outcome outcome;
    try (BackupSource source = new BackupSource(backup)) {
      outcome =
          stages.run(
              restore.name(),
              OptionalLong.of(items),
              listener ->
                  new Engine(
                      source,
                      Shaper.NONE,
                      to.puts(),
                      Engines.deadLetters(restore.onFailure(), restore.words()),
                      new Engine.Settings(
                          READERS,
                          Engines.writers(restore.writers()),
                          Engine.Settings.defaultMemory(),
                          OptionalLong.empty(),
                          false,
                          Backoff.DEFAULT),
                      listener));
    } catch (IOException e) {
      throw new StoreException(Kind.REFUSED, "cannot read " + where() + ": " + e, e);
    }
    if (table.isEmpty() && outcome.complete()) {
      notes.addAll(to.enableTimeToLive(schema.orElseThrow()));
    }
    return Report.of(restore, "written", outcome, notes);
  }
}
