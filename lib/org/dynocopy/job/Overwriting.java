package org.dynocopy.job;

import java.util.Optional;
import org.dynocopy.job.Prepared.Question;
import org.dynocopy.plan.OnConflict;
import org.dynocopy.plan.OnConflict.Way;
import org.dynocopy.plan.Plan;

/** What a person is asked before a copy writes into a table that has items. */
final class Overwriting {

  private Overwriting() {}

  static Optional<Question> question(PreparedCopy copy) throws InterruptedException {
    Plan plan = copy.job();
    boolean replaces = plan.replace().isPresent();
    // The count is hours old: what removes items asks, though there should be none.
    if (copy.makesTarget() || !replaces && copy.to().items() == 0) {
      return Optional.empty();
    }
    OnConflict onConflict = plan.onConflict();
    if (onConflict.way() == Way.SKIP || onConflict.way() == Way.FAIL) {
      return Optional.empty();
    }
    String has =
        String.format(
            "`%s`%s has about %,d items; ", plan.to(), copy.to().place(), copy.to().items());
    if (!replaces) {
      return Optional.of(
          new Question(
              has
                  + "those with the same keys"
                  + (onConflict.conditional() ? " and a lesser `" + onConflict.newer() + "`" : "")
                  + " will be overwritten.",
              false));
    }
    String which = plan.reading().part() ? "those that are selected and" : "those that";
    String removed = has + which + " the source does not have will be removed.";
    return Optional.of(new Question(removed, true).with(copy.examples()));
  }
}
