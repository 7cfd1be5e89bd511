package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** What a user writes for the service is tried before anything is made, written or deleted. */
class TriedExpressionsTest {

  private static final URI SERVER = TestServers.first();
  private static final String WRONG = "filter \"status = :a\", values: [\":a\": 1]";
  private static final String ON_KEY =
      "filter \"begins_with(#p, :v)\", names: [\"#p\": \"id\"], values: [\":v\": \"item\"]";

  @TempDir private Path folder;
  private String source;
  private String target;

  @BeforeEach
  void makeTables() {
    Projection all = Projection.builder().projectionType("ALL").build();
    source = Tables.on(SERVER).key("id", "S").gsi("byKind", all, "kind").create();
    target = Tables.on(SERVER).key("id", "S").gsi("byKind", all, "kind").create();
    Tables.fill(SERVER, source, 3);
    Tables.fill(SERVER, target, 4);
  }

  private Cli.Result run(String job, String... options) throws IOException {
    Path recipe = folder.resolve("recipe.groovy");
    Files.writeString(
        recipe,
        """
        env("l") { endpoint "%s"; region "%s"; credentials "local", "local" }
        %s
        """
            .formatted(SERVER, TestServers.REGION, job));
    String[] args = new String[options.length + 2];
    args[0] = recipe.toString();
    args[1] = "--yes";
    System.arraycopy(options, 0, args, 2, options.length);
    return Cli.run(args);
  }

  private void assertRefused(String job, String words, String... options) throws IOException {
    Cli.Result result = run(job, options);
    assertThat(result.err()).as(job).contains("recipe.groovy:2:").contains(words).contains("^");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(TableComparison.items(SERVER, source)).hasSize(3);
    assertThat(TableComparison.items(SERVER, target)).hasSize(4);
  }

  @Test
  void wrongFilterIsRefusedBeforeAnythingIsDone() throws IOException {
    String ab = "from \"l:" + source + "\"; to \"l:" + target + "\"; ";
    String made = source + "-made";
    Path checkpoint = folder.resolve("checkpoint");
    for (String job :
        List.of(
            "copy { " + ab + WRONG + "; resume \"" + checkpoint + "\" }",
            "copy { from \"l:"
                + source
                + "\"; to \"l:"
                + made
                + "\"; createTarget(); "
                + WRONG
                + " }",
            "copy { " + ab + WRONG + "; replace() }",
            "verify { " + ab + WRONG + "; full(); repair() }",
            "delete { from \"l:" + target + "\"; " + WRONG + " }",
            "query { from \"l:" + source + "\"; " + WRONG + " }",
            "query { from \"l:"
                + source
                + "\"; where gsi: \"byKind\", pk: \"a\"; "
                + WRONG
                + " }")) {
      assertRefused(job, "reserved keyword: status");
      assertRefused(job, "reserved keyword: status", "--dry-run");
    }
    assertThat(checkpoint).doesNotExist();
    try (DynamoDbClient client = TestServers.client(SERVER)) {
      assertThat(client.listTables().tableNames()).doesNotContain(made);
    }
  }

  @Test
  void keyThatTheServiceRefusesIsRefusedBefore() throws IOException {
    String ab = "from \"l:" + source + "\"; to \"l:" + target + "\"; ";
    assertRefused("copy { " + ab + "where pk: \"\" }", "empty string");
  }

  @Test
  void filterOnAKeyIsCopiedByAScan() throws IOException {
    String ab = "from \"l:" + source + "\"; to \"l:" + target + "\"; ";
    Cli.Result result = run("copy { " + ab + ON_KEY + " }");
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  /** A query takes no filter on its own key; where one is needed, nothing may have begun. */
  @Test
  void filterOnAKeyReplacesOrIsRefusedBefore() throws IOException {
    String ab = "from \"l:" + source + "\"; to \"l:" + target + "\"; ";
    for (String where :
        List.of("where gsi: \"byKind\", pk: \"a\"; ", "where pk: \"item 3\"; ", "")) {
      Cli.Result result = run("copy { " + ab + where + ON_KEY + "; replace() }");
      assertThat(result.exitCode()).as(result.err()).isIn(0, 2);
      boolean replaced = where.isEmpty() && result.exitCode() == 0;
      assertThat(TableComparison.items(SERVER, target)).hasSize(replaced ? 3 : 4);
    }
  }
}
