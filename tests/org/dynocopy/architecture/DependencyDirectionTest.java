package org.dynocopy.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Dependencies point down only: the map is in ARCHITECTURE.md. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // it reads all files once
@Execution(ExecutionMode.CONCURRENT)
class DependencyDirectionTest {

  private static final int MOST_LINES = 300;

  /** What opens a file, or makes one. */
  private static final Pattern OPENS =
      Pattern.compile(
          "\\bFiles\\s*\\.(new(Input|Output|Buffered|Byte)|read(String|All)|lines|write|copy|create)"
              + "|\\bFileChannel\\s*\\.open"
              + "|\\b(File(In|Out)putStream|File(Reader|Writer)|RandomAccessFile)\\b");

  private static final Set<String> SHAPES = Set.of("shape", "core", "spec", "diagnostic");

  private static final Set<String> BELOW_RUN =
      Set.of("state", "store", "capacity", "print", "verify", "spill", "engine", "files");

  /** What each part may know of the others. */
  private static final Map<String, Set<String>> MAY_KNOW =
      Map.ofEntries(
          Map.entry("diagnostic", Set.of()),
          Map.entry("files", Set.of()),
          Map.entry("spec", Set.of("diagnostic")),
          Map.entry("core", Set.of("spec", "diagnostic")),
          Map.entry("engine", Set.of("core", "spec", "diagnostic")),
          Map.entry("capacity", Set.of("core", "spec", "diagnostic")),
          Map.entry("shape", Set.of("core", "spec", "diagnostic")),
          Map.entry("http", Set.of("files", "diagnostic")),
          Map.entry("spill", Set.of("core", "files")),
          Map.entry("print", Set.of("shape", "core", "files", "spec", "diagnostic")),
          Map.entry("verify", Set.of("shape", "core", "files", "spec", "diagnostic")),
          Map.entry("dsl", Set.of("files", "spec", "diagnostic")),
          Map.entry("store", and(Set.of("http", "engine", "capacity", "files"), SHAPES)),
          Map.entry("state", and(Set.of("store", "files"), SHAPES)),
          Map.entry("run", and(BELOW_RUN, SHAPES)),
          Map.entry("report", and(Set.of("run", "store", "capacity", "verify"), SHAPES)),
          Map.entry("root", and(Set.of("report", "run", "store", "files"), SHAPES)),
          Map.entry("cli", and(Set.of("dsl", "report", "run"), and(BELOW_RUN, SHAPES))));

  /** What describes a package is marked as internal, and has no code. */
  private final List<SourceFile> files =
      SourceFile.under("lib", "dsl").stream().filter(file -> !file.isPackage()).toList();

  private static Set<String> and(Set<String> some, Set<String> others) {
    return Stream.concat(some.stream(), others.stream()).collect(Collectors.toSet());
  }

  private List<String> outside(Set<String> parts, String... names) {
    return files.stream()
        .filter(file -> !parts.contains(file.part()))
        .filter(file -> List.of(names).stream().anyMatch(file::names))
        .map(SourceFile::name)
        .toList();
  }

  @Test
  void partsKnowOnlyThoseBelowThem() {
    assertThat(files).hasSizeGreaterThan(50);
    for (SourceFile file : files) {
      assertThat(MAY_KNOW).as(file.name()).containsKey(file.part());
      Set<String> allowed = new TreeSet<>(MAY_KNOW.get(file.part()));
      allowed.add(file.part());
      assertThat(allowed).as(file.name()).containsAll(file.parts());
    }
  }

  @Test
  void specKnowsTheJdkAlone() {
    assertThat(files)
        .filteredOn(file -> file.part().equals("spec"))
        .isNotEmpty()
        .allSatisfy(
            file ->
                assertThat(file.imports())
                    .as(file.name())
                    .allMatch(
                        name -> name.matches("(java|org\\.dynocopy\\.(spec|diagnostic))\\..*")));
  }

  @Test
  void httpKnowsNothingOfAwsButTheSdksHttpClients() {
    String known =
        "(javax?|software\\.amazon\\.awssdk\\.http|org\\.dynocopy\\.(http|files|diagnostic))\\..*";
    assertThat(files)
        .filteredOn(file -> file.part().equals("http"))
        .isNotEmpty()
        .allSatisfy(
            file -> assertThat(file.imports()).as(file.name()).allMatch(n -> n.matches(known)));
  }

  @Test
  void awsIsKnownInTheStoreAlone() {
    assertThat(outside(Set.of("store", "http"), "software.amazon", "com.amazonaws")).isEmpty();
    assertThat(outside(Set.of(), "software.amazon.awssdk")).isNotEmpty();
  }

  @Test
  void storesKnowNothingOfEachOther() {
    assertThat(files)
        .filteredOn(file -> file.name().contains("store/file/"))
        .isNotEmpty()
        .noneMatch(f -> f.names("software.amazon") || f.names("org.dynocopy.store.dynamo"));
    assertThat(files)
        .filteredOn(file -> file.name().contains("store/dynamo/"))
        .isNotEmpty()
        .noneMatch(file -> file.names("org.dynocopy.store.file"));
  }

  /** What uses stores knows the ports in {@code store}, and no implementation. */
  @Test
  void tablesAreKnownByTheirPortsAlone() {
    String dynamo = "org.dynocopy.store.dynamo";
    assertThat(files)
        .filteredOn(file -> !file.name().matches("lib/org/dynocopy/store/(dynamo|wiring)/.*"))
        .hasSizeGreaterThan(100)
        .filteredOn(file -> file.names(dynamo))
        .extracting(SourceFile::name)
        .isEmpty();
    assertThat(files)
        .filteredOn(file -> file.names("org.dynocopy.store.wiring"))
        .isNotEmpty()
        .extracting(SourceFile::part)
        .containsOnly("cli", "root", "store");
  }

  @Test
  void portsOfStoresKnowNoStore() {
    assertThat(files)
        .filteredOn(file -> file.name().matches("lib/org/dynocopy/store/[A-Za-z]+\\.java"))
        .hasSizeGreaterThan(15)
        .noneMatch(f -> f.names("org.dynocopy.store.dynamo") || f.names("org.dynocopy.store.file"));
  }

  @Test
  void engineOpensNoFile() {
    assertThat(files)
        .filteredOn(file -> Set.of("engine", "core").contains(file.part()))
        .isNotEmpty()
        .noneMatch(file -> file.names("java.nio.file") || file.names("java.io.File"));
  }

  /** So that one place decides whose files are read, and who can read what is written. */
  @Test
  void filesAreOpenedByTheirPackageAlone() {
    Set<String> others =
        Set.of(
            "lib/org/dynocopy/cli/console/Console.java", // standard output
            "lib/org/dynocopy/cli/console/Keyboard.java", // the terminal
            "lib/org/dynocopy/cli/ClassArchiveTraining.java", // in a folder that it makes for
            // itself
            "lib/org/dynocopy/spec/build/VerificationBuilder.java", // the plan knows the JDK alone
            "dsl/org/dynocopy/dsl/cache/TrustedFolder.java"); // asks `Trust` itself
    assertThat(files)
        .filteredOn(file -> !file.part().equals("files") && !others.contains(file.name()))
        .filteredOn(file -> OPENS.matcher(file.code()).find())
        .extracting(SourceFile::name)
        .isEmpty();
    assertThat(files).filteredOn(file -> OPENS.matcher(file.code()).find()).hasSizeGreaterThan(6);
  }

  @Test
  void groovyIsKnownInTheRecipesAlone() {
    assertThat(outside(Set.of("dsl"), "groovy", "org.codehaus.groovy", "org.apache.groovy"))
        .isEmpty();
  }

  /** Only these have to follow when a new Groovy changes what it does not promise. */
  @Test
  void internalsOfGroovyAreKnownInOnePackage() {
    // The tree, with what its visitors and operators need, is what Groovy documents for
    // transformations; its runtime is what compiled code calls.
    String tree =
        "org\\.codehaus\\.groovy\\.(ast\\..*|syntax\\.(Token|Types)|control\\.SourceUnit)";
    String groovy = "(groovyjarjar|org\\.apache\\.groovy|org\\.codehaus\\.groovy)\\S*";
    String runtime = "org\\.codehaus\\.groovy\\.runtime\\..*";
    assertThat(files)
        .filteredOn(file -> !file.name().contains("dsl/groovy/"))
        .allSatisfy(
            file ->
                assertThat(file.imports())
                    .as(file.name())
                    .filteredOn(name -> name.matches(groovy) && !name.matches(runtime))
                    .allMatch(
                        n ->
                            n.matches(tree)
                                && file.name().matches(".*/dsl/(check|compile|table|basis)/.*")));
    assertThat(files)
        .filteredOn(file -> file.name().contains("dsl/groovy/"))
        .hasSizeGreaterThan(3)
        .noneMatch(file -> file.names("org.dynocopy.dsl.words"))
        .noneMatch(file -> file.names("org.dynocopy.dsl.check"));
  }

  @Test
  void consoleAndExitAreInTheCommandLineAlone() {
    assertThat(outside(Set.of("cli"), "picocli", "System.out", "System.exit")).isEmpty();
    assertThat(outside(Set.of(), "System.exit")).isNotEmpty();
  }

  /** Imports are not read. */
  @Test
  void noFileIsTooLongToBeReadAtOnce() {
    assertThat(files)
        .filteredOn(
            file ->
                file.lines().stream().filter(l -> !l.startsWith("import ")).count() > MOST_LINES)
        .extracting(SourceFile::name)
        .isEmpty();
  }

  @Test
  void packagesKnowEachOtherInOneDirectionOnly() {
    Map<String, Set<String>> above = new TreeMap<>();
    for (SourceFile file : files) {
      above.computeIfAbsent(file.packageName(), name -> new TreeSet<>()).addAll(file.packages());
    }
    // Takes away, as long as there are any, the packages that know no other one that is left.
    while (above.values().removeIf(known -> known.stream().noneMatch(above::containsKey))) {}
    assertThat(above).as("packages of circles, and those that know them").isEmpty();
  }

  @Test
  void noImportHidesWhatItBrings() {
    assertThat(files)
        .filteredOn(file -> file.lines().stream().anyMatch(l -> l.matches("import .*\\*;")))
        .extracting(SourceFile::name)
        .isEmpty();
  }

  /** A name says what is done and what is expected; what is longer is a sentence. */
  @Test
  void namesOfTestsHaveAtMostSixtyCharacters() {
    Pattern tooLong = Pattern.compile("^  [\\w<>., ]+ (\\w{61,})\\(", Pattern.MULTILINE);
    assertThat(SourceFile.under("tests"))
        .hasSizeGreaterThan(100)
        .flatExtracting(f -> tooLong.matcher(f.code()).results().map(m -> m.group(1)).toList())
        .isEmpty();
  }
}
