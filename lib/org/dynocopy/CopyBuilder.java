package org.dynocopy;

import java.nio.file.Path;
import java.util.Optional;
import org.dynocopy.job.PreparedCopy;
import org.dynocopy.plan.Checks;
import org.dynocopy.plan.Environments;
import org.dynocopy.plan.OnConflict;
import org.dynocopy.plan.Plan;
import org.dynocopy.plan.PlanBuilder;

/** A copy. */
public final class CopyBuilder extends SelectingAction<CopyBuilder> {

  private final PlanBuilder plan = new PlanBuilder(Optional.empty(), HERE);

  CopyBuilder(String from, String to) {
    plan.from(from, HERE).to(to, HERE);
  }

  @Override
  PlanBuilder words() {
    return plan;
  }

  @Override
  CopyBuilder self() {
    return this;
  }

  @Override
  Plan job(Environments environments) {
    return plan.build(environments);
  }

  /** Writes this many batches at once at most; 64 by default, see {@link PreparedCopy#writers}. */
  public CopyBuilder writers(int number) {
    plan.writers(number, HERE);
    return this;
  }

  /** Reads an index once, and not once more for what has moved in it while it was read. */
  public CopyBuilder readOnce() {
    plan.readOnce(HERE);
    return this;
  }

  /** Makes the target like the source where there is none. */
  public CopyBuilder createTarget() {
    plan.createTarget(HERE);
    return this;
  }

  /**
   * Makes what is selected of the target identical to the source's: backs it up, writes the items,
   * and then removes what the source does not have.
   */
  public CopyBuilder replace() {
    plan.replace(new Plan.Replace(false, true), HERE);
    return this;
  }

  /**
   * Says what happens to items whose key the target has already; without it they replace the
   * target's.
   *
   * @param way {@code "overwrite"}, {@code "skip"} or {@code "fail"}
   */
  public CopyBuilder onConflict(String way) {
    plan.onConflict(way, HERE);
    return this;
  }

  /** Replaces an item of the target only if this attribute is greater in the source's. */
  public CopyBuilder onConflictNewer(String attribute) {
    plan.onConflict(OnConflict.newer(attribute), HERE);
    return this;
  }

  /** Compares the target with what was copied, item by item. */
  public CopyBuilder verify() {
    plan.verify(Checks.FULL, HERE);
    return this;
  }

  /** Keeps the checkpoint in this file; by default in one for each copy under .dynocopy/. */
  public CopyBuilder resume(Path file) {
    plan.resume(file, HERE);
    return this;
  }

  @Override
  public CopyBuilder fresh() {
    plan.fresh(HERE);
    return this;
  }

  /** Puts items that cannot be written into this file. */
  public CopyBuilder deadLetter(Path file) {
    plan.deadLetter(file, HERE);
    return this;
  }
}
