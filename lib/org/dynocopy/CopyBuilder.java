package org.dynocopy;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.spec.Checks;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.OnConflict;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.spec.place.Environments;

/** A copy of a table or a part of it; or of each table that a pattern fits. */
public final class CopyBuilder extends SelectionWriteBuilder<CopyBuilder> {

  private final CopySpecBuilder plan = new CopySpecBuilder(Optional.empty(), HERE);
  private boolean replace;
  private boolean truncateFirst;
  private boolean noBackup;
  private Checks checks = new Checks(false, OptionalInt.empty(), false);
  private OutputStream differences = OutputStream.nullOutputStream();

  CopyBuilder(String from, String to) {
    plan.from(from, HERE).to(to, HERE);
  }

  @Override
  CopySpecBuilder words() {
    return plan;
  }

  @Override
  CopyBuilder self() {
    return this;
  }

  @Override
  Copy job(Environments environments) {
    if (replace) {
      plan.replace(new Copy.Replace(truncateFirst, !noBackup), HERE);
    } else if (truncateFirst || noBackup) {
      String word = truncateFirst ? "truncateFirst" : "noBackup";
      throw new InvalidJobException(HERE, "`" + word + "()` goes with `replace()`");
    }
    return plan.build(environments);
  }

  @Override
  OutputStream out() {
    return differences;
  }

  /** Copies these attributes and the keys alone. */
  public CopyBuilder project(String... attributes) {
    plan.project(List.of(attributes), HERE);
    return this;
  }

  /** Copies at most this many items. */
  public CopyBuilder limit(long items) {
    plan.limit(items, HERE);
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
    replace = true;
    return this;
  }

  /** With {@link #replace}, removes the target's items before the others are written, not after. */
  public CopyBuilder truncateFirst() {
    truncateFirst = true;
    return this;
  }

  /** With {@link #replace}, does not back up the target before. */
  public CopyBuilder noBackup() {
    noBackup = true;
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
    return checks(new Checks(checks.count(), checks.sample(), true));
  }

  /** Counts the items of the target when all are copied. */
  public CopyBuilder verifyCount() {
    return checks(new Checks(true, checks.sample(), checks.full()));
  }

  /** Looks for this many of the copied items, chosen at random, in the target. */
  public CopyBuilder verifySample(int items) {
    return checks(new Checks(checks.count(), OptionalInt.of(items), checks.full()));
  }

  private CopyBuilder checks(Checks how) {
    checks = how;
    plan.verify(how, HERE);
    return this;
  }

  /**
   * Prints a line of JSON there for each difference that {@link #verify} finds.
   *
   * @param out stays open
   */
  public CopyBuilder differences(OutputStream out) {
    differences = out;
    return this;
  }

  /** Keeps the checkpoint in this file; by default in one for each copy under .dynocopy/. */
  public CopyBuilder resume(Path file) {
    plan.resume(file, HERE);
    return this;
  }

  /** Begins anew, though it could go on where it was stopped. */
  public CopyBuilder fresh() {
    plan.fresh(HERE);
    return this;
  }

  /** Puts items that cannot be written into this file. */
  public CopyBuilder deadLetter(Path file) {
    plan.deadLetter(file, HERE);
    return this;
  }

  /** Stops after so many of these, at least 1; 1000 by default. */
  public CopyBuilder stopAfter(long deadLetters) {
    plan.stopAfter(deadLetters, HERE);
    return this;
  }
}
