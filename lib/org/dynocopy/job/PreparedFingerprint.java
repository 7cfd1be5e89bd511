package org.dynocopy.job;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.dynocopy.engine.Outcome;
import org.dynocopy.engine.Sink;
import org.dynocopy.engine.StoreException;
import org.dynocopy.job.cost.Estimator;
import org.dynocopy.plan.Fingerprinting;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Reading;
import org.dynocopy.store.OpenTable;
import org.dynocopy.store.Stores;
import org.dynocopy.store.TableReading;
import org.dynocopy.store.Wanted;
import org.dynocopy.verify.Fingerprint;
import org.dynocopy.verify.FingerprintFile;

/** The fingerprint of a table that has been found. */
public final class PreparedFingerprint implements Prepared {

  private final Fingerprinting job;
  private final Compared.Table table;
  private final OutputStream out;

  private PreparedFingerprint(Fingerprinting job, Compared.Table table, OutputStream out) {
    this.job = job;
    this.table = table;
    this.out = out;
  }

  /**
   * Looks at the table.
   *
   * @param out where to print
   * @throws InvalidPlanException if it is not there, or has no such index or keys
   * @throws StoreException if it cannot be asked
   */
  public static PreparedFingerprint of(Fingerprinting job, Stores connections, OutputStream out)
      throws StoreException {
    Reading what = job.reading();
    OpenTable open = connections.tables().open(what.table(), what.words().at("from"));
    Permission.check(job, List.of(open), Optional.empty());
    Compared.Table table = new Compared.Table(open, what, Wanted.ITEMS);
    table.reading().tried();
    return new PreparedFingerprint(job, table, out);
  }

  @Override
  public Fingerprinting job() {
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
  public List<OpenTable> tables() {
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
            Engines.engine(reading, sink, Engines.DEFAULT_WRITERS, Engines.ON_FAILURE, job));
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
