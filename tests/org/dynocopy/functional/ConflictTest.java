package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.dynocopy.cli.Cli;
import org.dynocopy.core.Counts;
import org.dynocopy.core.Outcome;
import org.dynocopy.report.DryRun;
import org.dynocopy.run.copy.CopyRun;
import org.dynocopy.run.job.Report;
import org.dynocopy.spec.Checks;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.OnConflict;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.store.Stores;
import org.dynocopy.store.wiring.DefaultStores;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** What becomes of items whose key the target has already. */
class ConflictTest {

  private static final int ITEMS = 200;

  @TempDir private Path folder;

  private static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  private static AttributeValue n(int number) {
    return AttributeValue.fromN("" + number);
  }

  private static AttributeValue b(int value) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {(byte) value}));
  }

  private static Map<String, AttributeValue> item(int id, String from, AttributeValue at) {
    Map<String, AttributeValue> item = new HashMap<>(Map.of("id", s("u" + id), "from", s(from)));
    if (at != null) {
      item.put("at", at);
    }
    return item;
  }

  private static String table(URI server, List<Map<String, AttributeValue>> items) {
    String table = Tables.on(server).key("id", "S").create();
    Tables.put(server, table, items);
    return table;
  }

  /** Items u0 to u199, each of the version 10. */
  private static String source() {
    return table(
        TestServers.first(),
        IntStream.range(0, ITEMS).mapToObj(i -> item(i, "source", n(10))).toList());
  }

  /** Every fourth of them, with other versions: u0 with 0, u4 with 4, u8 with 8, u12 with 12 … */
  private static String target() {
    return table(
        TestServers.second(),
        IntStream.range(0, ITEMS / 4).mapToObj(i -> item(4 * i, "target", n(4 * i))).toList());
  }

  private Outcome copy(String source, URI to, String target, Consumer<CopySpecBuilder> words)
      throws Exception {
    Path letters = folder.resolve("letters.jsonl");
    return Copying.run(
        Copying.plan(
            TestServers.first(),
            source,
            to,
            target,
            plan -> words.accept(plan.deadLetter(letters, Copying.HERE).fresh(Copying.HERE))));
  }

  private static Consumer<CopySpecBuilder> way(String way) {
    return plan -> plan.onConflict(way, Copying.HERE);
  }

  private static Consumer<CopySpecBuilder> newer(String attribute) {
    return plan -> plan.onConflict(OnConflict.newer(attribute), Copying.HERE);
  }

  private static long from(String target, String where) {
    return TableComparison.items(TestServers.second(), target, 1).values().stream()
        .filter(item -> item.get("from").s().equals(where))
        .count();
  }

  @Test
  void skipKeepsWhatTheTargetHas() throws Exception {
    String target = target();
    Outcome outcome = copy(source(), TestServers.second(), target, way("skip"));
    assertThat(outcome.complete()).isTrue();
    Counts counts = outcome.counts();
    assertThat(counts.read()).isEqualTo(ITEMS);
    assertThat(counts.written()).isEqualTo(150);
    assertThat(counts.conflicts()).isEqualTo(50);
    assertThat(counts.writeUnits()).isEqualTo(200);
    assertThat(from(target, "target")).isEqualTo(50);
    assertThat(from(target, "source")).isEqualTo(150);
  }

  @Test
  void aSampleIsOfWhatWasWritten() throws Exception {
    Checks all = new Checks(false, OptionalInt.of(ITEMS), false);
    Report report =
        Copying.report(
            Copying.plan(
                TestServers.first(),
                source(),
                TestServers.second(),
                target(),
                plan ->
                    plan.onConflict("skip", Copying.HERE)
                        .verify(all, Copying.HERE)
                        .fresh(Copying.HERE)));
    assertThat(report.findings().orElseThrow().sample()).isEqualTo(150);
    assertThat(report.differs()).isFalse();
  }

  @Test
  void ofTwoTheNewerOneStays() throws Exception {
    String target = target();
    Outcome outcome = copy(source(), TestServers.second(), target, newer("at"));
    assertThat(outcome.complete()).isTrue();
    // u0, u4 and u8 are older than 10.
    assertThat(outcome.counts().written()).isEqualTo(153);
    assertThat(outcome.counts().conflicts()).isEqualTo(47);
    assertThat(from(target, "target")).isEqualTo(47);
    // The same once more: none is newer now, and equal is not newer.
    assertThat(copy(source(), TestServers.second(), target, newer("at")).counts().conflicts())
        .isEqualTo(ITEMS);
  }

  @Test
  void whatCannotBeComparedIsADeadLetterWithAClearReason() throws Exception {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    items.add(item(1, "source", null));
    items.add(item(2, "source", AttributeValue.fromBool(true)));
    items.add(item(3, "source", s("2026-11-22")));
    items.add(item(4, "source", b(0x80)));
    String source = table(TestServers.first(), items);
    String target =
        table(
            TestServers.second(),
            List.of(item(3, "target", s("2026-11-21")), item(4, "target", b(0x7f))));
    Outcome outcome = copy(source, TestServers.second(), target, newer("at"));
    assertThat(outcome.counts().written()).isEqualTo(2);
    assertThat(outcome.counts().deadLettered()).isEqualTo(2);
    assertThat(outcome.complete()).isTrue();
    assertThat(Files.readString(folder.resolve("letters.jsonl")))
        .contains("the item has no `at`, by which `onConflict` compares")
        .contains("`at`, by which `onConflict` compares, is neither a string nor a number nor");
    assertThat(from(target, "source")).isEqualTo(2);
  }

  @Test
  void failEndsTheRunAtTheFirstConflictAndNamesTheKey() throws Exception {
    String target = table(TestServers.second(), List.of(item(77, "target", n(1))));
    Outcome outcome = copy(source(), TestServers.second(), target, way("fail"));
    assertThat(outcome.complete()).isFalse();
    assertThat(outcome.failure().orElseThrow())
        .hasMessageContaining("`" + target + "` has another item with the key id=u77 already");
    assertThat(outcome.counts().deadLettered()).isZero();
    assertThat(from(target, "target")).isEqualTo(1);
  }

  @Test
  void aWriteWhoseAnswerWasLostIsNoConflictWithItself() throws Exception {
    FaultProxy.Faults lost =
        (operation, number) ->
            operation.equals("PutItem") && number % 5 == 1 ? Faults.RESET_AFTER : Fault.NONE;
    for (String way : List.of("fail", "skip")) {
      String source = source();
      String target = table(TestServers.second(), List.of());
      try (FaultProxy to = new FaultProxy(TestServers.second(), lost)) {
        Outcome outcome = copy(source, to.endpoint(), target, way(way));
        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.complete()).isTrue();
        assertThat(outcome.counts().retried()).isPositive();
        assertThat(outcome.counts().written()).isEqualTo(ITEMS);
        assertThat(outcome.counts().conflicts()).isZero();
      }
      assertThat(
              TableComparison.of(TestServers.first(), source, TestServers.second(), target)
                  .isSame())
          .isTrue();
    }
  }

  @Test
  void conditionalWritesThatAreThrottledAreSentAgain() throws Exception {
    FaultProxy.Faults throttled =
        (operation, number) ->
            operation.equals("PutItem") && number % 3 == 1 ? Faults.THROTTLED : Fault.NONE;
    String target = target();
    try (FaultProxy to = new FaultProxy(TestServers.second(), throttled)) {
      Outcome outcome = copy(source(), to.endpoint(), target, way("skip"));
      assertThat(outcome.complete()).isTrue();
      assertThat(outcome.counts().conflicts()).isEqualTo(50);
      assertThat(outcome.counts().written()).isEqualTo(150);
    }
  }

  @Test
  void theDryRunSaysWhatItCosts() throws Exception {
    try (Stores stores = new DefaultStores()) {
      CopyRun copy =
          CopyRun.of(
              Copying.plan(
                  TestServers.first(), source(), TestServers.second(), target(), way("skip")),
              stores);
      assertThat(DryRun.of(copy, copy.estimate()))
          .contains("64 items at once, each by a PutItem of its own: slower than batches")
          .contains("what the target has stays")
          .contains("200 writes")
          .contains("one that is refused is paid for too");
    }
  }

  @Test
  void theCommandLineSaysItAndTellsHowItEnded() throws Exception {
    String source = source();
    String target = Tables.on(TestServers.first()).key("id", "S").create();
    Tables.put(TestServers.first(), target, List.of(item(5, "target", n(20))));
    Cli.Result failed = run("copy", source, target, "--on-conflict", "fail");
    assertThat(failed.err()).contains("has another item with the key id=u5 already");
    assertThat(failed.exitCode()).isEqualTo(3);
    // It goes on from its checkpoint, and meets what it wrote itself.
    Cli.Result again = run("copy", source, target, "--on-conflict", "fail");
    assertThat(again.err()).contains("has another item with the key id=u5 already");
    Cli.Result newer = run("copy", source, target, "--on-conflict", "newer:at", "--fresh", "--yes");
    assertThat(newer.exitCode()).as(newer.err()).isZero();
    assertThat(newer.err()).contains("200 read = 0 filtered + ", " conflicts");
    Cli.Result wrong = run("copy", source, target, "--on-conflict", "kip");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("`onConflict` has no way `kip`", "Did you mean `skip`?");
  }

  private static Cli.Result run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    String server = TestServers.first().toString();
    all.addAll(List.of("--endpoint-url", server, "--region", TestServers.REGION));
    return Cli.run(all.toArray(String[]::new));
  }

  /** It comes twice, and changed: the target keeps what this copy itself has written. */
  @ParameterizedTest
  @ValueSource(strings = {"skip", "fail"})
  void itemThatMovesInTheIndexEndsNoRunAndCountsAsKept(String way) throws Exception {
    Projection all = Projection.builder().projectionType("ALL").build();
    String from =
        Tables.on(TestServers.first()).key("id", "S").gsi("byRank", all, "from", "rank").create();
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Map<String, AttributeValue> item = item(i, "source", n(10));
      item.put("rank", s("%03d".formatted(i)));
      items.add(item);
    }
    Tables.put(TestServers.first(), from, items);
    String to = table(TestServers.second(), List.of());
    AtomicBoolean moved = new AtomicBoolean();
    FaultProxy.Faults moving =
        (asked, number) ->
            request -> {
              String body = new String(request.body(), StandardCharsets.UTF_8);
              if (body.contains("ExclusiveStartKey") && moved.compareAndSet(false, true)) {
                Map<String, AttributeValue> first = new HashMap<>(items.get(0));
                first.put("rank", s("999"));
                Tables.put(TestServers.first(), from, List.of(first));
              }
              boolean page = asked.equals("Query") && !body.contains("\"Limit\"");
              String paged = page ? "{\"Limit\":20," + body.substring(1) : body;
              request.answer(request.forward(paged.getBytes(StandardCharsets.UTF_8)));
            };
    try (FaultProxy proxy = new FaultProxy(TestServers.first(), moving)) {
      Outcome outcome =
          Copying.run(
              Copying.plan(
                  proxy.endpoint(),
                  from,
                  TestServers.second(),
                  to,
                  plan ->
                      plan.where(
                              new KeyCondition(
                                  List.of("source"), Optional.empty(), Optional.of("byRank")),
                              Copying.HERE)
                          .segments(1, Copying.HERE)
                          .resume(folder.resolve("checkpoint"), Copying.HERE)
                          .onConflict(way, Copying.HERE)));
      assertThat(outcome.failure()).isEmpty();
      assertThat(outcome.counts().read()).isEqualTo(51);
      assertThat(outcome.counts().written()).isEqualTo(50);
      assertThat(outcome.counts().conflicts()).isEqualTo(1);
    }
  }
}
