package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.StoreException;
import org.dynocopy.http.Transports;
import org.dynocopy.spec.limits.RetryPolicy;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** Copies through proxies at which things go wrong: nothing is lost, or the run says so. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class FaultsTest {

  private static final int ITEMS = 1_000;

  private static String source;

  @BeforeAll
  static void fill() {
    source = Tables.on(TestServers.first()).key("id", "S").create();
    // Large enough for several pages.
    String text = "x".repeat(4_000);
    Tables.put(
        TestServers.first(),
        source,
        IntStream.range(0, ITEMS)
            .mapToObj(
                i ->
                    Map.of(
                        "id", AttributeValue.fromS("item " + i),
                        "text", AttributeValue.fromS(text + i)))
            .toList());
  }

  static Stream<Arguments> passing() {
    return Stream.of(
        arguments("throughput exceeded", Faults.THROUGHPUT_EXCEEDED),
        arguments("throttled", Faults.THROTTLED),
        arguments("500", Faults.SERVER_ERROR),
        arguments("503 without a body", Faults.UNAVAILABLE),
        arguments("another write of the same item", Faults.ANOTHER_WRITE),
        arguments("a request that took too long", Faults.TIMED_OUT),
        arguments("an answer with a wrong CRC", Faults.DAMAGED),
        arguments("an answer cut midway", Faults.CUT),
        arguments("a reset before the server knew", Faults.RESET_BEFORE),
        arguments("a reset after the server had done it", Faults.RESET_AFTER));
  }

  static Stream<Arguments> passingByEveryTransport() {
    return passing()
        .map(Arguments::get)
        .flatMap(a -> Stream.of(Transports.values()).map(by -> arguments(a[0], a[1], by)));
  }

  @ParameterizedTest(name = "{0}, {2}")
  @MethodSource("passingByEveryTransport")
  void whatPassesIsTriedAgainUntilNothingIsMissing(String name, Fault fault, Transports by)
      throws Exception {
    FaultProxy.Faults everyThird =
        (operation, number) ->
            !operation.equals("DescribeTable") && number % 3 == 1 ? fault : Fault.NONE;
    String target = Tables.on(TestServers.second()).key("id", "S").create();
    try (FaultProxy from = new FaultProxy(TestServers.first(), everyThird);
        FaultProxy to = new FaultProxy(TestServers.second(), everyThird)) {
      Outcome outcome = Copying.copy(by, from.endpoint(), source, to.endpoint(), target);
      assertThat(outcome.failure()).isEmpty();
      assertThat(outcome.complete()).isTrue();
      assertThat(outcome.counts().written()).isEqualTo(ITEMS);
      assertThat(outcome.counts().retried()).isPositive();
    }
    assertIdentical(target);
  }

  @Test
  void aTokenThatExpiresAndIsRenewedIsNoFailure() throws Exception {
    String target = Tables.on(TestServers.second()).key("id", "S").create();
    // One alone: after five seconds of them, however few, it would be one.
    FaultProxy.Faults first =
        (operation, number) ->
            !operation.equals("DescribeTable") && number == 1 ? Faults.EXPIRED : Fault.NONE;
    try (FaultProxy from = new FaultProxy(TestServers.first(), first);
        FaultProxy to = new FaultProxy(TestServers.second(), first)) {
      assertThat(Copying.copy(from.endpoint(), source, to.endpoint(), target).complete()).isTrue();
    }
    assertIdentical(target);
  }

  @Test
  void unprocessedItemsAreSentAgainUntilAllAreWritten() throws Exception {
    String target = Tables.on(TestServers.second()).key("id", "S").create();
    LongAdder unprocessed = new LongAdder();
    FaultProxy.Faults everySecond =
        (operation, number) ->
            request -> {
              if (operation.equals("BatchWriteItem") && number % 2 == 1) {
                int taken = number % 5;
                unprocessed.add(Math.max(0, request.puts() - taken));
                Faults.unprocessedBut(taken).happen(request);
              } else {
                Fault.NONE.happen(request);
              }
            };
    try (FaultProxy to = new FaultProxy(TestServers.second(), everySecond)) {
      Outcome outcome = Copying.copy(TestServers.first(), source, to.endpoint(), target);
      assertThat(outcome.complete()).isTrue();
      assertThat(outcome.counts().written()).isEqualTo(ITEMS);
      assertThat(outcome.counts().retried()).isPositive().isEqualTo(unprocessed.sum());
    }
    assertIdentical(target);
  }

  @Test
  void aRejectedBatchIsHalvedUntilEachItemHasBeenTried() throws Exception {
    String target = Tables.on(TestServers.second()).key("id", "S").create();
    try (FaultProxy to =
        new FaultProxy(
            TestServers.second(),
            (operation, number) ->
                operation.equals("BatchWriteItem") && number <= 40
                    ? Faults.rejectedUnlessAlone()
                    : Fault.NONE)) {
      Outcome outcome = Copying.copy(TestServers.first(), source, to.endpoint(), target);
      assertThat(outcome.complete()).isTrue();
      assertThat(outcome.counts().deadLettered()).isZero();
    }
    assertIdentical(target);
  }

  @Test
  void rejectedItemIsADeadLetterAndTheOthersAreWritten(@TempDir Path folder) throws Exception {
    // The target's index is keyed by a number; two items have a string there, and one is empty.
    String from = Tables.on(TestServers.first()).key("id", "S").create();
    String to =
        Tables.on(TestServers.second())
            .key("id", "S")
            .gsi("byRank", Projection.builder().projectionType("ALL").build(), "rank")
            .create();
    List<Map<String, AttributeValue>> items =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    Map.of(
                        "id",
                        AttributeValue.fromS("item " + i),
                        "rank",
                        i == 7 || i == 77
                            ? AttributeValue.fromN("" + i)
                            : AttributeValue.fromS("r" + i)))
            .toList();
    Tables.put(TestServers.first(), from, items);
    Path deadLetters = folder.resolve("dead.jsonl");
    Outcome outcome =
        Copying.run(
            Copying.plan(
                TestServers.first(),
                from,
                TestServers.second(),
                to,
                plan -> plan.deadLetter(deadLetters, Copying.HERE)));
    assertThat(outcome.complete()).isTrue();
    assertThat(outcome.counts().written()).isEqualTo(198);
    assertThat(outcome.counts().deadLettered()).isEqualTo(2);
    assertThat(Files.readAllLines(deadLetters))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("ValidationException", "\"rank\":{\"N\":"));
    TableComparison comparison =
        TableComparison.of(TestServers.first(), from, TestServers.second(), to);
    assertThat(comparison.missing()).hasSize(2);
    assertThat(comparison.same()).isEqualTo(198);
  }

  static Stream<Arguments> ending() {
    return Stream.of(
        arguments("BatchWriteItem", Faults.DENIED, "AccessDeniedException", 16),
        arguments("Scan", Faults.DENIED, "AccessDeniedException", 8),
        arguments("BatchWriteItem", Faults.EXPIRED, "ExpiredTokenException", 96));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("ending")
  void whatCannotPassEndsTheRunSoonAndTheLedgerShowsIt(
      String operation, Fault fault, String says, int mostRequests) throws Exception {
    String target = Tables.on(TestServers.second()).key("id", "S").create();
    FaultProxy.Faults always = (o, number) -> o.equals(operation) ? fault : Fault.NONE;
    try (FaultProxy from = new FaultProxy(TestServers.first(), always);
        FaultProxy to = new FaultProxy(TestServers.second(), always)) {
      Outcome outcome = Copying.copy(from.endpoint(), source, to.endpoint(), target);
      assertThat(outcome.complete()).isFalse();
      assertThat(outcome.failure())
          .get()
          .isInstanceOf(StoreException.class)
          .asString()
          .contains(says);
      assertThat(outcome.counts().written()).isZero();
      assertThat(outcome.counts().unaccounted()).isEqualTo(outcome.counts().read());
      assertThat(from.requests(operation) + to.requests(operation)).isBetween(1, mostRequests);
    }
  }

  private static void assertIdentical(String target) {
    TableComparison comparison =
        TableComparison.of(TestServers.first(), source, TestServers.second(), target);
    assertThat(comparison).isEqualTo(new TableComparison(ITEMS, List.of(), List.of(), List.of()));
  }

  @Test
  void aJobThatSaysHowOftenToTryGivesUpThen() throws Exception {
    String target = Tables.on(TestServers.second()).key("id", "S").create();
    FaultProxy.Faults down =
        (operation, number) -> operation.equals("BatchWriteItem") ? Faults.UNAVAILABLE : Fault.NONE;
    RetryPolicy three =
        new RetryPolicy(
            OptionalInt.of(3),
            Optional.of(Duration.ofMillis(1)),
            Optional.of(Duration.ofMillis(2)),
            Optional.empty());
    try (FaultProxy to = new FaultProxy(TestServers.second(), down)) {
      Outcome outcome =
          Copying.run(
              Copying.plan(
                  TestServers.first(),
                  source,
                  to.endpoint(),
                  target,
                  plan -> plan.retry(three, Copying.HERE, part -> Copying.HERE)));
      assertThat(outcome.failure().orElseThrow())
          .hasMessageStartingWith("gave up after 3 attempts");
      assertThat(outcome.complete()).isFalse();
    }
  }
}
