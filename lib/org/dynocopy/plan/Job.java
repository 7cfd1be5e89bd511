package org.dynocopy.plan;

import java.util.Optional;

/**
 * One thing to do, as a recipe, a command line or Java code asks for it: everything decided,
 * nothing done yet.
 */
public sealed interface Job
    permits Plan,
        Deletion,
        Query,
        Backup,
        Restore,
        Replay,
        SchemaClone,
        Verification,
        Fingerprinting {

  /** Returns what messages call it. */
  String name();

  /** Returns what it may take of its tables. */
  default Allowance allowance() {
    return Allowance.ALL;
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
  Job with(Allowance said);

  /** Returns the same job from its beginning, though it could go on where it was stopped. */
  default Job anew() {
    return this;
  }

  /** Returns where its words stand. */
  Words words();
}
