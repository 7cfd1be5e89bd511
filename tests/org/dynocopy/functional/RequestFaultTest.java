package org.dynocopy.functional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.dynocopy.cli.Cli;
import org.dynocopy.core.Outcome;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** A server that refuses the requests, whatever items they have, and one that refuses the items. */
class RequestFaultTest {

  private static final URI SERVER = TestServers.first();
  private static final int ITEMS = 300;
  private static String source;

  @TempDir private Path folder;
  private String target;

  @BeforeAll
  static void fill() {
    source = Tables.on(SERVER).key("id", "S").create();
    List<Map<String, AttributeValue>> items =
        IntStream.range(0, ITEMS)
            .mapToObj(
                i ->
                    Map.of(
                        "id", AttributeValue.fromS("item " + i), "rank", AttributeValue.fromN("1")))
            .toList();
    Tables.put(SERVER, source, items);
  }

  @BeforeEach
  void makeTarget() {
    target = Tables.on(SERVER).key("id", "S").create();
  }

  /** Copies to a server that takes so many writes and then no request that asks for capacity. */
  private Outcome copy(int taken, Consumer<CopySpecBuilder> words) throws Exception {
    FaultProxy.Faults faults =
        (operation, number) ->
            request -> {
              boolean asks = new String(request.body(), UTF_8).contains("ReturnConsumedCapacity");
              boolean writes =
                  List.of("BatchWriteItem", "PutItem", "DeleteItem").contains(operation);
              if (writes && asks && number > taken) {
                request.error(400, "ValidationException", "no ReturnConsumedCapacity here");
              } else {
                Fault.NONE.happen(request);
              }
            };
    try (FaultProxy to = new FaultProxy(SERVER, faults)) {
      return Copying.run(
          Copying.plan(
              SERVER,
              source,
              to.endpoint(),
              target,
              plan -> {
                plan.deadLetter(folder.resolve("dead.jsonl"), Copying.HERE);
                words.accept(plan);
              }));
    }
  }

  private static void assertEnded(Outcome outcome) {
    assertThat(outcome.failure())
        .hasValueSatisfying(
            e ->
                assertThat(e)
                    .hasMessageContaining("the request itself is refused, and not an item")
                    .hasMessageContaining("no ReturnConsumedCapacity here"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"overwrite", "skip", "fail"})
  void faultOfTheRequestEndsTheRun(String onConflict) throws Exception {
    Outcome outcome = copy(0, plan -> plan.onConflict(onConflict, Copying.HERE));
    assertEnded(outcome);
    assertThat(outcome.counts().deadLettered()).isZero();
    assertThat(folder.resolve("dead.jsonl")).doesNotExist();
    Outcome goesOn =
        Copying.run(
            Copying.plan(
                SERVER,
                source,
                SERVER,
                target,
                plan -> plan.onConflict(onConflict, Copying.HERE).fresh(Copying.HERE)));
    assertThat(goesOn.complete()).isTrue();
    assertThat(TableComparison.of(SERVER, source, SERVER, target).same()).isEqualTo(ITEMS);
  }

  @Test
  void faultOfTheRequestEndsARemoval() {
    Tables.fill(SERVER, target, 20);
    FaultProxy.Faults faults =
        (operation, number) ->
            operation.equals("DeleteItem")
                ? request -> request.error(400, "ValidationException", "no such parameter")
                : Fault.NONE;
    try (FaultProxy server = new FaultProxy(SERVER, faults)) {
      Cli.Result result =
          Cli.run(
              "delete",
              target,
              "--filter=attribute_exists(id)",
              "--yes",
              "--endpoint-url=" + server.endpoint(),
              "--region=" + TestServers.REGION);
      assertThat(result.err())
          .contains("the request itself is refused, and not an item")
          .contains("0 dead letters");
      assertThat(result.exitCode()).isEqualTo(3);
    }
  }

  @Test
  void faultThatComesLaterEndsTheRunSoon() throws Exception {
    Outcome outcome = copy(2, plan -> plan.writers(2, Copying.HERE));
    assertEnded(outcome);
    // Asked after 16 in a row, which an answer to an earlier batch may have begun anew once.
    assertThat(outcome.counts().deadLettered()).isLessThan(32);
    assertThat(outcome.counts().written()).isPositive();
  }

  @Test
  void tableOfBadItemsGivesDeadLetters() throws Exception {
    Projection all = Projection.builder().projectionType("ALL").build();
    target = Tables.on(SERVER).key("id", "S").gsi("byRank", all, "rank").create();
    Outcome outcome = copy(Integer.MAX_VALUE, plan -> {});
    assertThat(outcome.complete()).isTrue();
    assertThat(outcome.counts().deadLettered()).isEqualTo(ITEMS);
  }
}
