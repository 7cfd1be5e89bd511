package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;

/** Holds the README's table of rights to the operations that jobs send. */
class RightsTest {

  private static final URI SERVER = TestServers.first();
  private static final Pattern RIGHT = Pattern.compile("`([A-Z][a-zA-Z]+)`");
  private static final String NEW = "… with `createTarget()`; `cloneSchema`";
  private static final String REPAIR = "… with `repair()`";
  private static final String SELECTED = "… by an index or a filter";
  private static final String RESTORE = "`restore` of a file, `replay`";
  private static final String TO_FILE = "`backup` to a file";

  /** The rows that add to another one, or that have what another one needs. */
  private static final Map<String, List<String>> ADDED =
      Map.of(
          "… with `onConflict`",
          List.of("`copy`"),
          NEW,
          List.of("`copy`"),
          "… with `replace()`",
          List.of("`copy`", "`backup` by the service", TO_FILE),
          REPAIR,
          List.of("`verify`"),
          "… with `repair deleteExtra: true`",
          List.of("`verify`", REPAIR),
          SELECTED,
          List.of("`delete`, `truncate`"),
          "`backup` by the service",
          List.of(TO_FILE),
          RESTORE,
          List.of(NEW),
          "a pattern, `prod:acme-*`",
          List.of("`copy`"));

  /** What jobs of a row can do, each a recipe. */
  private static final Map<String, List<String>> RECIPES = new LinkedHashMap<>();

  static {
    String copy = "copy { from source; to target; %s }";
    String byTag = "where gsi: 'byTag', pk: 'a'; ";
    RECIPES.put("`copy`", List.of(copy.formatted(""), copy.formatted(byTag)));
    RECIPES.put("… with `onConflict`", List.of(copy.formatted("onConflict 'skip'")));
    RECIPES.put(
        NEW,
        List.of(
            "copy { from source; to target + '-new'; createTarget() }",
            "cloneSchema source, to: target + '-new'"));
    RECIPES.put(
        "… with `replace()`",
        List.of(
            copy.formatted("replace()"), copy.formatted(byTag + "replace truncateFirst: true")));
    String verify = "verify { from source; to target; %s }";
    RECIPES.put("`verify`", List.of(verify.formatted(""), verify.formatted(byTag)));
    RECIPES.put(REPAIR, List.of(verify.formatted("repair()")));
    RECIPES.put(
        "… with `repair deleteExtra: true`", List.of(verify.formatted("repair deleteExtra: true")));
    RECIPES.put(
        "`query`, `fingerprint`",
        List.of("query { from source }", "query { from source; " + byTag + "}"));
    RECIPES.put(
        "`delete`, `truncate`",
        List.of("delete { from target; where pk: 'item 5' }", "truncate target"));
    RECIPES.put(
        SELECTED,
        List.of(
            "delete { from target; " + byTag + "}",
            "delete { from target; filter { it.id == 'item 5' } }",
            "delete { from target; filter { it.size() == 3 } }"));
    RECIPES.put(TO_FILE, List.of("backup source, to: file"));
    RECIPES.put("`backup` by the service", List.of("backup source"));
    RECIPES.put(
        RESTORE, List.of("restore there, to: target", "restore there, to: target + '-new'"));
    RECIPES.put(
        "a pattern, `prod:acme-*`",
        List.of("copy { from source + '*'; to target + '*'; createTarget() }"));
  }

  @TempDir private Path folder;

  /** What jobs sent, of each table. */
  private record Sent(Set<String> source, Set<String> target) {
    Sent() {
      this(new ConcurrentSkipListSet<>(), new ConcurrentSkipListSet<>());
    }
  }

  /** Returns the rows of the table: three cells each. */
  private static List<List<String>> rows() throws IOException {
    String text = Files.readString(Path.of("README.md"));
    String section = text.substring(text.indexOf("## What it needs to be allowed"));
    return section
        .substring(0, section.indexOf("\n## What to know"))
        .lines()
        .filter(line -> line.startsWith("| "))
        .skip(1)
        .map(line -> Stream.of(line.split("\\|", -1)).skip(1).map(String::strip).toList())
        .toList();
  }

  private static Set<String> rights(String row, int side) throws IOException {
    Set<String> rights = new TreeSet<>(List.of("DescribeTable"));
    List<String> names = new ArrayList<>(ADDED.getOrDefault(row, List.of()));
    names.add(row);
    for (List<String> cells : rows()) {
      if (names.contains(cells.get(0))) {
        String cell = cells.get(side);
        boolean left = cell.contains("on the left") || cell.equals("the same");
        RIGHT
            .matcher(left ? cells.get(1) + cell : cell)
            .results()
            .forEach(r -> rights.add(r.group(1)));
        // What replace() backs up is the table that it writes.
        if (row.contains("replace()") && cells.get(0).startsWith("`backup`") && side == 2) {
          RIGHT.matcher(cells.get(1)).results().forEach(r -> rights.add(r.group(1)));
        }
      }
    }
    return rights;
  }

  @TestFactory
  Stream<DynamicTest> rowNamesWhatIsSent() {
    return RECIPES.keySet().stream().map(row -> dynamicTest(row, () -> compare(row)));
  }

  private void compare(String row) throws Exception {
    Sent sent = new Sent();
    for (String recipe : RECIPES.get(row)) {
      run(recipe, sent);
    }
    assertThat(rights(row, 1)).as("rights on the source").containsAll(sent.source());
    assertThat(rights(row, 2)).as("rights on the target").containsAll(sent.target());
  }

  @TestFactory
  Stream<DynamicTest> rowWithoutRecipeIsOfTheServiceAlone() throws IOException {
    return rows().stream()
        .map(cells -> cells.get(0))
        .filter(row -> !RECIPES.containsKey(row))
        .map(row -> dynamicTest(row, () -> assertThat(row).containsAnyOf("S3", "the service's")));
  }

  private static Map<String, AttributeValue> item(int number, String value) {
    return Map.of(
        "id", AttributeValue.fromS("item " + number),
        "tag", AttributeValue.fromS("a"),
        "value", AttributeValue.fromS(value));
  }

  private static String table(int from, String value) {
    Projection keys = Projection.builder().projectionType(ProjectionType.KEYS_ONLY).build();
    String table = Tables.on(SERVER).key("id", "S").gsi("byTag", keys, "tag").create();
    List<Map<String, AttributeValue>> items =
        IntStream.range(from, from + 9).mapToObj(i -> item(i, value)).toList();
    Tables.put(SERVER, table, items);
    return table;
  }

  private static FaultProxy logging(Set<String> sent) {
    return new FaultProxy(
        SERVER,
        (operation, number) -> {
          sent.add(operation);
          return Fault.NONE;
        });
  }

  private void run(String body, Sent sent) throws Exception {
    String source = table(0, "new");
    String target = table(3, "old");
    Path there = folder.resolve(source + ".jsonl");
    try (FaultProxy from = logging(sent.source());
        FaultProxy to = logging(sent.target())) {
      String environment =
          "env('%s') { endpoint '%s'; region '%s'; credentials 'local', 'local' }\n";
      String words =
          environment.formatted("a", from.endpoint(), TestServers.REGION)
              + environment.formatted("b", to.endpoint(), TestServers.REGION)
              + environment.formatted("own", SERVER, TestServers.REGION)
              + "def source = 'a:%s'\ndef target = 'b:%s'\n".formatted(source, target)
              + "def file = 'file:%s'\ndef there = 'file:%s'\n"
                  .formatted(folder.resolve(target + ".jsonl"), there);
      if (body.contains("restore")) {
        assertThat(recipe(words + "backup 'own:" + source + "', to: there").exitCode()).isZero();
      }
      Cli.Result result = recipe(words + body);
      assertThat(result.exitCode()).as(result.err()).isBetween(0, 1);
    }
  }

  private Cli.Result recipe(String text) throws IOException {
    Path recipe = Files.writeString(folder.resolve("recipe.groovy"), text);
    return Cli.run(recipe.toString(), "--yes");
  }
}
