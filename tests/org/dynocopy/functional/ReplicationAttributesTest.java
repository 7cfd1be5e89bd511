package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items with the attributes that global tables of 2017 keep in them. */
class ReplicationAttributesTest {

  private static final URI SERVER = TestServers.first();

  @TempDir private Path folder;
  private String source;
  private String target;

  @BeforeEach
  void makeTables() {
    source = Tables.on(SERVER).key("id", "S").create();
    target = Tables.on(SERVER).key("id", "S").create();
    AttributeValue text = AttributeValue.fromS("says \"aws:rep:\"");
    AttributeValue name = AttributeValue.fromM(Map.of("aws:rep:own", text));
    Tables.put(
        SERVER,
        source,
        List.of(
            Map.of(
                "aws:rep:deleting", AttributeValue.fromBool(false),
                "id", AttributeValue.fromS("replicated"),
                "aws:rep:updatetime", AttributeValue.fromN("1509570132.000001"),
                "name", name,
                "aws:rep:updateregion", AttributeValue.fromS("us-east-1")),
            Map.of("id", AttributeValue.fromS("other"), "text", text)));
  }

  private Cli.Result run(String job) throws IOException {
    Path recipe = folder.resolve("recipe.groovy");
    Files.writeString(
        recipe,
        """
        env("l") { endpoint "%s"; region "%s"; credentials "local", "local" }
        %s
        """
            .formatted(
                SERVER,
                TestServers.REGION,
                job.replace("SOURCE", "\"l:" + source + "\"")
                    .replace("TARGET", "\"l:" + target + "\"")
                    .replace("FILE", "\"file:" + folder.resolve("backup.jsonl.gz") + "\"")));
    return Cli.run(recipe.toString(), "--yes");
  }

  private void assertLeftOut() {
    assertThat(TableComparison.items(SERVER, target).values())
        .hasSize(2)
        .allSatisfy(item -> assertThat(item.keySet()).noneMatch(n -> n.startsWith("aws:rep:")))
        .anySatisfy(item -> assertThat(item).containsKeys("id", "name"))
        .anySatisfy(item -> assertThat(item).containsKeys("id", "text"));
  }

  @Test
  void copyLeavesThemOutAndFindsNoDifference() throws IOException {
    for (String words :
        List.of(
            "", "; onConflict \"skip\"", "; replace()", "; filter { it.id }; verify { full() }")) {
      Cli.Result result = run("truncate TARGET\ncopy { from SOURCE; to TARGET" + words + " }");
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.err()).containsOnlyOnce("1 items were written without their `aws:rep:`");
      assertLeftOut();
      assertThat(run("verify { from SOURCE; to TARGET; full() }").exitCode()).isZero();
    }
  }

  @Test
  void repairAndRestoreLeaveThemOut() throws IOException {
    assertThat(run("verify { from SOURCE; to TARGET; full(); repair() }").err())
        .contains("1 items were written without their `aws:rep:`");
    assertLeftOut();
    assertThat(run("backup SOURCE, to: FILE\ntruncate TARGET").exitCode()).isZero();
    assertThat(run("restore FILE, to: TARGET").err())
        .contains("1 items were written without their `aws:rep:`");
    assertLeftOut();
  }
}
