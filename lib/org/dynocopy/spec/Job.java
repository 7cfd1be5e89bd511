package org.dynocopy.spec;

import java.util.Optional;
import org.dynocopy.diagnostic.WordLocations;
import org.dynocopy.spec.limits.JobLimits;
import org.dynocopy.spec.place.TableRef;

/**
 * One thing to do, as a recipe, a command line or Java code asks for it: everything decided,
 * nothing done yet.
 */
public sealed interface Job
    permits Copy,
        Deletion,
        Query,
        Backup,
        Restore,
        Replay,
        SchemaClone,
        Verification,
        FingerprintJob {

  /** Returns what messages call it. */
  String name();

  /** Returns what it may take of its tables. */
  default JobLimits allowance() {
    return JobLimits.ALL;
  }

  /** Returns whether it removes items, other than by writing others in their place. */
  default boolean removes() {
    return false;
  }

  /** Returns the table that it makes if there is none. */
  default Optional<TableRef> makes() {
    return Optional.empty();
  }

  /**
   * Returns the same job with what was said for the whole run: with these rates, prices and retries
   * where they are said, and with this budget beside its own.
   */
  Job with(JobLimits said);

  /** Returns the same job from its beginning, though it could go on where it was stopped. */
  default Job anew() {
    return this;
  }

  /** Returns where its words stand. */
  WordLocations words();

  /**
   * Returns whether what it prints is what it is for: its report goes elsewhere, and it keeps no
   * files.
   */
  default boolean prints() {
    return false;
  }

  /** Does what is to be done with a job of its kind. */
  <R, E extends Exception> R accept(Visitor<R, E> visitor) throws E;

  /**
   * Something that is done with jobs of any kind.
   *
   * @param <R> what it returns
   * @param <E> what it throws
   */
  interface Visitor<R, E extends Exception> {
    /** Is given a copy. */
    R copy(Copy copy) throws E;

    /** Is given a deletion. */
    R deletion(Deletion deletion) throws E;

    /** Is given a query. */
    R query(Query query) throws E;

    /** Is given a backup. */
    R backup(Backup backup) throws E;

    /** Is given a restore. */
    R restore(Restore restore) throws E;

    /** Is given a replay. */
    R replay(Replay replay) throws E;

    /** Is given the clone of a schema. */
    R schemaClone(SchemaClone clone) throws E;

    /** Is given a comparison. */
    R verification(Verification verification) throws E;

    /** Is given the printing of a fingerprint. */
    R fingerprint(FingerprintJob fingerprint) throws E;
  }
}
