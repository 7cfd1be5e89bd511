package org.dynocopy;

import java.io.OutputStream;
import java.util.OptionalInt;
import org.dynocopy.spec.Checks;
import org.dynocopy.spec.Verification;
import org.dynocopy.spec.build.VerificationBuilder;
import org.dynocopy.spec.place.Environments;

/** A comparison of two tables; of every item, if nothing else is said. */
public final class VerifyBuilder extends SelectionWriteBuilder<VerifyBuilder> {

  private final VerificationBuilder verification = new VerificationBuilder(HERE);
  private Checks checks = new Checks(false, OptionalInt.empty(), false);
  private OutputStream differences = OutputStream.nullOutputStream();

  VerifyBuilder(String source, String target) {
    verification.from(source, HERE).to(target, HERE);
  }

  @Override
  VerificationBuilder words() {
    return verification;
  }

  @Override
  VerifyBuilder self() {
    return this;
  }

  @Override
  Verification job(Environments environments) {
    return verification.build(environments);
  }

  @Override
  OutputStream out() {
    return differences;
  }

  /** Counts the items of both. */
  public VerifyBuilder count() {
    return checks(new Checks(true, checks.sample(), checks.full()));
  }

  /** Looks for this many items of the source, chosen at random, in the target. */
  public VerifyBuilder sample(int items) {
    return checks(new Checks(checks.count(), OptionalInt.of(items), checks.full()));
  }

  /** Compares every item of both. */
  public VerifyBuilder full() {
    return checks(new Checks(checks.count(), checks.sample(), true));
  }

  private VerifyBuilder checks(Checks how) {
    checks = how;
    verification.checks(how, HERE);
    return this;
  }

  /** Copies what is missing in the target or different there. */
  public VerifyBuilder repair() {
    verification.repair(new Verification.Repair(false), HERE);
    return this;
  }

  /** Does the same, and deletes from the target what the source does not have. */
  public VerifyBuilder repairAndDeleteExtra() {
    verification.repair(new Verification.Repair(true), HERE);
    return this;
  }

  /**
   * Prints a line of JSON there for each difference; {@code Report.findings} only counts them.
   *
   * @param out stays open
   */
  public VerifyBuilder differences(OutputStream out) {
    differences = out;
    return this;
  }
}
