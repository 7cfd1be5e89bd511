package org.dynocopy.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.dynocopy.engine.Ledger.Counts;
import org.dynocopy.engine.Outcome;
import org.dynocopy.plan.Environments;
import org.dynocopy.plan.Location;
import org.dynocopy.plan.Plan;
import org.dynocopy.plan.PlanBuilder;
import org.dynocopy.verify.Findings;
import org.junit.jupiter.api.Test;

/** What a job of several engines is as a whole: exit codes rest on it. */
class ReportTest {

  private static final Location HERE = Location.NOWHERE;

  private static Plan plan() {
    PlanBuilder plan = new PlanBuilder(Optional.empty(), HERE);
    plan.from("local:one", HERE).to("local:two", HERE);
    return plan.build(new Environments(List.of(), Optional.empty(), Environments.Defaults.NONE));
  }

  private static Outcome outcome(long deadLettered, boolean fails, boolean stopped) {
    Counts counts = Counts.settled(9, 0, 0, 9 - deadLettered, deadLettered, 0, 0);
    Optional<Exception> failure = fails ? Optional.of(new Exception()) : Optional.empty();
    return new Outcome(
        counts, Duration.ZERO, Optional.empty(), Optional.empty(), failure, stopped, Map.of());
  }

  private static final Outcome GOOD = outcome(0, false, false);
  private static final Outcome FAILED = outcome(0, true, false);
  private static final Outcome STOPPED = outcome(0, false, true);

  private static Report report(boolean finished, Outcome... outcomes) {
    List<Report.Stage> stages =
        Stream.of(outcomes).map(one -> new Report.Stage("stage", "written", one)).toList();
    return new Report(plan(), stages, List.of(), finished);
  }

  private static Report compared(boolean same) {
    OptionalLong none = OptionalLong.empty();
    Findings found = new Findings(none, none, 0, 0, 0, 0, 0, 0, 0, 0, 0, same);
    return new Report(plan(), List.of(), List.of(), true, Optional.of(found));
  }

  @Test
  void completeIsWhatLeftNothingOutAndOfWhichEveryEngineIs() {
    assertThat(report(true, GOOD, GOOD).complete()).isTrue();
    assertThat(report(true).complete()).isTrue();
    assertThat(report(false, GOOD).complete()).isFalse();
    assertThat(report(true, FAILED, GOOD).complete()).isFalse();
    assertThat(report(true, GOOD, FAILED).complete()).isFalse();
    assertThat(report(true, GOOD, STOPPED).complete()).isFalse();
  }

  @Test
  void stoppedIsWhatWasStoppedInAnyOfItsEngines() {
    assertThat(report(true, STOPPED, GOOD).stopped()).isTrue();
    assertThat(report(true, GOOD, STOPPED).stopped()).isTrue();
    assertThat(report(true, GOOD, FAILED).stopped()).isFalse();
  }

  @Test
  void deadLettersOfAllEnginesCount() {
    assertThat(report(true, outcome(2, false, false), GOOD, outcome(3, true, false)).deadLetters())
        .isEqualTo(5);
  }

  @Test
  void itsOutcomeIsThatOfTheLastEngine() {
    assertThat(report(true, GOOD, FAILED).outcome()).isSameAs(FAILED);
    assertThat(report(true).outcome()).isSameAs(Outcome.NOTHING);
  }

  @Test
  void onlyAComparisonThatFoundSomethingDiffers() {
    assertThat(compared(false).differs()).isTrue();
    assertThat(compared(true).differs()).isFalse();
    assertThat(report(true, GOOD).differs()).isFalse();
  }
}
