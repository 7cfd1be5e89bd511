package org.dynocopy.run.copy;

import java.util.Optional;
import org.dynocopy.run.job.JobRun.Question;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.OnConflict;
import org.dynocopy.spec.OnConflict.Way;

/** What a person is asked before a copy writes into a table that has items. */
final class OverwriteQuestion {

  private OverwriteQuestion() {}

  static Optional<Question> question(CopyRun copy) throws InterruptedException {
    Copy plan = copy.job();
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
