package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Copies by conditions that are killed, or changed, and go on. */
class ConflictResumeTest {

  private static final int ITEMS = 1_200;

  private static String source;

  @TempDir private Path folder;

  /** Every item is of the version 10. */
  @BeforeAll
  static void fill() {
    source = Tables.on(TestServers.first()).key("id", "S").create();
    Tables.put(TestServers.first(), source, items(1, "source", i -> 10));
  }

  private interface Version {
    int of(int item);
  }

  private static List<Map<String, AttributeValue>> items(int step, String from, Version version) {
    String text = "x".repeat(900);
    return IntStream.iterate(0, i -> i < ITEMS, i -> i + step)
        .mapToObj(
            i ->
                Map.of(
                    "id", AttributeValue.fromS("u" + i),
                    "from", AttributeValue.fromS(from),
                    "at", AttributeValue.fromN("" + version.of(i)),
                    "text", AttributeValue.fromS(text)))
        .toList();
  }

  /** Every {@code step}th item, of the versions 0, 1 … 19 in turn. */
  private static String target(int step) {
    String target = Tables.on(TestServers.second()).key("id", "S").create();
    if (step > 0) {
      Tables.put(TestServers.second(), target, items(step, "target", i -> i / step % 20));
    }
    return target;
  }

  private Path recipe(URI to, String target, String words) throws Exception {
    return Files.writeString(
        folder.resolve("nightly.groovy"),
        """
        env("a") { endpoint "%s"; region "us-east-1"; credentials "local", "local" }
        env("b") { endpoint "%s"; region "us-east-1"; credentials "local", "local" }
        copy {
          from "a:%s"
          to "b:%s"
          writers 8
          resume "%s"
          %s
        }
        """
            .formatted(
                TestServers.first(), to, source, target, folder.resolve("checkpoint"), words));
  }

  private static long of(String target, String from) {
    return TableComparison.items(TestServers.second(), target, 1).values().stream()
        .filter(item -> item.get("from").s().equals(from))
        .count();
  }

  @ParameterizedTest
  @CsvSource({
    // Who keeps every fourth item, whatever its version.
    "'onConflict \"skip\"', 4, 900, 300",
    // Of every 20 versions of the target, ten are not below 10.
    "'onConflict newer: \"at\"', 4, 1050, 150",
    "'onConflict \"fail\"', 0, 1200, 0"
  })
  void killedAtAnyMomentItEndsAsIfItHadNotBeen(String way, int step, long written, long conflicts)
      throws Exception {
    String target = target(step);
    AtomicInteger most = new AtomicInteger(ITEMS / 2);
    // It would take minutes, but for the kill.
    FaultProxy.Faults slow =
        (operation, number) ->
            operation.equals("PutItem")
                ? Fault.delayed(Duration.ofMillis(number > most.get() ? 2_000 : 10))
                : Fault.NONE;
    Path checkpoint = folder.resolve("checkpoint");
    try (FaultProxy to = new FaultProxy(TestServers.second(), slow)) {
      Path recipe = recipe(to.endpoint(), target, way);
      Process process = Cli.start(folder, Map.of(), List.of(), recipe.toString());
      while (to.requests("PutItem") < ITEMS / 2 || Resuming.kept(checkpoint) == 0) {
        assertThat(process.isAlive()).isTrue();
        TimeUnit.MILLISECONDS.sleep(5);
      }
      process.destroyForcibly();
      assertThat(Cli.await(process, folder).exitCode()).isEqualTo(137);
      long before = of(target, "source");
      most.set(Integer.MAX_VALUE);
      long kept = Resuming.kept(checkpoint);
      assertThat(kept).isBetween(1L, before + conflicts);

      Cli.Result last = Cli.run(recipe.toString(), "--yes");
      assertThat(last.exitCode()).as(last.err()).isZero();
      assertThat(Resuming.before(last)).isEqualTo(kept);
      assertThat(last.err())
          .contains(
              "the ledger adds up: 1,200 read = 0 filtered + %,d written + 0 dead letters"
                      .formatted(written)
                  + (conflicts == 0 ? "" : " + " + conflicts + " conflicts"));
    }
    assertThat(of(target, "source")).isEqualTo(written);
    assertThat(of(target, "target")).isEqualTo(conflicts);
  }

  /** What is settled stays as it was settled; the rest is done as is said now. */
  @Test
  void whatMayBeChangedBetweenTwoRunsIsAndTheCopyGoesOn() throws Exception {
    String target = target(0);
    Map<String, AttributeValue> other = new HashMap<>(items(ITEMS, "target", i -> 1).get(0));
    other.put("id", AttributeValue.fromS("u777"));
    Tables.put(TestServers.second(), target, List.of(other));
    URI to = TestServers.second();
    Cli.Result failed = Cli.run(recipe(to, target, "onConflict \"fail\"").toString());
    assertThat(failed.exitCode()).as(failed.err()).isEqualTo(3);
    assertThat(failed.err()).contains("has another item with the key id=u777 already");
    long before = of(target, "source");
    String changed =
        """
        onConflict "skip"
        rate write: 100_000
        retry attempts: 7, cap: "1s"
        onFailure { stopAfter 5 }
        segments 3
        writers 16
        """;
    Cli.Result last = Cli.run(recipe(to, target, changed).toString());
    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(Resuming.before(last)).isBetween(1L, before);
    assertThat(last.err())
        .contains("1,200 read = 0 filtered + 1,199 written + 0 dead letters + 1 conflicts");
    assertThat(of(target, "source")).isEqualTo(ITEMS - 1);
  }
}
