package org.dynocopy.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.dynocopy.capacity.Usage;
import org.dynocopy.core.Counts;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.run.job.Report;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.verify.Findings;
import org.junit.jupiter.api.Test;

/** People and programs read the same numbers, each in its place: no two of them are alike here. */
class ReportNumbersTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Location HERE = Location.NOWHERE;

  private static Copy plan() {
    CopySpecBuilder plan = new CopySpecBuilder(Optional.empty(), HERE);
    plan.from("local:one", HERE).to("local:two", HERE);
    return plan.build(new Environments(List.of(), Optional.empty(), Environments.Defaults.NONE));
  }

  /** Read is what all the others make together, and so many more. */
  private static Counts counts(long unsettled) {
    return new Counts(
        2_345_678 + unsettled, 8, 70, 600, 5_000, 40_000, 2_300_000, 11, 12, 13, 14.5, 15.5);
  }

  private static Outcome outcome(Counts counts, Exception failure, boolean stopped) {
    return new Outcome(
        counts,
        Duration.ofMillis(2_500),
        Optional.of("failed.jsonl"),
        Optional.empty(),
        Optional.ofNullable(failure),
        stopped,
        Map.of("reads of table users", 16L));
  }

  private static Report report(Outcome outcome, boolean finished) {
    Findings found =
        new Findings(
            OptionalLong.of(21), OptionalLong.of(22), 23, 24, 25, 26, 27, 28, 29, 30, 31, false);
    Copy plan = plan();
    Usage one = Answered.spending("one", 1, 2, 0, Optional.of(3.5), "");
    Usage two = Answered.spending("two", 1, 2, 0, Optional.of(4.25), "");
    return new Report(
        plan,
        List.of(new Report.Stage(plan.name(), "written", outcome)),
        List.of("a note"),
        finished,
        Optional.of(found),
        List.of(one, two),
        List.of());
  }

  private static JsonNode json(Report report, int exitCode) throws Exception {
    return JSON.readTree(JsonReport.summary(report, exitCode));
  }

  private static String summary(Counts counts, Exception failure, boolean stopped) {
    return Summary.of(report(outcome(counts, failure, stopped), true)).replaceAll(" +", " ");
  }

  @Test
  void jsonHasEachCountUnderItsName() throws Exception {
    JsonNode all = json(report(outcome(counts(3), null, false), true), 3);
    for (JsonNode counts : List.of(all, all.get("stages").get(0))) {
      assertThat(counts.get("read").asLong()).isEqualTo(2_345_681);
      assertThat(counts.get("filtered").asLong()).isEqualTo(8);
      assertThat(counts.get("gone").asLong()).isEqualTo(70);
      assertThat(counts.get("written").asLong()).isEqualTo(600);
      assertThat(counts.get("deadLettered").asLong()).isEqualTo(5_000);
      assertThat(counts.get("conflicts").asLong()).isEqualTo(40_000);
      assertThat(counts.get("spared").asLong()).isEqualTo(2_300_000);
      assertThat(counts.get("unaccounted").asLong()).isEqualTo(3);
      assertThat(counts.get("retried").asLong()).isEqualTo(11);
      assertThat(counts.get("bytesRead").asLong()).isEqualTo(12);
      assertThat(counts.get("bytesWritten").asLong()).isEqualTo(13);
      assertThat(counts.get("readUnits").asDouble()).isEqualTo(14.5);
      assertThat(counts.get("writeUnits").asDouble()).isEqualTo(15.5);
      assertThat(counts.get("seconds").asDouble()).isEqualTo(2.5);
      assertThat(counts.get("deadLetters").asText()).isEqualTo("failed.jsonl");
      assertThat(counts.get("throttled").get("reads of table users").asLong()).isEqualTo(16);
      assertThat(counts.get("failure").isNull()).isTrue();
    }
    assertThat(all.get("exitCode").asInt()).isEqualTo(3);
    assertThat(all.get("dollars").asDouble()).isEqualTo(7.75);
    assertThat(all.get("notes").get(0).asText()).isEqualTo("a note");
  }

  /** Whatever a person has to do next is in the summary, besides the counts. */
  @Test
  void summaryTellsHowAJobEnded() {
    String interrupted = "dynocopy: interrupted; run it again to do the rest";
    Exception denied = new StoreException(StoreException.Kind.REFUSED, "denied");
    String failed = "dynocopy: it failed: denied";
    assertThat(summary(counts(0), null, false))
        .contains("a note", "conflicts 40,000", "spared 2,300,000", "gone 70")
        .doesNotContain("dynocopy: ");
    assertThat(summary(counts(3), null, true)).contains("a note", interrupted);
    assertThat(summary(counts(3), denied, false)).contains(failed).doesNotContain(interrupted);
    assertThat(summary(counts(3), denied, true)).contains(failed, interrupted);
  }

  @Test
  void jsonHasEachFindingUnderItsName() throws Exception {
    JsonNode found = json(report(outcome(counts(0), null, false), true), 1).get("findings");
    assertThat(found.get("same").asBoolean()).isFalse();
    List<String> names =
        List.of(
            "sourceItems",
            "targetItems",
            "missing",
            "extra",
            "different",
            "movedMeanwhile",
            "differingBuckets",
            "differentAtLeast",
            "sampled",
            "repaired",
            "deleted");
    for (int i = 0; i < names.size(); i++) {
      assertThat(found.get(names.get(i)).asLong()).as(names.get(i)).isEqualTo(21 + i);
    }
  }

  @Test
  void jsonIsCompleteOnlyIfTheJobIs() throws Exception {
    Outcome good = outcome(counts(0), null, false);
    assertThat(json(report(good, true), 0).get("complete").asBoolean()).isTrue();
    assertThat(json(report(good, false), 3).get("complete").asBoolean()).isFalse();
    Outcome lost = outcome(counts(1), null, false);
    assertThat(json(report(lost, true), 3).get("complete").asBoolean()).isFalse();
    Outcome failed = outcome(counts(0), new Exception("no right"), false);
    JsonNode all = json(report(failed, true), 3);
    assertThat(all.get("complete").asBoolean()).isFalse();
    assertThat(all.get("failure").asText()).isEqualTo("no right");
  }

  @Test
  void jsonHasNoDollarsWhereATableHasNoPrice() throws Exception {
    Report known = report(outcome(counts(0), null, false), true);
    Usage unknown = Answered.spending("three", 1, 2, 0, Optional.empty(), "no price");
    Report report =
        new Report(
            known.job(),
            known.stages(),
            List.of(),
            true,
            Optional.empty(),
            List.of(known.spending().get(0), unknown),
            List.of());
    assertThat(json(report, 0).get("dollars").isNull()).isTrue();
  }

  @Test
  void summaryHasEachCountInItsRow() {
    assertThat(summary(counts(0), null, false))
        .contains("\n read 2,345,678 items 12 B 14.5 RCU\n")
        .contains("\n filtered 8\n")
        .contains("\n gone 70 ")
        .contains("\n written 600 items 13 B 15.5 WCU\n")
        .contains("\n dead letters 5,000 in failed.jsonl\n")
        .contains("\n conflicts 40,000 ")
        .contains("\n spared 2,300,000 ")
        .contains("in 2.5 s, 240 items/s, 11 sent again")
        .contains("throttled: reads of table users (16 requests)")
        .contains("one: 1.0 RCU, 2.0 WCU, $3.50; of two: 1.0 RCU, 2.0 WCU, $4.25");
  }

  @Test
  void summarySaysWhetherTheLedgerAddsUp() {
    String sum =
        " read = 8 filtered + 70 gone + 600 written + 5,000 dead letters + 40,000 conflicts"
            + " + 2,300,000 spared";
    assertThat(summary(counts(0), null, false))
        .contains("the ledger adds up: 2,345,678" + sum + "\n");
    assertThat(summary(counts(3), null, false))
        .contains("the ledger does NOT add up: 2,345,681" + sum + " + 3 not settled\n");
    assertThat(summary(counts(-3), null, false))
        .contains("the ledger does NOT add up: 2,345,675" + sum + " + -3 not settled\n");
    assertThat(summary(counts(3), new Exception(), false)).contains("not finished: 2,345,681");
    assertThat(summary(counts(3), null, true)).contains("not finished: 2,345,681");
  }

  @Test
  void quantitiesAreWrittenAsPeopleReadThem() {
    assertThat(Quantity.count(1_234_567)).isEqualTo("1,234,567");
    assertThat(Quantity.units(1_234.56)).isEqualTo("1,234.6");
    assertThat(Quantity.bytes(999)).isEqualTo("999 B");
    assertThat(Quantity.bytes(999.96)).isEqualTo("1.0 KB");
    assertThat(Quantity.bytes(1_250_000)).isEqualTo("1.3 MB");
    assertThat(Quantity.time(Duration.ofMillis(59_940))).isEqualTo("59.9 s");
    assertThat(Quantity.time(Duration.ofSeconds(245))).isEqualTo("4 min 5 s");
    assertThat(Quantity.time(Duration.ofMinutes(123))).isEqualTo("2 h 3 min");
    assertThat(Quantity.rate(500, Duration.ofMillis(250))).isEqualTo("2,000 items/s");
  }
}
