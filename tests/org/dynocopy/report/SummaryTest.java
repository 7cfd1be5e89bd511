package org.dynocopy.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
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
import org.dynocopy.spec.Job;
import org.dynocopy.spec.Query;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.build.VerificationBuilder;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.verify.Findings;
import org.junit.jupiter.api.Test;

/** How jobs of several kinds and stages have ended, to people and to programs. */
class SummaryTest {

  private static final Location HERE = Location.NOWHERE;
  private static final Environments ENVIRONMENTS =
      new Environments(List.of(), Optional.empty(), Environments.Defaults.NONE);

  private static Job copy(Optional<String> name) {
    CopySpecBuilder plan = new CopySpecBuilder(name, HERE);
    return plan.from("local:one", HERE).to("local:two", HERE).build(ENVIRONMENTS);
  }

  private static Job query() {
    return new JobBuilder("query", HERE)
        .from("local:one", HERE)
        .query(Query.Output.LINES, ENVIRONMENTS);
  }

  private static Job verification() {
    return new VerificationBuilder(HERE)
        .from("local:one", HERE)
        .to("file:a.fp", HERE)
        .build(ENVIRONMENTS);
  }

  private static Outcome outcome(Counts counts, Optional<String> reason, Optional<String> letters) {
    return new Outcome(
        counts, Duration.ofSeconds(2), letters, reason, Optional.empty(), false, Map.of());
  }

  private static Outcome outcome(long read, long filtered) {
    Counts counts = new Counts(read, filtered, 0, read - filtered, 0, 0, 0, 0, 1, 2, 3, 4);
    return outcome(counts, Optional.empty(), Optional.empty());
  }

  private static Report report(
      Job job, List<Report.Stage> stages, Optional<Findings> findings, Usage... spending) {
    return new Report(job, stages, List.of(), true, findings, List.of(spending), List.of());
  }

  private static Report report(Job job, Outcome... outcomes) {
    List<Report.Stage> stages = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      String name = stages.isEmpty() ? job.name() : "stage " + stages.size();
      stages.add(new Report.Stage(name, "written", outcome));
    }
    return report(job, stages, Optional.empty());
  }

  private static JsonNode json(Report report) throws Exception {
    return new ObjectMapper().readTree(JsonReport.summary(report, 0));
  }

  private static List<String> lines(Report report) {
    return Summary.of(report).lines().map(line -> line.strip().replaceAll(" +", " ")).toList();
  }

  @Test
  void whatDidNotHappenHasNoLine() {
    assertThat(lines(report(copy(Optional.empty()), outcome(5, 2))))
        .containsExactly(
            "local:one -> local:two",
            "read 5 items 1 B 3.0 RCU",
            "filtered 2",
            "written 3 items 2 B 4.0 WCU",
            "dead letters 0",
            "the ledger adds up: 5 read = 2 filtered + 3 written + 0 dead letters",
            "in 2.0 s, 2 items/s");
  }

  @Test
  void everyStageHasItsTitleAndItsLedger() {
    assertThat(lines(report(copy(Optional.of("nightly")), outcome(5, 2), outcome(7, 1))))
        .contains(
            "nightly: local:one -> local:two",
            "the ledger adds up: 5 read = 2 filtered + 3 written + 0 dead letters",
            "stage 1",
            "the ledger adds up: 7 read = 1 filtered + 6 written + 0 dead letters");
  }

  @Test
  void firstDeadLetterIsToldWithItsReason() {
    Counts counts = Counts.settled(5, 0, 0, 4, 1, 0, 0);
    Outcome outcome = outcome(counts, Optional.of("too\nlarge"), Optional.of("d.jsonl"));
    assertThat(lines(report(copy(Optional.empty()), outcome)))
        .contains("dead letters 1 in d.jsonl", "the first dead letter: too\\nlarge");
  }

  /** Its items are what was asked for, and not its accounts. */
  @Test
  void queryIsOneLine() {
    Usage spending = Answered.spending("one", 1, 0, 0, Optional.of(3.5), "");
    Counts counts = new Counts(1_234, 1_100, 0, 4, 130, 0, 0, 0, 0, 0, 7.5, 0);
    Report.Stage stage =
        new Report.Stage(
            "query local:one", "printed", outcome(counts, Optional.empty(), Optional.empty()));
    assertThat(Summary.of(report(query(), List.of(stage), Optional.empty(), spending)))
        .isEqualTo("4 items printed, 1,234 read, 7.5 RCU, in 2.0 s");
    Report.Stage letters =
        new Report.Stage(
            "query local:one",
            "printed",
            outcome(counts, Optional.of("null"), Optional.of("d.jsonl")));
    assertThat(Summary.of(report(query(), List.of(letters), Optional.empty())))
        .isEqualTo(
            "4 items printed, 1,234 read, 7.5 RCU, in 2.0 s;"
                + " 130 on which the filter failed are in d.jsonl");
  }

  @Test
  void onlyWhatWasConsumedIsTold() {
    Usage read = Answered.spending("one", 1.5, 0, 0, Optional.of(0.0), "");
    Usage written = Answered.spending("two", 0, 2.5, 0, Optional.empty(), "no price known");
    Usage vectors = Answered.spending("three", 0, 0, 3_000, Optional.empty(), "no price known");
    assertThat(Costs.of(List.of(read, written, vectors)))
        .contains(
            "consumed of one: 1.5 RCU, $0.00; of two: 2.5 WCU, no price known;"
                + " of three: 3.0 KB to vector indexes, no price known");
    assertThat(Costs.of(List.of())).isEmpty();
    assertThat(Costs.vectorBytes(List.of(vectors, read, vectors))).isEqualTo(6_000);
    assertThat(Costs.dollars(List.of(read, written))).isEmpty();
    assertThat(Costs.dollars(List.of(read, read))).contains(0.0);
    assertThat(Costs.dollars(List.of())).contains(0.0);
  }

  private static String costs(Usage.Unanswered unanswered) {
    Usage some = new Usage("one", 1.5, 0, 0, Optional.of(0.0), "", unanswered);
    return Costs.of(List.of(some)).orElseThrow();
  }

  @Test
  void requestsWithoutAResponseAreToldApart() {
    assertThat(costs(new Usage.Unanswered(2, 8, 0)))
        .isEqualTo(
            "consumed of one: 1.5 RCU, $0.00"
                + " (plus up to about 8.0 RCU for 2 requests without a response)");
    assertThat(costs(new Usage.Unanswered(2, 0, 0)))
        .isEqualTo("consumed of one: 1.5 RCU, $0.00 (plus 2 requests without a response)");
  }

  @Test
  void jsonNamesTheJobAndItsStages() throws Exception {
    JsonNode copy = json(report(copy(Optional.of("nightly")), outcome(5, 2), outcome(7, 1)));
    assertThat(copy.get("event").asText()).isEqualTo("summary");
    assertThat(copy.get("job").asText()).isEqualTo("nightly");
    assertThat(copy.get("copy").asText()).isEqualTo("nightly");
    assertThat(copy.get("from").asText()).isEqualTo("local:one");
    assertThat(copy.get("to").asText()).isEqualTo("local:two");
    assertThat(copy.get("read").asInt()).as("of the last stage").isEqualTo(7);
    assertThat(copy.get("stages"))
        .extracting(s -> s.get("stage").asText(), s -> s.get("verb").asText(), s -> s.get("read"))
        .asString()
        .isEqualTo("[(\"nightly\", \"written\", 5), (\"stage 1\", \"written\", 7)]");
    assertThat(json(report(query(), outcome(5, 2))).has("copy")).isFalse();
  }

  @Test
  void jsonOfAComparisonHasWhatIsKnown() throws Exception {
    OptionalLong none = OptionalLong.empty();
    OptionalLong some = OptionalLong.of(5);
    for (OptionalLong one : List.of(none, some)) {
      for (OptionalLong other : List.of(none, some)) {
        Findings found = new Findings(one, other, 0, 0, 0, 0, 0, 0, 0, 0, 0, true);
        Usage vectors = Answered.spending("one", 0, 0, 30, Optional.empty(), "");
        JsonNode json =
            json(report(verification(), List.of(), Optional.of(found), vectors, vectors));
        assertThat(json.get("from").asText()).isEqualTo("local:one");
        assertThat(json.get("to").asText()).isEqualTo("a.fp");
        assertThat(json.get("vectorWriteBytes").asInt()).isEqualTo(60);
        assertThat(json.has("read")).as("there is no stage").isFalse();
        boolean both = one.isPresent() && other.isPresent();
        assertThat(json.get("findings").has("sourceItems")).isEqualTo(both);
        assertThat(json.get("findings").has("targetItems")).isEqualTo(both);
        assertThat(json.get("findings").get("same").asBoolean()).isTrue();
      }
    }
    assertThat(json(report(query(), outcome(5, 2))).has("findings")).isFalse();
  }

  private static String told(boolean terminal, int... attempts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(out, true, StandardCharsets.UTF_8);
    StoreException reason = new StoreException(StoreException.Kind.REFUSED, "no answer");
    try (Progress progress = new Progress("copy\n1", 0, err, terminal, () -> "", Optional::empty)) {
      for (int attempt : attempts) {
        progress.retrying(attempt, reason);
      }
    }
    return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void whatIsTriedForLongIsToldOnceInAWhile() {
    String line = "copy\\n1: still trying: no answer\n";
    assertThat(told(false, 1, 2, 3, 4)).isEmpty();
    assertThat(told(false, 5)).isEqualTo(line);
    assertThat(told(false, 40, 41, 5, 60)).isEqualTo(line);
    assertThat(told(true, 6)).isEqualTo("\n" + line);
  }

  @Test
  void quantitiesChangeTheirUnitsWhereTheyWouldHaveTooManyDigits() {
    assertThat(Quantity.bytes(0)).isEqualTo("0 B");
    assertThat(Quantity.bytes(999.94)).isEqualTo("1000 B");
    assertThat(Quantity.bytes(999_940)).isEqualTo("999.9 KB");
    assertThat(Quantity.bytes(999_950)).isEqualTo("1.0 MB");
    assertThat(Quantity.bytes(1.5e18)).isEqualTo("1500.0 PB");
    assertThat(Quantity.time(Duration.ofMillis(59_949))).isEqualTo("59.9 s");
    assertThat(Quantity.time(Duration.ofSeconds(60))).isEqualTo("1 min 0 s");
    assertThat(Quantity.time(Duration.ofSeconds(3_599))).isEqualTo("59 min 59 s");
    assertThat(Quantity.time(Duration.ofHours(25))).isEqualTo("25 h 0 min");
    assertThat(Quantity.rate(5, Duration.ZERO)).isEqualTo("5,000,000,000 items/s");
  }
}
