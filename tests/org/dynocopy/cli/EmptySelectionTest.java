package org.dynocopy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** A run that selected nothing says why, and fails where that was asked for. */
class EmptySelectionTest {

  private static final URI SERVER = TestServers.first();

  /** Users u0 to u3 in versions 0 to 4, of the tenants t0 and t1. */
  private static String users;

  private static String target;

  @TempDir private Path folder;

  @BeforeAll
  static void fill() {
    Projection all = Projection.builder().projectionType("ALL").build();
    users =
        Tables.on(SERVER)
            .key("id", "S")
            .key("version", "N")
            .gsi("byTenant", all, "tenant")
            .create();
    target = Tables.on(SERVER).key("id", "S").key("version", "N").create();
    Tables.put(
        SERVER,
        users,
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    Map.of(
                        "id", AttributeValue.fromS("u" + i / 5),
                        "version", AttributeValue.fromN("" + i % 5),
                        "tenant", AttributeValue.fromS("t" + i % 2)))
            .toList());
  }

  private static Cli.Result run(List<String> words, String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--endpoint-url", SERVER.toString(), "--region", TestServers.REGION));
    all.addAll(List.of(more));
    return Cli.run(all.toArray(String[]::new));
  }

  private static void assertSaid(String note, String... words) {
    Cli.Result result = run(List.of(words));
    assertThat(result.err()).contains(note).doesNotContain("\tat ");
    assertThat(result.exitCode()).as(result.err()).isZero();
    Cli.Result failing = run(List.of(words), "--fail-if-empty");
    assertThat(failing.err()).contains(note, "dynocopy: nothing was selected by ");
    assertThat(failing.exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"copy", "query", "query --count", "delete --yes", "fingerprint"})
  void aKeyWithoutItemsIsSaid(String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.add(1, users);
    if (command.equals("copy")) {
      words.add(2, target);
    }
    words.addAll(List.of("--pk", "nobody"));
    assertSaid("has no items with `id` `nobody`", words.toArray(String[]::new));
  }

  @Test
  void anIndexThatWasForgottenIsSaid() {
    assertSaid(
        "the index `byTenant` has such a key: perhaps that index was meant",
        "query",
        users,
        "--pk",
        "t1");
    assertSaid(
        users + "` itself has such a key: perhaps no index was meant",
        "query",
        users,
        "--pk",
        "u1",
        "--index",
        "byTenant");
  }

  @Test
  void aSortKeyThatIsNotThereIsSaid() {
    assertSaid("but none with that sort key", "copy", users, target, "--pk", "u1", "--sk", "99");
  }

  @Test
  void anAttributeThatNoItemHasIsSaid() {
    assertSaid(
        "the filter reads `statsu`, which none of",
        "copy",
        users,
        target,
        "--filter",
        "size(#s) > :v AND version < :v",
        "--names",
        "{\"#s\":\"statsu\"}",
        "--values",
        "{\":v\":{\"N\":\"3\"}}");
    assertSaid(
        "the filter keeps none of the items",
        "query",
        users,
        "--filter",
        "tenant = :v",
        "--values",
        "{\":v\":{\"S\":\"t9\"}}");
  }

  @Test
  void anEmptyTableIsSaid() {
    assertSaid("has no items", "query", target);
  }

  @Test
  void aBlockThatReadsWhatNoItemHasIsSaidAndFails() throws IOException {
    Path recipe = folder.resolve("recipe.groovy");
    String text =
        """
        env("test") { endpoint "%s"; region "%s" }
        copy {
          from "test:%s"
          to "test:%s"
          filter { item -> item.tenat == "t1" }
          failIfEmpty()
        }
        """;
    Files.writeString(recipe, text.formatted(SERVER, TestServers.REGION, users, target));
    Cli.Result result = Cli.run(recipe.toString());
    assertThat(result.err()).contains("the filter reads `tenat`, which none of");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothingFollowsAJobThatMustNotBeEmpty(boolean must) throws IOException {
    Path recipe = folder.resolve("recipe.groovy");
    String text =
        """
        env("test") { endpoint "%1$s"; region "%2$s" }
        copy { from "test:%3$s"; to "test:%4$s"; where pk: "nobody"; %5$s }
        copy { from "test:%3$s"; to "test:%4$s" }
        """;
    String fails = must ? "failIfEmpty()" : "";
    Files.writeString(recipe, text.formatted(SERVER, TestServers.REGION, users, target, fails));
    assertThat(Cli.run(recipe.toString()).exitCode()).isEqualTo(must ? 1 : 0);
    assertThat(TableComparison.items(SERVER, target).isEmpty()).isEqualTo(must);
  }

  @Test
  void keysOfAListWithoutItemsAreNamed() throws IOException {
    Path keys = folder.resolve("keys.txt");
    List<String> lines = new ArrayList<>(List.of("u0", "nobody", "u2"));
    IntStream.range(0, 7).forEach(i -> lines.add("none" + i));
    Files.write(keys, lines);
    Cli.Result result = run(List.of("query", users, "--pks", keys.toString(), "--fail-if-empty"));
    assertThat(result.err())
        .contains("8 of 10 partition keys have no items: ", "nobody", " and 3 more");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(run(List.of("query", users, "--pk", "u0", "--pk", "x")).err())
        .contains("1 of 2 partition keys have no items: x");
    assertThat(run(List.of("query", users, "--pk", "u0", "--pk", "u1")).err())
        .doesNotContain("have no items");
  }
}
