package org.dynocopy.run.verify;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Problem;
import org.dynocopy.diagnostic.WordLocations;
import org.dynocopy.run.cost.Estimator;
import org.dynocopy.run.job.ConcurrentLookup;
import org.dynocopy.run.job.EngineFactory;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.run.job.LimitCheck;
import org.dynocopy.run.job.Outline;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.SelectionExamples;
import org.dynocopy.run.job.Stages;
import org.dynocopy.run.job.StreamNotice;
import org.dynocopy.run.resume.TargetCheckpoints;
import org.dynocopy.spec.Verification;
import org.dynocopy.spec.Verification.Repair;
import org.dynocopy.store.Stores;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableReading;
import org.dynocopy.verify.Findings;

/** A comparison whose tables and fingerprints have been found. */
public final class VerificationRun implements JobRun {

  private final Verification verification;
  private final ComparisonSide source;
  private final ComparisonSide target;
  private final OutputStream out;

  private VerificationRun(
      Verification verification, ComparisonSide source, ComparisonSide target, OutputStream out) {
    this.verification = verification;
    this.source = source;
    this.target = target;
    this.out = out;
  }

  /**
   * Looks at both sides.
   *
   * @param out where differences are printed
   * @throws InvalidJobException if one is not there, or they cannot be compared
   * @throws StoreException if a table cannot be asked
   */
  public static VerificationRun of(Verification verification, Stores stores, OutputStream out)
      throws StoreException {
    WordLocations words = verification.words();
    ConcurrentLookup<ComparisonSide> target =
        ConcurrentLookup.start(
            () -> ComparisonSide.of(verification.target(), words.at("to"), stores));
    ConcurrentLookup<ComparisonSide> source =
        ConcurrentLookup.now(
            () -> ComparisonSide.of(verification.source(), words.at("from"), stores));
    ConcurrentLookup.refuse(source, target);
    ComparisonSide from = source.found();
    ComparisonSide to = target.found();
    List<Problem> problems = new ArrayList<>();
    ComparisonSide.check(from, to, verification.repair().isPresent(), words.at("to"), problems);
    if (!problems.isEmpty()) {
      throw new InvalidJobException(problems);
    }
    List<Table> read = Stream.of(from, to).flatMap(side -> side.open().stream()).toList();
    Optional<Table> written = verification.repair().flatMap(repair -> to.open());
    LimitCheck.check(verification, read, written);
    EngineFactory.deadLetterFile(EngineFactory.ON_FAILURE.deadLetter(), words);
    return new VerificationRun(verification, from, to, out);
  }

  @Override
  public Verification job() {
    return verification;
  }

  @Override
  public void describe(Outline outline) {
    String checks = verification.checks().toString();
    outline.title(verification.name());
    outline.line("check", checks);
    outline.field("checks", checks);
    outline.field("repairs", verification.repair().isPresent());
    List<Outline.Side> sides = new ArrayList<>();
    for (TableReading reading : readings()) {
      Verification.OfTable side = new Verification.OfTable(reading.reading());
      sides.add(new Outline.Side(verification.source().equals(side) ? "from" : "to", reading));
    }
    outline.sides(sides);
    outline.line(
        "repair",
        verification
            .repair()
            .map(
                how ->
                    "what is missing or different is copied"
                        + (how.deleteExtra() ? ", what is extra is deleted" : "")));
  }

  @Override
  public boolean estimate(Estimator estimator) {
    estimator.verify(verification.checks(), readings(), verification.repair().isPresent());
    return true;
  }

  @Override
  public Optional<TableReading> selection() {
    return Optional.empty();
  }

  /** Returns what is read of tables, the source's first. */
  public List<TableReading> readings() {
    List<TableReading> readings = new ArrayList<>();
    for (ComparisonSide side : List.of(source, target)) {
      if (side instanceof ComparisonSide.TableSide table) {
        readings.add(table.reading());
      }
    }
    return readings;
  }

  @Override
  public List<Table> tables() {
    return Stream.of(source, target).flatMap(side -> side.open().stream()).toList();
  }

  @Override
  public Optional<String> stream() {
    return verification
        .repair()
        .flatMap(repair -> target.open())
        .flatMap(
            to ->
                StreamNotice.of(
                    to.info(), target.name(), OptionalLong.empty(), "repaired or deleted"));
  }

  @Override
  public Optional<Question> question(Stages stages) throws InterruptedException {
    Optional<SelectionExamples> examples = examples();
    return Question.with(
        verification.repair().map(this::question).map(asked -> asked.with(examples)), stream());
  }

  @Override
  public Optional<SelectionExamples> examples() throws InterruptedException {
    boolean deletes = verification.repair().filter(Repair::deleteExtra).isPresent();
    return deletes && target instanceof ComparisonSide.TableSide table
        ? SelectionExamples.sampled(table.reading())
        : Optional.empty();
  }

  @Override
  public List<String> beginAnew() {
    return verification
        .repair()
        .filter(Repair::deleteExtra)
        .flatMap(repair -> target.open())
        .map(to -> TargetCheckpoints.sentences(to.info(), Optional.empty()))
        .orElse(List.of());
  }

  private Question question(Repair repair) {
    String copied =
        "what is missing in `"
            + target.name()
            + "`"
            + target.open().map(to -> to.info().place()).orElse("")
            + ", or different from `"
            + source.name()
            + "`, will be copied there";
    return repair.deleteExtra()
        ? new Question(copied + "; what is extra will be deleted.", true)
        : new Question(copied + ".", false);
  }

  @Override
  public Report run(Stages stages) throws StoreException, InterruptedException {
    Comparison.How how =
        new Comparison.How(
            Optional.empty(),
            true,
            verification.repair(),
            EngineFactory.writers(verification.writers()),
            verification,
            out);
    Comparison comparison = new Comparison(stages, source, target, how);
    comparison.run(verification.checks(), Comparison.Passed.NOTHING);
    Findings found = comparison.findings();
    boolean finished = comparison.finished();
    List<String> notes = ComparisonSummary.of(source.name(), target.name(), found, finished, true);
    if (comparison.spared() > 0) {
      notes.add(
          String.format(
              "%,d extra items stay in %s, as they changed there or came into %s while it ran: run"
                  + " it again",
              comparison.spared(), target.name(), source.name()));
    }
    return new Report(verification, comparison.stages(), notes, finished, Optional.of(found));
  }
}
