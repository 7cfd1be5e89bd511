package org.dynocopy.run.verify;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.dynocopy.core.Sink;
import org.dynocopy.core.StoreException;
import org.dynocopy.print.Reservoir;
import org.dynocopy.run.job.EngineFactory;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.Checks;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.Reading;
import org.dynocopy.store.ReadMode;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableReading;
import org.dynocopy.verify.DigestingSink;
import org.dynocopy.verify.Findings;
import org.dynocopy.verify.Fingerprint;

/**
 * Compares the target of a copy with what was copied: every item that went there must be there. The
 * source's side costs no reading, since digests are made of the items as they pass; but where a
 * source can bring a key twice, it is not known which of the items was the last, and after a copy
 * that was stopped and went on, what passed before is not known: then it is read again.
 */
public final class CopyVerification {

  private final Copy copy;
  private final Checks checks;
  private final Table source;
  private final TableReading reading;
  private final OutputStream out;
  private final boolean repeatsKeys;

  /** Made when the copy begins: a recipe may have hundreds of copies. */
  private Optional<Fingerprint> fingerprint = Optional.empty();

  private final Optional<Reservoir> sample;

  public CopyVerification(
      Copy copy, Checks checks, Table source, TableReading reading, OutputStream out) {
    this.copy = copy;
    this.checks = checks;
    this.source = source;
    this.reading = reading;
    this.out = out;
    this.repeatsKeys = EngineFactory.mayRepeatKeys(reading);
    this.sample =
        checks.drawn().isEmpty()
            ? Optional.empty()
            : Optional.of(ComparisonSide.keys(checks.drawn().getAsInt(), source));
  }

  /**
   * Returns what is read of the target. A copy that changes items leaves out what an index or a
   * filter looks at: then all is read that can hold the copied items.
   */
  public static Reading compared(Copy copy) {
    Reading same = copy.reading().selectionOf(copy.to());
    boolean byIndex = same.where().flatMap(KeyCondition::index).isPresent();
    return copy.shape().wholeItems() ? same : same.withoutFilters(byIndex);
  }

  /** Returns whether the source is read again, if the copy goes from its beginning to its end. */
  public boolean readsAgain() {
    return repeatsKeys && (checks.all());
  }

  /**
   * Returns a sink that notes what another one has taken.
   *
   * @param all whether these are all items; those that came before the copy was stopped are unknown
   */
  public Sink noting(Sink sink, boolean all) {
    if (all && checks.full() && !repeatsKeys) {
      fingerprint = Optional.of(new Fingerprint());
    }
    if (fingerprint.isEmpty() && sample.isEmpty()) {
      return sink;
    }
    Optional<Fingerprint> whole = fingerprint;
    return new DigestingSink(
        sink,
        reading.table().keyNames(),
        (item, bytes) -> {
          whole.ifPresent(some -> some.add(item));
          sample.ifPresent(some -> Comparison.draw(some, bytes));
        });
  }

  /**
   * Compares.
   *
   * @param copied how the copy ended
   * @param target the table it wrote
   * @param made whether the table was made for it
   * @return the report of both
   */
  public Report run(Stages runner, Report copied, Table target, boolean made)
      throws StoreException, InterruptedException {
    if (!copied.complete()) {
      List<String> notes = List.of("nothing was verified: the copy did not finish");
      return new Report(copy, copied.stages(), notes, copied.finished());
    }
    Reading compared = compared(copy);
    boolean extraCounts = (made || copy.replace().isPresent()) && copy.shape().wholeItems();
    Comparison.How how =
        new Comparison.How(
            Optional.of(
                CopyEvidence.of(copied, EngineFactory.shaper(reading), target.info().keyNames())),
            extraCounts,
            Optional.empty(),
            EngineFactory.writers(copy.writers()),
            copy,
            out);
    Comparison comparison =
        new Comparison(
            runner,
            new ComparisonSide.TableSide(source, copy.reading(), ReadMode.ITEMS),
            new ComparisonSide.TableSide(target, compared, ReadMode.CERTAIN_ITEMS),
            how);
    comparison.run(checks, passed(copied));
    fingerprint = Optional.empty();
    List<Report.Stage> stages = new ArrayList<>(copied.stages());
    stages.addAll(comparison.stages());
    Findings found = comparison.findings();
    boolean finished = comparison.finished();
    List<String> verdict =
        ComparisonSummary.of(
            copy.from().toString(), copy.to().toString(), found, finished, extraCounts);
    if (copied.deadLetters() > 0) {
      verdict.add(
          String.format(
              "%,d items are dead letters: that they are not in %s is no difference",
              copied.deadLetters(), copy.to()));
    }
    return new Report(copy, stages, verdict, finished, Optional.of(found));
  }

  private Comparison.Passed passed(Report copied) {
    long written =
        copied.stages().stream()
            .filter(stage -> stage.name().equals(copy.name()))
            .mapToLong(stage -> stage.outcome().counts().written())
            .sum();
    OptionalLong items = repeatsKeys ? OptionalLong.empty() : OptionalLong.of(written);
    return new Comparison.Passed(items, sample, fingerprint);
  }
}
