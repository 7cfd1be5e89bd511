package org.dynocopy.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.dynocopy.core.Counts;
import org.dynocopy.core.Outcome;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.run.job.Report;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.verify.Findings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What scripts decide by: every way in which a job, and each of its stages, may end. */
@Execution(ExecutionMode.CONCURRENT)
class ExitCodeTest {

  private static final Counts NOTHING = Counts.settled(0, 0, 0, 0, 0, 0, 0);
  private static final Counts DONE = Counts.settled(9, 2, 0, 7, 0, 0, 0);
  private static final Counts DEAD = Counts.settled(9, 2, 0, 6, 1, 0, 0);
  private static final Counts LOST = Counts.settled(9, 2, 0, 6, 0, 0, 0);
  private static final Counts TWICE = Counts.settled(9, 2, 0, 8, 0, 0, 0);

  private static final Optional<Exception> FAILURE = Optional.of(new Exception("no right"));

  private static Outcome outcome(Counts counts, Optional<Exception> failure, boolean stopped) {
    return new Outcome(
        counts, Duration.ZERO, Optional.empty(), Optional.empty(), failure, stopped, Map.of());
  }

  private static Optional<Findings> findings(boolean same) {
    OptionalLong unknown = OptionalLong.empty();
    return Optional.of(new Findings(unknown, unknown, 0, 0, 0, 0, 0, 0, 0, 0, 0, same));
  }

  private static Copy plan(boolean failIfEmpty) {
    CopySpecBuilder copy = new CopySpecBuilder(Optional.empty(), Location.NOWHERE);
    copy.from("local:one", Location.NOWHERE).to("local:two", Location.NOWHERE);
    if (failIfEmpty) {
      copy.failIfEmpty(Location.NOWHERE);
    }
    return copy.build(new Environments(List.of(), Optional.empty(), Environments.Defaults.NONE));
  }

  private static int code(
      Copy copy, boolean finished, Optional<Findings> findings, Outcome... stages) {
    List<Report.Stage> all = new ArrayList<>();
    for (Outcome stage : stages) {
      all.add(new Report.Stage(all.isEmpty() ? copy.name() : "another", "written", stage));
    }
    return ExitCode.of(new Report(copy, all, List.of(), finished, findings, List.of(), List.of()));
  }

  @Test
  void worstOfAllThatHappenedDecides() {
    for (boolean stopped : new boolean[] {false, true}) {
      for (Optional<Exception> failure : List.of(FAILURE, Optional.<Exception>empty())) {
        for (Counts counts : List.of(NOTHING, DONE, DEAD, LOST, TWICE)) {
          for (boolean finished : new boolean[] {false, true}) {
            for (boolean failIfEmpty : new boolean[] {false, true}) {
              for (Optional<Findings> found :
                  List.of(findings(true), findings(false), Optional.<Findings>empty())) {
                boolean failed = failure.isPresent() || !finished;
                boolean adds = counts != LOST && counts != TWICE;
                boolean less =
                    counts == DEAD
                        || found.filter(one -> !one.same()).isPresent()
                        || failIfEmpty && counts == NOTHING;
                int wanted = stopped ? 130 : failed || !adds ? 3 : less ? 1 : 0;
                Outcome own = outcome(counts, failure, stopped);
                Outcome good = outcome(DONE, Optional.empty(), false);
                Copy copy = plan(failIfEmpty);
                String as = own + " " + finished + failIfEmpty + found;
                assertThat(code(copy, finished, found, own)).as(as).isEqualTo(wanted);
                // What another stage did well does not hide it, whichever was first.
                assertThat(code(copy, finished, found, own, good)).as(as).isEqualTo(wanted);
                boolean emptyAlone = wanted == 1 && failIfEmpty && counts == NOTHING;
                boolean other = found.filter(one -> !one.same()).isPresent();
                assertThat(code(copy, finished, found, good, own))
                    .as(as)
                    .isEqualTo(emptyAlone && !other ? 0 : wanted);
              }
            }
          }
        }
      }
    }
  }

  @Test
  void jobWithoutStagesIsDoneUnlessSomethingWasLeftOut() {
    assertThat(code(plan(false), true, Optional.empty())).isZero();
    assertThat(code(plan(true), true, Optional.empty())).isZero();
    assertThat(code(plan(false), false, Optional.empty())).isEqualTo(3);
    assertThat(code(plan(false), true, findings(false))).isEqualTo(1);
  }
}
