package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Kills a recipe of several jobs at random requests, and runs it again: it ends as one that was not
 * killed, has written hardly more, and leaves nothing behind. {@code scripts/kill-jobs} does the
 * same with more items and more kills.
 */
@Execution(ExecutionMode.CONCURRENT)
class RunKilledTest {

  private static final int ITEMS = 300;
  private static final int KILLS = 3;

  @TempDir private Path folder;

  private final AtomicInteger puts = new AtomicInteger();
  private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
  private volatile CompletableFuture<Process> process = new CompletableFuture<>();

  private final FaultProxy proxy =
      new FaultProxy(
          TestServers.first(),
          (operation, number) ->
              request -> {
                if (left.decrementAndGet() <= 0) {
                  process.join().destroyForcibly().waitFor();
                  return;
                }
                puts.addAndGet(request.puts());
                request.answer(request.forward(request.body()));
              });

  private Cli.Result run(Path recipe, int requests) throws Exception {
    process = new CompletableFuture<>();
    left.set(requests);
    process.complete(Cli.start(folder, Map.of(), List.of(), recipe.toString(), "--yes"));
    return Cli.await(process.join(), folder);
  }

  @Test
  void recipeKilledAtRandomEndsAsIfItHadNotBeen() throws Exception {
    String one = Tables.on(TestServers.first()).key("id", "S").create();
    String two = Tables.on(TestServers.first()).key("id", "S").create();
    Tables.put(TestServers.first(), one, Resuming.items(ITEMS));
    Tables.put(TestServers.first(), two, Resuming.items(ITEMS * 2));
    Path recipe = folder.resolve("jobs.groovy");
    Files.writeString(
        recipe,
        """
        env("test") { endpoint "%s"; region "us-east-1"; credentials "local", "local" }
        backup "test:%2$s", to: "file:%4$s/one.jsonl.gz"
        truncate "test:%3$s"
        copy { from "test:%2$s"; to "test:%3$s"; writers 1 }
        copy { from "test:%3$s"; to "test:%2$s-new"; createTarget(); writers 1 }
        """
            .formatted(proxy.endpoint(), one, two, folder));
    Random random = Cases.random();
    for (int i = 0; i < KILLS; i++) {
      Cli.Result killed = run(recipe, 4 + random.nextInt(60));
      assertThat(killed.exitCode()).as(killed.err()).isEqualTo(137);
    }
    Cli.Result last = run(recipe, Integer.MAX_VALUE);
    proxy.close();
    assertThat(last.exitCode()).as(last.err()).isZero();
    TableComparison same = new TableComparison(ITEMS, List.of(), List.of(), List.of());
    for (String target : List.of(two, one + "-new")) {
      assertThat(TableComparison.of(TestServers.first(), one, TestServers.first(), target))
          .isEqualTo(same);
    }
    assertThat(puts.get()).isBetween(2 * ITEMS, 2 * ITEMS + KILLS * 50);
    try (Stream<Path> files = Files.list(folder.resolve(".dynocopy"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(".gitignore", "runs.jsonl");
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(n -> n.startsWith("one")))
          .containsExactlyInAnyOrder("one.jsonl.gz", "one.schema.json");
    }
  }
}
