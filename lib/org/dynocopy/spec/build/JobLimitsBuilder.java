package org.dynocopy.spec.build;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.Problem;
import org.dynocopy.diagnostic.WordLocations;
import org.dynocopy.spec.limits.Budget;
import org.dynocopy.spec.limits.JobLimits;
import org.dynocopy.spec.limits.Prices;
import org.dynocopy.spec.limits.Rate;
import org.dynocopy.spec.limits.RetryPolicy;

/**
 * Collects what every job can be told: what it may take of its tables. Notes where words stand, and
 * mistakes.
 *
 * @param <B> the builder itself
 */
public abstract class JobLimitsBuilder<B extends JobLimitsBuilder<B>> {

  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Location> words = new HashMap<>();
  private JobLimits allowance = JobLimits.ALL;

  JobLimitsBuilder(Location at) {
    words.put(WordLocations.JOB, at);
  }

  abstract B self();

  /** Reads each table and index no faster than this: a number of units a second, or "50%". */
  public B readRate(Object rate, Location at) {
    return rate(JobLimits.READ, rate, at, allowance::withRead);
  }

  /** Writes each table and index no faster than this, likewise. */
  public B writeRate(Object rate, Location at) {
    return rate(JobLimits.WRITE, rate, at, allowance::withWrite);
  }

  private B rate(String word, Object rate, Location at, Function<Rate, JobLimits> with) {
    try {
      allowance = with.apply(Rate.of(word, rate));
    } catch (IllegalArgumentException e) {
      problem(at, e.getMessage());
    }
    return said(word, at);
  }

  /** Says what a million units cost in dollars, 0 or more. */
  public B prices(Prices prices, Location at) {
    check(prices.valid(), at, Prices.WRONG);
    allowance = allowance.withPrices(prices);
    return said("prices", at);
  }

  /** Says how many dollars may be spent, above 0. */
  public B budget(double dollars, Location at) {
    check(dollars > 0, at, "`budget` must be above 0 dollars, not " + dollars);
    allowance = allowance.withBudget(new Budget(dollars, at));
    return said("budget", at);
  }

  /**
   * Says how long requests are tried again.
   *
   * @param parts where each part of it stands: `attempts`, `base`, `cap`, `giveUpAfter`
   */
  public B retry(RetryPolicy patience, Location at, Function<String, Location> parts) {
    boolean some = patience.attempts().orElse(1) >= 1;
    check(
        some,
        parts.apply("attempts"),
        "`retry attempts` must be at least 1, not " + patience.attempts().orElse(1));
    for (Optional<Duration> time :
        List.of(patience.base(), patience.cap(), patience.giveUpAfter())) {
      check(
          time.filter(t -> t.toMillis() <= 0).isEmpty(),
          at,
          "`retry` takes times of 1 ms at least");
    }
    Duration base = patience.base().orElse(Duration.ZERO);
    Duration cap = patience.cap().orElse(base);
    check(
        base.compareTo(cap) <= 0,
        parts.apply("cap"),
        "`retry cap` must not be below `retry base`: no wait takes longer");
    allowance = allowance.withPatience(patience);
    return said("retry", at);
  }

  /** Says that it is a failure, with exit code 1, where nothing was selected. */
  public B failIfEmpty(Location at) {
    allowance = allowance.failingIfEmpty();
    return said("failIfEmpty", at);
  }

  final JobLimits allowance() {
    return allowance;
  }

  /**
   * Returns what was said of this, for {@code Job.with}.
   *
   * @throws InvalidJobException with every mistake found
   */
  public final JobLimits allowed() {
    throwIfAny(problems);
    return allowance;
  }

  /** Reports a mistake that the caller found, together with those found here. */
  public B problem(Location at, String message) {
    problems.add(new Problem(at, message));
    return self();
  }

  /** Returns what was said wrong so far; what is found later is added. */
  final List<Problem> problems() {
    return new ArrayList<>(problems);
  }

  final WordLocations words() {
    return new WordLocations(words);
  }

  public final Location at(String word) {
    return words.getOrDefault(word, words.get(WordLocations.JOB));
  }

  final B said(String word, Location at) {
    words.put(word, at);
    return self();
  }

  /** Throws what was found, in the order of the recipe. */
  static void throwIfAny(List<Problem> found) {
    if (!found.isEmpty()) {
      found.sort(
          Comparator.<Problem>comparingInt(p -> p.at().line())
              .thenComparingInt(p -> p.at().column()));
      throw new InvalidJobException(found);
    }
  }

  final void check(boolean right, Location at, String message) {
    if (!right) {
      problems.add(new Problem(at, message));
    }
  }
}
