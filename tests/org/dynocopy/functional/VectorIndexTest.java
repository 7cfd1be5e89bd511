package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Request;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Tables with a vector index, which no server for tests has: the proxy describes one, and tells
 * what is written to it as the service does.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/VectorSearchMonitoring.html">Monitoring
 *     vector index capacity</a>
 */
class VectorIndexTest {

  private static final URI SERVER = TestServers.first();
  private static final int ITEMS = 60;
  private static final double BYTES = 4_125;

  private static final String REFUSAL =
      "a budget cannot hold for writes to `%s`: what its vector indexes take (bySense) is paid for"
          + " by the bytes written, at no known price";

  @TempDir private Path folder;
  private String source;
  private String target;

  @BeforeEach
  void makeTables() {
    source = Tables.on(SERVER).key("id", "S").create();
    target = Tables.on(SERVER).key("id", "S").create();
    Tables.put(
        SERVER,
        source,
        IntStream.range(0, ITEMS)
            .mapToObj(i -> Map.of("id", AttributeValue.fromS("item " + i)))
            .toList());
  }

  private static FaultProxy proxy() {
    return new FaultProxy(
        SERVER,
        (operation, number) ->
            request -> {
              String body = new String(request.body(), StandardCharsets.UTF_8);
              var response = request.forward(request.body());
              if (response.statusCode() != 200) {
                request.answer(response);
                return;
              }
              ObjectNode json = Request.json(response);
              if (json.has("Table")) {
                ObjectNode index =
                    ((ObjectNode) json.get("Table")).withArray("VectorIndexes").addObject();
                index.put("IndexName", "bySense").put("IndexStatus", "ACTIVE").put("Dimensions", 4);
              }
              if (body.contains("\"ReturnConsumedCapacity\":\"INDEXES\"")) {
                int items = Math.max(1, body.split("\"(Put|Delete)Request\"", -1).length - 1);
                var consumed = json.get("ConsumedCapacity");
                ((ObjectNode) (consumed.isArray() ? consumed.get(0) : consumed))
                    .putObject("VectorIndexes")
                    .putObject("bySense")
                    .put("VectorWriteRequestBytes", items * BYTES);
              }
              request.answer(json, true);
            });
  }

  private Cli.Result run(FaultProxy proxy, String job, String... options) throws Exception {
    return RemovalTest.run(folder, proxy.endpoint(), job.formatted(source, target), options);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "copy { from 'a:%1$s'; to 'a:%2$s'; rate write: 5000 }",
        "copy { from 'a:%1$s'; to 'a:%2$s'; onConflict 'skip' }",
        "delete { from 'a:%1$s'; filter { it.id != '' } }",
        "truncate 'a:%1$s'"
      })
  void bytesOfVectorIndexesAreCounted(String job) throws Exception {
    try (FaultProxy proxy = proxy()) {
      Cli.Result result = run(proxy, job, "--yes", "--json");
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.out()).contains("\"vectorWriteBytes\":" + ITEMS * BYTES);
    }
  }

  @Test
  void bytesOfVectorIndexesAreToldBesideTheUnits() throws Exception {
    String job = "copy { from 'a:%1$s'; to 'a:%2$s'; prices read: 0.1, write: 0.5 }";
    try (FaultProxy proxy = proxy()) {
      String unpriced = "what its vector indexes take (bySense) is paid for by the bytes written";
      assertThat(run(proxy, job, "--dry-run").out()).contains(target + ": 60.0 WCU, " + unpriced);
      assertThat(run(proxy, job, "--yes").err())
          .contains(target + ": 60.0 WCU, 247.5 KB to vector indexes, " + unpriced);
    }
  }

  @Test
  void budgetOfWhatCannotBePricedIsRefused() throws Exception {
    String words = "budget 5; prices read: 0.1, write: 0.5 }";
    String made = target + "-made";
    List<String> jobs =
        List.of(
            "copy { from 'a:%1$s'; to 'a:%2$s'; " + words,
            "copy { from 'a:%1$s'; to 'a:%2$s-made'; createTarget(); " + words,
            "delete { from 'a:%2$s'; filter { it.id != '' }; " + words);
    try (FaultProxy proxy = proxy()) {
      for (String job : jobs) {
        Cli.Result result = run(proxy, job, "--yes");
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        String written = job.contains("-made") ? made : target;
        assertThat(result.err()).containsOnlyOnce(REFUSAL.formatted(written));
      }
      assertThat(proxy.requests("BatchWriteItem") + proxy.requests("CreateTable")).isZero();
    }
  }

  @Test
  void vectorIndexOfASourceCostsNothing() throws Exception {
    String job = "copy { from 'v:%1$s'; to 'a:%2$s'; budget 5; prices read: 0.1, write: 0.5 }";
    try (FaultProxy proxy = proxy()) {
      String other = "env('v') { endpoint '" + proxy.endpoint() + "'; region 'us-east-1'\n";
      String recipe = other + "  credentials 'local', 'local' }\n" + job.formatted(source, target);
      Cli.Result result = RemovalTest.run(folder, SERVER, recipe, "--yes");
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(TableComparison.items(SERVER, target, 1)).hasSize(ITEMS);
    }
  }
}
