package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.run.copy.CopyRun;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.Checks;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.ShapeStep;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.store.Stores;
import org.dynocopy.store.wiring.DefaultStores;
import org.dynocopy.testing.HiddenAttribute;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.HostileItems;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.dynocopy.verify.Findings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** Copies that are compared afterwards. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class VerifiedCopyTest {

  private static final URI ONE = TestServers.first();
  private static final URI OTHER = TestServers.second();
  private static final Projection ALL = Projection.builder().projectionType("ALL").build();
  private static final Checks COUNT = new Checks(true, OptionalInt.empty(), false);
  private static final Checks SAMPLE = new Checks(false, OptionalInt.of(50), false);

  private static final byte[] TAKEN =
      "{\"UnprocessedItems\":{},\"ConsumedCapacity\":[]}".getBytes(StandardCharsets.UTF_8);

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final String source = table(ONE);
  private final String target = table(OTHER);

  private static String table(URI server) {
    return Tables.on(server).key("id", "S").gsi("byTenant", ALL, "tenant").create();
  }

  private static List<Map<String, AttributeValue>> items(int from, int to, String version) {
    return IntStream.range(from, to)
        .mapToObj(
            i ->
                Map.of(
                    "id", AttributeValue.fromS("u" + i),
                    "tenant", AttributeValue.fromS("t" + i % 4),
                    "version", AttributeValue.fromN(version)))
        .toList();
  }

  private Report copy(URI to, Checks checks, Consumer<CopySpecBuilder> words) throws Exception {
    Copy copy =
        Copying.plan(
            ONE,
            source,
            to,
            target,
            built -> words.accept(built.verify(checks, Copying.HERE).segments(4, Copying.HERE)));
    try (Stores stores = new DefaultStores()) {
      return CopyRun.of(copy, stores, printed).run(Stages.QUIET);
    }
  }

  private Report copy(Checks checks, Consumer<CopySpecBuilder> words) throws Exception {
    return copy(OTHER, checks, words);
  }

  private static Consumer<CopySpecBuilder> tenant(String tenant) {
    KeyCondition where =
        new KeyCondition(List.of(tenant), Optional.empty(), Optional.of("byTenant"));
    return copy -> copy.where(where, Copying.HERE);
  }

  /** Nothing moves in these tables: what has, by a report, was not looked for where it is. */
  private static Findings found(Report report) {
    assertThat(report.complete()).as(report.toString()).isTrue();
    Findings found = report.findings().orElseThrow();
    assertThat(found.moved()).as(report.toString()).isZero();
    return found;
  }

  private static List<String> stages(Report report) {
    return report.stages().stream().map(stage -> stage.name().split(" ")[0]).toList();
  }

  @Test
  void aWholeTableCostsOneReadingOfTheTarget() throws Exception {
    Tables.put(ONE, source, items(0, 500, "1"));
    Report report = copy(Checks.FULL, copy -> {});
    assertThat(found(report).same()).isTrue();
    assertThat(found(report).sourceItems()).hasValue(500);
    assertThat(found(report).targetItems()).hasValue(500);
    assertThat(stages(report)).containsExactly("a:" + source, "read");
    assertThat(report.notes()).contains("no differences");
    assertThat(printed.size()).isZero();
  }

  @Test
  void otherItemsOfTheTargetAreNoDifference() throws Exception {
    Tables.put(ONE, source, items(0, 300, "1"));
    Tables.put(OTHER, target, items(200, 340, "0"));
    for (Checks checks : List.of(COUNT, SAMPLE, Checks.FULL)) {
      Report report = copy(checks, copy -> {});
      assertThat(found(report).same()).as(report.toString()).isTrue();
      assertThat(report.differs()).isFalse();
    }
    assertThat(copy(Checks.FULL, copy -> {}).notes())
        .anyMatch(note -> note.startsWith("40 other items are in "));
    assertThat(printed.size()).isZero();
  }

  /** What was written a moment ago may not be in other answers yet. */
  @Test
  void theTargetIsReadConsistently() throws Exception {
    Tables.put(ONE, source, items(0, 50, "1"));
    Queue<String> reads = new ConcurrentLinkedQueue<>();
    FaultProxy.Faults listening =
        (operation, number) ->
            request -> {
              if (operation.equals("Scan") || operation.equals("BatchGetItem")) {
                reads.add(new String(request.body(), StandardCharsets.UTF_8));
              }
              Fault.NONE.happen(request);
            };
    try (FaultProxy proxy = new FaultProxy(OTHER, listening)) {
      for (Checks checks : List.of(COUNT, SAMPLE, Checks.FULL)) {
        reads.clear();
        assertThat(found(copy(proxy.endpoint(), checks, copy -> {})).same()).isTrue();
        assertThat(reads)
            .as("%s", checks)
            .isNotEmpty()
            .allMatch(read -> read.contains("\"ConsistentRead\":true"));
      }
    }
  }

  /** It comes there before the table is compared. */
  private Report copyBesideForeignItem(Consumer<CopySpecBuilder> more) throws Exception {
    String made = target + "-made";
    FaultProxy.Faults foreign =
        (operation, number) ->
            request -> {
              if (operation.equals("Scan")) {
                Tables.put(OTHER, made, items(99, 100, "0"));
              }
              Fault.NONE.happen(request);
            };
    try (FaultProxy proxy = new FaultProxy(OTHER, foreign)) {
      return Copying.report(
          Copying.plan(
              ONE,
              source,
              proxy.endpoint(),
              made,
              words ->
                  more.accept(words.createTarget(Copying.HERE).verify(Checks.FULL, Copying.HERE))));
    }
  }

  @Test
  void foreignItemInATableThatTheCopyMadeIsADifference() throws Exception {
    Tables.put(ONE, source, items(0, 50, "1"));
    Report report = copyBesideForeignItem(words -> {});
    assertThat(found(report).extra()).isEqualTo(1);
    assertThat(report.differs()).isTrue();
  }

  /** The copy has a dead letter of it, and nothing of it belongs there. */
  @Test
  void foreignItemOnWhichTheFilterFailsInTheSourceIsADifference() throws Exception {
    Tables.put(ONE, source, items(0, 50, "1"));
    Map<String, AttributeValue> broken = new HashMap<>(items(99, 100, "1").get(0));
    broken.remove("version");
    Tables.put(ONE, source, List.of(broken));
    Report report =
        copyBesideForeignItem(
            words ->
                words.filter(
                    new ClientFilter(
                        item -> ((BigDecimal) item.get("version")).signum() >= 0, Copying.HERE)));
    assertThat(report.deadLetters()).isEqualTo(1);
    assertThat(found(report).extra()).isEqualTo(1);
    assertThat(report.differs()).isTrue();
  }

  @Test
  void copyWithAStepIsComparedWithWhatTheStepLeaves(@TempDir Path folder) throws Exception {
    Tables.put(ONE, source, items(0, 50, "4711"));
    Path letters = folder.resolve("dead.jsonl");
    ClientFilter failing =
        new ClientFilter(
            item -> {
              if (item.get("id").equals("u7")) {
                throw new IllegalStateException("not " + item.get("version"));
              }
              return true;
            },
            Copying.HERE);
    Report report =
        copy(
            Checks.FULL,
            copy ->
                copy.filter(failing)
                    .step(new HiddenAttribute("version", false, Copying.HERE))
                    .deadLetter(letters, Copying.HERE));
    assertThat(found(report).same()).isTrue();
    assertThat(found(report).targetItems()).hasValue(49);
    try (DynamoDbClient client = TestServers.client(OTHER)) {
      assertThat(client.scan(scan -> scan.tableName(target)).items())
          .hasSize(49)
          .noneMatch(item -> item.containsKey("version"));
    }
    assertThat(letters).content().contains("\"id\":{\"S\":\"u7\"}").doesNotContain("4711");
    assertThat(report.toString()).doesNotContain("4711");
  }

  @Test
  void aReplacedTargetHasNoOthers() throws Exception {
    Tables.put(ONE, source, items(0, 300, "1"));
    Tables.put(OTHER, target, items(200, 340, "0"));
    Report report =
        copy(Checks.FULL, copy -> copy.replace(new Copy.Replace(false, false), Copying.HERE));
    assertThat(found(report).same()).isTrue();
    assertThat(found(report).extra()).isZero();
    assertThat(found(report).targetItems()).hasValue(300);
  }

  @Test
  void aPartThroughAnIndexIsReadAgain() throws Exception {
    Tables.put(ONE, source, items(0, 300, "1"));
    Tables.put(OTHER, target, items(0, 400, "0"));
    for (Checks checks : List.of(COUNT, SAMPLE, Checks.FULL)) {
      Report report = copy(checks, tenant("t1"));
      assertThat(found(report).same()).as(report.toString()).isTrue();
    }
    assertThat(stages(copy(Checks.FULL, tenant("t1")))).startsWith("a:" + source, "read", "read");
  }

  /** It is read again, to be counted, as far as it was copied. */
  @Test
  void limitedPartThroughAnIndexIsCountedToItsLimit() throws Exception {
    Tables.put(ONE, source, items(0, 100, "1"));
    Report report = copy(COUNT, tenant("t1").andThen(copy -> copy.limit(7, Copying.HERE)));
    assertThat(found(report).sourceItems()).hasValue(7);
    assertThat(found(report).targetItems()).hasValue(7);
    assertThat(found(report).same()).isTrue();
  }

  /** An item that moves in an index while it is read may come twice, and is there once. */
  @Test
  void itemThatAnIndexBringsTwiceIsCountedOnce() throws Exception {
    Tables.put(ONE, source, items(0, 100, "1"));
    AtomicBoolean first = new AtomicBoolean(true);
    ObjectMapper json = new ObjectMapper();
    FaultProxy.Faults twice =
        (operation, number) ->
            request -> {
              HttpResponse<byte[]> page = request.forward(request.body());
              ObjectNode answer = (ObjectNode) json.readTree(page.body());
              ArrayNode found = (ArrayNode) answer.get("Items");
              if (operation.equals("Query") && found != null && found.size() > 3) {
                if (first.getAndSet(false)) {
                  found.add(found.get(0));
                  answer.put("Count", found.size()).put("ScannedCount", found.size());
                }
                request.answer(200, json.writeValueAsBytes(answer));
              } else {
                request.answer(page);
              }
            };
    try (FaultProxy proxy = new FaultProxy(ONE, twice)) {
      Copy copy =
          Copying.plan(
              proxy.endpoint(),
              source,
              OTHER,
              target,
              words -> tenant("t1").accept(words.verify(COUNT, Copying.HERE)));
      Report report = Copying.report(copy);
      assertThat(report.stages().get(0).outcome().counts().read()).isEqualTo(26);
      assertThat(found(report).sourceItems()).hasValue(25);
      assertThat(found(report).same()).isTrue();
    }
  }

  @Test
  void projectedAndFilteredItemsAreComparedAsTheyWereCopied() throws Exception {
    Tables.put(ONE, source, items(0, 300, "1"));
    Tables.put(OTHER, target, items(295, 310, "0"));
    Consumer<CopySpecBuilder> some =
        copy ->
            copy.project(List.of("version"), Copying.HERE)
                .filter(new ClientFilter(item -> "t1".equals(item.get("tenant")), Copying.HERE));
    for (Checks checks : List.of(COUNT, SAMPLE, Checks.FULL)) {
      Report report = copy(checks, some);
      assertThat(found(report).same()).as(report.toString()).isTrue();
    }
    // The index cannot find there what was copied without its key.
    for (Checks checks : List.of(COUNT, SAMPLE, Checks.FULL)) {
      Report byIndex =
          copy(
              checks, tenant("t2").andThen(copy -> copy.project(List.of("version"), Copying.HERE)));
      assertThat(found(byIndex).same()).as(printed + byIndex.findings().toString()).isTrue();
    }
  }

  @Test
  void whatIsOutsideOfAReplacedPartIsNothingExtra() throws Exception {
    Tables.put(ONE, source, items(0, 300, "1"));
    Tables.put(OTHER, target, items(295, 310, "0"));
    Report report =
        copy(
            Checks.FULL,
            copy ->
                copy.project(List.of("version"), Copying.HERE)
                    .filter(new ClientFilter(i -> "t1".equals(i.get("tenant")), Copying.HERE))
                    .replace(new Copy.Replace(false, false), Copying.HERE));
    assertThat(found(report).same()).as(report.toString()).isTrue();
  }

  @Test
  void hostileItemsArrive() throws Exception {
    String from = Tables.on(ONE).key(HostileItems.ID, "S").create();
    Tables.put(ONE, from, HostileItems.of(1_200).toList());
    for (URI server : List.of(OTHER, TestServers.dynalite())) {
      String to = Tables.on(server).key(HostileItems.ID, "S").create();
      Copy copy =
          Copying.plan(
              ONE,
              from,
              server,
              to,
              words -> words.verify(Checks.FULL, Copying.HERE).segments(8, Copying.HERE));
      Report report = Copying.report(copy);
      assertThat(found(report).same()).as(report.toString()).isTrue();
      assertThat(found(report).moved()).isZero();
    }
  }

  /** A server that says yes and writes nothing, or something else. */
  @Test
  void whatDidNotArriveIsFound() throws Exception {
    Tables.put(ONE, source, items(0, 300, "1"));
    ObjectMapper json = new ObjectMapper();
    try (FaultProxy proxy =
        new FaultProxy(
            OTHER,
            (operation, number) ->
                !operation.equals("BatchWriteItem") || number > 2
                    ? Fault.NONE
                    : number == 1
                        ? request -> request.answer(200, TAKEN)
                        : request ->
                            request.answer(
                                request.forward(
                                    new String(request.body(), StandardCharsets.UTF_8)
                                        .replace("{\"N\":\"1\"}", "{\"N\":\"2\"}")
                                        .getBytes(StandardCharsets.UTF_8))))) {
      Report report = copy(proxy.endpoint(), Checks.FULL, copy -> copy.writers(1, Copying.HERE));
      assertThat(found(report).same()).isFalse();
      assertThat(report.differs()).isTrue();
      assertThat(found(report).missing()).isEqualTo(25);
      assertThat(found(report).different()).isEqualTo(25);
      List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
      assertThat(lines).hasSize(50);
      for (String line : lines) {
        JsonNode difference = json.readTree(line);
        assertThat(difference.get("source").get("version").get("N").asText()).isEqualTo("1");
      }
    }
    assertThat(found(copy(COUNT, copy -> {})).same()).isTrue();
  }

  @Test
  void aCountOfTooFewIsFound() throws Exception {
    Tables.put(ONE, source, items(0, 100, "1"));
    AtomicInteger lost = new AtomicInteger();
    Fault taken =
        request -> {
          lost.set(request.puts());
          request.answer(200, TAKEN);
        };
    try (FaultProxy proxy =
        new FaultProxy(
            OTHER,
            (operation, number) ->
                operation.equals("BatchWriteItem") && number == 1 ? taken : Fault.NONE)) {
      Report report = copy(proxy.endpoint(), COUNT, copy -> {});
      assertThat(found(report).same()).isFalse();
      assertThat(found(report).targetItems()).hasValue(100 - lost.get());
    }
  }

  @Test
  void anIndexThatTheTargetLacksIsSaidBefore() throws Exception {
    String without = Tables.on(OTHER).key("id", "S").create();
    Copy copy =
        Copying.plan(
            ONE,
            source,
            OTHER,
            without,
            words -> tenant("t1").accept(words.verify(Checks.FULL, Copying.HERE)));
    try (Stores stores = new DefaultStores()) {
      assertThat(catchThrowable(() -> CopyRun.of(copy, stores)))
          .isInstanceOf(InvalidJobException.class)
          .hasMessageContaining("`" + without + "` has no index `byTenant`");
    }
  }

  /** What passed before it was stopped is in no fingerprint of this run. */
  @Test
  void aCopyThatWasResumedReadsTheSourceAgain(@TempDir Path folder) throws Exception {
    Tables.put(ONE, source, items(0, 500, "1"));
    AtomicBoolean broken = new AtomicBoolean(true);
    try (FaultProxy proxy =
        new FaultProxy(
            OTHER,
            (operation, number) ->
                operation.equals("BatchWriteItem") && number > 10 && broken.get()
                    ? Faults.DENIED
                    : Fault.NONE)) {
      Consumer<CopySpecBuilder> kept =
          copy -> copy.resume(folder.resolve("a.checkpoint"), Copying.HERE);
      Report stopped = copy(proxy.endpoint(), Checks.FULL, kept);
      assertThat(stopped.complete()).isFalse();
      assertThat(stopped.notes())
          .anyMatch(note -> note.contains("goes on from the checkpoint"))
          .contains("nothing was verified: the copy did not finish");
      broken.set(false);
      Report resumed = copy(proxy.endpoint(), Checks.FULL, kept);
      assertThat(found(resumed).same()).as(resumed.toString()).isTrue();
      assertThat(found(resumed).sourceItems()).hasValue(500);
      assertThat(stages(resumed)).containsExactly("a:" + source, "read", "read");
      assertThat(stages(copy(proxy.endpoint(), Checks.FULL, kept)))
          .containsExactly("a:" + source, "read");
    }
  }

  /** The target's index is keyed by a string; the filter reads a number. */
  @Test
  void deadLettersAreNoDifferencesAlsoInACopyThatWasResumed(@TempDir Path folder) throws Exception {
    Tables.put(ONE, source, items(0, 500, "1"));
    Map<String, AttributeValue> rejected = new HashMap<>(items(7, 8, "1").get(0));
    rejected.put("tenant", AttributeValue.fromN("7"));
    String narrow = Tables.on(ONE).key("id", "S").create();
    Tables.put(ONE, narrow, items(0, 500, "1"));
    Map<String, AttributeValue> broken = new HashMap<>(items(8, 9, "1").get(0));
    broken.remove("version");
    Tables.put(ONE, narrow, List.of(rejected, broken));
    AtomicBoolean stops = new AtomicBoolean(true);
    ClientFilter filter =
        new ClientFilter(
            item -> ((BigDecimal) item.get("version")).signum() > 0,
            Copying.HERE,
            Optional.of(new ShapeStep.Basis(1, "code", "values", Map.of(), List.of())));
    try (FaultProxy proxy =
        new FaultProxy(
            OTHER,
            (operation, number) ->
                operation.equals("BatchWriteItem") && number > 15 && stops.get()
                    ? Faults.DENIED
                    : Fault.NONE)) {
      Copy copy =
          Copying.plan(
              ONE,
              narrow,
              proxy.endpoint(),
              target,
              words ->
                  words
                      .filter(filter)
                      .deadLetter(folder.resolve("failed.jsonl"), Copying.HERE)
                      .resume(folder.resolve("a.checkpoint"), Copying.HERE)
                      .verify(Checks.FULL, Copying.HERE));
      assertThat(Copying.report(copy).complete()).isFalse();
      stops.set(false);
      // From where it was stopped, and then from the beginning.
      for (int run = 0; run < 2; run++) {
        Report report;
        try (Stores stores = new DefaultStores()) {
          report = CopyRun.of(copy, stores, printed).run(Stages.QUIET);
        }
        assertThat(report.stages().get(0).outcome().counts().deadLettered()).isEqualTo(2);
        assertThat(report.deadLetters()).as("%s", report).isEqualTo(2);
        assertThat(found(report).missing()).isZero();
        assertThat(found(report).same()).isTrue();
        assertThat(report.notes())
            .contains(
                "no differences",
                "2 items are dead letters: that they are not in b:" + target + " is no difference");
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
      }
    }
  }

  @Test
  void aCopyThatFailedIsNotCompared() throws Exception {
    Tables.put(ONE, source, items(0, 100, "1"));
    try (FaultProxy proxy =
        new FaultProxy(
            OTHER,
            (operation, number) ->
                operation.equals("BatchWriteItem") ? Faults.DENIED : Fault.NONE)) {
      Report report = copy(proxy.endpoint(), Checks.FULL, copy -> {});
      assertThat(report.complete()).isFalse();
      assertThat(report.findings()).isEmpty();
      assertThat(report.notes()).contains("nothing was verified: the copy did not finish");
    }
  }
}
