package org.dynocopy.launch;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.dynocopy.Dynocopy;
import org.dynocopy.launch.Command.Result;
import org.dynocopy.testing.ProcessVariables;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** How dynocopy starts: from a checkout of its own, with caches that are empty in the beginning. */
@ResourceLock("jbang")
@Execution(ExecutionMode.CONCURRENT)
class StartTest {
  private static final String VERSION =
      "dynocopy " + Dynocopy.VERSION + " (Java " + Runtime.version().feature() + ")\n";

  @TempDir static Path machine;
  private static Path checkout;
  private static Result first;

  @BeforeAll
  static void runOnce() throws Exception {
    JbangJar.publish(machine.resolve("maven"));
    checkout = machine.resolve("a checkout");
    for (String part : List.of("jbang", "dynocopy.java", "lib", "dsl", "scripts/install")) {
      copy(Path.of(part));
    }
    var words = new ArrayList<>(List.of("sh", "-c", "umask 000; exec \"$@\"", "sh"));
    words.addAll(dynocopy("--version").words());
    first = onMachine(words).run();
    archive();
  }

  @Test
  void whateverTheUmaskOthersCannotWriteWhatIsRun() throws Exception {
    try (var made = Files.walk(machine.resolve("jbang dir"))) {
      assertThat(made.filter(file -> !Files.isSymbolicLink(file)).toList())
          .hasSizeGreaterThan(5)
          .allSatisfy(
              file ->
                  assertThat(Files.getPosixFilePermissions(file))
                      .doesNotContain(GROUP_WRITE, OTHERS_WRITE));
    }
  }

  @Test
  void programThatOthersCouldHaveWrittenIsNotRun() throws Exception {
    var planted = machine.resolve("planted.jar");
    Files.copy(jar(), planted);
    var kept = kept();
    Files.writeString(kept, Files.readString(kept).replace(jar().toString(), planted.toString()));
    Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rw-rw-r--"));
    var alias = List.of(checkout.resolve("jbang").toString(), "dynocopy", "--version");
    assertThat(onMachine(alias).in(folderWithSettings()).run().out()).isEqualTo(VERSION);
    assertThat(kept).content().doesNotContain("planted", "-javaagent");

    Files.writeString(kept, Files.readString(kept).replace("-class", "-javaagent:no.jar\n-class"));
    assertThat(dynocopy("--version").run().out()).isEqualTo(VERSION);
    assertThat(kept).content().doesNotContain("-javaagent");

    Path app = jar().getParent();
    Files.setPosixFilePermissions(app, PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.write(jar(), new byte[] {1});
    assertThat(dynocopy("--version").run().out()).isEqualTo(VERSION);
    assertThat(Files.getPosixFilePermissions(app)).doesNotContain(OTHERS_WRITE);
    archive();

    var library = Files.copy(jar(), machine.resolve("library.jar"));
    Files.setPosixFilePermissions(library, PosixFilePermissions.fromString("rw-rw-rw-"));
    Files.writeString(kept, Files.readString(kept).stripTrailing() + ":" + library + "\n");
    var refused = dynocopy("--version").run();
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).startsWith("jbang: " + library + " belongs to another user, or");
    assertThat(refused.err()).hasLineCount(1);
    Files.delete(kept);
  }

  @Test
  void theFirstRunTellsNothingOfItsArchive() throws Exception {
    assertThat(first.exitCode()).isZero();
    assertThat(first.out()).isEqualTo(VERSION);
    assertThat(first.err().lines()).allMatch(line -> line.startsWith("[jbang]"));
    assertThat(Files.size(archive())).isGreaterThan(10_000_000);
  }

  @Test
  void laterRunsUseTheArchiveAndDoNotAskJbang() throws Exception {
    var nobody = machine.resolve("nobody.jar");
    var jbang = machine.resolve("jbang dir/cache/dynocopy/jbang-" + JbangJar.VERSION + ".jar");
    Files.move(jbang, nobody);
    try {
      assertThat(dynocopy("--version").run()).isEqualTo(new Result(0, VERSION, ""));
      var asked = dynocopy("--version").with("JDK_JAVA_OPTIONS", "-XX:+PrintSharedArchiveAndExit");
      assertThat(asked.run().out()).contains("org.dynocopy.cli.Main", "org.codehaus.groovy");
    } finally {
      Files.move(nobody, jbang);
    }
  }

  @Test
  void argumentsAndExitCodeArePassedOn() throws Exception {
    var result = dynocopy("a  b's \"$HOME\" *.groovy").run();
    assertThat(result.err()).contains("a  b's \"$HOME\" *.groovy");
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @Test
  void aRecipeIsCompiledOnce() throws Exception {
    var recipe = machine.resolve("recipe.groovy");
    Files.writeString(recipe, "copy { from 'nowhere:a'; to 'nowhere:b' }\n");
    var compiled = machine.resolve("jbang dir/cache/dynocopy/recipes");
    var first = dynocopy(recipe.toString()).run();
    assertThat(first.err()).startsWith(recipe + ":1:8: ");
    assertThat(first.exitCode()).isEqualTo(2);
    var file = onlyFile(compiled);
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    var whole = Files.readAllBytes(file);
    var written = Files.getAttribute(file, "unix:ino");
    assertThat(dynocopy(recipe.toString()).run()).isEqualTo(first);
    assertThat(Files.getAttribute(onlyFile(compiled), "unix:ino")).isEqualTo(written);

    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThat(dynocopy(recipe.toString()).run()).isEqualTo(first);
    assertThat(Files.getAttribute(onlyFile(compiled), "unix:ino")).isNotEqualTo(written);
    assertThat(file).hasSize(whole.length);
  }

  /** A folder in which JBang's settings name an agent, and dynocopy is something else. */
  private static Path folderWithSettings() throws IOException {
    var folder = Files.createDirectory(machine.resolve("foreign"));
    Files.writeString(folder.resolve("jbang.properties"), "run.javaagent=no.jar\n");
    Files.writeString(folder.resolve("dynocopy"), "class dynocopy {}");
    return folder;
  }

  private static Path onlyFile(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      var all = files.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  @Test
  void aDamagedArchiveIsIgnored() throws Exception {
    var archive = archive();
    Files.delete(archive);
    Files.writeString(archive, "not an archive of classes");
    assertThat(dynocopy("--version").run()).isEqualTo(new Result(0, VERSION, ""));
    Files.delete(archive);
    assertThat(dynocopy("--version").run()).isEqualTo(new Result(0, VERSION, ""));
    archive();
  }

  @Test
  void manyMayMakeTheArchive() throws Exception {
    Files.delete(archive());
    var running = new ArrayList<Process>();
    var errors = new ArrayList<Path>();
    for (int run = 0; run < 2; run++) {
      errors.add(machine.resolve("err" + run));
      running.add(dynocopy("--version").start(machine.resolve("out" + run), errors.get(run)));
    }
    for (var process : running) {
      assertThat(process.waitFor()).isZero();
    }
    assertThat(errors).allSatisfy(err -> assertThat(err).isEmptyFile());
    assertThat(Files.size(archive())).isGreaterThan(10_000_000);
    assertThat(dynocopy("--version").run()).isEqualTo(new Result(0, VERSION, ""));
  }

  @Test
  void doesWithoutAnArchiveWhereNoneCanBeKept() throws Exception {
    var archive = archive();
    var folder = archive.getParent().toFile();
    var away = machine.resolve("away.jsa");
    Files.move(archive, away);
    assertThat(folder.setWritable(false)).isTrue();
    try {
      assumeFalse(Files.isWritable(folder.toPath()), "may write everywhere");
      assertThat(dynocopy("--version").run()).isEqualTo(new Result(0, VERSION, ""));
      assertThat(archive).doesNotExist();
    } finally {
      assertThat(folder.setWritable(true)).isTrue();
      Files.move(away, archive);
    }
  }

  @Test
  void aChangedSourceIsCompiled() throws Exception {
    var source = checkout.resolve("lib/org/dynocopy/spec/Release.java");
    var text = Files.readString(source);
    Files.writeString(source, text.replace("\"" + Dynocopy.VERSION + "\"", "\"1.2.3\""));
    assertThat(dynocopy("--version").run().out()).startsWith("dynocopy 1.2.3 ");
    assertThat(dynocopy("--version").run().out()).startsWith("dynocopy 1.2.3 ");
    archive();
    Files.writeString(source, text);
    assertThat(dynocopy("--version").run().out()).isEqualTo(VERSION);
    archive();
  }

  @Test
  void isInstalledAndRemoved() throws Exception {
    var home = Files.createDirectory(machine.resolve("a home"));
    var command = home.resolve(".local/bin/dynocopy");
    var installed = install().with("HOME", home).run();
    assertThat(installed.exitCode()).as(installed.err()).isZero();
    assertThat(installed.out()).isEmpty();
    assertThat(installed.err()).contains("installed " + command);

    var runs = dynocopy("--version").in(home).through(command);
    var version = new Command(List.of(command.toString(), "--version"), home, runs.environment());
    assertThat(version.run()).isEqualTo(new Result(0, VERSION, ""));
    var gone = version.with("JAVA_HOME", home.resolve("no-jdk")).run();
    assertThat(gone.err()).startsWith("jbang: JAVA_HOME is " + home.resolve("no-jdk"));
    assertThat(gone.exitCode()).isEqualTo(2);

    assertThat(install("--remove").with("HOME", home).run()).isEqualTo(new Result(0, "", ""));
    assertThat(command).doesNotExist();
    assertThat(install("--remove").with("HOME", home).run().err())
        .isEqualTo("install: there is no " + command + "\n");
  }

  @Test
  void anotherCommandOfThatNameIsLeftAlone() throws Exception {
    var other = Files.writeString(machine.resolve("dynocopy"), "something else");
    for (String option : List.of("", "--remove")) {
      var words = Stream.of("--to", machine.toString(), option).filter(w -> !w.isEmpty());
      var result = install(words.toArray(String[]::new)).run();
      assertThat(result.err()).startsWith("install: " + other + " is not a command that");
      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(other).hasContent("something else");
    }
  }

  /** Whoever guesses the number of the process could put a link there. */
  @Test
  void installationWritesThroughNoLink() throws Exception {
    var victim = Files.writeString(machine.resolve("victim"), "precious");
    var bin = Files.createDirectory(machine.resolve("bin"));
    var link = "ln -s \"$2\" \"$1/dynocopy.$$\"; exec \"$0\" --to \"$1\"";
    var words = new ArrayList<>(List.of("sh", "-c", link));
    words.addAll(install().words());
    words.addAll(List.of(bin.toString(), victim.toString()));
    var installed = onMachine(words).run();
    assertThat(installed.exitCode()).as(installed.err()).isZero();
    assertThat(victim).hasContent("precious");
    assertThat(bin.resolve("dynocopy")).isExecutable();
  }

  private static Command dynocopy(String... arguments) {
    var words = new ArrayList<>(List.of(checkout.resolve("jbang").toString()));
    words.add(checkout.resolve("dynocopy.java").toString());
    words.addAll(List.of(arguments));
    return onMachine(words);
  }

  private static Command install(String... options) {
    var words = new ArrayList<>(List.of(checkout.resolve("scripts/install").toString()));
    words.addAll(List.of(options));
    return onMachine(words);
  }

  private static Command onMachine(List<String> words) {
    return new Command(words, machine, ProcessVariables.all())
        .with("JAVA_HOME", System.getProperty("java.home"))
        .with("JBANG_CACHE_DIR", null)
        .with("JBANG_DIR", machine.resolve("jbang dir"))
        .with("JBANG_MAVEN_CENTRAL", machine.resolve("maven").toUri());
  }

  /** Waits until the jar has its archive and nobody makes one, and returns it. */
  private static Path archive() throws IOException, InterruptedException {
    var folder = jar().getParent();
    for (int tries = 0; tries < 2_400; tries++) {
      try (var files = Files.list(folder)) {
        var made = files.filter(file -> file.toString().contains(".jsa")).toList();
        if (made.size() == 1 && made.get(0).toString().endsWith(".jsa")) {
          return made.get(0);
        }
      }
      Thread.sleep(100);
    }
    throw new AssertionError("no archive of classes is made");
  }

  /** The one that the kept answer of JBang begins its class path with. */
  private static Path jar() throws IOException {
    var words = Files.readAllLines(kept());
    return Path.of(words.get(words.size() - 1).split(":")[0]);
  }

  private static Path kept() throws IOException {
    try (var files = Files.list(machine.resolve("jbang dir/cache/dynocopy"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("dynocopy-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void copy(Path part) throws IOException {
    try (var files = Files.walk(part)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        var to = checkout.resolve(file);
        Files.createDirectories(to.getParent());
        Files.copy(file, to, COPY_ATTRIBUTES);
      }
    }
  }
}
