package org.dynocopy.spec.build;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.Problem;
import org.dynocopy.diagnostic.WordLocations;
import org.dynocopy.spec.Backup;
import org.dynocopy.spec.Deletion;
import org.dynocopy.spec.FingerprintJob;
import org.dynocopy.spec.OnFailure;
import org.dynocopy.spec.Query;
import org.dynocopy.spec.Reading;
import org.dynocopy.spec.Replay;
import org.dynocopy.spec.Restore;
import org.dynocopy.spec.SchemaClone;
import org.dynocopy.spec.limits.JobLimits;
import org.dynocopy.spec.place.BackupRef;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.spec.place.S3Ref;
import org.dynocopy.spec.place.StoreRef;
import org.dynocopy.spec.place.TableRef;

/**
 * Collects what is said of the jobs that have one table, and makes them: deletions, queries and
 * backups; and of those that only name tables, restores, replays and clones of schemas.
 */
public final class JobBuilder extends ReadingBuilder<JobBuilder> {

  private final String verb;

  /**
   * Starts a job.
   *
   * @param verb what messages call it, {@code delete}
   * @param at where it stands
   */
  public JobBuilder(String verb, Location at) {
    super(verb, at);
    this.verb = verb;
  }

  @Override
  JobBuilder self() {
    return this;
  }

  /**
   * Makes the deletion of every item of the table.
   *
   * @throws InvalidJobException with every mistake found
   */
  public Deletion truncation(Environments environments) {
    Reading reading = written(environments, problems());
    return new Deletion(name(reading), reading, writers(), allowance());
  }

  /**
   * Makes the deletion of what is selected.
   *
   * @throws InvalidJobException with every mistake found; it is one to select nothing
   */
  public Deletion deletion(Environments environments) {
    Reading reading = written(environments, problems());
    if (!reading.part()) {
      throw new InvalidJobException(
          at(WordLocations.JOB),
          "`delete` needs to know which items: say which by a key or a filter, or use `truncate`"
              + " for all");
    }
    return new Deletion(name(reading), reading, writers(), allowance());
  }

  private Reading written(Environments environments, List<Problem> found) {
    Optional<Reading> reading = reading(environments, found);
    writable("from", reading.map(Reading::table), found);
    throwIfAny(found);
    return reading.get();
  }

  /**
   * Makes a query.
   *
   * @throws InvalidJobException with every mistake found
   */
  public Query query(Query.Output output, Environments environments) {
    output
        .sample()
        .ifPresent(n -> check(n >= 1, at("sample"), "`sample` must be at least 1, not " + n));
    writesNothing();
    List<Problem> found = problems();
    long ways =
        (output.count() ? 1 : 0)
            + (output.unique().isPresent() ? 1 : 0)
            + (output.sample().isPresent() ? 1 : 0);
    if (ways > 1) {
      found.add(
          new Problem(
              at("output"), "a query prints one thing: choose one of count, unique and sample"));
    }
    if (output.unique().isPresent() && !project().isEmpty()) {
      found.add(
          new Problem(
              at("project"),
              "`project` does not go with `unique`, which prints the values of one attribute"));
    }
    List<String> attributes = output.unique().map(List::of).orElse(project());
    Optional<Reading> reading = reading(environments, found, attributes);
    throwIfAny(found);
    return new Query(name(reading.get()), reading.get(), output, allowance());
  }

  /**
   * Makes a backup.
   *
   * @param to where to, {@code file:…} or {@code s3://…}
   * @throws InvalidJobException with every mistake found
   */
  public Backup backup(Optional<String> to, Environments environments) {
    writesNothing();
    List<Problem> found = problems();
    Optional<StoreRef> place = to.flatMap(text -> place(text, "to", found));
    place
        .filter(BackupRef.class::isInstance)
        .ifPresent(
            p ->
                found.add(
                    new Problem(
                        at("to"), "the service names its backups itself: leave the place away")));
    Optional<Reading> reading = reading(environments, found);
    if (place.filter(S3Ref.class::isInstance).isPresent()
        && !reading.map(Reading::whole).orElse(true)) {
      found.add(
          new Problem(
              at("to"), "DynamoDB exports whole tables only: back a part of one up to `file:…`"));
    }
    throwIfAny(found);
    return new Backup(name(reading.get()), reading.get(), place, allowance());
  }

  /**
   * Makes the printing of a fingerprint.
   *
   * @throws InvalidJobException with every mistake found
   */
  public FingerprintJob fingerprinting(Environments environments) {
    writesNothing();
    List<Problem> found = problems();
    Optional<Reading> reading = reading(environments, found);
    throwIfAny(found);
    return new FingerprintJob(name(reading.get()), reading.get(), allowance());
  }

  /**
   * Makes a restore.
   *
   * @param from the backup
   * @param to the table
   * @param deadLetter where items go that cannot be written, if said
   * @throws InvalidJobException with every mistake found
   */
  public Restore restore(
      String from, String to, Optional<Path> deadLetter, Environments environments) {
    List<Problem> found = problems();
    Optional<StoreRef> place = place(from, "from", found);
    Optional<TableRef> target = table("to", Optional.of(to), environments, found);
    writable("to", target, found);
    throwIfAny(found);
    OnFailure onFailure = new OnFailure(deadLetter, OnFailure.DEFAULT_STOP_AFTER);
    return new Restore(
        verb + " " + target.get(),
        place.get(),
        target.get(),
        writers(),
        onFailure,
        false,
        allowance(),
        words());
  }

  /**
   * Makes a replay of dead letters.
   *
   * @param file the dead-letter file
   * @param to the table
   * @param onFailure where those go that fail again
   * @throws InvalidJobException with every mistake found
   */
  public Replay replay(Path file, String to, OnFailure onFailure, Environments environments) {
    List<Problem> found = problems();
    Optional<TableRef> target = table("to", Optional.of(to), environments, found);
    writable("to", target, found);
    if (onFailure.stopAfter() < 1) {
      String message = "`stopAfter` must be at least 1, not " + onFailure.stopAfter();
      found.add(new Problem(at("stopAfter"), message));
    }
    if (onFailure.deadLetter().filter(again -> same(again, file)).isPresent()) {
      found.add(
          new Problem(
              at("deadLetter"),
              "what fails again cannot go to the file that is replayed: name another one"));
    }
    throwIfAny(found);
    return new Replay(
        verb + " " + file + " -> " + target.get(),
        file,
        target.get(),
        writers(),
        onFailure,
        false,
        allowance(),
        words());
  }

  private static boolean same(Path one, Path other) {
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  /**
   * Makes the clone of a schema.
   *
   * @throws InvalidJobException with every mistake found
   */
  public SchemaClone schemaClone(String from, String to, Environments environments) {
    List<Problem> found = problems();
    Optional<TableRef> source = table("from", Optional.of(from), environments, found);
    Optional<TableRef> target = table("to", Optional.of(to), environments, found);
    writable("to", target, found);
    throwIfAny(found);
    return new SchemaClone(
        verb + " " + source.get() + " -> " + target.get(), source.get(), target.get(), words());
  }

  private void writesNothing() {
    boolean said = allowance().write().isPresent();
    check(
        !said, at(JobLimits.WRITE), "a " + verb + " writes no table: say the rate of reads alone");
  }

  private Optional<StoreRef> place(String text, String word, List<Problem> found) {
    try {
      return Optional.of(StoreRef.ofBackup(text, at(word)));
    } catch (InvalidJobException e) {
      found.addAll(e.problems());
      return Optional.empty();
    }
  }

  private String name(Reading reading) {
    return verb + " " + reading.table();
  }
}
