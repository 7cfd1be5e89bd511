package org.dynocopy.engine;

import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * Holds a law against many random cases. A case that breaks it is named by its seed; {@code
 * -Ddynocopy.seed=…} runs that case alone, {@code -Ddynocopy.cases=10} ten times as many.
 */
public final class Cases {

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

  private static LongStream seeds(int number) {
    Long given = Long.getLong("dynocopy.seed");
    long first = given == null ? System.nanoTime() : given;
    long cases = given == null ? number * Long.getLong("dynocopy.cases", 1) : 1;
    return LongStream.range(first, first + cases);
  }

  private static Void check(long seed, Law law) {
    try {
      law.holds(new Random(seed));
      return null;
    } catch (Exception | AssertionError e) {
      throw new AssertionError("-Ddynocopy.seed=" + seed + ": " + e, e);
    }
  }
}
