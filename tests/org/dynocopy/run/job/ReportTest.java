package org.dynocopy.run.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.dynocopy.capacity.Usage;
import org.dynocopy.core.Counts;
import org.dynocopy.core.Outcome;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.testing.FilledRecord;
import org.dynocopy.verify.Findings;
import org.junit.jupiter.api.Test;

/** What a job of several engines is as a whole: exit codes rest on it. */
class ReportTest {

  private static final Location HERE = Location.NOWHERE;

  private static Copy plan() {
    CopySpecBuilder copy = new CopySpecBuilder(Optional.empty(), HERE);
    copy.from("local:one", HERE).to("local:two", HERE);
    return copy.build(new Environments(List.of(), Optional.empty(), Environments.Defaults.NONE));
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

  private static Report reading(Copy copy, Map<String, Counts> stages) {
    List<Report.Stage> all = new ArrayList<>();
    stages.forEach(
        (name, counts) ->
            all.add(
                new Report.Stage(
                    name,
                    "written",
                    new Outcome(
                        counts,
                        Duration.ZERO,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Map.of()))));
    return new Report(copy, all, List.of());
  }

  /** What a replacement or a comparison looks at besides says nothing of it. */
  @Test
  void emptyIsAJobWhoseOwnEngineSelectedNothing() {
    Copy copy = plan();
    Counts none = Counts.settled(3, 2, 1, 0, 0, 0, 0);
    Counts some = Counts.settled(3, 2, 0, 1, 0, 0, 0);
    assertThat(reading(copy, Map.of(copy.name(), none, "look", some)).empty()).isTrue();
    assertThat(reading(copy, Map.of(copy.name(), some, "look", none)).empty()).isFalse();
    assertThat(reading(copy, Map.of("read a", none, "read b", some)).empty()).isFalse();
    assertThat(reading(copy, Map.of("read a", none, "read b", none)).empty()).isTrue();
    assertThat(reading(copy, Map.of()).empty()).isFalse();
  }

  @Test
  void emptyJobHasFailedOnlyWhereThatWasSaid() {
    Copy copy = plan();
    Counts none = Counts.settled(3, 2, 1, 0, 0, 0, 0);
    assertThat(reading(copy, Map.of(copy.name(), none)).failed()).isFalse();
    CopySpecBuilder words = new CopySpecBuilder(Optional.empty(), HERE).failIfEmpty(HERE);
    Copy strict = copy.with(words.allowed());
    assertThat(reading(strict, Map.of(strict.name(), none)).failed()).isTrue();
    Counts some = Counts.settled(3, 2, 0, 1, 0, 0, 0);
    assertThat(reading(strict, Map.of(strict.name(), some)).failed()).isFalse();
  }

  /** A report is made anew for each thing that is found out later. */
  @Test
  void reportWithMoreHasAllThatItHadBefore() {
    Report before = new Report(plan(), report(true, FAILED).stages(), List.of("a"), false);
    Usage spent = FilledRecord.of(Usage.class);
    Report after = before.with(List.of(spent)).noting(List.of("b")).with(List.of("c"), true);
    assertThat(after)
        .isEqualTo(
            new Report(
                before.job(),
                before.stages(),
                List.of("a", "b", "c"),
                false,
                Optional.empty(),
                List.of(spent),
                List.of()));
    Report whole = compared(false).with(List.of(), true);
    assertThat(whole.finished()).isTrue();
    assertThat(whole.noting(List.of()).with(List.of(spent)).differs()).isTrue();
    assertThat(whole.with(List.of(), false).finished()).isFalse();
  }

  @Test
  void onlyAComparisonThatFoundSomethingDiffers() {
    assertThat(compared(false).differs()).isTrue();
    assertThat(compared(true).differs()).isFalse();
    assertThat(report(true, GOOD).differs()).isFalse();
  }
}
