package org.dynocopy.testing;

import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * Holds a law against many random cases: the same ones in each run, unless {@code
 * -Ddynocopy.seed=…} names the first one. A case that breaks the law is named by its seed; with
 * this one it comes first. {@code -Ddynocopy.rounds=10} tries ten times as many. See {@code
 * scripts/laws}.
 */
public final class Cases {

  private static final String SEED = "dynocopy.seed";
  private static final String ROUNDS = "dynocopy.rounds";
  private static final int AT_ONCE = 8;

  private Cases() {}

  /** A law about what a source of chance brings. */
  @FunctionalInterface
  public interface Law {
    /** Fails if the law does not hold for this case. */
    void holds(Random random) throws Exception;
  }

  /** Tries a number of new cases. */
  public static void forAll(int number, Law law) {
    seeds(number).forEach(seed -> check(seed, law));
  }

  /** Tries them some at once: for laws that mostly wait. */
  public static void forAllAtOnce(int number, Law law) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Callable<Void>> cases =
          seeds(number).mapToObj(seed -> (Callable<Void>) () -> check(seed, law)).toList();
      for (Future<Void> tried : threads.invokeAll(cases)) {
        tried.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause().getMessage(), e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** Returns a source of chance for a test that needs but one. */
  public static Random random() {
    return random(seed());
  }

  /** The first numbers of a {@link Random} are much the same for seeds that follow each other. */
  private static Random random(long seed) {
    return new Random(new SplittableRandom(seed).nextLong());
  }

  /** Returns the words that make another run begin with the same cases as this one. */
  public static String again() {
    return "-D" + SEED + "=" + seed() + " -D" + ROUNDS + "=" + rounds();
  }

  private static long seed() {
    return Long.getLong(SEED, 1);
  }

  private static long rounds() {
    return Math.max(1, Long.getLong(ROUNDS, 1));
  }

  private static LongStream seeds(int number) {
    return LongStream.range(seed(), seed() + number * rounds());
  }

  private static Void check(long seed, Law law) {
    try {
      law.holds(random(seed));
      return null;
    } catch (Exception | AssertionError e) {
      throw new AssertionError("-D" + SEED + "=" + seed + ": " + e, e);
    }
  }
}
