package org.dynocopy.engine;

import java.util.Random;

/**
 * Holds a law against many random cases. A case that breaks it is named by its seed; {@code
 * -Ddynocopy.seed=…} runs that case alone, {@code -Ddynocopy.cases=10} ten times as many.
 */
public final class Cases {

  private Cases() {}

  /** A law about what a source of chance brings. */
  @FunctionalInterface
  public interface Law {
    /** Fails if the law does not hold for this case. */
    void holds(Random random) throws Exception;
  }

  /** Tries a number of new cases. */
  public static void forAll(int number, Law law) {
    Long given = Long.getLong("dynocopy.seed");
    long first = given == null ? System.nanoTime() : given;
    long cases = given == null ? number * Long.getLong("dynocopy.cases", 1) : 1;
    for (long seed = first; seed < first + cases; seed++) {
      try {
        law.holds(new Random(seed));
      } catch (Exception | AssertionError e) {
        throw new AssertionError("-Ddynocopy.seed=" + seed + ": " + e, e);
      }
    }
  }
}
