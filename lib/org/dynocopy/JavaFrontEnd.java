package org.dynocopy;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.dynocopy.engine.Counts;
import org.dynocopy.engine.Execution;
import org.dynocopy.engine.Outcome;
import org.dynocopy.engine.RunListener;
import org.dynocopy.job.FrontEnd;
import org.dynocopy.job.Prepared;
import org.dynocopy.job.Report;
import org.dynocopy.job.Stages;
import org.dynocopy.plan.PlainText;
import org.dynocopy.report.Progress;
import org.dynocopy.report.Summary;

/** The front end of Java code: asks nothing, and tells on standard error what happens. */
final class JavaFrontEnd implements Stages, FrontEnd {

  /** Whoever writes a job in Java has decided. */
  @Override
  public boolean confirms(Prepared job) {
    return true;
  }

  @Override
  public Outcome run(String name, OptionalLong expected, Function<RunListener, Execution> engine)
      throws InterruptedException {
    try (Progress progress =
        new Progress(name, expected.orElse(0), System.err, false, () -> "", Optional::empty)) {
      Execution made = engine.apply(progress);
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
