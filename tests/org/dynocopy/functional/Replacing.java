package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.dynocopy.run.Jobs;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.KeyCondition.Sort;
import org.dynocopy.spec.KeyCondition.SortWord;
import org.dynocopy.spec.ServerFilter;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.store.Stores;
import org.dynocopy.store.wiring.DefaultStores;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/**
 * Replacements between two tables whose items have a {@code tenant} and a {@code rank}, which their
 * indexes are keyed by, and what they must lead to.
 */
final class Replacing {

  static final Copy.Replace SAFE = new Copy.Replace(false, true);

  private static final Projection ALL = Projection.builder().projectionType("ALL").build();
  private static final Projection KEYS = Projection.builder().projectionType("KEYS_ONLY").build();

  /**
   * A part of a table.
   *
   * @param name what tests call it
   * @param words how a plan says it
   * @param test the same for an item
   */
  record Part(
      String name, Consumer<CopySpecBuilder> words, Predicate<Map<String, AttributeValue>> test) {
    @Override
    public String toString() {
      return name;
    }
  }

  static final Part WHOLE = new Part("whole", copy -> {}, item -> true);

  /** Returns every way to select. */
  List<Part> parts() {
    AttributeValue third = key(pkType, 3, Cases.random());
    Predicate<Map<String, AttributeValue>> ofPk = item -> same(item.get("pk"), third);
    Predicate<Map<String, AttributeValue>> ofTenant = item -> is(item, "tenant", "t1");
    Sort between = new Sort(SortWord.BETWEEN, List.of(raw(skType, 2), raw(skType, 6)));
    return List.of(
        WHOLE,
        new Part("key", where(List.of(raw(pkType, 3)), null, null), ofPk),
        new Part(
            "sort key",
            where(List.of(raw(pkType, 3)), between, null),
            ofPk.and(
                item ->
                    IntStream.rangeClosed(2, 6)
                        .anyMatch(n -> same(item.get("sk"), key(skType, n, Cases.random()))))),
        new Part("GSI of whole items", where(List.of("t1"), null, "whole"), ofTenant),
        new Part("GSI of keys", where(List.of("t1"), null, "keys"), ofTenant),
        new Part(
            "sort key of a GSI",
            where(List.of("t1"), new Sort(SortWord.AT_LEAST, List.of("r1")), "keys"),
            ofTenant.and(item -> item.get("rank").s().compareTo("r1") >= 0)),
        new Part(
            "client filter",
            copy ->
                copy.filter(
                    new ClientFilter(item -> "t1".equals(item.get("tenant")), Copying.HERE)),
            ofTenant),
        new Part(
            "server filter",
            copy ->
                copy.filter(
                    new ServerFilter("tenant = :t", Map.of(), Map.of(":t", "t1")), Copying.HERE),
            ofTenant),
        new Part(
            "GSI and filters",
            copy -> {
              where(List.of("t1", "t2"), null, "whole").accept(copy);
              copy.filter(
                  new ServerFilter("#r <> :r", Map.of("#r", "rank"), Map.of(":r", "r0")),
                  Copying.HERE);
              copy.filter(
                  new ClientFilter(
                      item -> ((BigDecimal) item.get("n")).intValue() % 3 > 0, Copying.HERE));
            },
            item ->
                (is(item, "tenant", "t1") || is(item, "tenant", "t2"))
                    && !is(item, "rank", "r0")
                    && Integer.parseInt(item.get("n").n()) % 3 > 0),
        new Part(
            "filter that names the key",
            copy ->
                copy.filter(
                    new ServerFilter(
                        "#p <> :p AND tenant = :t",
                        Map.of("#p", "pk"),
                        Map.of(":p", value(raw(pkType, 3)), ":t", "t1")),
                    Copying.HERE),
            ofTenant.and(ofPk.negate())));
  }

  private Object value(Object key) {
    return pkType.equals("N") ? new BigDecimal(key.toString()) : key;
  }

  private static boolean same(AttributeValue one, AttributeValue other) {
    return TableComparison.same(Map.of("key", one), Map.of("key", other), true);
  }

  private static boolean is(Map<String, AttributeValue> item, String name, String value) {
    return item.containsKey(name) && item.get(name).s().equals(value);
  }

  private static Consumer<CopySpecBuilder> where(List<Object> pks, Sort sort, String index) {
    return copy ->
        copy.where(
            new KeyCondition(pks, Optional.ofNullable(sort), Optional.ofNullable(index)),
            Copying.HERE);
  }

  private final URI fromServer;
  private final URI toServer;
  private final String pkType;
  private final String skType;
  final String from;
  final String to;

  /** Makes two empty tables. */
  Replacing(URI fromServer, URI toServer, String pkType, String skType) {
    this.fromServer = fromServer;
    this.toServer = toServer;
    this.pkType = pkType;
    this.skType = skType;
    this.from = table(fromServer);
    this.to = table(toServer);
  }

  /** Makes two empty tables with keys of type S. */
  Replacing() {
    this(TestServers.first(), TestServers.second(), "S", "S");
  }

  private String table(URI server) {
    return Tables.on(server)
        .key("pk", pkType)
        .key("sk", skType)
        .gsi("whole", ALL, "tenant")
        .gsi("keys", KEYS, "tenant", "rank")
        .create();
  }

  /** Returns an item; the same key is not always the same text. */
  Map<String, AttributeValue> item(Random random, int pk, int sk) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("pk", key(pkType, pk, random));
    item.put("sk", key(skType, sk, random));
    item.put("n", AttributeValue.fromN("" + random.nextInt(1_000)));
    if (random.nextInt(5) > 0) {
      item.put("tenant", AttributeValue.fromS("t" + random.nextInt(4)));
      item.put("rank", AttributeValue.fromS("r" + random.nextInt(3)));
    }
    return item;
  }

  private static AttributeValue key(String type, int number, Random random) {
    return switch (type) {
      case "S" -> AttributeValue.fromS(text(number));
      case "N" -> AttributeValue.fromN(number + (random.nextBoolean() ? ".50" : ".5"));
      default -> AttributeValue.fromB(SdkBytes.fromByteArray(bytes(number)));
    };
  }

  /** Returns the same key as a plan says it. */
  private static Object raw(String type, int number) {
    return switch (type) {
      case "S" -> text(number);
      case "N" -> number + ".500";
      default -> bytes(number);
    };
  }

  private static String text(int number) {
    return number + " \"größe\" \ud83d\ude00";
  }

  private static byte[] bytes(int number) {
    return new byte[] {(byte) 0x80, (byte) number};
  }

  /** Returns items with random ones of a hundred keys. */
  List<Map<String, AttributeValue>> some(Random random) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    double share = random.nextDouble();
    for (int i = 0; i < 100; i++) {
      if (random.nextDouble() < share) {
        items.add(item(random, i / 10, i % 10));
      }
    }
    return items;
  }

  /** Returns items with the keys of this range. */
  List<Map<String, AttributeValue>> many(Random random, int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> item(random, i / 10, i % 10)).toList();
  }

  void putSource(List<Map<String, AttributeValue>> items) {
    Tables.put(fromServer, from, items);
  }

  void putTarget(List<Map<String, AttributeValue>> items) {
    Tables.put(toServer, to, items);
  }

  Map<String, Map<String, AttributeValue>> source() {
    return TableComparison.items(fromServer, from, 1);
  }

  Map<String, Map<String, AttributeValue>> target() {
    return TableComparison.items(toServer, to, 1);
  }

  Copy plan(Part part, Copy.Replace how, Consumer<CopySpecBuilder> more) {
    return Copying.plan(
        fromServer,
        from,
        toServer,
        to,
        copy -> {
          part.words().accept(copy);
          more.accept(copy);
          copy.replace(how, Copying.HERE);
        });
  }

  Report replace(Part part, Copy.Replace how) throws Exception {
    return Copying.report(plan(part, how, copy -> {}));
  }

  /** Replaces, and holds that the part became the source's and that nothing else changed. */
  Report replaceRight(Part part, Copy.Replace how) throws Exception {
    Map<String, Map<String, AttributeValue>> expected = expected(part);
    Report report = replace(part, how);
    assertThat(report.complete()).as("%s: %s", part, report).isTrue();
    assertThat(TableComparison.of(expected, target()))
        .as("%s: %s", part, report)
        .isEqualTo(new TableComparison(expected.size(), List.of(), List.of(), List.of()));
    return report;
  }

  /** Returns what the target must have after a replacement. */
  Map<String, Map<String, AttributeValue>> expected(Part part) {
    Map<String, Map<String, AttributeValue>> expected = new HashMap<>(target());
    expected.values().removeIf(part.test());
    source()
        .forEach(
            (key, item) -> {
              if (part.test().test(item)) {
                expected.put(key, item);
              }
            });
    return expected;
  }

  /** Returns the backup that a report tells of. */
  static Path backup(Report report) {
    String note =
        report.notes().stream().filter(n -> n.startsWith("backed up ")).findFirst().orElseThrow();
    return Path.of(note.substring(note.indexOf(" to ") + 4));
  }

  /** Returns the items of a backup: those of the table into which it is restored. */
  Map<String, Map<String, AttributeValue>> items(Path backup) throws Exception {
    String table = table(toServer);
    Environments.Defaults there =
        new Environments.Defaults(
            Optional.empty(), Optional.of(TestServers.REGION), Optional.of(toServer));
    Environments none = new Environments(Set.of(), Optional.empty(), there);
    try (Stores stores = new DefaultStores()) {
      JobBuilder restore = new JobBuilder("restore", Copying.HERE);
      Report report =
          Jobs.prepare(
                  restore.restore("file:" + backup, table, Optional.empty(), none),
                  stores,
                  OutputStream.nullOutputStream())
              .run(Stages.QUIET);
      assertThat(report.complete()).isTrue();
    }
    return TableComparison.items(toServer, table, 1);
  }
}
