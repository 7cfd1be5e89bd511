package org.dynocopy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items as large as they can be, in 64 MB of heap, which they would fill. */
@Execution(ExecutionMode.CONCURRENT)
class SmallHeapTest {

  private static final URI SERVER = TestServers.first();
  private static final int ITEMS = 80;

  private static String source;

  @TempDir private Path folder;

  @BeforeAll
  static void fill() {
    source = Tables.on(SERVER).key("id", "S").create();
    Tables.put(
        SERVER,
        source,
        IntStream.range(0, ITEMS)
            .mapToObj(
                i ->
                    Map.of(
                        "id", AttributeValue.fromS("item " + i),
                        "text", AttributeValue.fromS("x".repeat(390_000))))
            .toList());
  }

  private Cli.Result run(String... args) throws Exception {
    Map<String, String> to = Map.of("AWS_ENDPOINT_URL", SERVER.toString());
    return Cli.await(Cli.start(folder, to, List.of("-Xmx64m"), args), folder);
  }

  @Test
  void sampleOfLargeItemsIsPrintedWhole() throws Exception {
    Cli.Result result = run("query", source, "--sample", "" + ITEMS);
    assertThat(result.err()).doesNotContain("memory");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out().lines()).hasSize(ITEMS);
  }

  @Test
  void largeItemsThatDifferAreAllNamedAndRepaired() throws Exception {
    String target = Tables.on(SERVER).key("id", "S").create();
    Cli.Result repaired = run("verify", source, target, "--repair", "--yes");
    assertThat(repaired.exitCode()).as(repaired.err()).isZero();
    assertThat(repaired.out().lines()).hasSize(ITEMS);
    assertThat(TableComparison.of(SERVER, source, SERVER, target).same()).isEqualTo(ITEMS);
  }
}
