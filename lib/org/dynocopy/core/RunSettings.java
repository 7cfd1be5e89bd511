package org.dynocopy.core;

import java.util.OptionalLong;
import org.dynocopy.spec.limits.RetryPolicy;

/**
 * How to run.
 *
 * @param readers how many splits are read at once at most, at least 1
 * @param writers how many batches are written at once at most, at least 1
 * @param memory how many bytes of pages may be in flight
 * @param processors how many of its process's processors are its own; as a rule all
 * @param limit how many items to copy at most
 * @param inOrder whether one page goes out after the other; with one reader and one writer that is
 *     the order of the source
 * @param backoff how requests are tried again
 */
public record RunSettings(
    int readers,
    int writers,
    long memory,
    double processors,
    OptionalLong limit,
    boolean inOrder,
    Backoff backoff) {

  /** Makes settings of what has all processors of its process. */
  public RunSettings(
      int readers, int writers, long memory, OptionalLong limit, boolean inOrder, Backoff backoff) {
    this(readers, writers, memory, allProcessors(), limit, inOrder, backoff);
  }

  /** Says how many read and write at once; all else is as usual, without a limit. */
  public static RunSettings of(int readers, int writers) {
    OptionalLong all = OptionalLong.empty();
    return new RunSettings(readers, writers, defaultMemory(), all, false, Backoff.DEFAULT);
  }

  /**
   * Returns the same for one of several that run at once in a process: each has its part of the
   * memory and the processors.
   *
   * @param parts how many, at least 1
   */
  public RunSettings divided(int parts) {
    long part = Math.max(1, memory / parts);
    return new RunSettings(readers, writers, part, processors / parts, limit, inOrder, backoff);
  }

  private static double allProcessors() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** Returns the same with a limit, if there is one. */
  public RunSettings withLimit(OptionalLong most) {
    return new RunSettings(readers, writers, memory, processors, most, inOrder, backoff);
  }

  /** Returns the same with as much patience as a job has. */
  public RunSettings with(RetryPolicy patience) {
    return new RunSettings(
        readers, writers, memory, processors, limit, inOrder, backoff.with(patience));
  }

  /** Returns the same without reading further ahead than a page for each reader. */
  public RunSettings withoutReadingAhead() {
    long pages = Math.min(memory, readers * Page.USUAL_BYTES);
    return new RunSettings(readers, writers, pages, processors, limit, inOrder, backoff);
  }

  /** Returns the same with one page after the other, or not. */
  public RunSettings withOrder(boolean kept) {
    return new RunSettings(readers, writers, memory, processors, limit, kept, backoff);
  }

  /**
   * Returns how many bytes of pages may be in flight, unless said otherwise: an eighth of the heap,
   * as a page of 1 MB can take twice that where the collector gives large arrays whole regions; at
   * most 64 MB, as more of them mix no better and are moved about by the collector.
   */
  public static long defaultMemory() {
    return Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 8);
  }
}
