package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dynocopy.cli.Cli;
import org.dynocopy.servers.FaultProxy;
import org.dynocopy.servers.FaultProxy.Fault;
import org.dynocopy.servers.Tables;
import org.dynocopy.servers.TestServers;
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
}
