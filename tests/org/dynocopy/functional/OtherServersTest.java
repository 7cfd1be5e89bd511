package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.OtherServer;
import org.dynocopy.testing.servers.OtherServer.Lack;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** Jobs on servers that leave out some of what DynamoDB tells, or refuse it. */
class OtherServersTest {

  private static final URI SERVER = TestServers.first();
  private static final Projection ALL = Projection.builder().projectionType("ALL").build();
  private static final Projection KEYS = Projection.builder().projectionType("KEYS_ONLY").build();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ITEMS = 90;

  private static final String INDEXES = "does not tell what each index consumes";
  private static final String WRITES = "does not tell what writes consume";
  private static final String READS = "does not tell what reads consume";

  @TempDir private Path folder;

  private static String create() {
    return Tables.on(SERVER)
        .key("id", "S")
        .key("at", "N")
        .lsi("byName", KEYS, "id", "name")
        .gsi("byTenant", ALL, "tenant")
        .gsi("byMail", KEYS, "mail")
        .create();
  }

  private static List<Map<String, AttributeValue>> items(Random random) {
    return IntStream.range(0, ITEMS)
        .mapToObj(
            i -> {
              Map<String, AttributeValue> item = new HashMap<>();
              item.put("id", AttributeValue.fromS("item " + i));
              item.put("at", AttributeValue.fromN("" + i));
              item.put("text", AttributeValue.fromS("x".repeat(random.nextInt(3_000))));
              for (String name : List.of("tenant", "mail", "name")) {
                if (random.nextInt(4) > 0) {
                  item.put(name, AttributeValue.fromS(name + i % 7));
                }
              }
              return item;
            })
        .toList();
  }

  private static String filled(Random random) {
    String table = create();
    Tables.put(SERVER, table, items(random));
    return table;
  }

  /** A job, of a source and a target that have the same keys and indexes. */
  private enum Job {
    COPY("copy { from 'a:%1$s'; to 'a:%2$s'; rate write: %3$s; prices read: 1, write: 10 }"),
    COPY_ONE_BY_ONE("copy { from 'a:%1$s'; to 'a:%2$s'; onConflict 'skip'; rate write: %3$s }"),
    TRUNCATE("truncate 'a:%1$s', writeRate: %3$s"),
    DELETE_ONE_BY_ONE("delete { from 'a:%1$s'; filter { it.at >= 0 }; rate write: %3$s }"),
    DELETE_BY_INDEX(
        "delete { from 'a:%1$s'; where gsi: 'byTenant', pk: ["
            + "'tenant0', 'tenant1', 'tenant2', 'tenant3', 'tenant4', 'tenant5', 'tenant6'];"
            + " rate write: %3$s }");

    private final String recipe;

    Job(String recipe) {
      this.recipe = recipe;
    }

    boolean copies() {
      return name().startsWith("COPY");
    }
  }

  private JsonNode run(URI server, Job job, String source, String target, Object rate)
      throws Exception {
    String recipe = job.recipe.formatted(source, target, rate);
    Cli.Result result = RemovalTest.run(folder, server, recipe, "--yes", "--json");
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    return Stream.of(result.out().split("\n"))
        .filter(line -> line.contains("\"event\":\"summary\""))
        .map(OtherServersTest::json)
        .reduce((one, last) -> last)
        .orElseThrow();
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (Exception e) {
      throw new AssertionError(line, e);
    }
  }

  private static List<String> notes(JsonNode summary) {
    List<String> notes = new ArrayList<>();
    summary.get("notes").forEach(note -> notes.add(note.asText()));
    return notes;
  }

  private static long times(JsonNode summary, String words) {
    return notes(summary).stream().filter(note -> note.startsWith("`a` " + words)).count();
  }

  static Stream<Arguments> jobsOnServers() {
    return Stream.of(
        arguments(Job.COPY, OtherServer.ALTERNATOR),
        arguments(Job.COPY_ONE_BY_ONE, OtherServer.ALTERNATOR),
        arguments(Job.TRUNCATE, OtherServer.ALTERNATOR),
        arguments(Job.DELETE_BY_INDEX, OtherServer.ALTERNATOR),
        arguments(Job.COPY, OtherServer.OLD_ALTERNATOR),
        arguments(Job.DELETE_ONE_BY_ONE, OtherServer.OLD_ALTERNATOR),
        arguments(Job.COPY, OtherServer.MOTO),
        arguments(Job.COPY_ONE_BY_ONE, OtherServer.MOTO));
  }

  @ParameterizedTest
  @MethodSource("jobsOnServers")
  void jobIsWholeOnServersThatLeaveThingsOut(Job job, Set<Lack> lacks) throws Exception {
    String source = filled(new Random(7));
    String target = create();
    Map<?, ?> before = TableComparison.items(SERVER, source, 1);
    try (FaultProxy proxy = OtherServer.before(SERVER, lacks)) {
      JsonNode summary = run(proxy.endpoint(), job, source, target, 5_000);
      assertThat(summary.get("deadLettered").asLong()).isZero();
      assertThat(summary.get("complete").asBoolean()).isTrue();
      assertThat(notes(summary)).doesNotHaveDuplicates();
      // One unit for each page shows on a page of 4 KB or more.
      said(summary, READS, lacks, Lack.READ_CAPACITY, Lack.TRUE_CAPACITY);
      said(summary, "gives tables neither ids nor times", lacks, Lack.CREATION_TIMES);
      said(summary, "sends no checksums", lacks, Lack.CHECKSUMS);
      said(summary, "does not tell how many items", lacks, Lack.ITEM_COUNTS);
      if (lacks.contains(Lack.TRUE_CAPACITY) && job == Job.COPY) {
        // A unit for 25 items is none: they are counted by size, and so are their indexes.
        assertThat(times(summary, WRITES)).isEqualTo(1);
      } else {
        said(summary, WRITES, lacks, Lack.WRITE_CAPACITY);
        said(summary, INDEXES, lacks, Lack.REFUSES_INDEXES, Lack.PASSES_OVER_INDEXES);
      }
    }
    Map<?, ?> left = TableComparison.items(SERVER, job.copies() ? target : source, 1);
    if (job.copies()) {
      assertThat(left).isEqualTo(before);
    } else if (job != Job.DELETE_BY_INDEX) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void unprocessedBatchLeavesOpenWhatIndexesConsume() throws Exception {
    FaultProxy.Faults refusing =
        (operation, number) ->
            operation.equals("BatchWriteItem") && number <= 2
                ? Fault.unprocessedAfter(0)
                : Fault.NONE;
    try (FaultProxy proxy = new FaultProxy(SERVER, refusing)) {
      JsonNode summary = run(proxy.endpoint(), Job.COPY, filled(new Random(7)), create(), 5_000);
      assertThat(summary.get("written").asInt()).isEqualTo(ITEMS);
      assertThat(times(summary, INDEXES)).isZero();
    }
  }

  private static void said(JsonNode summary, String words, Set<Lack> lacks, Lack... why) {
    assertThat(times(summary, words))
        .as(words)
        .isEqualTo(Stream.of(why).anyMatch(lacks::contains) ? 1 : 0);
  }

  /** What DynamoDB would count is counted, where the server says nothing. */
  @ParameterizedTest
  @EnumSource(
      value = Job.class,
      names = {"DELETE_ONE_BY_ONE", "DELETE_BY_INDEX"},
      mode = EnumSource.Mode.EXCLUDE)
  void unitsBySizeAreThoseThatDynamodbTells(Job job) throws Exception {
    Cases.forAll(1, random -> unitsAreThoseThatDynamodbTells(job, random));
  }

  private void unitsAreThoseThatDynamodbTells(Job job, Random random) throws Exception {
    long seed = random.nextLong();
    JsonNode told = run(SERVER, job, filled(new Random(seed)), create(), 50_000);
    Set<Lack> silent = EnumSet.of(Lack.READ_CAPACITY, Lack.WRITE_CAPACITY);
    try (FaultProxy proxy = OtherServer.before(SERVER, silent)) {
      JsonNode counted = run(proxy.endpoint(), job, filled(new Random(seed)), create(), 50_000);
      // Of what is deleted only the table's average is known, page by page.
      double read = told.get("readUnits").asDouble();
      assertThat(counted.get("readUnits").asDouble())
          .isCloseTo(read, within(job.copies() ? 1.0 : Math.max(1.0, read / 10)));
      assertThat(counted.get("writeUnits").asDouble())
          .isCloseTo(told.get("writeUnits").asDouble(), withinPercentage(job.copies() ? 0 : 50));
      assertThat(counted.get("dollars").asDouble())
          .isCloseTo(told.get("dollars").asDouble(), within(2e-6));
      assertThat(times(counted, WRITES)).isEqualTo(1);
      assertThat(times(counted, READS)).isEqualTo(1);
    }
  }

  /** Were the rate not kept, it would take a moment: each item takes a unit or more to write. */
  @ParameterizedTest
  @MethodSource("silentServers")
  void ratesHoldWithoutAWordOfCapacity(Set<Lack> lacks, String rate, double seconds)
      throws Exception {
    String source = filled(new Random(3));
    try (FaultProxy proxy = OtherServer.before(SERVER, lacks)) {
      long begin = System.nanoTime();
      run(proxy.endpoint(), Job.COPY, source, create(), rate);
      assertThat((System.nanoTime() - begin) / 1e9).isGreaterThan(seconds);
    }
  }

  static Stream<Arguments> silentServers() {
    return Stream.of(
        arguments(OtherServer.ALTERNATOR, "200", ITEMS / 200.0 - 0.2),
        arguments(OtherServer.OLD_ALTERNATOR, "200", ITEMS / 200.0 - 0.2),
        // They have 135 KB or so, of which half a unit is for 4 KB.
        arguments(OtherServer.OLD_ALTERNATOR, "5000, read: 10", 1.0));
  }
}
