package org.dynocopy.cli.process;

import org.dynocopy.run.job.Report;

/** How the process ends. */
public final class ExitCode {

  /** Done, and every item accounted for. */
  public static final int DONE = 0;

  /** Done, but some items are dead letters. */
  static final int DEAD_LETTERS = 1;

  /** The schemas or the items that were compared differ. */
  public static final int DIFFERENT = 1;

  /** Nothing was selected, where that was to be a failure. */
  public static final int EMPTY = 1;

  /** The recipe or the arguments are wrong; nothing was touched. */
  public static final int WRONG = 2;

  /** It failed; run it again. */
  public static final int FAILED = 3;

  /** Interrupted. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}

  /** Returns how a job ended: what has to be done next goes before what was found. */
  public static int of(Report report) {
    if (report.stopped()) {
      return INTERRUPTED;
    }
    if (!report.complete()) {
      return FAILED;
    }
    if (report.failed()) {
      return EMPTY;
    }
    if (report.differs()) {
      return DIFFERENT;
    }
    return report.deadLetters() == 0 ? DONE : DEAD_LETTERS;
  }
}
