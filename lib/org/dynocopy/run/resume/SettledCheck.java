package org.dynocopy.run.resume;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.dynocopy.core.Backoff;
import org.dynocopy.core.Item;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.engine.flow.Retry;
import org.dynocopy.item.AttributeJson;
import org.dynocopy.item.ItemMap;
import org.dynocopy.run.job.Report;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.Reading;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.state.CheckpointFile.Sample;
import org.dynocopy.store.Lookup;
import org.dynocopy.store.ReadMode;
import org.dynocopy.store.Table;
import org.dynocopy.verify.Findings;

/**
 * Looks whether what earlier runs have written is still in the target, by the sample that their
 * checkpoint has. {@link TargetCheckpoints} knows of what dynocopy removes; others remove items,
 * too, and a run that goes on would leave these out.
 */
public final class SettledCheck {

  /**
   * What was found.
   *
   * @param warning what is missing, a sentence
   * @param unseen that it could not be looked for, a sentence
   * @param findings the same as the warning, in numbers
   * @param units the read capacity units that it took
   * @param none the key of one of them, if not one is there
   */
  public record Found(
      Optional<String> warning,
      Optional<String> unseen,
      Optional<Findings> findings,
      double units,
      Optional<String> none) {
    public static final Found ALL = of(0);

    public static Found of(double units) {
      Optional<String> nothing = Optional.empty();
      return new Found(nothing, nothing, Optional.empty(), units, nothing);
    }

    /** Returns a report with what was found, unless its job has compared all items since. */
    public Report in(Report report) {
      Report noted = report.noting(unseen.stream().toList()).noting(warning.stream().toList());
      boolean compared =
          report.findings().isPresent()
              && (report.differs()
                  || report.job() instanceof Copy copy
                      && copy.verify().filter(checks -> checks.full()).isPresent());
      return findings.isEmpty() || compared ? noted : noted.finding(findings.get());
    }
  }

  /** The clock of the service may be ahead of this one. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

  private final Job job;
  private final TableRef to;
  private final Table target;
  private final Optional<Lookup> source;

  private SettledCheck(Job job, TableRef to, Table target, Optional<Lookup> source) {
    this.job = job;
    this.to = to;
    this.target = target;
    this.source = source;
  }

  /** Prepares for a job whose items come out of files. */
  public static SettledCheck of(Job job, TableRef to, Table target) {
    return new SettledCheck(job, to, target, Optional.empty());
  }

  /** Prepares for a copy. */
  public static SettledCheck of(Copy copy, Table source, Table target) {
    // What has another key now cannot be looked for in the source.
    Optional<Lookup> from =
        copy.shape().mayChangeKeys()
            ? Optional.empty()
            : Optional.of(keys(copy, copy.from(), source));
    return new SettledCheck(copy, copy.to(), target, from);
  }

  private static Lookup keys(Job job, TableRef name, Table table) {
    return table.lookup(table.read(Reading.all(name, job.words()), ReadMode.KEYS));
  }

  /** Returns what takes the sample of a run that goes on with this one. */
  SettledSample sample(Sample before) {
    return new SettledSample(target.info().keyNames(), before);
  }

  /** Returns what a run will do that goes on from a checkpoint, a sentence. */
  public static Optional<String> ahead(ResumePoint at, TableRef to) {
    return at.saved()
        .map(
            saved ->
                String.format(
                    "goes on from the checkpoint %s, with %,d items settled%s",
                    at.file(),
                    saved.checkpoint().settled().read(),
                    saved.sample().items().isEmpty()
                        ? ""
                        : String.format(
                            "; before that, the keys of %,d of them are looked for in %s, by"
                                + " consistent reads",
                            saved.sample().items().size(), to)));
  }

  /**
   * Looks.
   *
   * @throws InvalidJobException if none of the items is there
   * @throws StoreException if they cannot be looked for now
   */
  Found look(ResumePoint at) throws StoreException, InterruptedException {
    List<Item> items = at.saved().map(saved -> saved.sample().items()).orElse(List.of());
    Found found = look(items);
    if (found.none().isPresent()) {
      long gone = found.findings().orElseThrow().missing();
      throw new InvalidJobException(at.at(), allGone(at, gone, found.none().get()));
    }
    return found;
  }

  /**
   * Looks for a sample of what a run has written.
   *
   * @throws StoreException if it cannot be looked for now
   */
  public Found look(List<Item> items) throws StoreException, InterruptedException {
    if (items.isEmpty()) {
      return Found.ALL;
    }
    RequestSender requests = Retry.alone(Backoff.DEFAULT.with(job.allowance().patience()));
    Lookup.Found found;
    try {
      found = keys(job, to, target).find(items, requests);
    } catch (StoreException e) {
      if (!e.denied()) {
        throw e;
      }
      String unseen =
          "whether what earlier runs have written is still in "
              + to
              + " was not looked at: "
              + e.getMessage();
      return new Found(
          Optional.empty(), Optional.of(unseen), Optional.empty(), 0, Optional.empty());
    }
    List<Item> missing = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (found.items().get(i).isEmpty()) {
        missing.add(items.get(i));
      }
    }
    List<Item> gone = missing.isEmpty() ? missing : unexpired(missing);
    Lost lost = inSource(gone, requests);
    double units = found.units() + lost.units();
    if (lost.items().isEmpty()) {
      return Found.of(units);
    }
    String warning =
        String.format(
            "%,d of %,d sampled items that earlier runs wrote are missing from %s, for example %s."
                + " Items deleted from %s are not copied again. To find and copy them, run"
                + " `verify` with `repair`; --fresh copies everything again",
            lost.items().size(), items.size(), to, key(lost.items().get(0)), to);
    return new Found(
        Optional.of(warning),
        Optional.empty(),
        Optional.of(found(lost.items(), items.size())),
        units,
        missing.size() == items.size() ? Optional.of(key(lost.items().get(0))) : Optional.empty());
  }

  /** What is gone from the target alone, and the read capacity units that it took to see that. */
  private record Lost(List<Item> items, double units) {}

  /** Others may delete an item in both tables; what only the target lacks is lost. */
  private Lost inSource(List<Item> gone, RequestSender requests)
      throws StoreException, InterruptedException {
    if (source.isEmpty() || gone.isEmpty()) {
      return new Lost(gone, 0);
    }
    try {
      Lookup.Found there = source.get().find(gone, requests);
      List<Item> lost = new ArrayList<>();
      for (int i = 0; i < gone.size(); i++) {
        if (there.items().get(i).isPresent()) {
          lost.add(gone.get(i));
        }
      }
      return new Lost(lost, there.units());
    } catch (StoreException e) {
      // A copy needs no such right: then all of them count.
      if (!e.denied()) {
        throw e;
      }
      return new Lost(gone, 0);
    }
  }

  private static Findings found(List<Item> missing, int sampled) {
    OptionalLong unknown = OptionalLong.empty();
    return new Findings(unknown, unknown, missing.size(), 0, 0, 0, 0, 0, sampled, 0, 0, false);
  }

  private String allGone(ResumePoint at, long items, String example) {
    return String.format(
        "none of the sampled items that earlier runs wrote is in %s, for example %s: the table was"
            + " probably emptied after the run was stopped. Use --fresh to copy everything again;"
            + " going on from the checkpoint %s would leave out %,d items or more",
        to, example, at.file(), items);
  }

  private String key(Item item) throws StoreException {
    ItemMap attributes = attributes(item);
    return target.info().keyNames().stream()
        .map(name -> name + "=" + AttributeJson.text(attributes.get(name)))
        .collect(Collectors.joining(", "));
  }

  /** Returns those that the service cannot have deleted because they have expired. */
  private List<Item> unexpired(List<Item> missing) throws StoreException {
    Optional<String> attribute;
    try {
      attribute = target.timeToLive();
    } catch (StoreException e) {
      if (!e.denied()) {
        throw e;
      }
      return missing;
    }
    if (attribute.isEmpty()) {
      return missing;
    }
    BigDecimal now = BigDecimal.valueOf(Instant.now().plus(CLOCKS_DIFFER).getEpochSecond());
    List<Item> unexpired = new ArrayList<>();
    for (Item item : missing) {
      boolean expired =
          attributes(item).get(attribute.get()) instanceof BigDecimal time
              && time.compareTo(now) < 0;
      if (!expired) {
        unexpired.add(item);
      }
    }
    return unexpired;
  }

  private static ItemMap attributes(Item item) throws StoreException {
    try {
      return new ItemMap(item);
    } catch (IOException e) {
      throw new StoreException(Kind.REFUSED, "not an item: " + e.getMessage(), e);
    }
  }
}
