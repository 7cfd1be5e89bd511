package org.dynocopy;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.dynocopy.core.Counts;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.Transfer;
import org.dynocopy.diagnostic.PlainText;
import org.dynocopy.report.Progress;
import org.dynocopy.report.Summary;
import org.dynocopy.run.FrontEnd;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.run.job.QuietStages;
import org.dynocopy.run.job.Report;

/** The front end of Java code: asks nothing, and tells on standard error what happens. */
final class JavaFrontEnd extends QuietStages implements FrontEnd {

  /** Whoever writes a job in Java has decided. */
  @Override
  public boolean confirms(JobRun job) {
    return true;
  }

  @Override
  public Outcome run(String name, OptionalLong expected, Function<RunListener, Transfer> engine)
      throws InterruptedException {
    try (Progress progress =
        new Progress(name, expected.orElse(0), System.err, false, () -> "", Optional::empty)) {
      Transfer made = engine.apply(progress);
      progress.start(made::counts);
      try {
        return made.run();
      } catch (InterruptedException e) {
        Counts counts = made.counts();
        throw new InterruptedException(
            "%s was interrupted: %,d items read, %,d done, %,d not settled; run it again to do the rest"
                .formatted(
                    name,
                    counts.read(),
                    counts.read() - counts.unaccounted(),
                    counts.unaccounted()));
      }
    }
  }

  @Override
  public void say(String sentence) {
    System.err.println(PlainText.line(sentence));
  }

  @Override
  public void ended(Report report) {
    System.err.println(Summary.of(report));
  }
}
