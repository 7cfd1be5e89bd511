package org.dynocopy.run.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run as {@code dynocopy runs} shows it.
 *
 * @param begun when it began
 * @param last when it ended, or when it last noted something
 * @param how how it ended, or {@code running}
 * @param why why it did not come to its end, if that is known
 * @param command what was asked for
 * @param jobs its jobs
 * @param dollars what it has cost, as far as that is known; 0 if it is not
 * @param process the process that runs it, or did last
 */
public record PastRun(
    Instant begun,
    Instant last,
    How how,
    Optional<String> why,
    String command,
    List<Part> jobs,
    double dollars,
    Optional<Long> process) {

  /** How a run ended. */
  public enum How {
    /** It has not. */
    RUNNING,
    /** Everything was done. */
    DONE,
    /** Something failed; the same command goes on. */
    FAILED,
    /** Somebody has ended it, or its process was killed; the same command goes on. */
    STOPPED,
    /** It was stopped, and another run has started over, or has done the same. */
    REPLACED,
    /** What it has noted cannot be read. */
    UNREADABLE;

    /** Returns whether the same command goes on with it. */
    public boolean goesOn() {
      return this == FAILED || this == STOPPED;
    }
  }

  /**
   * One of its jobs; of a pattern, the copy of one table.
   *
   * @param name what it is called
   * @param done whether it has ended
   * @param read how many items it has read
   * @param written how many it has written, or deleted
   */
  public record Part(String name, boolean done, long read, long written) {}

  /** Copies the list. */
  public PastRun {
    jobs = List.copyOf(jobs);
  }

  /** Returns how many of its jobs are done. */
  public long done() {
    return jobs.stream().filter(Part::done).count();
  }
}
