package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of partition keys that is edited while a copy reads it. */
class ChangedKeysFileTest {

  private static final URI SERVER = TestServers.first();

  @TempDir private Path folder;

  @Test
  void endsTheCopyWhichCannotGoOn() throws Exception {
    String source = Tables.on(SERVER).key("id", "S").create();
    String target = Tables.on(SERVER).key("id", "S").create();
    Tables.fill(SERVER, source, 60);
    Path keys =
        Files.writeString(
            folder.resolve("keys.txt"),
            IntStream.range(0, 40).mapToObj(i -> "item " + i).collect(Collectors.joining("\n")));
    AtomicInteger queries = new AtomicInteger();
    FaultProxy.Faults editing =
        (operation, number) ->
            request -> {
              if (operation.equals("Query") && queries.incrementAndGet() == 10) {
                Files.writeString(keys, "\nitem 50", StandardOpenOption.APPEND);
              }
              Fault.NONE.happen(request);
            };
    try (FaultProxy proxy = new FaultProxy(SERVER, editing)) {
      String[] copy = {
        "copy",
        source,
        target,
        "--pks",
        keys.toString(),
        "--segments",
        "1",
        "--resume",
        folder.resolve("copy.checkpoint").toString(),
        "--endpoint-url",
        proxy.endpoint().toString(),
        "--region",
        TestServers.REGION
      };
      Cli.Result result = Cli.run(copy);
      assertThat(result.err()).contains("`" + keys + "` was changed while this run read it");
      assertThat(result.exitCode()).isEqualTo(3);
      Cli.Result again = Cli.run(copy);
      assertThat(again.err()).contains("keys in " + keys);
      assertThat(again.exitCode()).isEqualTo(2);
    }
  }

  @Test
  void keysThatAreThereMoreThanOnceAreReadOnceAndTold() throws Exception {
    String source = Tables.on(SERVER).key("id", "S").create();
    String target = Tables.on(SERVER).key("id", "S").create();
    Tables.fill(SERVER, source, 9);
    List<String> lines = List.of("item 1", "item 2", "item 1", "item 3", "item 2", "item 1");
    Path keys = Files.write(folder.resolve("keys.txt"), lines);
    Cli.Result result =
        Cli.run(
            "copy",
            source,
            target,
            "--pks",
            keys.toString(),
            "--endpoint-url",
            SERVER.toString(),
            "--region",
            TestServers.REGION);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err())
        .contains(keys + " has keys more than once, in 3 lines of 6: each key is read once")
        .contains("3 read = 0 filtered + 3 written + 0 dead letters");
  }
}
