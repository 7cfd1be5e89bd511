package org.dynocopy.run.query;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.dynocopy.core.DeadLetters;
import org.dynocopy.core.Item;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.RunSettings;
import org.dynocopy.core.Sink;
import org.dynocopy.core.StoreException;
import org.dynocopy.engine.BoundedDeadLetters;
import org.dynocopy.engine.Engine;
import org.dynocopy.print.Distinct;
import org.dynocopy.print.ItemWriter;
import org.dynocopy.print.Reservoir;
import org.dynocopy.run.cost.Estimator;
import org.dynocopy.run.job.DiscardingSink;
import org.dynocopy.run.job.EngineFactory;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.run.job.LimitCheck;
import org.dynocopy.run.job.NoDeadLetters;
import org.dynocopy.run.job.Outline;
import org.dynocopy.run.job.PrintingSink;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.Query;
import org.dynocopy.spec.Reading;
import org.dynocopy.store.ReadMode;
import org.dynocopy.store.Stores;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableReading;

/**
 * A query of a table that has been found. By one reader the items come in the order of their sort
 * keys; where {@code segments} asks for more readers, where the order is nothing to what is
 * printed, and in a scan, in any order.
 */
public final class QueryRun implements JobRun {

  private final Query query;
  private final Table table;
  private final TableReading reading;
  private final OutputStream out;

  private QueryRun(Query query, Table table, TableReading reading, OutputStream out) {
    this.query = query;
    this.table = table;
    this.reading = reading;
    this.out = out;
  }

  /**
   * Looks at the table.
   *
   * @param out where to print, see {@link ItemWriter#of}
   * @throws org.dynocopy.diagnostic.InvalidJobException if it is not there, or has no such index or
   *     keys
   * @throws StoreException if it cannot be asked
   */
  public static QueryRun of(Query query, Stores stores, OutputStream out) throws StoreException {
    Reading what = query.reading();
    Table table = stores.tables().open(what.table(), what.words().at("from"));
    LimitCheck.check(query, List.of(table), Optional.empty());
    ReadMode wanted = query.output().count() ? ReadMode.COUNT : ReadMode.ITEMS;
    TableReading reading = table.read(what, wanted);
    // Keys have been checked: a stream asks for nothing before its first item is wanted.
    return new QueryRun(
        query, table, what.serverFilter().isPresent() ? reading.tried() : reading, out);
  }

  @Override
  public Query job() {
    return query;
  }

  /** Returns what is read. */
  public TableReading reading() {
    return reading;
  }

  /** Returns how many parts are read at once. */
  public int readers() {
    return inOrder() ? 1 : reading.readers();
  }

  @Override
  public void describe(Outline outline) {
    outline.title(query.name());
    outline.reading(reading, readers());
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

  /** Which items are the first ones, of which a sample is taken, is also a matter of order. */
  private boolean inOrder() {
    Query.Output how = query.output();
    boolean first = !how.count() && query.reading().limit().isPresent();
    boolean all = !how.count() && how.unique().isEmpty() && how.sample().isEmpty();
    return reading.way() == TableReading.Way.QUERY
        && query.reading().segments().isEmpty()
        && (all || first);
  }

  @Override
  public List<Table> tables() {
    return List.of(table);
  }

  @Override
  public Optional<Question> question(Stages stages) {
    return Optional.empty();
  }

  /**
   * Returns the items as they are asked for: by one reader in the order of the source, and in any
   * order where {@code segments} asks for more.
   *
   * @param done called when the stream ends, fails or is closed
   */
  public Stream<Item> stream(Runnable done) {
    int readers = query.reading().segments().isPresent() ? reading.readers() : 1;
    RunSettings settings =
        RunSettings.of(readers, 1)
            .withLimit(query.reading().limit())
            .withOrder(readers == 1)
            .with(query.allowance().patience())
            .withoutReadingAhead();
    DeadLetters none = new BoundedDeadLetters(new NoDeadLetters(), 1);
    ItemRelay relay =
        new ItemRelay(
            sink ->
                new Engine(
                    reading.source(),
                    EngineFactory.shaper(reading),
                    sink,
                    none,
                    settings,
                    RunListener.NONE));
    return ItemStream.of(relay, done);
  }

  @Override
  public Report run(Stages stages) throws StoreException, InterruptedException {
    if (query.output().count()) {
      Outcome outcome = run(stages, new DiscardingSink());
      Report report = Report.of(query, "counted", outcome, List.of());
      String count = outcome.complete() ? outcome.counts().written() + "\n" : "";
      return printed(
          () -> {
            out.write(count.getBytes(StandardCharsets.US_ASCII));
            out.flush();
          },
          () -> report);
    }
    ItemWriter writer = writer();
    PrintingSink sink = new PrintingSink(sampling(writer));
    Outcome outcome = run(stages, sink);
    if (sink.readerGone()) {
      return seenEnough();
    }
    return printed(
        () -> {
          sink.finish();
          writer.close();
        },
        () -> Report.of(query, verb(), outcome, notes(writer, outcome)));
  }

  private String verb() {
    boolean all = query.output().unique().isEmpty() && query.output().sample().isEmpty();
    return all ? "printed" : "looked at";
  }

  /** Something to print. */
  private interface Printing {
    void print() throws IOException;
  }

  /** Prints the last of it, and returns the report. */
  private Report printed(Printing last, Supplier<Report> report) throws StoreException {
    try {
      last.print();
      return report.get();
    } catch (IOException e) {
      if (PrintingSink.readerGone(e)) {
        return seenEnough();
      }
      throw PrintingSink.cannotWrite(e);
    }
  }

  /** Returns the report for someone who reads the output no further, as {@code head} does. */
  private Report seenEnough() {
    return new Report(query, List.of(), List.of());
  }

  private List<String> notes(ItemWriter writer, Outcome outcome) {
    boolean looked = outcome.complete() && outcome.counts().written() > 0;
    if (looked && writer instanceof Distinct distinct && distinct.none()) {
      return List.of("no item has the attribute `" + query.output().unique().orElseThrow() + "`");
    }
    return writer.leftOut().isEmpty()
        ? List.of()
        : List.of(
            "not shown, as they appeared after the header: "
                + String.join(", ", writer.leftOut())
                + "; name the columns by `project`");
  }

  private Outcome run(Stages stages, Sink sink) throws InterruptedException {
    RunSettings settings =
        RunSettings.of(readers(), 1).withLimit(query.reading().limit()).withOrder(inOrder());
    return stages.run(
        query.name(),
        reading.expected(),
        EngineFactory.engine(
            reading.source(),
            EngineFactory.shaper(reading),
            sink,
            settings,
            EngineFactory.ON_FAILURE,
            query));
  }

  private ItemWriter writer() {
    Query.Output how = query.output();
    return how.unique().isPresent()
        ? Distinct.of(how.unique().get(), how.format(), how.typed(), out)
        : ItemWriter.of(
            how.format(), how.typed(), reading.table().keyNames(), query.reading().project(), out);
  }

  private PrintingSink.Printer sampling(ItemWriter writer) {
    OptionalInt size = query.output().sample();
    if (size.isEmpty()) {
      return PrintingSink.Printer.of(writer);
    }
    Reservoir sample = new Reservoir(size.getAsInt(), new Random());
    return PrintingSink.Printer.of(sample, writer);
  }
}
