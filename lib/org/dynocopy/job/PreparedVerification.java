package org.dynocopy.job;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.dynocopy.engine.StoreException;
import org.dynocopy.job.cost.Estimator;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Problem;
import org.dynocopy.plan.Verification;
import org.dynocopy.plan.Verification.Repair;
import org.dynocopy.plan.Words;
import org.dynocopy.store.OpenTable;
import org.dynocopy.store.Stores;
import org.dynocopy.store.TableReading;
import org.dynocopy.verify.Findings;

/** A comparison whose tables and fingerprints have been found. */
public final class PreparedVerification implements Prepared {

  private final Verification verification;
  private final Compared source;
  private final Compared target;
  private final OutputStream out;

  private PreparedVerification(
      Verification verification, Compared source, Compared target, OutputStream out) {
    this.verification = verification;
    this.source = source;
    this.target = target;
    this.out = out;
  }

  /**
   * Looks at both sides.
   *
   * @param out where differences are printed
   * @throws InvalidPlanException if one is not there, or they cannot be compared
   * @throws StoreException if a table cannot be asked
   */
  public static PreparedVerification of(
      Verification verification, Stores connections, OutputStream out) throws StoreException {
    Words words = verification.words();
    Looking<Compared> target =
        Looking.start(() -> Compared.of(verification.target(), words.at("to"), connections));
    Looking<Compared> source =
        Looking.now(() -> Compared.of(verification.source(), words.at("from"), connections));
    Looking.refuse(source, target);
    Compared from = source.found();
    Compared to = target.found();
    List<Problem> problems = new ArrayList<>();
    Compared.check(from, to, verification.repair().isPresent(), words.at("to"), problems);
    if (!problems.isEmpty()) {
      throw new InvalidPlanException(problems);
    }
    List<OpenTable> read = Stream.of(from, to).flatMap(side -> side.open().stream()).toList();
    Optional<OpenTable> written = verification.repair().flatMap(repair -> to.open());
    Permission.check(verification, read, written);
    Engines.deadLetterFile(Engines.ON_FAILURE.deadLetter(), words);
    return new PreparedVerification(verification, from, to, out);
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
    for (Compared side : List.of(source, target)) {
      if (side instanceof Compared.Table table) {
        readings.add(table.reading());
      }
    }
    return readings;
  }

  @Override
  public List<OpenTable> tables() {
    return Stream.of(source, target).flatMap(side -> side.open().stream()).toList();
  }

  @Override
  public Optional<String> stream() {
    return verification
        .repair()
        .flatMap(repair -> target.open())
        .flatMap(
            to ->
                StreamRecords.of(
                    to.info(), target.name(), OptionalLong.empty(), "repaired or deleted"));
  }

  @Override
  public Optional<Question> question(Stages stages) throws InterruptedException {
    Optional<Examples> examples = examples();
    return Question.with(
        verification.repair().map(this::question).map(asked -> asked.with(examples)), stream());
  }

  @Override
  public Optional<Examples> examples() throws InterruptedException {
    boolean deletes = verification.repair().filter(Repair::deleteExtra).isPresent();
    return deletes && target instanceof Compared.Table table
        ? Examples.sampled(table.reading())
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
            Engines.writers(verification.writers()),
            verification,
            out);
    Comparison comparison = new Comparison(stages, source, target, how);
    comparison.run(verification.checks(), Comparison.Passed.NOTHING);
    Findings found = comparison.findings();
    boolean finished = comparison.finished();
    List<String> notes = Verdict.of(source.name(), target.name(), found, finished, true);
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
