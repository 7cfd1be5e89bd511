package org.dynocopy;

import org.dynocopy.spec.build.ReadingBuilder;
import org.dynocopy.spec.limits.Prices;
import org.dynocopy.spec.limits.RetryPolicy;

/**
 * An action that reads or writes items, described word by word as a recipe does.
 *
 * @param <A> the action itself
 */
public abstract class ActionBuilder<A extends ActionBuilder<A>> extends Action {

  ActionBuilder() {}

  /** Returns what collects the words of this job. */
  abstract ReadingBuilder<?> words();

  abstract A self();

  /** Reads each table and each index no faster than so many capacity units a second. */
  public A readRate(double unitsASecond) {
    words().readRate(unitsASecond, HERE);
    return self();
  }

  /** Reads no faster than {@code "50%"} of the provisioned or warm throughput. */
  public A readRate(String percent) {
    words().readRate(percent, HERE);
    return self();
  }

  /** Spends at most so many dollars on requests: refuses what costs more, and stops before. */
  public A budget(double dollars) {
    words().budget(dollars, HERE);
    return self();
  }

  /** Says what a million units cost in dollars, instead of the region's on-demand prices. */
  public A prices(double read, double write) {
    words().prices(new Prices(read, write), HERE);
    return self();
  }

  /** Makes {@code Report.failed} true where nothing was selected. */
  public A failIfEmpty() {
    words().failIfEmpty(HERE);
    return self();
  }

  /**
   * Says how long requests are tried again: {@code RetryPolicy.USUAL.withAttempts(8)}, or {@code
   * RetryPolicy.of("cap=20s,giveUpAfter=15m")}. Without it as often as they fail, until nothing has
   * gone forward for 15 minutes.
   */
  public A retry(RetryPolicy patience) {
    words().retry(patience, HERE, part -> HERE);
    return self();
  }
}
