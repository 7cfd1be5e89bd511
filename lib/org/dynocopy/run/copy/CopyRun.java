package org.dynocopy.run.copy;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.Sink;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.run.cost.Estimator;
import org.dynocopy.run.cost.Expiry;
import org.dynocopy.run.job.ConcurrentLookup;
import org.dynocopy.run.job.EngineFactory;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.run.job.LimitCheck;
import org.dynocopy.run.job.Outline;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.SelectionExamples;
import org.dynocopy.run.job.Stages;
import org.dynocopy.run.job.StreamNotice;
import org.dynocopy.run.resume.ResumableRun;
import org.dynocopy.run.resume.ResumePoint;
import org.dynocopy.run.resume.SettledCheck;
import org.dynocopy.run.resume.TargetCheckpoints;
import org.dynocopy.run.verify.CopyVerification;
import org.dynocopy.spec.Copy;
import org.dynocopy.store.ReadMode;
import org.dynocopy.store.Stores;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.TableReading;

/** A copy between two tables that have been found, or to one that will be made. */
public final class CopyRun implements JobRun {

  private final Copy copy;
  private final Table source;
  private final TableReading reading;
  private final CopyTarget target;
  private final Optional<CopyVerification> verification;
  private final Optional<SecondPass> second;

  private CopyRun(
      Copy copy, Table source, TableReading reading, CopyTarget target, OutputStream out) {
    this.copy = copy;
    this.source = source;
    this.target = target;
    this.second = SecondPass.of(copy, reading);
    this.reading = second.map(SecondPass::first).orElse(reading);
    this.verification =
        copy.verify().map(checks -> new CopyVerification(copy, checks, source, reading, out));
  }

  /**
   * Looks at both tables, for a copy that prints no differences.
   *
   * @param copy the copy
   * @param stores open for as long as the copy runs
   * @throws InvalidJobException if the plan does not fit them
   * @throws StoreException if one of them cannot be asked
   */
  public static CopyRun of(Copy copy, Stores stores) throws StoreException {
    return of(copy, stores, OutputStream.nullOutputStream());
  }

  /**
   * Looks at both tables.
   *
   * @param out where differences are printed, if they are to be found
   */
  public static CopyRun of(Copy copy, Stores stores, OutputStream out) throws StoreException {
    if (copy.isPattern()) {
      throw new InvalidJobException(
          copy.at("from"), "`" + copy.from() + "` is a pattern: say one table after the other");
    }
    ConcurrentLookup<Optional<Table>> to =
        ConcurrentLookup.start(() -> CopyTarget.find(copy, stores));
    ConcurrentLookup<Table> source =
        ConcurrentLookup.now(() -> stores.tables().open(copy.from(), copy.at("from")));
    ConcurrentLookup.refuse(source, to);
    Table from = source.found();
    CopyTarget target = new CopyTarget(copy, from, stores, to.found());
    target.check();
    TableReading reading = from.read(copy.reading(), ReadMode.ITEMS);
    reading.tried();
    if (copy.replace().isPresent() && target.found()) {
      // What it will remove is looked for there: that must be possible before anything is written.
      target.open().read(copy.reading().selectionOf(copy.to()), ReadMode.ITEMS).tried();
    }
    CopyRun run = new CopyRun(copy, from, reading, target, out);
    Optional<TableReading> compared = run.compared();
    if (compared.isPresent() && target.found()) {
      compared.get().tried();
    }
    List<Table> read = new ArrayList<>(List.of(from));
    if (copy.verify().isPresent() || copy.replace().isPresent()) {
      target.there().ifPresent(read::add);
    }
    LimitCheck.check(copy, read, target.there(), Optional.of(target.meter()));
    EngineFactory.deadLetterFile(copy.onFailure().deadLetter(), copy.words());
    run.resumption();
    return run;
  }

  @Override
  public Copy job() {
    return copy;
  }

  /** Returns what is read. */
  public TableReading reading() {
    return reading;
  }

  /** Returns the table that is read. */
  public Table source() {
    return source;
  }

  /** Returns the table that is written, if it is there. */
  public Optional<Table> target() {
    return target.there();
  }

  /**
   * Returns what the table that is written says of itself; like the source if it is still to be
   * made.
   */
  public TableInfo to() {
    return target.info();
  }

  /** Returns what replacing will look at of the target, if it is there and replaced. */
  private Optional<TableReading> replaced() {
    return copy.replace().isPresent()
        ? target
            .there()
            .map(to -> to.read(copy.reading().selectionOf(copy.to()), ReadMode.CERTAIN_ITEMS))
        : Optional.empty();
  }

  /**
   * Returns how the target is read when it is compared, if it is: as the source is, where it is
   * still to be made.
   */
  private Optional<TableReading> compared() {
    Table like = target.there().orElse(source);
    return copy.verify()
        .map(checks -> like.read(CopyVerification.compared(copy), ReadMode.CERTAIN_ITEMS));
  }

  /** Returns whether the target is still to be made. */
  public boolean makesTarget() {
    return target.absent();
  }

  @Override
  public void describe(Outline outline) {
    CopyOutline.describe(this, outline);
  }

  @Override
  public boolean estimate(Estimator estimator) {
    boolean again = verification.filter(CopyVerification::readsAgain).isPresent();
    estimator.copy(
        new Estimator.CopyUse(
            copy, reading, target.info(), target.meter(), replaced(), compared(), again));
    return true;
  }

  @Override
  public Optional<Expiry> expiry() {
    return Optional.of(Expiry.ofTable(target.there().orElse(source), stream(), reading));
  }

  @Override
  public Optional<TableReading> selection() {
    return Optional.of(reading);
  }

  @Override
  public Optional<SelectionExamples> examples() throws InterruptedException {
    Optional<TableReading> old = replaced();
    return old.isPresent() ? SelectionExamples.sampled(old.get()) : Optional.empty();
  }

  /** Returns how many batches are written at once. */
  public int writers() {
    return EngineFactory.writers(copy.writers());
  }

  @Override
  public List<Table> tables() {
    return target.there().map(to -> List.of(source, to)).orElse(List.of(source));
  }

  @Override
  public Optional<String> stream() {
    OptionalLong items = copy.reading().limit();
    items = items.isPresent() ? items : reading.expected();
    boolean removes = copy.replace().isPresent() && target.old();
    return StreamNotice.of(
        target.info(),
        copy.to(),
        items,
        removes ? "written, and one for each that is removed" : "written");
  }

  @Override
  public Optional<Question> question(Stages stages) throws InterruptedException {
    return Question.with(OverwriteQuestion.question(this), stream());
  }

  @Override
  public List<String> beginAnew() {
    if (copy.replace().isEmpty() || !target.found()) {
      return List.of();
    }
    return TargetCheckpoints.sentences(target.info(), resumption().map(ResumePoint::file));
  }

  @Override
  public Optional<String> goesOn() {
    return resumption().flatMap(before -> SettledCheck.ahead(before, copy.to()));
  }

  private Optional<ResumePoint> resumption() {
    return ResumePoint.possible(copy)
        ? Optional.of(ResumePoint.of(copy, reading, target.info()))
        : Optional.empty();
  }

  @Override
  public Report run(Stages stages) throws StoreException, InterruptedException {
    List<String> notes = new ArrayList<>(target.make());
    Report report = copy(stages);
    notes.addAll(report.notes());
    return new Report(copy, report.stages(), notes, report.finished(), report.findings());
  }

  /** Does what comes after the items: copies those that moved, compares all, lets them expire. */
  private Report then(Stages stages, Report ran) throws StoreException, InterruptedException {
    Report copied = ran;
    if (second.isPresent()) {
      Sink puts = target.open().puts(copy.onConflict(), true, true);
      copied = second.get().run(stages, ran, verified(puts, false));
    }
    List<String> notes = new ArrayList<>(copied.notes());
    Report report =
        verification.isPresent()
            ? verification.get().run(stages, copied, target.open(), !target.found())
            : new Report(copy, copied.stages(), List.of(), copied.finished());
    notes.addAll(report.notes());
    if (copied.complete()) {
      notes.addAll(target.finish());
    }
    return new Report(copy, report.stages(), notes, report.finished(), report.findings());
  }

  private Report replace(Stages stages) throws StoreException, InterruptedException {
    if (!ResumePoint.possible(copy, stages)) {
      return then(stages, replacement(stages, Optional.empty()).run(stages));
    }
    return ResumableCopy.of(copy, source, reading, target.open(), stages)
        .run(turn -> then(stages, replacement(stages, Optional.of(turn)).run(stages)));
  }

  private Replacement replacement(Stages stages, Optional<ResumableRun.Turn> turn)
      throws StoreException {
    boolean all = turn.filter(ResumableRun.Turn::goesOn).isEmpty();
    Table to = target.open();
    TargetCheckpoints others =
        new TargetCheckpoints(to.info(), turn.map(ResumableRun.Turn::file), stages::say);
    others.check();
    return new Replacement(copy, source, reading, to, sink -> noting(sink, all), turn, others);
  }

  private Sink noting(Sink sink, boolean all) {
    if (!all) {
      second.ifPresent(SecondPass::goesOn);
    }
    return verified(sink, all);
  }

  private Sink verified(Sink sink, boolean all) {
    return verification.map(v -> v.noting(sink, all)).orElse(sink);
  }

  private Report copy(Stages stages) throws StoreException, InterruptedException {
    if (copy.replace().isPresent() && target.old()) {
      return replace(stages);
    }
    if (ResumePoint.possible(copy, stages)) {
      return new ResumableCopy(copy, source, reading, target.open(), this::noting)
          .run(stages, copied -> then(stages, copied));
    }
    boolean repeats = EngineFactory.mayRepeatKeys(reading);
    Sink sink = noting(target.open().puts(copy.onConflict(), false, repeats), true);
    Outcome outcome =
        stages.run(
            copy.name(),
            reading.expected(),
            EngineFactory.engine(reading, sink, writers(), copy.onFailure(), copy));
    return then(stages, Report.of(copy, "written", outcome, List.of()));
  }
}
