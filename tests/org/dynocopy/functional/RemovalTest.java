package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dynocopy.cli.Cli;
import org.dynocopy.core.Counts;
import org.dynocopy.core.StoreException;
import org.dynocopy.run.Jobs;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.Checks;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.Deletion;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.ServerFilter;
import org.dynocopy.spec.Verification;
import org.dynocopy.spec.limits.JobLimits;
import org.dynocopy.store.Stores;
import org.dynocopy.store.wiring.DefaultStores;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** What removes items, as its user sees it: what it spares, and what is gone. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class RemovalTest {

  private static final URI SERVER = TestServers.first();

  /** {@code -Ddynocopy.removal.items=10000} for a soak. */
  private static final int ITEMS = Integer.getInteger("dynocopy.removal.items", 60);

  @TempDir private Path folder;

  static String table() {
    Projection all = Projection.builder().projectionType("ALL").build();
    return Tables.on(SERVER).key("id", "S").gsi("byStatus", all, "status").create();
  }

  /** Every third has no {@code ttl}. */
  private static Map<String, AttributeValue> item(int number, String status) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("id", AttributeValue.fromS("item " + number));
    item.put("status", AttributeValue.fromS(status));
    if (number % 3 > 0) {
      item.put("ttl", AttributeValue.fromN("" + number));
    }
    return item;
  }

  static List<Map<String, AttributeValue>> items(int from, int to, String status) {
    return IntStream.range(from, to).mapToObj(i -> item(i, status)).toList();
  }

  private Cli.Result delete(URI server, String table, String words, String... options)
      throws Exception {
    return run(folder, server, "delete { from 'a:%s'; %s }".formatted(table, words), options);
  }

  /** Runs a job of a recipe, where {@code a} is the server. */
  static Cli.Result run(Path folder, URI server, String job, String... options) throws Exception {
    Path recipe = folder.resolve("recipe.groovy");
    Files.writeString(
        recipe,
        """
        env("a") { endpoint "%s"; region "us-east-1"; credentials "local", "local" }
        %s
        """
            .formatted(server, job));
    return Cli.run(
        Stream.concat(Stream.of(recipe.toString()), Stream.of(options)).toArray(String[]::new));
  }

  /** Does something before the server gets the first request of an operation. */
  private static FaultProxy.Faults beforeTheFirst(String wanted, Runnable action) {
    return (operation, number) ->
        request -> {
          if (operation.equals(wanted) && number == 1) {
            action.run();
          }
          Fault.NONE.happen(request);
        };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "where gsi: \"byStatus\", pk: \"old\"",
        "filter \"#s = :s\", names: [\"#s\": \"status\"], values: [\":s\": \"old\"]",
        "filter { it.status == \"old\" }",
        "where gsi: \"byStatus\", pk: \"old\"; filter { it.size() > 1 }",
        "where gsi: \"byStatus\", pk: \"old\"; filter \"attribute_exists(id) OR id = :n\", values:"
            + " [\":n\": \"none\"]"
      })
  void whatChangesWhileADeletionRunsIsSpared(String words) throws Exception {
    String table = table();
    Tables.put(SERVER, table, items(0, ITEMS, "old"));
    FaultProxy.Faults faults =
        beforeTheFirst(
            "DeleteItem", () -> Tables.put(SERVER, table, items(ITEMS / 2, ITEMS, "new")));
    try (FaultProxy proxy = new FaultProxy(SERVER, faults)) {
      Cli.Result result = delete(proxy.endpoint(), table, words + "; writers 1", "--yes", "--json");
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(TableComparison.items(SERVER, table, 1).values())
          .hasSizeGreaterThanOrEqualTo(ITEMS / 2 - 1)
          .allSatisfy(item -> assertThat(item.get("status").s()).isEqualTo("new"));
      assertThat(result.err()).contains(" spared", "the ledger adds up");
      assertThat(result.out()).containsPattern("\"spared\":[1-9]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"replace", "repair"})
  void whatComesIntoTheSourceIsSpared(String what) throws Exception {
    String from = table();
    String to = table();
    Tables.put(SERVER, from, items(ITEMS, ITEMS + 1, "new"));
    Tables.put(SERVER, to, items(0, ITEMS, "old"));
    FaultProxy.Faults faults =
        beforeTheFirst(
            "DeleteItem", () -> Tables.put(SERVER, from, items(ITEMS / 2, ITEMS, "new")));
    try (FaultProxy proxy = new FaultProxy(SERVER, faults);
        Stores stores = new DefaultStores()) {
      Copy plan =
          Copying.plan(
              SERVER,
              from,
              proxy.endpoint(),
              to,
              words ->
                  words
                      .replace(new Copy.Replace(false, false), Copying.HERE)
                      .writers(1, Copying.HERE));
      Job job = what.equals("repair") ? repair(plan, 1) : plan;
      Report report = Jobs.prepare(job, stores, OutputStream.nullOutputStream()).run(Stages.QUIET);
      assertThat(report.complete()).as("%s", report).isTrue();
      long spared = report.outcome().counts().spared();
      assertThat(spared).isPositive();
      assertThat(report.notes())
          .anyMatch(
              note ->
                  note.startsWith(
                      spared
                          + (what.equals("replace")
                              ? " items of the target stay, as they changed there or came into"
                              : " extra items stay in b:" + to)));
      assertThat(TableComparison.items(SERVER, to, 1)).hasSizeBetween(ITEMS / 2, ITEMS / 2 + 1);
    }
  }

  /** Whether it still belongs to the source cannot be told: then it stays. */
  @Test
  void itemOfTheSourceOnWhichTheFilterFailsIsThere() throws Exception {
    String from = table();
    String to = table();
    Tables.put(SERVER, from, items(5, 6, "new"));
    Tables.put(SERVER, to, items(0, 2, "old"));
    FaultProxy.Faults faults =
        (operation, number) ->
            request -> {
              if (operation.equals("DeleteItem")) {
                Tables.put(SERVER, from, items(0, 2, "unknown"));
              }
              Fault.NONE.happen(request);
            };
    ClientFilter.Test filter =
        item -> {
          if (item.get("status").equals("unknown")) {
            throw new IllegalStateException("cannot tell");
          }
          return true;
        };
    try (FaultProxy proxy = new FaultProxy(SERVER, faults)) {
      Copy plan =
          Copying.plan(
              SERVER,
              from,
              proxy.endpoint(),
              to,
              words ->
                  words
                      .filter(new ClientFilter(filter, Copying.HERE))
                      .replace(new Copy.Replace(false, false), Copying.HERE)
                      .writers(1, Copying.HERE));
      assertThat(Copying.report(plan).outcome().counts().spared()).isEqualTo(1);
    }
    assertThat(TableComparison.items(SERVER, to, 1)).hasSize(2);
  }

  /** The source's item has the same key, which fits the filter, and another status. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "begins_with(id, :i) AND #s = :o",
        "#s = :o AND NOT begins_with(#id, :o)",
        "(id > :i OR id IN (:o)) AND #s = :o AND :o <> id",
        "size(#id) BETWEEN :one AND :most AND contains(#id, :i) AND #s = :o",
        "attribute_exists( #id ) AND NOT attribute_not_exists(id) AND attribute_exists(#s) AND #s ="
            + " :o"
      })
  void filterThatNamesTheKeyDecidesWhatTheSourceHas(String filter) throws Exception {
    Map<String, String> names = new HashMap<>(Map.of("#s", "status", "#id", "id"));
    Map<String, Object> values =
        new HashMap<>(Map.of(":i", "item", ":o", "old", ":one", 1, ":most", 99));
    names.keySet().removeIf(name -> !filter.contains(name));
    values.keySet().removeIf(name -> !filter.matches(".*" + name + "\\b.*"));
    String from = table();
    String to = table();
    Tables.put(SERVER, from, items(0, 1, "new"));
    Tables.put(SERVER, from, items(1, 2, "old"));
    Tables.put(SERVER, to, items(0, 3, "old"));
    Copy plan =
        Copying.plan(
            SERVER,
            from,
            SERVER,
            to,
            words ->
                words
                    .filter(new ServerFilter(filter, names, values), Copying.HERE)
                    .replace(new Copy.Replace(false, false), Copying.HERE));
    Report report = Copying.report(plan);
    assertThat(report.complete()).as("%s", report).isTrue();
    assertThat(report.outcome().counts().spared()).isZero();
    assertThat(TableComparison.items(SERVER, to, 1)).hasSize(1);
  }

  private static Map<String, AttributeValue> wide(int number, String changed) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("id", AttributeValue.fromS("wide " + number));
    IntStream.range(0, 200).forEach(i -> item.put("a" + i, AttributeValue.fromN("1")));
    item.replace(changed, AttributeValue.fromN("2"));
    return item;
  }

  /** A condition has room for about 120 attributes: the others are looked at before the request. */
  @Test
  void wideItemIsRemovedOnlyIfNoAttributeChanged() throws Exception {
    String from = table();
    String to = table();
    Tables.put(SERVER, to, IntStream.range(0, 10).mapToObj(i -> wide(i, "")).toList());
    List<Map<String, AttributeValue>> changed =
        IntStream.range(0, 9).mapToObj(i -> wide(i, "a" + 24 * i)).toList();
    FaultProxy.Faults faults =
        (operation, number) ->
            request -> {
              HttpResponse<byte[]> answer = request.forward(request.body());
              if (operation.equals("BatchGetItem")) {
                String body = new String(request.body(), StandardCharsets.UTF_8);
                changed.stream()
                    .filter(item -> body.contains('"' + item.get("id").s() + '"'))
                    .forEach(item -> Tables.put(SERVER, to, List.of(item)));
              }
              request.answer(answer);
            };
    try (FaultProxy proxy = new FaultProxy(SERVER, faults)) {
      Copy plan =
          Copying.plan(
              SERVER,
              from,
              proxy.endpoint(),
              to,
              words -> words.replace(new Copy.Replace(false, false), Copying.HERE));
      Report report = Copying.report(plan);
      assertThat(report.complete()).as("%s", report).isTrue();
      assertThat(report.outcome().counts().spared()).isEqualTo(9);
    }
    assertThat(TableComparison.items(SERVER, to, 1).values())
        .containsExactlyInAnyOrderElementsOf(changed);
  }

  /** A condition may have 300 operators: those of the filter leave less room for attributes. */
  @Test
  void wideItemIsRemovedThoughTheFilterIsLong() throws Exception {
    String filter =
        IntStream.range(0, 70).mapToObj(i -> "a" + i + "=:o").collect(Collectors.joining(" OR "));
    String to = table();
    Tables.put(SERVER, to, List.of(wide(0, "")));
    Copy plan =
        Copying.plan(
            SERVER,
            table(),
            SERVER,
            to,
            words ->
                words
                    .filter(new ServerFilter(filter, Map.of(), Map.of(":o", 1)), Copying.HERE)
                    .replace(new Copy.Replace(false, false), Copying.HERE));
    Report report = Copying.report(plan);
    assertThat(report.complete()).as("%s", report).isTrue();
    assertThat(TableComparison.items(SERVER, to, 1)).isEmpty();
  }

  /** They change when they have been read, in what the condition names and in the rest. */
  @Test
  void wideItemThatTheBlockSelectsNoMoreIsSpared() throws Exception {
    String table = table();
    Tables.put(SERVER, table, IntStream.range(0, 21).mapToObj(i -> wide(i, "")).toList());
    List<Map<String, AttributeValue>> changed =
        IntStream.range(0, 20).mapToObj(i -> wide(i, "a" + 10 * i)).toList();
    FaultProxy.Faults faults =
        (operation, number) ->
            request -> {
              HttpResponse<byte[]> answer = request.forward(request.body());
              if (operation.equals("Scan")) {
                Tables.put(SERVER, table, changed);
              }
              request.answer(answer);
            };
    try (FaultProxy proxy = new FaultProxy(SERVER, faults);
        Stores stores = new DefaultStores()) {
      Copy plan =
          Copying.plan(
              proxy.endpoint(),
              table,
              SERVER,
              table(),
              words ->
                  words
                      .segments(1, Copying.HERE)
                      .filter(new ClientFilter(RemovalTest::isUnchanged, Copying.HERE)));
      Job job = new Deletion("delete", plan.reading(), OptionalInt.of(1), JobLimits.ALL);
      Report report = Jobs.prepare(job, stores, OutputStream.nullOutputStream()).run(Stages.QUIET);
      assertThat(report.complete()).as("%s", report).isTrue();
      assertThat(report.outcome().counts().spared()).isEqualTo(20);
    }
    assertThat(TableComparison.items(SERVER, table, 1).values())
        .containsExactlyInAnyOrderElementsOf(changed);
  }

  private static boolean isUnchanged(Map<String, Object> item) {
    return IntStream.range(0, 200).allMatch(i -> BigDecimal.ONE.equals(item.get("a" + i)));
  }

  @Test
  void itemThatIsGoneByThenCountsAsGone() throws Exception {
    String to = table();
    Tables.put(SERVER, to, items(0, 3, "old"));
    FaultProxy.Faults faults =
        (operation, number) ->
            request -> {
              if (operation.equals("BatchGetItem")) {
                try (DynamoDbClient client = TestServers.client(SERVER)) {
                  Map<String, AttributeValue> key = Map.of("id", AttributeValue.fromS("item 1"));
                  client.deleteItem(r -> r.tableName(to).key(key));
                }
              }
              Fault.NONE.happen(request);
            };
    try (FaultProxy proxy = new FaultProxy(SERVER, faults)) {
      Copy plan =
          Copying.plan(
              SERVER,
              table(),
              proxy.endpoint(),
              to,
              words -> words.replace(new Copy.Replace(false, false), Copying.HERE));
      Counts counts = Copying.report(plan).outcome().counts();
      assertThat(counts.gone()).isEqualTo(1);
      assertThat(counts.written()).isEqualTo(2);
      assertThat(counts.filtered()).isZero();
    }
  }

  /** No condition can say "and no other attribute": it names those that other items have. */
  @Test
  void itemToWhichAnAttributeComesThatOthersHaveIsSpared() throws Exception {
    String to = table();
    Map<String, Map<String, AttributeValue>> all = new HashMap<>();
    items(0, 20, "old").forEach(item -> all.put(item.get("id").s(), item));
    Tables.put(SERVER, to, all.values());
    Set<Map<String, AttributeValue>> changed = new HashSet<>();
    AtomicBoolean known = new AtomicBoolean();
    FaultProxy.Faults faults =
        (operation, number) ->
            request -> {
              if (operation.equals("DeleteItem")) {
                String body = new String(request.body(), StandardCharsets.UTF_8);
                String id = body.replaceFirst("(?s).*\"(item [0-9]+)\".*", "$1");
                Map<String, AttributeValue> item = new HashMap<>(all.get(id));
                boolean had = item.putIfAbsent("ttl", AttributeValue.fromN("7")) != null;
                if (!had && known.get()) {
                  Tables.put(SERVER, to, List.of(item));
                  changed.add(item);
                }
                known.compareAndSet(false, had);
              }
              Fault.NONE.happen(request);
            };
    try (FaultProxy proxy = new FaultProxy(SERVER, faults)) {
      Copy plan =
          Copying.plan(
              SERVER,
              table(),
              proxy.endpoint(),
              to,
              words ->
                  words
                      .replace(new Copy.Replace(false, false), Copying.HERE)
                      .writers(1, Copying.HERE));
      assertThat(Copying.report(plan).outcome().counts().spared()).isEqualTo(changed.size());
    }
    assertThat(changed).isNotEmpty();
    assertThat(TableComparison.items(SERVER, to, 1).values())
        .containsExactlyInAnyOrderElementsOf(changed);
  }

  /** The target's index takes no number for a status. */
  @Test
  void nothingIsRemovedWhereTheTargetRefusesAnItem() throws Exception {
    String from = Tables.on(SERVER).key("id", "S").create();
    String to = table();
    Map<String, AttributeValue> refused = new HashMap<>(item(7, "new"));
    refused.put("status", AttributeValue.fromN("1"));
    Tables.put(SERVER, from, items(0, 5, "new"));
    Tables.put(SERVER, from, List.of(refused));
    Tables.put(SERVER, to, items(3, 10, "old"));
    Copy plan =
        Copying.plan(
            SERVER,
            from,
            SERVER,
            to,
            words -> words.replace(new Copy.Replace(false, false), Copying.HERE));
    Report report = Copying.report(plan);
    assertThat(report.deadLetters()).isEqualTo(1);
    assertThat(report.notes())
        .contains("nothing was removed from the target: not every item of the source is there");
    assertThat(TableComparison.items(SERVER, to, 1)).hasSize(10);
  }

  @Test
  void repairSparesWhatChangedSinceItWasCompared() throws Exception {
    String from = table();
    String to = table();
    Tables.put(SERVER, from, items(ITEMS, ITEMS + 1, "new"));
    Tables.put(SERVER, to, items(0, ITEMS, "old"));
    FaultProxy.Faults faults =
        beforeTheFirst(
            "BatchGetItem", () -> Tables.put(SERVER, to, items(ITEMS / 2, ITEMS, "new")));
    try (FaultProxy proxy = new FaultProxy(SERVER, faults);
        Stores stores = new DefaultStores()) {
      Copy plan = Copying.plan(SERVER, from, proxy.endpoint(), to, words -> {});
      Report report =
          Jobs.prepare(repair(plan, 4), stores, OutputStream.nullOutputStream()).run(Stages.QUIET);
      assertThat(report.complete()).as("%s", report).isTrue();
      assertThat(report.outcome().counts().spared()).isEqualTo(ITEMS / 2);
      assertThat(report.notes().get(report.notes().size() - 1))
          .startsWith(ITEMS / 2 + " extra items stay in b:" + to);
      assertThat(report.differs()).isTrue();
    }
    assertThat(TableComparison.items(SERVER, to, 1).values())
        .hasSize(ITEMS / 2 + 1)
        .allSatisfy(item -> assertThat(item.get("status").s()).isEqualTo("new"));
  }

  private static Verification repair(Copy plan, int writers) {
    return new Verification(
        "verify",
        new Verification.OfTable(plan.reading()),
        new Verification.OfTable(plan.reading().selectionOf(plan.to())),
        Checks.FULL,
        Optional.of(new Verification.Repair(true)),
        OptionalInt.of(writers),
        JobLimits.ALL,
        plan.words());
  }

  /** It is put there when the replacement is done, before it is verified. */
  @Test
  void aForeignItemAfterAReplacementIsADifference() throws Exception {
    String from = table();
    String to = table();
    Tables.put(SERVER, from, items(0, 10, "new"));
    Tables.put(SERVER, to, items(5, 15, "old"));
    AtomicBoolean foreign = new AtomicBoolean();
    FaultProxy.Faults faults =
        (operation, number) ->
            request -> {
              synchronized (foreign) {
                if (operation.equals("Scan") && foreign.compareAndSet(true, false)) {
                  Tables.put(SERVER, to, items(99, 100, "new"));
                }
                foreign.compareAndSet(false, operation.equals("DeleteItem"));
              }
              Fault.NONE.happen(request);
            };
    try (FaultProxy proxy = new FaultProxy(SERVER, faults)) {
      Copy plan =
          Copying.plan(
              SERVER,
              from,
              proxy.endpoint(),
              to,
              words ->
                  words
                      .replace(new Copy.Replace(false, false), Copying.HERE)
                      .verify(Checks.FULL, Copying.HERE));
      Report report = Copying.report(plan);
      assertThat(report.findings().orElseThrow().extra()).isEqualTo(1);
      assertThat(report.differs()).isTrue();
    }
  }

  /** How many there are is what the user is asked about. */
  @Test
  void nothingIsDeletedThatCouldNotBeCounted() throws Exception {
    String table = table();
    Tables.put(SERVER, table, items(0, 5, "old"));
    FaultProxy.Faults refusing =
        (operation, number) ->
            request -> {
              if (new String(request.body(), StandardCharsets.UTF_8).contains("\"COUNT\"")) {
                request.error(400, "AccessDeniedException", "no counting");
              } else {
                Fault.NONE.happen(request);
              }
            };
    try (FaultProxy proxy = new FaultProxy(SERVER, refusing)) {
      Cli.Result result = delete(proxy.endpoint(), table, "where gsi: 'byStatus', pk: 'old'");
      assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
      assertThat(result.err()).contains("the items could not be counted: ", "no counting");
    }
    assertThat(TableComparison.items(SERVER, table, 1)).hasSize(5);
  }

  private static String said(JobRun job) throws InterruptedException {
    try {
      Report report = job.run(Stages.QUIET);
      assertThat(report.complete()).isFalse();
      return String.join("; ", report.notes());
    } catch (StoreException e) {
      return e.getMessage();
    }
  }

  /** The notes of what is to be removed need more room than the disk has. */
  @ParameterizedTest
  @ValueSource(strings = {"replace", "truncateFirst", "repair"})
  void aFullDiskEndsARemovalBeforeTheFirstItem(String what) throws Exception {
    String from = table();
    String to = table();
    String text = "x".repeat(800);
    List<Map<String, AttributeValue>> many =
        IntStream.range(0, 600)
            .mapToObj(i -> Map.of("id", AttributeValue.fromS(i + text)))
            .toList();
    Tables.put(SERVER, to, many);
    String before = System.setProperty("dynocopy.folder", folder.resolve("small").toString());
    try (SmallDisk disk = SmallDisk.in(Files.createDirectory(folder.resolve("small")));
        Stores stores = new DefaultStores()) {
      assumeTrue(disk.starter().isEmpty(), "a small disk cannot be mounted here");
      Copy plan =
          Copying.plan(
              SERVER,
              from,
              SERVER,
              to,
              words ->
                  words.replace(
                      new Copy.Replace(what.equals("truncateFirst"), false), Copying.HERE));
      JobRun job =
          Jobs.prepare(
              what.equals("repair") ? repair(plan, 8) : plan,
              stores,
              OutputStream.nullOutputStream());
      assertThat(said(job)).contains("nothing was removed", to, disk.says());
    } finally {
      if (before == null) {
        System.clearProperty("dynocopy.folder");
      } else {
        System.setProperty("dynocopy.folder", before);
      }
    }
    assertThat(TableComparison.items(SERVER, to, 1)).hasSize(600);
  }
}
