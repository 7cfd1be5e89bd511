package org.dynocopy.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.File;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Dependencies point down only, by what is compiled: the map is in ARCHITECTURE.md. A constant of
 * another class leaves no trace in what is compiled, and is seen by nobody here.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // it reads all classes once
@Execution(ExecutionMode.CONCURRENT)
class DependencyDirectionTest {

  private static final String OWN = "org.dynocopy.";

  private static final Set<String> SHAPES =
      Set.of("shape", "item", "json", "core", "spec", "diagnostic");

  private static final Set<String> BELOW_RUN =
      Set.of("state", "store", "capacity", "print", "verify", "spill", "engine", "files");

  /** What each part may know of the others. */
  private static final Map<String, Set<String>> MAY_KNOW =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("diagnostic", Set.of()),
              Map.entry("files", Set.of()),
              Map.entry("spec", Set.of("diagnostic")),
              Map.entry("core", Set.of("spec", "diagnostic")),
              Map.entry("engine", Set.of("core", "spec", "diagnostic")),
              Map.entry("capacity", Set.of("core", "spec", "diagnostic")),
              Map.entry("json", Set.of()),
              Map.entry("item", Set.of("json", "core", "diagnostic")),
              Map.entry("shape", Set.of("item", "core", "spec", "diagnostic")),
              Map.entry("http", Set.of("files", "diagnostic")),
              Map.entry("spill", Set.of("core", "files")),
              Map.entry("print", and(Set.of("files"), SHAPES)),
              Map.entry("verify", and(Set.of("files"), SHAPES)),
              Map.entry("dsl", Set.of("files", "spec", "diagnostic")),
              Map.entry("store", and(Set.of("http", "engine", "capacity", "files"), SHAPES)),
              Map.entry("state", and(Set.of("store", "files"), SHAPES)),
              Map.entry("run", and(BELOW_RUN, SHAPES)),
              Map.entry("report", and(Set.of("run", "store", "capacity", "verify"), SHAPES)),
              Map.entry("root", and(Set.of("report", "run", "store", "files"), SHAPES)),
              Map.entry("cli", and(Set.of("dsl", "report", "run"), and(BELOW_RUN, SHAPES)))));

  private final JavaClasses all = all();

  private static Set<String> and(Set<String> some, Set<String> others) {
    return Stream.concat(some.stream(), others.stream()).collect(Collectors.toSet());
  }

  /**
   * Returns the classes of lib and dsl: those of the tests have the same packages. What describes a
   * package is marked as internal, and has no code.
   */
  private static JavaClasses all() {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    Set<String> names =
        SourceFile.under("lib", "dsl").stream()
            .filter(file -> !file.isPackage())
            .map(file -> file.name().replaceFirst("^[^/]+/", "").replaceFirst("\\.java$", ""))
            .collect(Collectors.toSet());
    JavaClasses found =
        new ClassFileImporter()
            .withImportOption(location -> names.contains(name(location)))
            .importPackages("org.dynocopy");
    assertThat(found.stream().filter(type -> !type.getEnclosingClass().isPresent()))
        .hasSizeGreaterThan(names.size() / 2);
    return found;
  }

  /** Returns the name of the file that a class was compiled from. */
  private static String name(Location location) {
    String file = location.asURI().toString();
    int begin = file.lastIndexOf("org/dynocopy/");
    return begin < 0 ? "" : file.substring(begin).replaceFirst("(\\$.*)?\\.class$", "");
  }

  private static String in(String part) {
    return part.equals("root") ? "org.dynocopy" : OWN + part + "..";
  }

  private static String[] in(String... parts) {
    return Stream.of(parts).map(part -> OWN + part + "..").toArray(String[]::new);
  }

  @Test
  void partsKnowOnlyThoseBelowThem() {
    LayeredArchitecture layers =
        Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (String part : MAY_KNOW.keySet()) {
      layers = layers.layer(part).definedBy(in(part));
    }
    for (Map.Entry<String, Set<String>> part : MAY_KNOW.entrySet()) {
      layers =
          part.getValue().isEmpty()
              ? layers.whereLayer(part.getKey()).mayNotAccessAnyLayer()
              : layers
                  .whereLayer(part.getKey())
                  .mayOnlyAccessLayers(part.getValue().toArray(String[]::new));
    }
    layers.ensureAllClassesAreContainedInArchitectureIgnoring("nothing").check(all);
  }

  @Test
  void packagesKnowEachOtherInOneDirectionOnly() {
    SlicesRuleDefinition.slices()
        .matching("org.dynocopy.(**)")
        .should()
        .beFreeOfCycles()
        .check(all);
  }

  @Test
  void specKnowsTheJdkAlone() {
    classes()
        .that()
        .resideInAPackage(in("spec"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", in("spec"), in("diagnostic"))
        .check(all);
  }

  @Test
  void httpKnowsNothingOfAwsButTheSdksHttpClients() {
    classes()
        .that()
        .resideInAPackage(in("http"))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    "java..",
                    "javax..",
                    "software.amazon.awssdk.http..",
                    in("http"),
                    in("files"),
                    in("diagnostic"))
                // What its clients inherit.
                .or(nameMatching("software.amazon.awssdk.utils.SdkAutoCloseable")))
        .check(all);
  }

  private void knownOnlyIn(String[] parts, String... packages) {
    noClasses()
        .that()
        .resideOutsideOfPackages(parts)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .check(all);
    assertThat(all.stream().anyMatch(type -> dependsOn(type, packages))).isTrue();
  }

  private static boolean dependsOn(JavaClass type, String... packages) {
    DescribedPredicate<JavaClass> there = resideInAnyPackage(packages);
    return type.getDirectDependenciesFromSelf().stream()
        .anyMatch(dependency -> there.test(dependency.getTargetClass()));
  }

  @Test
  void awsIsKnownInTheStoreAlone() {
    knownOnlyIn(in("store", "http"), "software.amazon..", "com.amazonaws..");
  }

  @Test
  void groovyIsKnownInTheRecipesAlone() {
    knownOnlyIn(
        new String[] {in("dsl")},
        "groovy..",
        "org.codehaus.groovy..",
        "org.apache.groovy..",
        "groovyjarjar*..");
  }

  @Test
  void storesKnowNothingOfEachOther() {
    noClasses()
        .that()
        .resideInAPackage(in("store.file"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("software.amazon..", in("store.dynamo"))
        .check(all);
    noClasses()
        .that()
        .resideInAPackage(in("store.dynamo"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(in("store.file"))
        .check(all);
  }

  /** What uses stores knows the ports in {@code store}; front ends alone put stores together. */
  @Test
  void storesAreKnownByTheirPortsAlone() {
    knownOnlyIn(in("store.dynamo", "store.wiring"), OWN + "store.dynamo..");
    knownOnlyIn(new String[] {in("root"), in("cli"), in("store.wiring")}, OWN + "store.wiring..");
    noClasses()
        .that()
        .resideInAPackage(OWN + "store")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("software.amazon..", OWN + "store.*..")
        .check(all);
  }

  /** Files that dynocopy itself keeps are opened as what they are, by these and no others. */
  @Test
  void filesOfItemsAreKnownByTheirPortsAlone() {
    Set<String> errors = // the documents that runs keep are refused in the same words
        Set.of("JournalFile FileErrors", "TableNote FileErrors", "CheckpointFile FileErrors");
    Set<String> letters = // dead letters are files, whatever the stores are
        Set.of(
            "ResumableRun DeadLetterFile",
            "EngineFactory DeadLetterFile",
            "ReplayRun DeadLetterSource",
            "CopyEvidence DeadLetterSource");
    Set<String> backups = // the backup before a deletion, and what is replayed, have fixed places
        Set.of("FileBackup FileStore", "TargetBackups FileStore", "ReplayRun FileStore");
    Set<String> unfinished = Set.of("Leftovers Manifest"); // of files that no run will finish
    Set<String> known =
        Stream.of(errors, letters, backups, unfinished)
            .flatMap(Set::stream)
            .collect(Collectors.toSet());
    DescribedPredicate<JavaClass> files = resideInAPackage(in("store.file"));
    assertThat(
            all.stream()
                .filter(resideInAnyPackage(in("store.file", "store.wiring")).negate())
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> files.test(dependency.getTargetClass()))
                .map(
                    dependency ->
                        outermost(dependency.getOriginClass())
                            + " "
                            + outermost(dependency.getTargetClass())))
        .isNotEmpty()
        .isSubsetOf(known);
  }

  private static String outermost(JavaClass type) {
    return type.getName().replaceFirst("\\$.*", "").replaceFirst(".*\\.", "");
  }

  @Test
  void engineOpensNoFile() {
    noClasses()
        .that()
        .resideInAnyPackage(in("engine", "core"))
        .should()
        .dependOnClassesThat(resideInAPackage("java.nio.file..").or(equivalentTo(File.class)))
        .check(all);
  }

  /** So that one place decides whose files are read, and who can read what is written. */
  @Test
  void filesAreOpenedByTheirPackageAlone() {
    DescribedPredicate<JavaAccess<?>> opening =
        target(owner(equivalentTo(Files.class)))
            .and(
                target(
                    nameMatching(
                        "new(Input|Output|Buffered|Byte).*|readString|readAll.*|lines|write.*"
                            + "|copy|create.*")))
            .or(target(owner(equivalentTo(FileChannel.class))).and(target(nameMatching("open"))))
            .or(
                target(nameMatching("<init>"))
                    .and(
                        target(
                            owner(
                                nameMatching(
                                    "java.io.(File(In|Out)putStream|File(Reader|Writer)"
                                        + "|RandomAccessFile)")))));
    Set<String> others =
        Set.of(
            "org.dynocopy.cli.console.Console", // standard output
            "org.dynocopy.cli.console.Keyboard", // the terminal
            "org.dynocopy.cli.ClassArchiveTraining", // in a folder that it makes for itself
            "org.dynocopy.spec.build.VerificationBuilder", // the spec knows the JDK alone
            "org.dynocopy.dsl.cache.TrustedFolder"); // asks `Trust` itself
    assertThat(
            all.stream()
                .filter(type -> type.getAccessesFromSelf().stream().anyMatch(opening))
                .map(type -> type.getName().replaceFirst("\\$.*", ""))
                .filter(name -> !name.startsWith("org.dynocopy.files.")))
        .containsOnlyOnceElementsOf(others)
        .isSubsetOf(others);
  }

  /** Only these have to follow when a new Groovy changes what it does not promise. */
  @Test
  void internalsOfGroovyAreKnownInOnePackage() {
    // The tree, with what its visitors and operators need, is what Groovy documents for
    // transformations; its runtime is what compiled code calls.
    DescribedPredicate<JavaClass> tree =
        describe(
            "the syntax tree",
            type ->
                type.getBaseComponentType()
                    .getName()
                    .matches(
                        "org\\.codehaus\\.groovy\\.(ast\\..*|syntax\\.(Token|Types)"
                            + "|control\\.SourceUnit)"));
    DescribedPredicate<JavaClass> internals =
        resideInAnyPackage("groovyjarjar*..", "org.apache.groovy..", "org.codehaus.groovy..")
            .and(not(resideInAPackage("org.codehaus.groovy.runtime..")));
    noClasses()
        .that()
        .resideOutsideOfPackage(in("dsl.groovy"))
        .should()
        .dependOnClassesThat(internals.and(not(tree)))
        .check(all);
    noClasses()
        .that()
        .resideOutsideOfPackages(
            in("dsl.groovy", "dsl.check", "dsl.compile", "dsl.table", "dsl.basis"))
        .should()
        .dependOnClassesThat(tree)
        .check(all);
    noClasses()
        .that()
        .resideInAPackage(in("dsl.groovy"))
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.dynocopy..").and(not(resideInAPackage(in("dsl.groovy")))))
        .check(all);
  }

  @Test
  void consoleAndExitAreInTheCommandLineAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(in("cli"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(all);
  }
}
