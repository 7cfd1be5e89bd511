package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Copies all tables that a pattern fits. */
class PatternTest {

  private static final URI SERVER = TestServers.first();

  private static Cli.Result run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--endpoint-url", SERVER.toString(), "--region", TestServers.REGION));
    return Cli.run(all.toArray(String[]::new));
  }

  private static Cli.Result copy(String from, String to) {
    return run("copy", from, to, "--create-target");
  }

  @Test
  void everyTableThatFitsIsCopiedIntoOneOfItsOwn() {
    String one = Tables.on(SERVER).key("id", "S").create();
    String other = Tables.on(SERVER).key("id", "N").key("at", "B").create();
    String begin = "acme-" + one + "-";
    run("schema", "clone", one, begin + "users");
    run("schema", "clone", other, begin + "orders");
    Tables.put(SERVER, begin + "users", List.of(Map.of("id", AttributeValue.fromS("a"))));
    Cli.Result result = copy(begin + "*", "dev-" + begin + "*");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err())
        .contains(begin + "users -> dev-" + begin + "users")
        .contains(begin + "orders -> dev-" + begin + "orders")
        .doesNotContain(one + " -> ");
    assertThat(TableComparison.of(SERVER, begin + "users", SERVER, "dev-" + begin + "users").same())
        .isEqualTo(1);
    assertThat(TableComparison.items(SERVER, "dev-" + begin + "orders")).isEmpty();
  }

  @Test
  void whatAPatternWritesItDoesNotRead() {
    String one = Tables.on(SERVER).key("id", "S").create();
    for (String[] pattern :
        List.of(
            new String[] {"*", "*-bak", "a"},
            new String[] {"*-x", "*-x-x", "a-x"},
            new String[] {"*", "bak-*", "a"})) {
      String begin = "own-" + one + "-" + pattern[1].replace("*", "") + "-";
      run("schema", "clone", one, begin + pattern[2]);
      Tables.fill(SERVER, begin + pattern[2], 2);
      String target = begin + pattern[1];
      assertThat(copy(begin + pattern[0], target).exitCode()).isZero();
      String copied = target.replace("*", "a");
      Cli.Result again = copy(begin + pattern[0], target);
      assertThat(again.exitCode()).as(again.err()).isZero();
      assertThat(again.err()).contains("left out, as they are targets of this copy: " + copied);
      // A copy whose source is gone is a copy still.
      try (DynamoDbClient client = TestServers.client(SERVER)) {
        client.deleteTable(r -> r.tableName(begin + pattern[2]));
        assertThat(copy(begin + pattern[0], target).err())
            .contains("no table fits")
            .contains("but those that this copy writes");
        assertThat(client.listTables().tableNames())
            .filteredOn(name -> name.startsWith(begin))
            .containsExactly(copied);
      }
    }
  }

  @Test
  void targetByAnotherNameOfTheEnvironmentIsNoSource(@TempDir Path folder) throws IOException {
    String one = Tables.on(SERVER).key("id", "S").create();
    String begin = "two-" + one + "-";
    run("schema", "clone", one, begin + "a");
    String environment =
        "env(\"%s\") { endpoint \"%s\"; region \"%s\"; credentials \"local\", \"local\" }\n";
    Path recipe = folder.resolve("recipe.groovy");
    Files.writeString(
        recipe,
        environment.formatted("a", SERVER, TestServers.REGION)
            + environment.formatted("b", SERVER + "/", TestServers.REGION)
            + "copy { from \"a:%1$s*\"; to \"b:%1$s*-bak\"; createTarget() }".formatted(begin));
    assertThat(Cli.run(recipe.toString(), "--yes").exitCode()).isZero();
    Cli.Result again = Cli.run(recipe.toString(), "--yes");
    assertThat(again.err()).contains(begin + "a-bak` is a target of this pattern");
    assertThat(again.exitCode()).isEqualTo(2);
  }

  @Test
  void tablesThatAPatternShortensAreRead() {
    String one = Tables.on(SERVER).key("id", "S").create();
    String begin = "long-" + one + "-";
    run("schema", "clone", one, begin + "a");
    Cli.Result result = copy(begin + "*", one + "-*");
    assertThat(result.err()).contains(begin + "a -> " + one + "-a").doesNotContain("left out");
  }

  @Test
  void theCopiesOfAPatternSpendOneBudget() {
    String one = Tables.on(SERVER).key("id", "S").create();
    String begin = "dear-" + one + "-";
    for (String name : List.of(begin + "users", begin + "orders")) {
      run("schema", "clone", one, name);
      Tables.fill(SERVER, name, 100);
    }
    // A write of an item is a tenth of a cent.
    String[] copy = {
      "copy", begin + "*", "dev-" + begin + "*", "--create-target", "--prices", "read=0,write=1000"
    };
    Cli.Result result =
        run(Stream.concat(Stream.of(copy), Stream.of("--budget=0.15")).toArray(String[]::new));
    assertThat(result.err())
        .contains("--budget: all 2 jobs together would cost about $0.20, which is more than the");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(run("query", "dev-" + begin + "users").err()).contains("there is no table");
  }

  @Test
  void patternThatFitsNothingSaysWhatThereIs() {
    String there = Tables.on(SERVER).key("id", "S").create();
    Cli.Result result = copy("nothing-like-" + there + "*", "copy-*");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("FROM: no table fits `nothing-like-").contains("There are `");
  }

  @Test
  void bothNamesHaveAStarOrNone() {
    assertThat(copy("acme-*", "copy").err()).contains("TO: `from` and `to` both have a `*`");
    assertThat(copy("acme", "copy-*").err()).contains("TO: `from` and `to` both have a `*`");
    assertThat(copy("acme-**", "copy-*").err()).contains("FROM: `acme-**` is not a table");
    assertThat(Cli.run("truncate", "acme-*", "--yes").err())
        .contains("TABLE: `acme-*` names many tables: only copies take a `*`");
  }
}
