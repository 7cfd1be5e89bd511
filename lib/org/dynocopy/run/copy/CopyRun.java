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

  private final Copy plan;
  private final Table source;
  private final TableReading reading;
  private final CopyTarget target;
  private final Optional<CopyVerification> verification;
  private final Optional<SecondPass> second;

  private CopyRun(
      Copy plan, Table source, TableReading reading, CopyTarget target, OutputStream out) {
    this.plan = plan;
    this.source = source;
    this.target = target;
    this.second = SecondPass.of(plan, reading);
    this.reading = second.map(SecondPass::first).orElse(reading);
    this.verification =
        plan.verify().map(checks -> new CopyVerification(plan, checks, source, reading, out));
  }

  /**
   * Looks at both tables, for a copy that prints no differences.
   *
   * @param plan the copy
   * @param stores open for as long as the copy runs
   * @throws InvalidJobException if the plan does not fit them
   * @throws StoreException if one of them cannot be asked
   */
  public static CopyRun of(Copy plan, Stores stores) throws StoreException {
    return of(plan, stores, OutputStream.nullOutputStream());
  }

  /**
   * Looks at both tables.
   *
   * @param out where differences are printed, if they are to be found
   */
  public static CopyRun of(Copy plan, Stores stores, OutputStream out) throws StoreException {
    if (plan.isPattern()) {
      throw new InvalidJobException(
          plan.at("from"), "`" + plan.from() + "` is a pattern: say one table after the other");
    }
    ConcurrentLookup<Optional<Table>> to =
        ConcurrentLookup.start(() -> CopyTarget.find(plan, stores));
    ConcurrentLookup<Table> source =
        ConcurrentLookup.now(() -> stores.tables().open(plan.from(), plan.at("from")));
    ConcurrentLookup.refuse(source, to);
    Table from = source.found();
    CopyTarget target = new CopyTarget(plan, from, stores, to.found());
    target.check();
    TableReading reading = from.read(plan.reading(), ReadMode.ITEMS);
    reading.tried();
    if (plan.replace().isPresent() && target.found()) {
      // What it will remove is looked for there: that must be possible before anything is written.
      target.open().read(plan.reading().selectionOf(plan.to()), ReadMode.ITEMS).tried();
    }
    CopyRun copy = new CopyRun(plan, from, reading, target, out);
    Optional<TableReading> compared = copy.compared();
    if (compared.isPresent() && target.found()) {
      compared.get().tried();
    }
    List<Table> read = new ArrayList<>(List.of(from));
    if (plan.verify().isPresent() || plan.replace().isPresent()) {
      target.there().ifPresent(read::add);
    }
    LimitCheck.check(plan, read, target.there(), Optional.of(target.meter()));
    EngineFactory.deadLetterFile(plan.onFailure().deadLetter(), plan.words());
    copy.resumption();
    return copy;
  }

  @Override
  public Copy job() {
    return plan;
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
    return plan.replace().isPresent()
        ? target
            .there()
            .map(to -> to.read(plan.reading().selectionOf(plan.to()), ReadMode.CERTAIN_ITEMS))
        : Optional.empty();
  }

  /**
   * Returns how the target is read when it is compared, if it is: as the source is, where it is
   * still to be made.
   */
  private Optional<TableReading> compared() {
    Table like = target.there().orElse(source);
    return plan.verify()
        .map(checks -> like.read(CopyVerification.compared(plan), ReadMode.CERTAIN_ITEMS));
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
            plan, reading, target.info(), target.meter(), replaced(), compared(), again));
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
    return EngineFactory.writers(plan.writers());
  }

  @Override
  public List<Table> tables() {
    return target.there().map(to -> List.of(source, to)).orElse(List.of(source));
  }

  @Override
  public Optional<String> stream() {
    OptionalLong items = plan.reading().limit();
    items = items.isPresent() ? items : reading.expected();
    boolean removes = plan.replace().isPresent() && target.old();
    return StreamNotice.of(
        target.info(),
        plan.to(),
        items,
        removes ? "written, and one for each that is removed" : "written");
  }

  @Override
  public Optional<Question> question(Stages stages) throws InterruptedException {
    return Question.with(OverwriteQuestion.question(this), stream());
  }

  @Override
  public List<String> beginAnew() {
    if (plan.replace().isEmpty() || !target.found()) {
      return List.of();
    }
    return TargetCheckpoints.sentences(target.info(), resumption().map(ResumePoint::file));
  }

  @Override
  public Optional<String> goesOn() {
    return resumption().flatMap(before -> SettledCheck.ahead(before, plan.to()));
  }

  private Optional<ResumePoint> resumption() {
    return ResumePoint.possible(plan)
        ? Optional.of(ResumePoint.of(plan, reading, target.info()))
        : Optional.empty();
  }

  @Override
  public Report run(Stages stages) throws StoreException, InterruptedException {
    List<String> notes = new ArrayList<>(target.make());
    Report report = copy(stages);
    notes.addAll(report.notes());
    return new Report(plan, report.stages(), notes, report.finished(), report.findings());
  }

  /** Does what comes after the items: copies those that moved, compares all, lets them expire. */
  private Report then(Stages stages, Report ran) throws StoreException, InterruptedException {
    Report copied = ran;
    if (second.isPresent()) {
      Sink puts = target.open().puts(plan.onConflict(), true, true);
      copied = second.get().run(stages, ran, verified(puts, false));
    }
    List<String> notes = new ArrayList<>(copied.notes());
    Report report =
        verification.isPresent()
            ? verification.get().run(stages, copied, target.open(), !target.found())
            : new Report(plan, copied.stages(), List.of(), copied.finished());
    notes.addAll(report.notes());
    if (copied.complete()) {
      notes.addAll(target.finish());
    }
    return new Report(plan, report.stages(), notes, report.finished(), report.findings());
  }

  private Report replace(Stages stages) throws StoreException, InterruptedException {
    if (!ResumePoint.possible(plan, stages)) {
      return then(stages, replacement(stages, Optional.empty()).run(stages));
    }
    return ResumableCopy.of(plan, source, reading, target.open(), stages)
        .run(turn -> then(stages, replacement(stages, Optional.of(turn)).run(stages)));
  }

  private Replacement replacement(Stages stages, Optional<ResumableRun.Turn> turn)
      throws StoreException {
    boolean all = turn.filter(ResumableRun.Turn::goesOn).isEmpty();
    Table to = target.open();
    TargetCheckpoints others =
        new TargetCheckpoints(to.info(), turn.map(ResumableRun.Turn::file), stages::say);
    others.check();
    return new Replacement(plan, source, reading, to, sink -> noting(sink, all), turn, others);
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
    if (plan.replace().isPresent() && target.old()) {
      return replace(stages);
    }
    if (ResumePoint.possible(plan, stages)) {
      return new ResumableCopy(plan, source, reading, target.open(), this::noting)
          .run(stages, copied -> then(stages, copied));
    }
    boolean repeats = EngineFactory.mayRepeatKeys(reading);
    Sink sink = noting(target.open().puts(plan.onConflict(), false, repeats), true);
    Outcome outcome =
        stages.run(
            plan.name(),
            reading.expected(),
            EngineFactory.engine(reading, sink, writers(), plan.onFailure(), plan));
    return then(stages, Report.of(plan, "written", outcome, List.of()));
  }
}
