package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items that get an attribute right before they are removed. */
class AddedAttributeTest {

  private static final URI SERVER = TestServers.first();

  @TempDir private Path folder;

  private static Map<String, AttributeValue> item(int number, boolean held) {
    AttributeValue id = AttributeValue.fromS("item " + number);
    return held ? Map.of("id", id, "held", AttributeValue.fromS("yes")) : Map.of("id", id);
  }

  /** Between the last look at an item and its request others give it what its brothers have. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "copy { from 'a:FROM'; to 'a:TO'; replace(backup: false)",
        "verify { from 'a:FROM'; to 'a:TO'; full(); repair(deleteExtra: true)"
      })
  void anItemThatGetsAnAttributeIsSpared(String job) throws Exception {
    String from = Tables.on(SERVER).key("id", "S").create();
    String to = Tables.on(SERVER).key("id", "S").create();
    Tables.put(SERVER, from, List.of(item(99, false)));
    Tables.put(SERVER, to, IntStream.range(0, 12).mapToObj(i -> item(i, i == 0)).toList());
    AtomicBoolean seen = new AtomicBoolean();
    Set<String> held = ConcurrentHashMap.newKeySet();
    FaultProxy.Faults faults =
        (operation, number) ->
            request -> {
              String body = new String(request.body(), StandardCharsets.UTF_8);
              if (operation.equals("DeleteItem")) {
                for (int i = 1; seen.get() && i < 12; i++) {
                  if (body.contains("\"item " + i + "\"") && held.add("item " + i)) {
                    Tables.put(SERVER, to, List.of(item(i, true)));
                  }
                }
                if (body.contains("\"item 0\"")) {
                  seen.set(true);
                }
              }
              Fault.NONE.happen(request);
            };
    try (FaultProxy proxy = new FaultProxy(SERVER, faults)) {
      Path recipe = folder.resolve("recipe.groovy");
      Files.writeString(
          recipe,
          "env('a') { endpoint '%s'; region 'us-east-1'; credentials 'local', 'local' }%n%s; writers 1 }"
              .formatted(proxy.endpoint(), job.replace("FROM", from).replace("TO", to)));
      Cli.Result result = Cli.run(recipe.toString(), "--yes");
      assertThat(result.err()).contains("the ledger adds up");
      assertThat(
              TableComparison.items(SERVER, to, 1).values().stream()
                  .filter(item -> item.containsKey("held"))
                  .map(item -> item.get("id").s()))
          .containsExactlyInAnyOrderElementsOf(held);
    }
  }
}
