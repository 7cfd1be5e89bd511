package org.dynocopy.run.table;

import java.util.List;
import java.util.Optional;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.RunSettings;
import org.dynocopy.core.Shaper;
import org.dynocopy.core.Sink;
import org.dynocopy.core.StoreException;
import org.dynocopy.run.cost.Estimator;
import org.dynocopy.run.job.DiscardingSink;
import org.dynocopy.run.job.EngineFactory;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.run.job.LimitCheck;
import org.dynocopy.run.job.Outline;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.SelectionExamples;
import org.dynocopy.run.job.Stages;
import org.dynocopy.run.job.StreamNotice;
import org.dynocopy.run.resume.TargetCheckpoints;
import org.dynocopy.spec.Deletion;
import org.dynocopy.spec.Reading;
import org.dynocopy.store.ReadMode;
import org.dynocopy.store.Stores;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableReading;

/** A deletion from a table that has been found. Only keys are read. */
public final class DeletionRun implements JobRun {

  private final Deletion deletion;
  private final Table table;
  private final TableReading reading;

  private DeletionRun(Deletion deletion, Table table) throws StoreException {
    this.deletion = deletion;
    this.table = table;
    this.reading = table.read(deletion.reading(), ReadMode.REMOVED).tried();
  }

  /**
   * Looks at the table.
   *
   * @throws org.dynocopy.diagnostic.InvalidJobException if it is not there, or has no such index or
   *     keys
   * @throws StoreException if it cannot be asked
   */
  public static DeletionRun of(Deletion deletion, Stores stores) throws StoreException {
    Reading what = deletion.reading();
    Table table = stores.tables().open(what.table(), what.words().at("from"));
    LimitCheck.check(deletion, List.of(table), Optional.of(table));
    EngineFactory.deadLetterFile(EngineFactory.ON_FAILURE.deadLetter(), deletion.words());
    return new DeletionRun(deletion, table);
  }

  @Override
  public Deletion job() {
    return deletion;
  }

  /** Returns what is read to find the items. */
  public TableReading reading() {
    return reading;
  }

  /** Returns whether each item is a request of its own, on the condition that it still matches. */
  public boolean oneByOne() {
    return reading.mayChange();
  }

  /** Returns how many requests are under way at once. */
  public int writers() {
    return EngineFactory.writers(deletion.writers());
  }

  @Override
  public void describe(Outline outline) {
    outline.title(deletion.name());
    outline.reading(reading, reading.readers());
    outline.field("oneByOne", oneByOne());
    outline.line(
        "delete",
        oneByOne()
            ? writers()
                + " items at once, one request an item, on the condition that it still matches"
            : writers() + " batches of up to 25 keys at once");
  }

  @Override
  public boolean estimate(Estimator estimator) {
    estimator.delete(reading, oneByOne());
    return true;
  }

  @Override
  public Optional<TableReading> selection() {
    return Optional.of(reading);
  }

  @Override
  public Optional<SelectionExamples> examples() throws InterruptedException {
    return SelectionExamples.sampled(reading);
  }

  @Override
  public List<Table> tables() {
    return List.of(table);
  }

  @Override
  public Optional<Question> question(Stages stages) throws StoreException, InterruptedException {
    String from =
        " will be deleted from `"
            + deletion.reading().table()
            + "`"
            + table.info().place()
            + "."
            + how();
    if (!deletion.reading().part()) {
      String all = String.format("all items (about %,d)", table.info().items());
      return Question.with(Optional.of(new Question(all + from, true)), stream());
    }
    TableReading counted = table.read(deletion.reading(), ReadMode.COUNT);
    Optional<SelectionExamples> examples = SelectionExamples.of(counted);
    String items = String.format("%,d items", count(stages, counted, examples));
    Question asked = new Question(items + from, true).with(examples);
    return Question.with(Optional.of(asked), stream());
  }

  @Override
  public Optional<String> stream() {
    Reading what = deletion.reading();
    return StreamNotice.of(table.info(), what.table(), reading.expected(), "deleted");
  }

  @Override
  public List<String> beginAnew() {
    return TargetCheckpoints.sentences(table.info(), Optional.empty());
  }

  private String how() {
    return oneByOne() ? " One request an item: what no longer matches by then stays." : "";
  }

  /** Counts what is selected. */
  private long count(Stages stages, TableReading counted, Optional<SelectionExamples> examples)
      throws StoreException, InterruptedException {
    Shaper shaper = examples.isPresent() ? examples.get() : EngineFactory.shaper(counted);
    RunSettings settings =
        RunSettings.of(counted.readers(), writers()).withLimit(deletion.reading().limit());
    Outcome outcome =
        stages.run(
            "count what " + deletion.name() + " selects",
            reading.expected(),
            EngineFactory.engine(
                counted.source(),
                shaper,
                new DiscardingSink(),
                settings,
                EngineFactory.ON_FAILURE,
                deletion));
    if (outcome.failure().isPresent() || outcome.stopped()) {
      throw new StoreException(
          StoreException.Kind.REFUSED,
          "the items could not be counted"
              + outcome.failure().map(e -> ": " + e.getMessage()).orElse(""));
    }
    return outcome.counts().written();
  }

  @Override
  public Report run(Stages stages) throws StoreException, InterruptedException {
    TargetCheckpoints checkpoints =
        new TargetCheckpoints(table.info(), Optional.empty(), stages::say);
    checkpoints.check();
    Sink removes = checkpoints.before(table.removes(reading));
    Outcome outcome =
        stages.run(
            deletion.name(),
            reading.expected(),
            EngineFactory.engine(reading, removes, writers(), EngineFactory.ON_FAILURE, deletion));
    return Report.of(deletion, "deleted", outcome, checkpoints.after());
  }
}
