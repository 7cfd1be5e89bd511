package org.dynocopy.run.verify;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.Sink;
import org.dynocopy.core.StoreException;
import org.dynocopy.run.cost.Estimator;
import org.dynocopy.run.job.EngineFactory;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.run.job.LimitCheck;
import org.dynocopy.run.job.Outline;
import org.dynocopy.run.job.PrintingSink;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.FingerprintJob;
import org.dynocopy.spec.Reading;
import org.dynocopy.store.ReadMode;
import org.dynocopy.store.Stores;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableReading;
import org.dynocopy.verify.Fingerprint;
import org.dynocopy.verify.FingerprintFile;

/** The fingerprint of a table that has been found. */
public final class FingerprintRun implements JobRun {

  private final FingerprintJob job;
  private final ComparisonSide.TableSide table;
  private final OutputStream out;

  private FingerprintRun(FingerprintJob job, ComparisonSide.TableSide table, OutputStream out) {
    this.job = job;
    this.table = table;
    this.out = out;
  }

  /**
   * Looks at the table.
   *
   * @param out where to print
   * @throws org.dynocopy.diagnostic.InvalidJobException if it is not there, or has no such index or
   *     keys
   * @throws StoreException if it cannot be asked
   */
  public static FingerprintRun of(FingerprintJob job, Stores stores, OutputStream out)
      throws StoreException {
    Reading what = job.reading();
    Table open = stores.tables().open(what.table(), what.words().at("from"));
    LimitCheck.check(job, List.of(open), Optional.empty());
    ComparisonSide.TableSide table = new ComparisonSide.TableSide(open, what, ReadMode.ITEMS);
    table.reading().tried();
    return new FingerprintRun(job, table, out);
  }

  @Override
  public FingerprintJob job() {
    return job;
  }

  /** Returns what is read. */
  public TableReading reading() {
    return table.reading();
  }

  @Override
  public void describe(Outline outline) {
    outline.title(job.name());
    outline.reading(reading(), reading().readers());
  }

  @Override
  public boolean estimate(Estimator estimator) {
    estimator.read(reading());
    return true;
  }

  @Override
  public Optional<TableReading> selection() {
    return Optional.of(reading());
  }

  @Override
  public List<Table> tables() {
    return List.of(table.table());
  }

  @Override
  public Optional<Question> question(Stages stages) {
    return Optional.empty();
  }

  @Override
  public Report run(Stages stages) throws StoreException, InterruptedException {
    Fingerprint fingerprint = new Fingerprint();
    Sink sink = Comparison.digesting(table, (digests, item) -> fingerprint.add(digests));
    TableReading reading = table.reading();
    Outcome outcome =
        stages.run(
            job.name(),
            reading.expected(),
            EngineFactory.engine(
                reading, sink, EngineFactory.DEFAULT_WRITERS, EngineFactory.ON_FAILURE, job));
    if (outcome.withoutLoss()) {
      print(fingerprint);
    }
    return Report.of(job, "fingerprinted", outcome, List.of());
  }

  private void print(Fingerprint fingerprint) throws StoreException {
    String time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    try {
      new FingerprintFile(table.name(), table.keys(), table.selection(), time, fingerprint)
          .write(out);
    } catch (IOException e) {
      throw PrintingSink.cannotWrite(e);
    }
  }
}
