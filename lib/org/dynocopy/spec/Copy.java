package org.dynocopy.spec;

import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.WordLocations;
import org.dynocopy.spec.limits.JobLimits;
import org.dynocopy.spec.place.TableRef;

/**
 * One copy: everything decided, nothing done yet. Made by {@code CopySpecBuilder}, which has
 * checked it.
 *
 * @param name what the user calls it, else {@code prod:users -> dev:users}
 * @param reading what to read
 * @param to the table to write
 * @param replace whether what the target has and the source has not is removed
 * @param readOnce whether an index is not read once more for what has moved in it meanwhile
 * @param createTarget whether to make the target like the source where there is none
 * @param writers how many batches to write at once at most
 * @param onFailure what happens to items that cannot be written
 * @param onConflict what happens to items whose key the target has already
 * @param verify how the target is compared with the source afterwards, if it is
 * @param resume how it goes on after it was stopped
 * @param allowance what it may take of its tables
 */
public record Copy(
    String name,
    Reading reading,
    TableRef to,
    Optional<Replace> replace,
    boolean readOnce,
    boolean createTarget,
    OptionalInt writers,
    OnFailure onFailure,
    OnConflict onConflict,
    Optional<Checks> verify,
    Resume resume,
    JobLimits allowance)
    implements Job {

  /**
   * How to make the target's selection identical to the source's.
   *
   * @param truncateFirst whether to remove the target's items before the new ones are written, and
   *     not only what is left over after
   * @param backup whether to back up the target's items before
   */
  public record Replace(boolean truncateFirst, boolean backup) {}

  /** Returns the table to read. */
  public TableRef from() {
    return reading.table();
  }

  /** Returns what becomes of the items on their way. */
  public Shape shape() {
    return reading.shape();
  }

  /** Returns whether an index is read, and once more if it has more than one page. */
  public boolean readsTwice() {
    // Which items a limit leaves out depends on when they are read.
    return !readOnce
        && reading.limit().isEmpty()
        && reading.where().flatMap(KeyCondition::index).isPresent();
  }

  /** Returns whether this stands for a copy of each table that a pattern fits. */
  public boolean isPattern() {
    return from().isPattern();
  }

  /** Returns the copy of one table that the pattern fits, if it does. */
  public Optional<Copy> of(String table) {
    return from().star(table).map(this::with);
  }

  /**
   * Returns whether this pattern's copies write a table: it is the target of one that is there, or
   * fits the target's pattern where all that does fits the source's as well, and so is left over
   * from a source that is gone.
   *
   * @param name a table in the source's environment
   * @param names all tables there
   */
  public boolean writes(String name, Collection<String> names) {
    Optional<String> star = to.star(name);
    return star.isPresent()
        && from().environment().isAt(to.environment())
        && (names.contains(from().with(star.get()).table()) || to.isWithin(from()));
  }

  private Copy with(String star) {
    TableRef source = from().with(star);
    TableRef target = to.with(star);
    boolean named = !name.equals(from() + " -> " + to);
    return new Copy(
        named ? name + " " + source : source + " -> " + target,
        reading.withTable(source),
        target,
        replace,
        readOnce,
        createTarget,
        writers,
        onFailure,
        onConflict,
        verify,
        // The checkpoint of one table is none of another.
        new Resume(Optional.empty(), resume.fresh()),
        allowance);
  }

  @Override
  public Optional<TableRef> makes() {
    return createTarget ? Optional.of(to) : Optional.empty();
  }

  @Override
  public Copy anew() {
    return with(new Resume(resume.file(), true), allowance);
  }

  @Override
  public boolean removes() {
    return replace.isPresent();
  }

  @Override
  public Copy with(JobLimits said) {
    return with(resume, said.over(allowance));
  }

  private Copy with(Resume how, JobLimits all) {
    return new Copy(
        name,
        reading,
        to,
        replace,
        readOnce,
        createTarget,
        writers,
        onFailure,
        onConflict,
        verify,
        how,
        all);
  }

  @Override
  public WordLocations words() {
    return reading.words();
  }

  /** Returns where a word of this plan stands, see {@link WordLocations#at}. */
  public Location at(String... wanted) {
    return words().at(wanted);
  }

  @Override
  public <R, E extends Exception> R accept(Visitor<R, E> visitor) throws E {
    return visitor.copy(this);
  }
}
