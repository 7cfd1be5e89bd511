package org.dynocopy.run.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.dynocopy.core.CopyTask;
import org.dynocopy.core.Item;
import org.dynocopy.core.RunSettings;
import org.dynocopy.core.Shaper;
import org.dynocopy.core.Source;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.item.ReplicationAttributes;
import org.dynocopy.run.copy.CopyTarget;
import org.dynocopy.run.cost.Estimator;
import org.dynocopy.run.cost.Expiry;
import org.dynocopy.run.job.EngineFactory;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.run.job.LimitCheck;
import org.dynocopy.run.job.Outline;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.run.job.StreamNotice;
import org.dynocopy.run.resume.ResumableRun;
import org.dynocopy.run.resume.ResumePoint;
import org.dynocopy.run.resume.SettledCheck;
import org.dynocopy.run.table.NewTable;
import org.dynocopy.spec.Restore;
import org.dynocopy.spec.place.BackupRef;
import org.dynocopy.spec.place.FileRef;
import org.dynocopy.spec.place.S3Ref;
import org.dynocopy.store.Store;
import org.dynocopy.store.StoreContents;
import org.dynocopy.store.StoreInfo;
import org.dynocopy.store.Stores;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.TableReading;
import org.dynocopy.store.TableSchema;

/**
 * A restore whose backup has been found; a file has been read to its end, and every line of it is
 * an item.
 */
public final class RestoreRun implements JobRun {

  private static final int READERS = 4;
  private static final int SAMPLE = 200;

  private final Restore restore;
  private final Stores stores;
  private final Optional<Table> table;
  private final Optional<Store> files;
  private final Optional<StoreInfo> about;
  private final Optional<TableSchema> schema;
  private final OptionalLong items;
  private final List<String> notes;
  private final NewTable made;

  private RestoreRun(Restore restore, Stores stores, Optional<Table> table, Optional<Store> files)
      throws StoreException {
    this.restore = restore;
    this.stores = stores;
    this.table = table;
    this.files = files;
    this.about = files.isPresent() ? Optional.of(files.get().describe()) : Optional.empty();
    this.schema =
        about.flatMap(StoreInfo::schema).map(json -> stores.tables().schema(where(), json));
    Optional<StoreContents> content =
        files.isPresent() ? Optional.of(files.get().check(keyNames())) : Optional.empty();
    this.notes = content.map(StoreContents::notes).orElse(List.of());
    this.items = count(content);
    this.made = new NewTable(restore.to(), "restore " + restore.from(), stores);
  }

  private OptionalLong count(Optional<StoreContents> content) throws StoreException {
    if (restore.from() instanceof BackupRef backup) {
      return OptionalLong.of(ServiceRestore.check(backup, restore, table, stores));
    }
    return content.map(found -> OptionalLong.of(found.items())).orElse(OptionalLong.empty());
  }

  /**
   * Looks at the backup and at the table.
   *
   * @throws InvalidJobException if the backup is not whole, or does not fit the table
   * @throws StoreException if the table or the service's backup cannot be asked for
   */
  public static RestoreRun of(Restore restore, Stores stores) throws StoreException {
    Optional<Table> table = stores.tables().find(restore.to());
    LimitCheck.check(restore, List.of(), table);
    if (restore.from() instanceof S3Ref export) {
      checkExport(export, restore, table);
    }
    Optional<Store> files = Optional.empty();
    if (restore.from() instanceof FileRef file) {
      files = Optional.of(stores.open(file, restore.words().at("from")));
      EngineFactory.deadLetterFile(restore.onFailure().deadLetter(), restore.words());
    }
    return new RestoreRun(restore, stores, table, files);
  }

  private static void checkExport(S3Ref export, Restore restore, Optional<Table> table) {
    if (!export.isExport()) {
      throw new InvalidJobException(
          restore.words().at("from"),
          "`"
              + restore.from()
              + "` is not one full export: name it with its id, as"
              + " `s3://bucket/prefix/AWSDynamoDB/01234567890123-a1b2c3d4`");
    }
    if (table.isEmpty()) {
      throw new InvalidJobException(
          restore.words().at("to"),
          "there is no table `"
              + restore.to()
              + "`, and an export does not say how to make it: make it first, by `schema clone`");
    }
  }

  private String where() {
    return restore.from().toString();
  }

  private List<String> keyNames() {
    if (table.isPresent()) {
      return table.get().info().keyNames();
    }
    return schema
        .map(TableSchema::keyNames)
        .orElseThrow(
            () ->
                new InvalidJobException(
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

  @Override
  public void describe(Outline outline) {
    String some =
        items.isPresent() ? String.format(Locale.ROOT, "  %,d items", items.getAsLong()) : "";
    outline.title(restore.name());
    outline.line("from", restore.from() + some);
    outline.line("to", restore.to() + (table.isEmpty() ? "  a new table" : ""));
    outline.field("makesTable", table.isEmpty());
    items.ifPresent(known -> outline.field("items", known));
  }

  @Override
  public boolean estimate(Estimator estimator) {
    return table.isPresent() && estimator.write(table.get(), items.orElse(0), sample());
  }

  @Override
  public String basis() {
    return "by what the backup tells of itself";
  }

  @Override
  public Optional<Expiry> expiry() {
    return Optional.of(Expiry.ofFile(this::timeToLive, stream(), this::sample));
  }

  @Override
  public Optional<TableReading> selection() {
    return Optional.empty();
  }

  /** Returns the first items of a file; none where the service has the backup. */
  private List<Item> sample() {
    return files.map(found -> found.sample(SAMPLE)).orElse(List.of());
  }

  /** Returns the attribute by which items expire in the table, or will when it is made. */
  private Optional<String> timeToLive() throws StoreException {
    return table.isPresent()
        ? table.get().timeToLive()
        : schema.flatMap(TableSchema::expiryAttribute);
  }

  @Override
  public List<Table> tables() {
    return table.stream().toList();
  }

  @Override
  public Optional<Question> question(Stages stages) {
    // A table that this job makes has nothing that could be overwritten, also where a killed run of
    // it made it.
    if (table.isEmpty() || made.isBegun(table.get().info())) {
      return Question.with(Optional.empty(), stream());
    }
    String about = files.isPresent() ? "" : "about ";
    String what =
        items.isPresent()
            ? String.format("%s%,d items", about, items.getAsLong())
            : "the export's items";
    String where =
        String.format(
            "`%s`%s, which has about %,d; those with the same keys will be overwritten.",
            restore.to(), table.get().info().place(), table.get().info().items());
    Question asked = new Question(what + " will be restored into " + where, true);
    return Question.with(Optional.of(asked), stream());
  }

  @Override
  public Optional<String> stream() {
    Optional<String> stream =
        table.isPresent() ? table.get().info().stream() : schema.flatMap(TableSchema::stream);
    return StreamNotice.of(stream, restore.to(), items, "written");
  }

  @Override
  public Report run(Stages stages) throws StoreException, InterruptedException {
    // Items of files are not looked at when they are read.
    ReplicationAttributes.expect();
    return files.isPresent()
        ? fromFiles(stages, files.get())
        : new ServiceRestore(restore, table, stores).run(stages);
  }

  /**
   * Makes the table if it is not there; an earlier job may have made it since it was looked for.
   *
   * @return what could not be made so, a sentence each
   */
  private List<String> make() throws StoreException {
    Optional<Table> now = table.isPresent() ? table : stores.tables().find(restore.to());
    if (now.isEmpty()) {
      return made.make(schema.orElseThrow());
    }
    TableInfo found = now.get().info();
    CopyTarget.checkKeys(restore.to(), found.keyNames(), keyNames());
    return made.isBegun(found) ? made.goOn(found) : made.begunByOthers(found).stream().toList();
  }

  @Override
  public Optional<String> goesOn() {
    return about.isPresent() && table.isPresent()
        ? SettledCheck.ahead(resumption(about.get(), table.get()), restore.to())
        : Optional.empty();
  }

  private ResumePoint resumption(StoreInfo backup, Table to) {
    return ResumePoint.of(
        "restore-" + restore.to().name(),
        backup.identity(),
        to.info(),
        restore.fresh(),
        restore.words().at("restore"));
  }

  private Report fromFiles(Stages stages, Store backup)
      throws StoreException, InterruptedException {
    List<String> all = new ArrayList<>(notes);
    all.addAll(make());
    Table to = stores.tables().open(restore.to(), restore.words().at("to"));
    RunSettings settings =
        RunSettings.of(READERS, EngineFactory.writers(restore.writers()))
            .with(restore.allowance().patience());
    try (backup) {
      Source source = backup.source();
      StoreInfo now = backup.describe();
      Report report =
          new ResumableRun(restore, resumption(now, to), restore.onFailure(), now.identity().size())
              .checking(SettledCheck.of(restore, restore.to(), to))
              .paying(Optional.empty(), to.meter())
              .remembering(stages.record())
              .run(
                  stages,
                  items,
                  (at, sampled) ->
                      new ResumableRun.Routing.Routed(
                          new CopyTask.Route(source, Shaper.NONE, sampled.apply(to.puts())),
                          settings),
                  restored -> restored.complete() ? restored.noting(made.finish(to)) : restored);
      all.addAll(report.notes());
      return new Report(restore, report.stages(), all, report.finished(), report.findings());
    }
  }
}
