package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.functional.Replacing.Part;
import org.dynocopy.run.job.Report;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Replaces tables and parts of them: the target's part becomes the source's, nothing else changes,
 * and what was there is in the backup.
 */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ReplaceTest {

  private static final Copy.Replace NO_BACKUP = new Copy.Replace(false, false);
  private static final Copy.Replace TRUNCATE_FIRST = new Copy.Replace(true, true);
  private static final Path WORKING = WorkingFolder.file("");

  private Set<Path> before;

  @BeforeEach
  void look() throws Exception {
    before = files();
  }

  /** Nothing but backups and dead letters is left behind; and not even these by the tests. */
  @AfterEach
  void nothingIsLeftBehind() throws Exception {
    Set<Path> left = files();
    left.removeAll(before);
    for (Path file : left) {
      assertThat(file.toString())
          .matches(".*/(backup-table-.*[.](jsonl[.]gz|schema[.]json)|dead-letters-.*[.]jsonl)");
      Files.delete(file);
    }
  }

  private static Set<Path> files() throws Exception {
    if (!Files.exists(WORKING)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.list(WORKING)) {
      return files.collect(Collectors.toSet());
    }
  }

  static List<Part> parts() {
    return new Replacing().parts();
  }

  @ParameterizedTest
  @MethodSource("parts")
  void thePartBecomesTheSourcesAndTheBackupHasWhatWasThere(Part part) throws Exception {
    Replacing tables = new Replacing();
    fill(tables, new Random(1));
    Map<String, Map<String, AttributeValue>> old = new HashMap<>(tables.target());
    old.values().removeIf(part.test().negate());
    Report report = tables.replaceRight(part, Replacing.SAFE);
    assertThat(TableComparison.of(old, tables.items(Replacing.backup(report))))
        .isEqualTo(new TableComparison(old.size(), List.of(), List.of(), List.of()));
    assertThat(report.stages()).hasSize(3);
    // Again: there is nothing left to remove.
    assertThat(tables.replaceRight(part, Replacing.SAFE).outcome().counts().read()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"S,S", "N,B", "B,N"})
  void anyTablesWithKeysOfAnyType(String pkType, String skType) {
    Replacing tables = new Replacing(TestServers.first(), TestServers.second(), pkType, skType);
    Cases.forAll(
        3,
        random -> {
          fill(tables, random);
          List<Part> parts = tables.parts();
          tables.replaceRight(
              parts.get(random.nextInt(parts.size())),
              new Copy.Replace(random.nextInt(4) == 0, random.nextBoolean()));
        });
  }

  @Test
  void dynaliteAgrees() throws Exception {
    Replacing tables = new Replacing(TestServers.dynalite(), TestServers.dynalite(), "S", "N");
    fill(tables, new Random(2));
    for (Part part : tables.parts().subList(2, 5)) {
      tables.replaceRight(part, Replacing.SAFE);
    }
  }

  @Test
  void anEmptySourceEmptiesTheTarget() throws Exception {
    Replacing tables = new Replacing();
    tables.putTarget(tables.some(Cases.random()));
    tables.replaceRight(Replacing.WHOLE, Replacing.SAFE);
    assertThat(tables.target()).isEmpty();
  }

  @Test
  void anEmptyTargetIsFilled() throws Exception {
    Replacing tables = new Replacing();
    tables.putSource(tables.some(Cases.random()));
    Report report = tables.replaceRight(Replacing.WHOLE, Replacing.SAFE);
    assertThat(tables.items(Replacing.backup(report))).isEmpty();
  }

  @Test
  void withoutABackupThereIsNone() throws Exception {
    Replacing tables = new Replacing();
    fill(tables, new Random(3));
    assertThat(tables.replaceRight(Replacing.WHOLE, NO_BACKUP).notes()).isEmpty();
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void itemsCanBeRemovedFirst() throws Exception {
    Replacing tables = new Replacing();
    fill(tables, new Random(4));
    Report report = tables.replaceRight(tables.parts().get(4), TRUNCATE_FIRST);
    assertThat(report.stages().stream().map(Report.Stage::verb))
        .containsExactly("backed up", "deleted", "written");
  }

  /** By a filter that fails on one item of the source. */
  @Test
  void whereAnItemCannotBeWrittenNothingIsRemoved() throws Exception {
    Replacing tables = new Replacing();
    tables.putSource(List.of(item(tables, 1, 1, 1)));
    tables.putTarget(List.of(item(tables, 1, 1, 5), item(tables, 1, 2, 2), item(tables, 3, 1, 3)));
    Map<String, Map<String, AttributeValue>> old = tables.target();
    Report report = tables.replace(failingOn("1"), Replacing.SAFE);
    assertThat(report.deadLetters()).isEqualTo(1);
    assertThat(report.notes())
        .contains("nothing was removed from the target: not every item of the source is there");
    assertThat(tables.target()).isEqualTo(old);
  }

  /** The filter fails on an item of the target: then it cannot be told what to remove. */
  @Test
  void whereTheTargetCannotBeBackedUpNothingIsDone() throws Exception {
    Replacing tables = new Replacing();
    tables.putSource(List.of(item(tables, 1, 1, 1)));
    tables.putTarget(List.of(item(tables, 1, 1, 2)));
    Map<String, Map<String, AttributeValue>> old = tables.target();
    for (Copy.Replace how : List.of(Replacing.SAFE, NO_BACKUP, TRUNCATE_FIRST)) {
      Report report = tables.replace(failingOn("2"), how);
      assertThat(report.notes())
          .singleElement()
          .asString()
          .startsWith("nothing was written or removed: ");
      assertThat(report.deadLetters()).isEqualTo(1);
      assertThat(tables.target()).as("%s", how).isEqualTo(old);
    }
  }

  @Test
  void whatComesIntoTheSourceMeanwhileIsNotRemoved() throws Exception {
    Replacing tables = new Replacing();
    List<Map<String, AttributeValue>> items = tables.some(new Random(5));
    Map<String, AttributeValue> late = item(tables, 2, 2, 42);
    items.removeIf(item -> item.get("pk").equals(late.get("pk")));
    tables.putSource(items);
    tables.putTarget(List.of(late, item(tables, 99, 99, 1)));
    // One segment: when the first batch is written, all of the source has been read.
    try (FaultProxy writing =
        new FaultProxy(
            TestServers.second(),
            (operation, number) ->
                request -> {
                  if (operation.equals("BatchWriteItem") && number == 1) {
                    tables.putSource(List.of(late));
                  }
                  Fault.NONE.happen(request);
                })) {
      Copy copy =
          Copying.plan(
              TestServers.first(),
              tables.from,
              writing.endpoint(),
              tables.to,
              words -> words.segments(1, Copying.HERE).replace(Replacing.SAFE, Copying.HERE));
      assertThat(Copying.report(copy).outcome().counts().written()).isEqualTo(1);
    }
    assertThat(TableComparison.of(tables.source(), tables.target()).isSame()).isTrue();
  }

  /** In the source the item has moved to a tenant that is not in the file. */
  @Test
  void aFileOfKeysIsAskedAgainForWhatHasMoved(@TempDir Path folder) throws Exception {
    Replacing tables = new Replacing();
    Map<String, AttributeValue> item = item(tables, 1, 1, 1);
    item.put("tenant", AttributeValue.fromS("t9"));
    tables.putSource(List.of(item));
    item.put("tenant", AttributeValue.fromS("t2"));
    tables.putTarget(List.of(item));
    Path file = Files.writeString(folder.resolve("tenants"), "t1\nt2\n");
    KeyCondition condition = new KeyCondition(file, Optional.empty(), Optional.of("keys"));
    Part part =
        new Part(
            "file",
            copy -> copy.where(condition, Copying.HERE),
            i -> Set.of("t1", "t2").contains(i.get("tenant").s()));
    tables.replaceRight(part, Replacing.SAFE);
    assertThat(tables.target()).isEmpty();
  }

  @Test
  void aProjectionIsForTheItemsAndNotForTheBackup() throws Exception {
    Replacing tables = new Replacing();
    tables.putSource(List.of(item(tables, 1, 1, 1)));
    tables.putTarget(List.of(item(tables, 2, 1, 2)));
    Map<String, Map<String, AttributeValue>> old = tables.target();
    Report report =
        Copying.report(
            tables.plan(
                Replacing.WHOLE, Replacing.SAFE, copy -> copy.project(List.of("n"), Copying.HERE)));
    assertThat(report.complete()).isTrue();
    assertThat(tables.target().values())
        .singleElement()
        .satisfies(item -> assertThat(item).containsOnlyKeys("pk", "sk", "n"));
    assertThat(tables.items(Replacing.backup(report))).isEqualTo(old);
  }

  /** It was selected when the target was backed up: now it cannot be told whether it still is. */
  @Test
  void anItemOnWhichTheFilterFailsByThenIsNotRemoved() throws Exception {
    Replacing tables = new Replacing();
    tables.putSource(List.of(item(tables, 1, 1, 1)));
    tables.putTarget(List.of(item(tables, 2, 1, 2), item(tables, 3, 1, 3)));
    Map<String, Integer> asked = new ConcurrentHashMap<>();
    ClientFilter.Test filter =
        item -> {
          String n = item.get("n").toString();
          if (n.equals("2") && asked.merge(n, 1, Integer::sum) > 1) {
            throw new IllegalStateException("cannot tell");
          }
          return true;
        };
    Part part =
        new Part("late", copy -> copy.filter(new ClientFilter(filter, Copying.HERE)), item -> true);
    tables.replace(part, Replacing.SAFE);
    assertThat(asked.get("2")).isGreaterThan(1);
    assertThat(tables.target().values().stream().map(item -> item.get("n").n()))
        .containsExactlyInAnyOrder("1", "2");
  }

  private static Part failingOn(String n) {
    ClientFilter.Test filter =
        item -> {
          if (item.get("n").toString().equals(n)) {
            throw new IllegalStateException("cannot tell");
          }
          return true;
        };
    return new Part(
        "failing", copy -> copy.filter(new ClientFilter(filter, Copying.HERE)), item -> true);
  }

  private static void fill(Replacing tables, Random random) {
    tables.putSource(tables.some(random));
    tables.putTarget(tables.some(random));
  }

  private static Map<String, AttributeValue> item(Replacing tables, int pk, int sk, int n) {
    Map<String, AttributeValue> item = tables.item(new Random(1), pk, sk);
    item.put("n", AttributeValue.fromN("" + n));
    return item;
  }
}
