package org.dynocopy.job;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.dynocopy.engine.Engine;
import org.dynocopy.engine.Outcome;
import org.dynocopy.engine.RunListener;
import org.dynocopy.engine.Sink;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.Deletion;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Reading;
import org.dynocopy.store.dynamo.Connections;
import org.dynocopy.store.dynamo.OpenTable;
import org.dynocopy.store.dynamo.TableReading;
import org.dynocopy.store.dynamo.Wanted;

/** A deletion from a table that has been found. Only keys are read. */
public final class PreparedDeletion implements Prepared {

  private final Deletion deletion;
  private final OpenTable table;
  private final TableReading reading;

  private PreparedDeletion(Deletion deletion, OpenTable table) throws StoreException {
    this.deletion = deletion;
    this.table = table;
    this.reading = table.read(deletion.reading(), Wanted.REMOVED).tried();
  }

  /**
   * Looks at the table.
   *
   * @throws InvalidPlanException if it is not there, or has no such index or keys
   * @throws StoreException if it cannot be asked
   */
  public static PreparedDeletion of(Deletion deletion, Connections connections)
      throws StoreException {
    Reading what = deletion.reading();
    OpenTable table = OpenTable.open(what.table(), what.words().at("from"), connections);
    Permission.check(deletion, List.of(table), Optional.of(table));
    Engines.deadLetters(Engines.ON_FAILURE, deletion.words());
    return new PreparedDeletion(deletion, table);
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
    return Engines.writers(deletion.writers());
  }

  @Override
  public List<OpenTable> tables() {
    return List.of(table);
  }

  @Override
  public Optional<Question> question(Stages stages) throws StoreException, InterruptedException {
    Reading what = deletion.reading();
    String items =
        what.part()
            ? String.format("%,d items", count(stages))
            : String.format("all items (about %,d)", table.info().items());
    Question asked =
        new Question(items + " will be deleted from `" + what.table() + "`." + how(), true);
    return Question.with(Optional.of(asked), stream());
  }

  @Override
  public Optional<String> stream() {
    Reading what = deletion.reading();
    return StreamRecords.of(table.info(), what.table(), reading.expected(), "deleted");
  }

  private String how() {
    return oneByOne() ? " One request an item: what no longer matches by then stays." : "";
  }

  /** Counts what is selected, which nobody else has done. */
  private long count(Stages stages) throws StoreException, InterruptedException {
    Outcome outcome =
        stages.run(
            "count what " + deletion.name() + " selects",
            reading.expected(),
            engine(table.read(deletion.reading(), Wanted.COUNT), new CountingSink()));
    if (outcome.failure().isPresent() || outcome.stopped()) {
      throw new StoreException(
          StoreException.Kind.REFUSED,
          "the items could not be counted"
              + outcome.failure().map(e -> ": " + e.getMessage()).orElse(""));
    }
    return outcome.counts().written();
  }

  private Function<RunListener, Engine> engine(TableReading what, Sink sink) {
    return Engines.engine(what, sink, writers(), Engines.ON_FAILURE, deletion);
  }

  @Override
  public Report run(Stages stages) throws StoreException, InterruptedException {
    Outcome outcome =
        stages.run(deletion.name(), reading.expected(), engine(reading, table.removes(reading)));
    return Report.of(deletion, "deleted", outcome, List.of());
  }
}
