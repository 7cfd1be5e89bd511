package org.dynocopy.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dynocopy.launch.Command.Result;
import org.dynocopy.testing.ProcessVariables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** That {@code scripts/bench} measures; what it measures is for a quiet machine to tell. */
@ResourceLock("jbang")
@Execution(ExecutionMode.CONCURRENT)
class BenchTest {

  @Test
  void measuresAllContendersWithTls() throws Exception {
    var runs = runs("--https", "--items", "2000");
    assertThat(runs)
        .extracting(this::contender)
        .containsExactly("sdk", "dynocopy", "dynocopy-expression", "dynocopy-block", "limit");
    assertThat(runs)
        .allSatisfy(
            run -> {
              assertThat(run.get("setting").asText()).isEqualTo("https");
              assertThat(run.at("/server/written").asLong()).isEqualTo(2000);
              assertThat(run.get("cpuSeconds").asDouble()).isPositive();
              assertThat(run.get("allocatedBytes").asLong()).isGreaterThan(2000);
              assertThat(run.get("peakBytes").asLong()).isGreaterThan(20_000_000);
            });
  }

  /** Those of a checkout, which is this one here, are as limited. */
  @Test
  void partitionsLimitWhatIsWritten() throws Exception {
    var runs =
        runs(
            "--items",
            "1000",
            "--partitions",
            "2",
            "--partition-writes",
            "500",
            "--only",
            "dynocopy@.");
    assertThat(runs).extracting(this::contender).containsExactly("dynocopy@.");
    // They have saved up a tenth of a second, and may overdraw.
    assertThat(runs)
        .allSatisfy(run -> assertThat(run.get("wallSeconds").asDouble()).isGreaterThan(0.85));
  }

  @Test
  void comparesTheTablesOfDynamoDbLocal() throws Exception {
    var runs = runs("--local", "--items", "500", "--only", "dynocopy");
    assertThat(runs).hasSize(1);
    assertThat(runs.get(0).at("/server/items").asLong()).isEqualTo(500);
    assertThat(runs.get(0).at("/server/different").asLong()).isZero();
  }

  private String contender(JsonNode run) {
    return run.get("contender").asText();
  }

  private static List<JsonNode> runs(String... options) throws Exception {
    var words = new ArrayList<>(List.of("scripts/bench", "--json"));
    words.addAll(List.of("--repeat", "1", "--warm-up", "0s"));
    words.addAll(List.of(options));
    Result result = new Command(words, Path.of("").toAbsolutePath(), ProcessVariables.all()).run();
    assertThat(result.exitCode()).as(result.err()).isZero();
    var runs = new ArrayList<JsonNode>();
    new ObjectMapper().readTree(result.out()).get("runs").forEach(runs::add);
    return runs;
  }
}
