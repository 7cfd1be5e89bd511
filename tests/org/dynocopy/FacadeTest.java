package org.dynocopy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.dynocopy.Dynocopy.backup;
import static org.dynocopy.Dynocopy.cloneSchema;
import static org.dynocopy.Dynocopy.copy;
import static org.dynocopy.Dynocopy.delete;
import static org.dynocopy.Dynocopy.describe;
import static org.dynocopy.Dynocopy.fingerprint;
import static org.dynocopy.Dynocopy.gsi;
import static org.dynocopy.Dynocopy.lsi;
import static org.dynocopy.Dynocopy.pk;
import static org.dynocopy.Dynocopy.query;
import static org.dynocopy.Dynocopy.restore;
import static org.dynocopy.Dynocopy.tables;
import static org.dynocopy.Dynocopy.truncate;
import static org.dynocopy.Dynocopy.verify;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.Checks;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.limits.RetryPolicy;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** What Java code and JShell can do in a line; the environment is the test server, embedded. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class FacadeTest {

  private static final String EMBEDDED = "dynocopy.embedded";
  private static final Projection ALL = Projection.builder().projectionType("ALL").build();

  private final PrintStream systemErr = System.err;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** Items of the tenants t0 to t2, ranked from 99 down, half of them large. */
  private String users;

  @TempDir private Path folder;

  @BeforeEach
  void prepare() {
    System.setProperty(EMBEDDED, TestServers.first().toString());
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    users = "embedded:" + table();
    Tables.put(
        TestServers.first(),
        name(users),
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    Map.of(
                        "tenant", AttributeValue.fromS("t" + i % 3),
                        "rank", AttributeValue.fromN("" + (99 - i)),
                        "status", AttributeValue.fromS(i % 2 == 0 ? "on" : "off"),
                        "note", AttributeValue.fromS((i % 2 == 0 ? "a" : "b") + i),
                        "text", AttributeValue.fromS("x".repeat(i % 2 * 80_000))))
            .toList());
  }

  @AfterEach
  void restoreSystem() {
    System.clearProperty(EMBEDDED);
    System.setErr(systemErr);
  }

  private static String table() {
    return Tables.on(TestServers.first())
        .key("tenant", "S")
        .key("rank", "N")
        .gsi("byStatus", ALL, "status")
        .lsi("byNote", ALL, "tenant", "note")
        .create();
  }

  private static String name(String table) {
    return table.substring(table.indexOf(':') + 1);
  }

  private static int items(String table) {
    return TableComparison.items(TestServers.first(), name(table), 1).size();
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aRateHoldsReadsBack() throws Exception {
    Report report = query(users).readRate(250).run(Stages.QUIET);
    double units = report.outcome().counts().readUnits();
    double seconds = report.outcome().took().toMillis() / 1_000.0;
    assertThat(report.complete()).isTrue();
    assertThat(units).isGreaterThan(400);
    // A fifth of a second's worth is there after a rest, and a page is not larger than that.
    assertThat(seconds).isBetween(units / 250 - 0.4, units / 250 + 60);
  }

  @Test
  void copyThatGoesOnSaysSo() throws Exception {
    String target = "embedded:" + table();
    FaultProxy.Faults denied = (operation, number) -> number > 3 ? Fault.DENIED : Fault.NONE;
    try (FaultProxy proxy = new FaultProxy(TestServers.first(), denied)) {
      System.setProperty(EMBEDDED, proxy.endpoint().toString());
      assertThat(copy(users, target).run(Stages.QUIET).complete()).isFalse();
    }
    System.setProperty(EMBEDDED, TestServers.first().toString());
    assertThat(copy(users, target).run().complete()).isTrue();
    assertThat(err()).contains("goes on where it was stopped, with ", "by earlier runs");
  }

  @Test
  void aBudgetIsKeptInJavaToo() throws Exception {
    RetryPolicy patience = RetryPolicy.USUAL.withAttempts(3).withCap(Duration.ofSeconds(1));
    assertThat(copy(users, "embedded:copy").retry(patience).job().allowance().patience())
        .isEqualTo(patience);
    assertThatThrownBy(() -> query(users).retry(patience.withBase(Duration.ZERO)).job())
        .hasMessageContaining("`retry` takes times of 1 ms at least");
    CopyBuilder dear = copy(users, "embedded:" + table()).prices(1, 1e6).budget(0.5);
    assertThatThrownBy(() -> dear.run(Stages.QUIET))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("which is more than the budget of $0.50");
  }

  @Test
  void copiesAndTellsHowItEnded() throws Exception {
    String target = "embedded:" + table();
    Report report =
        copy(users, target)
            .segments(2)
            .where(gsi("byStatus").pk("on"))
            .filter("#r < :r", Map.of("#r", "rank"), Map.of(":r", 50))
            .filter(item -> !item.get("tenant").equals("t0"))
            .project("status")
            .writers(2)
            .run();
    assertThat(report.complete()).isTrue();
    assertThat(err()).contains(users + " -> " + target, "the ledger adds up: 50 read");
    assertThat(TableComparison.items(TestServers.first(), name(target), 1).values())
        .hasSize(17)
        .allSatisfy(item -> assertThat(item).containsOnlyKeys("tenant", "rank", "status"));
  }

  @Test
  void aPatternIsACopyOfEachTable() throws Exception {
    String to = "embedded:to-" + name(users);
    copy(users, users + "-a").where(pk("t0")).createTarget().run(Stages.QUIET);
    copy(users, users + "-b").where(pk("t1")).createTarget().run(Stages.QUIET);
    CopyBuilder all = copy(users + "-*", to + "-*").createTarget().verifyCount().failIfEmpty();
    assertThat(all.dryRun().lines())
        .contains("copy " + users + "-a -> " + to + "-a", "copy " + users + "-b -> " + to + "-b");
    Report report = all.run();
    assertThat(report.complete()).isTrue();
    assertThat(report.failed()).isFalse();
    assertThat(report.copies()).extracting(one -> one.outcome().counts().read()).hasSize(2);
    assertThat(report.findings().orElseThrow().targetItems()).hasValue(67);
    assertThat(items(to + "-a")).isEqualTo(34);
    assertThat(items(to + "-b")).isEqualTo(33);
    assertThat(err()).contains(users + "-a -> " + to + "-a", users + "-b -> " + to + "-b");
    Report empty = copy(users + "-*", to + "-*").where(pk("t0")).failIfEmpty().run(Stages.QUIET);
    assertThat(empty.failed()).isTrue();
    assertThat(empty.empty()).isFalse();
    assertMistake(() -> copy(users + "x-*", to + "-*").run(), "no table fits `" + users + "x-*`");
  }

  @Test
  void copyHasTheWordsOfACommandAndARecipe() {
    CopyBuilder copy = copy(users, "embedded:copy").stopAfter(7).verifySample(3).verifyCount();
    Copy plan = copy.replace().truncateFirst().noBackup().fresh().job(Action.environments());
    assertThat(plan.onFailure().stopAfter()).isEqualTo(7);
    assertThat(plan.verify()).contains(new Checks(true, OptionalInt.of(3), false));
    assertThat(plan.replace()).contains(new Copy.Replace(true, false));
    assertThat(plan.resume().fresh()).isTrue();
    assertMistake(
        () -> copy(users, "embedded:copy").truncateFirst().job(),
        "`truncateFirst()` goes with `replace()`");
    assertMistake(
        () -> copy(users, "embedded:copy").noBackup().job(), "`noBackup()` goes with `replace()`");
  }

  @Test
  void runOfAQueryPrintsWhereItIsSaid() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    query(users).unique("tenant").output("csv").print(out).run(Stages.QUIET);
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactlyInAnyOrder("tenant", "t0", "t1", "t2");
    out.reset();
    query(users).pk("t1").project("status").limit(1).dynamodbJson().print(out).run(Stages.QUIET);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("{\"S\":\"t1\"}").hasLineCount(1);
    assertMistake(() -> query(users).output("cvs").job(), "unknown output `cvs`: there are");
    assertMistake(() -> query(users).output("csv").dynamodbJson().job(), "`dynamodbJson()` goes");
    assertMistake(() -> query(users).sample(3).stream(), "`sample` goes with `run()`");
    assertMistake(() -> query(users).sample(3).count(), "a query prints one thing");
  }

  @Test
  void fingerprintIsComparedWithATable() throws Exception {
    Path file = folder.resolve("users.fp");
    try (OutputStream out = Files.newOutputStream(file)) {
      assertThat(fingerprint(users, out).segments(2).run(Stages.QUIET).complete()).isTrue();
    }
    assertThat(verify("file:" + file, users).run(Stages.QUIET).differs()).isFalse();
    delete(users).where(pk("t1")).writers(2).limit(1).run(Stages.QUIET);
    assertThat(verify("file:" + file, users).run(Stages.QUIET).differs()).isTrue();
  }

  @Test
  void verifiesAndMends() throws Exception {
    String target = users + "-verified";
    Report copied = copy(users, target).createTarget().verify().run(Stages.QUIET);
    assertThat(copied.differs()).isFalse();
    assertThat(copied.findings().orElseThrow().targetItems()).hasValue(100);
    delete(target).where(pk("t1").skLess(50)).run(Stages.QUIET);
    ByteArrayOutputStream differences = new ByteArrayOutputStream();
    Report found = verify(users, target).where(pk("t1")).differences(differences).run();
    assertThat(found.differs()).isTrue();
    assertThat(err()).contains("16 differences: 16 missing, 0 extra, 0 different");
    assertThat(differences.toString(StandardCharsets.UTF_8)).hasLineCount(16);
    assertThat(verify(users, target).count().run(Stages.QUIET).differs()).isTrue();
    assertThat(verify(users, target).sample(100).run(Stages.QUIET).differs()).isTrue();
    assertThat(verify(users, target).repair().run(Stages.QUIET).differs()).isFalse();
    assertThat(verify(users, target).full().run(Stages.QUIET).differs()).isFalse();
    delete(users).where(pk("t0")).run(Stages.QUIET);
    assertThat(verify(users, target).repair().run(Stages.QUIET).differs()).isTrue();
    assertThat(verify(users, target).repairAndDeleteExtra().run(Stages.QUIET).differs()).isFalse();
    assertThat(items(target)).isEqualTo(items(users));
  }

  @Test
  void createsTheTargetAndReplacesWhatItHas() throws Exception {
    String target = users + "-copy";
    copy(users, target).createTarget().run(Stages.QUIET);
    assertThat(items(target)).isEqualTo(100);
    delete(users).where(pk("t1").skLess(50)).run(Stages.QUIET);
    Report report = copy(users, target).where(pk("t1", "t2")).replace().run(Stages.QUIET);
    assertThat(report.complete()).isTrue();
    assertThat(
            TableComparison.of(TestServers.first(), name(users), TestServers.first(), name(target)))
        .matches(TableComparison::isSame);
    assertThat(err()).isEmpty();
    try (Stream<Path> backups = Files.list(WorkingFolder.file(""))) {
      for (Path backup : backups.filter(f -> f.toString().contains(name(target))).toList()) {
        Files.delete(backup);
      }
    }
  }

  @Test
  void streamsItemsInTheOrderOfTheirSortKeys() throws Exception {
    try (Stream<Map<String, Object>> items = query(users).pk("t1").stream()) {
      List<BigDecimal> ranks = items.map(item -> (BigDecimal) item.get("rank")).toList();
      assertThat(ranks).hasSize(33).isSorted();
    }
    assertThat(query(users).where(lsi("byNote").pk("t1").skBegins("a")).stream()).hasSize(16);
    assertThat(query(users).segments(4).stream()).hasSize(100);
    assertThat(query(users).filter(item -> item.get("tenant").equals("t0")).stream()).hasSize(34);
    assertThat(query(users).pk("t1").limit(5).stream()).hasSize(5);
    assertThat(query(users).pk("nobody").stream()).isEmpty();
  }

  /** The items of t1 have 1.3 MB: two pages. */
  @Test
  void aStreamReadsNoFurtherThanItIsAsked() throws Exception {
    try (FaultProxy proxy =
        new FaultProxy(TestServers.first(), (operation, number) -> Fault.NONE)) {
      System.setProperty(EMBEDDED, proxy.endpoint().toString());
      Stream<Map<String, Object>> items = query(users).pk("t1").stream();
      assertThat(proxy.requests("Query")).isZero();
      Iterator<Map<String, Object>> each = items.iterator();
      each.next();
      assertThat(proxy.requests("Query")).isEqualTo(1);
      items.close();
      for (int i = 1; i < 20; i++) {
        each.next();
      }
      assertThrows(IllegalStateException.class, () -> each.forEachRemaining(item -> {}));
    }
  }

  @Test
  void aStreamEndsAtItsLimit() throws Exception {
    Iterator<Map<String, Object>> all = query(users).pk("t1").limit(1).stream().iterator();
    all.next();
    assertThat(all.hasNext()).isFalse();
    assertThrows(NoSuchElementException.class, all::next);
  }

  @Test
  void counts() throws Exception {
    assertThat(query(users).count()).isEqualTo(100);
    assertThat(query(users).pk("t0", "t1").count()).isEqualTo(67);
    assertThat(query(users).where(gsi("byStatus").pk("off")).segments(4).count()).isEqualTo(50);
    assertThat(query(users).limit(7).count()).isEqualTo(7);
    assertThat(err()).isEmpty();
  }

  @Test
  void deletesAndTruncates() throws Exception {
    assertThat(delete(users).where(pk("t1")).run().complete()).isTrue();
    assertThat(err()).contains("33 read = 0 filtered + 33 deleted");
    assertThat(items(users)).isEqualTo(67);
    truncate(users).run();
    assertThat(items(users)).isZero();
    assertThat(assertThrows(InvalidJobException.class, () -> delete(users).run()))
        .hasMessageStartingWith("`delete` needs to know which items");
  }

  @Test
  void backsUpAndRestores() throws Exception {
    String place = "file:" + folder.resolve("users.jsonl.gz");
    assertThat(backup(users, place).run().complete()).isTrue();
    assertThat(restore(place, users + "-restored").run().complete()).isTrue();
    assertThat(err()).contains("100 backed up", "100 written");
    assertThat(items(users + "-restored")).isEqualTo(100);
    assertThat(assertThrows(InvalidJobException.class, () -> backup(users, place).run()))
        .hasMessageContaining("is there already");
  }

  @Test
  void describesAndClonesTables() throws Exception {
    cloneSchema(users, users + "-clone").run();
    assertThat(tables("embedded")).contains(name(users), name(users) + "-clone");
    assertThat(describe(users + "-clone").json())
        .isEqualTo(describe(users).json().replace(name(users), name(users) + "-clone"));
    assertThat(items(users + "-clone")).isZero();
    assertThat(assertThrows(InvalidJobException.class, () -> tables("nowhere")))
        .hasMessageStartingWith("unknown environment `nowhere`");
  }

  @Test
  void tellsWhatItWouldDo() throws Exception {
    assertThat(delete(users).where(gsi("byStatus").pk("on")).dryRun())
        .contains("delete " + users, "query of index byStatus, 1 partition key");
    assertThatThrownBy(() -> truncate(users).prices(1, 1e9).budget(0.5).dryRun())
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("which is more than the budget of $0.50");
    assertThat(query(users).limit(3).job().name()).isEqualTo("query " + users);
    assertThat(items(users)).isEqualTo(100);
  }

  @Test
  void aFilterThatFailsOrNeverReturnsIsToldWithItsItem() throws Exception {
    String target = "embedded:" + table();
    Report failing =
        copy(users, target)
            .filter(item -> Integer.parseInt("x" + item.get("note")) > 0)
            .where(pk("t1").sk(98))
            .run();
    assertThat(failing.outcome().firstReason().orElseThrow())
        .isEqualTo("For input string: \"xb1\" (item tenant=t1, rank=98)");
    assertThat(err()).contains("the first dead letter: For input string: \"xb1\" (item tenant=t1");
    CountDownLatch never = new CountDownLatch(1);
    Report stuck =
        copy(users, target)
            .retry(RetryPolicy.USUAL.withGiveUpAfter(Duration.ofMillis(500)))
            .filter(
                item -> {
                  if (item.get("note").equals("b1")) {
                    never.await();
                  }
                  return true;
                })
            .run();
    String why = "the filter (item tenant=t1, rank=98) has not returned";
    assertThat(stuck.complete()).isFalse();
    assertThat(stuck.outcome().failure().orElseThrow()).hasMessageStartingWith(why);
    assertThat(err()).contains("it failed: " + why);
  }

  @Test
  void whateverAFilterThrowsMakesItsItemADeadLetter() throws Exception {
    assertThat(reason(item -> deep(1))).isEqualTo("StackOverflowError (item tenant=t1, rank=98)");
    assertThat(reason(item -> error())).isEqualTo("no (item tenant=t1, rank=98)");
    assertThat(reason(item -> interruptItself())).startsWith("it interrupts the thread that runs");
  }

  private String reason(ClientFilter.Test filter) throws Exception {
    CopyBuilder copy = copy(users, "embedded:" + table()).where(pk("t1").sk(98)).filter(filter);
    Report report = copy.run(Stages.QUIET);
    assertThat(report.complete()).isTrue();
    assertThat(report.deadLetters()).isEqualTo(1);
    return report.outcome().firstReason().orElseThrow();
  }

  private static boolean deep(int n) {
    return deep(n + 1) && n > 0;
  }

  private static boolean error() {
    throw new Error("no");
  }

  private static boolean interruptItself() {
    Thread.currentThread().interrupt();
    return true;
  }

  /** It was selected first: now it cannot be told whether it still is. */
  @Test
  void anItemOnWhichTheFilterFailsWhenItIsDeletedStays() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Report report =
        delete(users)
            .where(pk("t1"))
            .filter(
                item -> {
                  if (item.get("rank").equals(new BigDecimal(98)) && asked.incrementAndGet() > 1) {
                    throw new IllegalStateException("cannot tell");
                  }
                  return true;
                })
            .run(Stages.QUIET);
    assertThat(asked.get()).isGreaterThan(1);
    assertThat(items(users)).isEqualTo(68);
    assertThat(report.outcome().counts().written()).isEqualTo(32);
  }

  @Test
  void anInterruptTellsHowFarItIs() throws Exception {
    Thread caller = Thread.currentThread();
    String target = "embedded:" + table();
    CopyBuilder interrupted =
        copy(users, target)
            .filter(
                item -> {
                  caller.interrupt();
                  return true;
                });
    assertThatThrownBy(interrupted::run)
        .isInstanceOf(InterruptedException.class)
        .hasMessageMatching(
            ".* was interrupted: \\d+ items read, \\d+ done, \\d+ not settled; run it again.*");
  }

  /** There is no place in a recipe to point at, and no option. */
  @Test
  void mistakesAreSentences() {
    assertMistake(() -> query("users:").stream(), "`users:` is not a table");
    assertMistake(() -> query(users + "x").count(), "there is no table `" + name(users) + "x`");
    assertMistake(
        () -> query(users).where(gsi("byStatu").pk("on")).stream(),
        "`" + name(users) + "` has no index `byStatu`. It has ");
    assertMistake(
        () -> query(users).where(pk("t1").sk("first")).count(),
        "the key `rank` is of type N, a number: `first` is not");
    assertMistake(() -> query(users).segments(0).count(), "`segments` must be from 1");
    assertMistake(() -> query(users).where(gsi("byStatus")).count(), "`where` needs at least one");
    assertMistake(() -> copy(users, users).run(), "source and target are the same table");
    assertMistake(() -> query(users).pk(true).count(), "`where` takes strings, numbers and byte[]");
  }

  private static void assertMistake(
      org.junit.jupiter.api.function.Executable call, String message) {
    assertThat(assertThrows(InvalidJobException.class, call)).hasMessageStartingWith(message);
  }
}
