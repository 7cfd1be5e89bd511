package org.dynocopy.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The pages about the code name only what there is: tests, files, classes, methods, links. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // it reads all files once
@Execution(ExecutionMode.CONCURRENT)
class DocumentsTest {

  private static final Path PROJECT = SourceFile.project();

  private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)\\s]+)\\)");

  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

  private static final Pattern TEST = Pattern.compile("`(?=[\\w#])(\\w+Test)?(?:#(\\w+))?`");

  /**
   * A file or folder, or a class in one: {@code engine/ConcurrencyLimiter}, {@code scripts/bench}.
   */
  private static final Pattern PATH = Pattern.compile("(?:\\./)?[a-z][\\w-]*/[\\w./…-]*|\\./jbang");

  private static final Pattern TYPE =
      Pattern.compile("\\b(?:class|interface|record|enum) ([A-Z]\\w+)");

  /** A class, perhaps with members: {@code SlicedResponse.Cutter.slices}. */
  private static final Pattern NAME = Pattern.compile("[A-Z]\\w+(\\.\\w+)*");

  private static final Pattern CODE_BLOCK =
      Pattern.compile("^```.*?^```$", Pattern.DOTALL | Pattern.MULTILINE);

  private static final int WIDTH = 100;
  private static final int SCREEN = 50;
  private static final int MOST_LINES = 60;

  private final List<SourceFile> sources = SourceFile.under("lib", "dsl", "tests", "scripts");

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(PROJECT.resolve("docs"))) {
      return Stream.concat(Stream.of(PROJECT.resolve("ARCHITECTURE.md")), docs)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  private static List<Path> all() throws IOException {
    List<Path> all = new ArrayList<>(pages());
    for (String page : List.of("README.md", "dsl/README.md", "scripts/README.md", "CHANGELOG.md")) {
      all.add(PROJECT.resolve(page));
    }
    return all;
  }

  private static String name(Path page) {
    return PROJECT.relativize(page).toString();
  }

  /** Returns what of a page does not hold, each with the page's name. */
  private static List<String> wrong(
      List<Path> pages, Pattern pattern, BiPredicate<Path, MatchResult> holds) throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path page : pages) {
      pattern
          .matcher(Files.readString(page))
          .results()
          .filter(found -> !holds.test(page, found))
          .forEach(found -> wrong.add(name(page) + ": " + found.group()));
    }
    return wrong;
  }

  @Test
  void everyTestThatAPageNamesExists() throws IOException {
    for (Path page : pages()) {
      String type = "";
      for (MatchResult named : TEST.matcher(Files.readString(page)).results().toList()) {
        type = named.group(1) == null ? type : named.group(1);
        assertThat(isTest(type, named.group(2))).as(name(page) + ": " + named.group()).isTrue();
      }
    }
  }

  private boolean isTest(String type, String method) {
    return sources.stream()
        .filter(file -> file.name().endsWith("/" + type + ".java"))
        .anyMatch(file -> method == null || file.code().contains(" " + method + "("));
  }

  @Test
  void everyFaultHasATest() throws IOException {
    List<String> rows =
        Files.readAllLines(PROJECT.resolve("docs/faults.md")).stream()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| what goes wrong |"))
            .toList();
    assertThat(rows).hasSizeGreaterThan(100);
    String before = "";
    for (String row : rows) {
      String[] cells = row.split(" \\| ");
      assertThat(cells).as(row).hasSize(3);
      boolean same = cells[2].startsWith("the same") && !before.isEmpty();
      boolean script = cells[2].startsWith("`scripts/");
      assertThat(same || script || TEST.matcher(cells[2]).find()).as(row).isTrue();
      before = row;
    }
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    assertThat(wrong(all(), LINK, (page, link) -> leads(page, link.group(1)))).isEmpty();
  }

  private static boolean leads(Path page, String link) {
    if (link.matches("[a-z]+:.*")) {
      return true;
    }
    String[] parts = link.split("#", 2);
    Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    return Files.exists(file) && (parts.length == 1 || anchors(file).contains(parts[1]));
  }

  private static Set<String> anchors(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith("#"))
          .map(line -> line.replaceFirst("#+ ", "").toLowerCase())
          .map(title -> title.replaceAll("[^\\w -]", "").replace(' ', '-'))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of Summary and of the script jbang. */
  @Test
  void headingsThatMessagesNameExist() {
    assertThat(anchors(PROJECT.resolve("README.md")))
        .contains("what-it-needs-to-be-allowed", "behind-a-company-proxy");
  }

  @Test
  void everyFileAndClassThatAPageNamesExists() throws IOException {
    List<Path> pages = new ArrayList<>(pages());
    // It names what the service has; DocumentedErrorsTest holds that.
    pages.remove(PROJECT.resolve("docs/errors.md"));
    Map<String, Set<String>> types = types();
    Set<String> words = new HashSet<>(types.keySet());
    SourceFile.under("lib", "dsl")
        .forEach(file -> words.addAll(words(String.join("\n", file.lines()))));
    assertThat(wrong(pages, CODE, (page, code) -> isThere(code.group(1), types, words))).isEmpty();
  }

  private static List<String> words(String text) {
    return List.of(text.split("\\W+"));
  }

  /** Returns all classes, nested ones too, with the words of their files. */
  private Map<String, Set<String>> types() {
    Map<String, Set<String>> types = new HashMap<>();
    for (SourceFile file : sources) {
      Set<String> words = new HashSet<>(words(file.code()));
      TYPE.matcher(file.code())
          .results()
          .forEach(type -> types.merge(type.group(1), words, DocumentsTest::union));
    }
    return types;
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> all = new HashSet<>(one);
    all.addAll(other);
    return all;
  }

  private static boolean isThere(String code, Map<String, Set<String>> types, Set<String> words) {
    if (PATH.matcher(code).matches()) {
      int type = code.lastIndexOf('/') + 1;
      int member = code.indexOf('.', type);
      return isFile(code)
          || member > type
              && isFile(code.substring(0, member))
              && isThere(code.substring(type), types, words);
    }
    if (!NAME.matcher(code).matches()) {
      return true;
    }
    List<String> names = List.of(code.split("\\."));
    // A class of the JDK or the SDK may have any member.
    return words.contains(names.get(0))
        && types.getOrDefault(names.get(0), Set.copyOf(names)).containsAll(names);
  }

  private static boolean isFile(String code) {
    String path = code.replaceFirst("^dsl/…/", "dsl/org/dynocopy/dsl/");
    return Stream.of(
            path, path + ".java", "lib/org/dynocopy/" + path, "lib/org/dynocopy/" + path + ".java")
        .anyMatch(file -> Files.exists(PROJECT.resolve(file)));
  }

  @Test
  void mapHasEveryPackage() throws IOException {
    String page = Files.readString(PROJECT.resolve("ARCHITECTURE.md"));
    String map = page.substring(page.indexOf("\n## The map"), page.indexOf("\n## The way"));
    Set<String> folders =
        SourceFile.under("lib", "dsl").stream()
            .map(file -> file.name().replaceAll("^.*?/dynocopy/(dsl/)?|[^/]+$", ""))
            .flatMap(path -> Stream.of(path.split("/")))
            .filter(folder -> !folder.isEmpty())
            .collect(Collectors.toSet());
    assertThat(folders)
        .isNotEmpty()
        .allSatisfy(folder -> assertThat(map).containsPattern("[ /]" + folder + "/"));
  }

  @Test
  void indexHasEveryPageAndDecision() throws IOException {
    Path index = PROJECT.resolve("docs/README.md");
    Set<Path> linked =
        LINK.matcher(Files.readString(index))
            .results()
            .map(link -> index.resolveSibling(link.group(1)).normalize())
            .collect(Collectors.toSet());
    linked.add(index);
    assertThat(linked).containsAll(pages());
  }

  @Test
  void decisionsAreDatedShortAndComplete() throws IOException {
    for (Path page : pages()) {
      if (!page.getParent().endsWith("decisions")) {
        continue;
      }
      List<String> lines = Files.readAllLines(page);
      assertThat(lines).as(name(page)).hasSizeLessThanOrEqualTo(MOST_LINES);
      assertThat(lines.get(2)).as(name(page)).matches("20\\d\\d-\\d\\d-\\d\\d\\b.*");
      assertThat(lines)
          .as(name(page))
          .containsSubsequence(
              "## Context", "## Decision", "## Tried and measured", "## Consequences");
    }
  }

  @Test
  void everySectionOfTheArchitectureFitsOnAScreen() throws IOException {
    assertThat(Files.readString(PROJECT.resolve("ARCHITECTURE.md")).split("\n(?=##+ )"))
        .hasSizeGreaterThan(5)
        .allSatisfy(section -> assertThat(section.lines().count()).isLessThan(SCREEN));
  }

  @Test
  void proseOfPagesIsWrapped() throws IOException {
    List<Path> pages = new ArrayList<>(pages());
    for (String page : List.of("README.md", "CHANGELOG.md", "dsl/README.md", "scripts/README.md")) {
      pages.add(PROJECT.resolve(page));
    }
    for (Path page : pages) {
      assertThat(prose(page)).as(name(page)).filteredOn(DocumentsTest::isTooLong).isEmpty();
    }
  }

  /** Returns a page's lines without its tables and code. */
  private static List<String> prose(Path page) throws IOException {
    return CODE_BLOCK
        .matcher(Files.readString(page))
        .replaceAll("")
        .lines()
        .filter(line -> !line.startsWith("|") && !line.startsWith("    "))
        .toList();
  }

  /** An address of a link may be longer: it cannot be wrapped. */
  private static boolean isTooLong(String line) {
    return line.length() > WIDTH && line.strip().contains(" ");
  }
}
