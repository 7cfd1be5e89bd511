package org.dynocopy.functional;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.dynocopy.core.Counts;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.functional.Replacing.Part;
import org.dynocopy.item.ItemMap;
import org.dynocopy.run.FrontEnd;
import org.dynocopy.run.Session;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.Reading;
import org.dynocopy.spec.ShapeStep;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.state.CheckpointFile;
import org.dynocopy.store.Stores;
import org.dynocopy.store.file.DeadLetterSource;
import org.dynocopy.store.wiring.DefaultStores;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TestServers;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Two random tables and a part of them, before the target a proxy that refuses some items and, if
 * wanted, all writes from a certain one on; and what a job does to them.
 *
 * <p>An item with {@code fails} makes the filter fail, one with {@code refused} is taken by no
 * server, one with {@code old} is the target's.
 */
final class JobCase implements AutoCloseable {

  private static final Set<String> WRITES = Set.of("BatchWriteItem", "PutItem", "DeleteItem");
  private static final ShapeStep.Basis KNOWN =
      new ShapeStep.Basis(1, "code", "values", Map.of(), List.of());

  final Random random;
  final Replacing tables = new Replacing();
  final Part part;
  final Map<String, Map<String, AttributeValue>> source;
  final Map<String, Map<String, AttributeValue>> old;
  private final long news;
  private final FaultProxy proxy;
  private volatile int writesLeft = Integer.MAX_VALUE;
  private volatile boolean denied;
  private volatile boolean runs;

  /** What a running job has asked the target for otherwise than by consistent reads. */
  final List<String> inconsistent = Collections.synchronizedList(new ArrayList<>());

  /**
   * Makes the tables.
   *
   * @param refuses whether items are refused that are marked so
   * @param alike whether the target has some of the source's items
   */
  JobCase(Random random, boolean refuses, boolean alike) {
    this.random = random;
    List<Part> parts = tables.parts();
    this.part = parts.get(random.nextInt(3) == 0 ? 0 : random.nextInt(parts.size()));
    List<Map<String, AttributeValue>> items = tables.some(random);
    for (String mark : List.of("fails", "refused")) {
      items.stream()
          .filter(item -> random.nextInt(9) == 0)
          .forEach(item -> item.put(mark, AttributeValue.fromBool(true)));
    }
    tables.putSource(items);
    List<Map<String, AttributeValue>> others = tables.some(random);
    others.forEach(item -> item.put("old", AttributeValue.fromBool(true)));
    tables.putTarget(others);
    if (alike) {
      tables.putTarget(items.stream().filter(item -> random.nextInt(6) == 0).toList());
    }
    source = tables.source();
    old = tables.target();
    news = news();
    proxy =
        new FaultProxy(TestServers.second(), (operation, n) -> r -> pass(operation, r, refuses));
  }

  private void pass(String operation, FaultProxy.Request request, boolean refuses)
      throws IOException, InterruptedException {
    if (!WRITES.contains(operation)) {
      look(operation, new String(request.body(), StandardCharsets.UTF_8));
      Fault.NONE.happen(request);
    } else if (writesLeft == 0) {
      denied = true;
      Fault.DENIED.happen(request);
    } else if (refuses
        && new String(request.body(), StandardCharsets.UTF_8).contains("\"refused\"")) {
      request.error(400, "ValidationException", "one of them is wrong");
    } else {
      writesLeft--;
      Fault.NONE.happen(request);
    }
  }

  /** A global index has no consistent reads. */
  private void look(String operation, String body) {
    if (runs
        && Set.of("Scan", "Query", "BatchGetItem", "GetItem").contains(operation)
        && !body.contains("\"IndexName\"")
        && !body.contains("\"ConsistentRead\":true")) {
      inconsistent.add(operation + " " + body);
    }
  }

  /** Lets so many writes through that no server refuses, and denies all that come then. */
  void endAfter(int writes) {
    writesLeft = writes;
    denied = false;
  }

  /** Returns whether a write was denied. */
  boolean denied() {
    return denied;
  }

  /** Returns the plan of a copy of the part, with more words. */
  Copy plan(Consumer<CopySpecBuilder> more) {
    return Copying.plan(
        TestServers.first(),
        tables.from,
        proxy.endpoint(),
        tables.to,
        words -> {
          part.words().accept(words);
          words.segments(1 + random.nextInt(3), Copying.HERE).writers(1, Copying.HERE);
          more.accept(words);
        });
  }

  /** Returns how the part of the target is read, with more words. */
  Reading ofTarget(Consumer<CopySpecBuilder> more) {
    Consumer<CopySpecBuilder> words =
        copy -> {
          part.words().accept(copy);
          more.accept(copy);
        };
    return Copying.plan(proxy.endpoint(), tables.to, TestServers.first(), tables.from, words)
        .reading();
  }

  /** A filter that keeps all, and fails on some; of which it is known that it is the same again. */
  static ClientFilter failing() {
    return new ClientFilter(
        item -> {
          if (item.containsKey("fails")) {
            throw new IllegalStateException("cannot tell");
          }
          return true;
        },
        Copying.HERE,
        Optional.of(KNOWN));
  }

  Report run(Job job) throws Exception {
    try (Stores stores = new DefaultStores()) {
      OutputStream nowhere = OutputStream.nullOutputStream();
      Session session = new Session(stores, nowhere, Stages.QUIET, FrontEnd.NONE);
      List<JobRun> prepared = session.prepare(List.of(job), List.of());
      runs = true;
      return session.run(prepared).orElseThrow().get(0);
    } finally {
      runs = false;
    }
  }

  /** Returns what is selected of a table. */
  Map<String, Map<String, AttributeValue>> selected(
      Map<String, Map<String, AttributeValue>> table) {
    return only(table, part.test());
  }

  static Map<String, Map<String, AttributeValue>> only(
      Map<String, Map<String, AttributeValue>> table, Predicate<Map<String, AttributeValue>> test) {
    return of(table, (key, item) -> test.test(item));
  }

  static Map<String, Map<String, AttributeValue>> of(
      Map<String, Map<String, AttributeValue>> table,
      BiPredicate<String, Map<String, AttributeValue>> test) {
    Map<String, Map<String, AttributeValue>> some = new HashMap<>(table);
    some.entrySet().removeIf(item -> !test.test(item.getKey(), item.getValue()));
    return some;
  }

  /** Returns how many of the source's items have come into the target. */
  long news() {
    return only(tables.target(), has("old").negate()).size() - news;
  }

  static String said(Report report) {
    return report.findings() + " " + report.notes() + " " + report.stages();
  }

  static Predicate<Map<String, AttributeValue>> has(String name) {
    return item -> item.containsKey(name);
  }

  /** Returns how many items of a table are looked at to find the part, whatever an index has. */
  long lookedAt(Map<String, Map<String, AttributeValue>> table) {
    return switch (part.name()) {
      case "whole", "client filter", "server filter", "filter that names the key" -> table.size();
      case "GSI and filters" ->
          only(table, has("tenant").and(i -> Set.of("t1", "t2").contains(i.get("tenant").s())))
              .size();
      default -> selected(table).size();
    };
  }

  /** Returns whether a run of a copy of the part can go on with another one's checkpoint. */
  boolean goesOn() {
    return !Set.of("client filter", "GSI and filters").contains(part.name());
  }

  Set<Path> checkpoints() throws IOException {
    return left(".checkpoint");
  }

  /** Returns the files in the working folder that are about these tables. */
  Set<Path> left(String extension) throws IOException {
    if (!Files.exists(WorkingFolder.path())) {
      return Set.of();
    }
    Predicate<String> ours =
        name ->
            Stream.of(tables.from, tables.to).anyMatch(t -> name.matches(".*\\b" + t + "\\b.*"));
    try (Stream<Path> files = Files.list(WorkingFolder.path())) {
      return files
          .filter(file -> ours.test(file.getFileName().toString()))
          .filter(file -> file.toString().endsWith(extension))
          .collect(toSet());
    }
  }

  Counts kept() throws IOException {
    assertThat(checkpoints()).hasSize(1);
    return CheckpointFile.read(checkpoints().iterator().next())
        .orElseThrow()
        .checkpoint()
        .settled();
  }

  /** Returns the keys of the items of a dead-letter file, as {@code pk} and {@code sk}. */
  static List<List<Object>> letters(Path file) throws IOException {
    List<List<Object>> keys = new ArrayList<>();
    DeadLetterSource.each(
        file,
        List.of("pk", "sk"),
        item -> {
          Map<String, Object> map = new ItemMap(item.orElseThrow());
          keys.add(List.of(map.get("pk"), map.get("sk")));
        });
    return keys;
  }

  static Set<List<Object>> keys(Map<String, Map<String, AttributeValue>> items) {
    Set<List<Object>> keys = new HashSet<>();
    items.values().forEach(item -> keys.add(List.of(item.get("pk").s(), item.get("sk").s())));
    return keys;
  }

  /** Returns the first items with those of the second laid over them. */
  static Map<String, Map<String, AttributeValue>> over(
      Map<String, Map<String, AttributeValue>> first,
      Map<String, Map<String, AttributeValue>> second) {
    Map<String, Map<String, AttributeValue>> both = new HashMap<>(first);
    both.putAll(second);
    return both;
  }

  /** Returns the first items without those whose keys the second have. */
  static Map<String, Map<String, AttributeValue>> without(
      Map<String, Map<String, AttributeValue>> first,
      Map<String, Map<String, AttributeValue>> second) {
    Map<String, Map<String, AttributeValue>> rest = new HashMap<>(first);
    rest.keySet().removeAll(second.keySet());
    return rest;
  }

  @Override
  public String toString() {
    return part + " of " + tables.from + " to " + tables.to;
  }

  @Override
  public void close() {
    proxy.close();
  }
}
