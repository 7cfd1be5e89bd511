package org.dynocopy.spec.build;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.Problem;
import org.dynocopy.diagnostic.Suggestions;
import org.dynocopy.spec.Checks;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.OnConflict;
import org.dynocopy.spec.OnConflict.Way;
import org.dynocopy.spec.OnFailure;
import org.dynocopy.spec.Reading;
import org.dynocopy.spec.Resume;
import org.dynocopy.spec.Shape;
import org.dynocopy.spec.ShapeStep;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.spec.place.TableRef;

/**
 * Collects what a recipe, a command line or Java code says of one copy, and makes a checked {@link
 * Copy} of it.
 */
public final class CopySpecBuilder extends ReadingBuilder<CopySpecBuilder> {

  private final Optional<String> name;
  private Optional<String> to = Optional.empty();
  private Optional<Copy.Replace> replace = Optional.empty();
  private boolean readOnce;
  private boolean createTarget;
  private Optional<Path> deadLetter = Optional.empty();
  private OnConflict onConflict = OnConflict.OVERWRITE;
  private Optional<Checks> verify = Optional.empty();
  private Resume resume = Resume.DEFAULT;
  private long stopAfter = OnFailure.DEFAULT_STOP_AFTER;

  /**
   * Starts a plan.
   *
   * @param name what the user calls it, if anything
   * @param at where the copy stands
   */
  public CopySpecBuilder(Optional<String> name, Location at) {
    super("copy", at);
    this.name = name;
  }

  @Override
  CopySpecBuilder self() {
    return this;
  }

  @Override
  boolean takesPatterns() {
    return true;
  }

  @Override
  String tablesAlone() {
    return "only tables are copied";
  }

  /** Names the table to write, as {@code env:table}. */
  public CopySpecBuilder to(String table, Location at) {
    to = Optional.of(table);
    return said("to", at);
  }

  /** Adds a step to what becomes of the items. */
  public CopySpecBuilder step(ShapeStep step) {
    return add(step.word(), step);
  }

  /** Makes the target's selection identical to the source's. */
  public CopySpecBuilder replace(Copy.Replace how, Location at) {
    replace = Optional.of(how);
    return said("replace", at);
  }

  /** Does not read an index once more for what has moved in it while it was read. */
  public CopySpecBuilder readOnce(Location at) {
    readOnce = true;
    return said("readOnce", at);
  }

  /** Makes the target like the source where there is none. */
  public CopySpecBuilder createTarget(Location at) {
    createTarget = true;
    return said("createTarget", at);
  }

  /** Names the file for the checkpoint. */
  public CopySpecBuilder resume(Path file, Location at) {
    resume = new Resume(Optional.of(file), resume.fresh());
    return said("resume", at);
  }

  /** Begins anew, whatever checkpoint there is. */
  public CopySpecBuilder fresh(Location at) {
    resume = new Resume(resume.file(), true);
    return said("fresh", at);
  }

  /** Says what happens to items whose key the target has already. */
  public CopySpecBuilder onConflict(OnConflict how, Location at) {
    boolean named = how.way() != OnConflict.Way.NEWER || !how.newer().isBlank();
    check(named, at, "`onConflict` with `newer` needs the name of an attribute");
    onConflict = how;
    return said("onConflict", at);
  }

  /**
   * Says the same by a name.
   *
   * @param way {@code overwrite}, {@code skip} or {@code fail}
   */
  public CopySpecBuilder onConflict(String way, Location at) {
    Optional<OnConflict> how = OnConflict.of(way);
    check(
        how.isPresent(),
        at,
        "`onConflict` has no way `"
            + way
            + "`: there are "
            + OnConflict.WAYS
            + ", and `newer` with an attribute."
            + Suggestions.suggestion(way, List.of("overwrite", "skip", "fail")));
    return onConflict(how.orElse(OnConflict.OVERWRITE), at);
  }

  /** Names the file for items that cannot be written. */
  public CopySpecBuilder deadLetter(Path file, Location at) {
    deadLetter = Optional.of(file);
    return said("deadLetter", at);
  }

  /** Ends the run after this many dead letters, at least 1. */
  public CopySpecBuilder stopAfter(long deadLetters, Location at) {
    check(deadLetters >= 1, at, "`stopAfter` must be at least 1, not " + deadLetters);
    stopAfter = deadLetters;
    return said("stopAfter", at);
  }

  /** Compares the target with the source when the items have been written. */
  public CopySpecBuilder verify(Checks how, Location at) {
    VerificationBuilder.check(this, how, at);
    verify = Optional.of(how.orFull());
    return said("verify", at);
  }

  /**
   * Checks the whole and makes the plan.
   *
   * @param environments what the names of tables begin with
   * @throws org.dynocopy.diagnostic.InvalidJobException with every mistake found
   */
  public Copy build(Environments environments) {
    List<Problem> found = problems();
    Optional<Reading> reading = reading(environments, found);
    Optional<TableRef> target = table("to", to, environments, found);
    writable("to", target, found);
    if (reading.isPresent() && target.filter(reading.get().table()::equals).isPresent()) {
      found.add(new Problem(at("to"), "source and target are the same table, `" + to.get() + "`"));
    }
    boolean one = reading.filter(r -> r.table().isPattern()).isPresent();
    if (reading.isPresent() && target.filter(t -> t.isPattern() != one).isPresent()) {
      found.add(
          new Problem(
              at("to"),
              "`from` and `to` both have a `*`, or none: `prod:acme-*` goes to `dev:acme-*`"));
    }
    reading
        .filter(r -> replace.isPresent() && r.limit().isPresent())
        .ifPresent(
            r ->
                found.add(
                    new Problem(
                        at("limit"),
                        "`limit` does not go with `replace()`: items beyond it would be removed"
                            + " from the target")));
    if (replace.isPresent() && onConflict.conditional()) {
      found.add(
          new Problem(
              at("onConflict"),
              "`onConflict` does not go with `replace()`, which makes the target identical: items"
                  + " that the target keeps would differ"));
    }
    if (limited() && verify.filter(Checks::full).isPresent()) {
      found.add(
          new Problem(
              at("verify"),
              "`full()` does not go with `limit`: it cannot be known afterwards which items were"
                  + " copied; choose `sample` or `count()`"));
    }
    if (verify.filter(Checks::full).isPresent()) {
      reading
          .map(Reading::shape)
          .flatMap(Shape::random)
          .ifPresent(
              step ->
                  found.add(
                      new Problem(
                          at("verify"),
                          "`full()` does not go with `"
                              + step.word()
                              + "`, which makes something else of the"
                              + " same item each time; choose `sample` or `count()`")));
    }
    boolean keeps = List.of(Way.SKIP, Way.NEWER).contains(onConflict.way());
    if (keeps && verify.filter(Checks::full).isPresent()) {
      found.add(
          new Problem(
              at("verify"),
              "`full()` does not go with an `onConflict` that keeps what the target has: it would"
                  + " differ on purpose; choose `count()`, or verify by itself"));
    }
    if (resume.file().isPresent() && one) {
      found.add(
          new Problem(
              at("resume"),
              "`resume` names the checkpoint of one table, but `from` and `to` have a `*`: leave it"
                  + " away, and each table has its own"));
    }
    throwIfAny(found);
    return new Copy(
        name.orElse(reading.get().table() + " -> " + target.get()),
        reading.get(),
        target.get(),
        replace,
        readOnce,
        createTarget,
        writers(),
        new OnFailure(deadLetter, stopAfter),
        onConflict,
        verify,
        resume,
        allowance());
  }
}
