package org.dynocopy.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dynocopy.launch.Command.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * What {@code ./jbang} gives JBang, and runs of its answer, where other users have written beside
 * it. Most tests have a {@code java} that shows how it is called, or answers as JBang would.
 */
@ResourceLock("jbang")
@Execution(ExecutionMode.CONCURRENT)
class ForeignSettingsTest {
  private static final Path PROJECT = Path.of("").toAbsolutePath();
  private static final String JBANG_JAR = "cache/dynocopy/jbang-" + JbangJar.VERSION + ".jar";

  @TempDir Path machine;
  private Path home;
  private Path jbangDir;
  private Path folder;

  @BeforeEach
  void machineWithJbang() throws IOException {
    home = Files.createDirectory(machine.resolve("a home"));
    jbangDir = home.resolve(".jbang");
    folder = Files.createDirectories(machine.resolve("shared/a folder"));
    write(jbangDir.resolve(JBANG_JAR), "");
    write(machine.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
    executable(machine.resolve("jdk/bin/javac"), "exit 1");
    executable(
        machine.resolve("jdk/bin/java"),
        """
        [ ! -f "$HOME/answer" ] || { cat "$HOME/answer"; exit 255; }
        printf '%s\\n' "root=${JBANG_LOCAL_ROOT-none}" "$@"
        """);
  }

  @Test
  void localSettingsAreTakenIfNoOtherUserCouldWriteThem() throws Exception {
    JbangJar.publish(machine.resolve("maven"));
    Files.delete(jbangDir.resolve(JBANG_JAR));
    var list =
        jbang("config", "list")
            .with("JAVA_HOME", System.getProperty("java.home"))
            .with("JBANG_MAVEN_CENTRAL", machine.resolve("maven").toUri());
    var settings = write(folder.resolveSibling("jbang.properties"), "run.javaagent=agent.jar\n");
    assertThat(list.run().out()).contains("run.javaagent");
    othersMayWrite(settings);
    assertThat(list.run().out()).contains("init.template").doesNotContain("run.javaagent");
  }

  @Test
  void searchOfLocalSettingsEndsBeforeThoseOfOthers() throws Exception {
    for (var name :
        List.of(
            ".jbang/jbang.properties",
            "jbang-catalog.json",
            "jbang.properties",
            ".jbang/jbang-catalog.json")) {
      var file = write(folder.resolveSibling(name), "{}");
      assertThat(asked("other.java")).contains("root=none");
      othersMayWrite(file);
      assertThat(asked("other.java")).contains("root=" + folder.getParent() + "/");
      Files.delete(file);
    }
    othersMayWrite(write(folder.resolve("jbang-catalog.json"), "{}"));
    assertThat(asked("other.java")).contains("root=" + folder + "/");
  }

  @Test
  void ownProgramsAreThoseOfTheCheckoutInAnyFolder() throws Exception {
    write(folder.resolve("dynocopy"), "class dynocopy {}");
    write(folder.resolve("jbang-catalog.json"), "{\"aliases\":{\"quickstart\":{}}}");
    var dynocopy = PROJECT.resolve("dynocopy.java").toString();
    var quickstart = PROJECT.resolve("scripts/quickstart.java").toString();
    assertThat(asked("dynocopy", "copy", "dynocopy"))
        .contains("root=.")
        .endsWith(dynocopy, "copy", "dynocopy");
    assertThat(asked("quickstart", "test")).contains("root=.").endsWith(quickstart, "test");
    assertThat(asked("--quiet", "run", "quickstart"))
        .contains("root=.")
        .endsWith("--quiet", "run", quickstart);
    var relative = folder.relativize(Path.of(quickstart)).toString();
    assertThat(asked(relative)).contains("root=.").endsWith(quickstart);

    for (var other : List.of("aliases", "./dynocopy", "dynocopy@org", "version", "scripts")) {
      assertThat(asked(other)).contains("root=none").endsWith(other);
    }
    assertThat(asked("--main", "test", "a.java")).endsWith("--main", "test", "a.java");
  }

  @Test
  void globalSettingsThatOthersCanWriteAreRefused() throws Exception {
    var settings = write(jbangDir.resolve("jbang.properties"), "run.javaagent=agent.jar\n");
    var resolved = write(jbangDir.resolve("cache/dependency_cache.json"), "{}");
    var planted = write(jbangDir.resolve("cache/jars/quickstart.java.1/quickstart.jar"), "");
    var maven = write(home.resolve(".m2/settings.xml"), "<settings/>");
    assertThat(asked("version")).endsWith("version");
    for (var path :
        List.of(jbangDir, settings, resolved, planted.getParent(), maven.getParent(), maven)) {
      var before = Files.getPosixFilePermissions(path);
      othersMayWrite(path);
      var way = path.startsWith(jbangDir) ? "set JBANG_DIR" : "(chown, chmod go-w)";
      refused(jbang("version"), path, way);
      Files.setPosixFilePermissions(path, before);
    }
    assertThat(asked("version")).endsWith("version");
  }

  @Test
  void globalSettingsOfAnotherUserAreRefused() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files away");
    var settings = write(jbangDir.resolve("jbang.properties"), "run.javaagent=agent.jar\n");
    Files.setAttribute(settings, "unix:uid", 4711);
    refused(jbang("version"), settings, "set JBANG_DIR");
  }

  @Test
  void programsWithJarsThatOthersCanWriteAreNotRun() throws Exception {
    var program = executable(machine.resolve("program"), "echo runs \"$@\"");
    var own = write(home.resolve("own.jar"), "");
    var jar = write(home.resolve(".m2/repository/org/a/1/a-1.jar"), "");
    write(
        home.resolve("answer"),
        "'%s' -classpath '%s:%s' Main -classpath x".formatted(program, own, jar));
    var runs = new Result(0, "runs -classpath " + own + ":" + jar + " Main -classpath x\n", "");
    assertThat(jbang("other.java").run()).isEqualTo(runs);
    for (var path : List.of(own, jar, jar.getParent())) {
      var before = Files.getPosixFilePermissions(path);
      othersMayWrite(path);
      refused(jbang("other.java"), path, "remove it, or make it yours alone");
      Files.setPosixFilePermissions(path, before);
    }
    assertThat(jbang("other.java").run()).isEqualTo(runs);
  }

  @Test
  void jarThatOthersCanAlwaysWriteIsMadeOnceMore() throws Exception {
    var app = jbangDir.resolve("cache/jars/other.java.1");
    var asks = machine.resolve("asks");
    executable(
        machine.resolve("jdk/bin/java"),
        """
        echo >>'%1$s'
        [ $(wc -l <'%1$s') -lt 4 ] || exit 9
        mkdir -p '%2$s' && : >'%2$s/other.jar' && chmod g+w '%2$s/other.jar'
        echo "echo -classpath '%2$s/other.jar' Main"
        exit 255
        """
            .formatted(asks, app));
    var again = jbang("other.java").run();
    assertThat(again.err()).startsWith("jbang: others can write to " + app).hasLineCount(1);
    assertThat(again.exitCode()).isEqualTo(3);
    assertThat(asks).content().hasLineCount(2);

    Files.delete(asks);
    executable(machine.resolve("path/rm"), "exit 1");
    refused(jbang("other.java"), app.resolve("other.jar"), "set JBANG_DIR");
    assertThat(asks).content().hasLineCount(1);
  }

  @Test
  void linkedCacheIsKeptIfNoOtherUserCouldWriteIt() throws Exception {
    var cache = jbangDir.resolve("cache/dynocopy");
    var target = Files.move(cache, machine.resolve("a cache"));
    Files.createSymbolicLink(cache, target);
    assertThat(asked("version")).endsWith("version");
    assertThat(cache).isSymbolicLink();
    othersMayWrite(target);
    var maven = machine.resolve("maven").toUri();
    assertThat(jbang("version").with("JBANG_MAVEN_CENTRAL", maven).run().exitCode()).isEqualTo(3);
    assertThat(cache).isEmptyDirectory();
    assertThat(Files.isSymbolicLink(cache)).isFalse();
  }

  @Test
  void programsHaveTheUmaskOfTheUser() throws Exception {
    write(home.resolve("answer"), "sh -c umask");
    var words = new ArrayList<>(List.of("sh", "-c", "umask 002; exec \"$@\"", "sh"));
    var other = jbang("other.java");
    words.addAll(other.words());
    var umask = new Command(words, folder, other.environment()).run();
    assertThat(umask.out().strip()).endsWith("002");
  }

  @Test
  void homeOfUsersWithoutNameIsThatOfTheEnvironment() throws Exception {
    assertThat(asked("version")).doesNotContain("-Duser.home=" + home);
    executable(machine.resolve("path/id"), "[ $1 != -un ] || exit 1; exec /usr/bin/id \"$@\"");
    assertThat(asked("version")).contains("-Duser.home=" + home);
    var homeless = jbang("version").with("HOME", null).with("JBANG_DIR", jbangDir).run();
    assertThat(homeless.err()).startsWith("jbang: this user has no name and no home: set HOME");
    assertThat(homeless.exitCode()).isEqualTo(2);

    var program = executable(machine.resolve("program/java"), "echo runs \"$@\"");
    write(home.resolve("answer"), "'" + program + "' Main");
    assertThat(jbang("other.java").run().out()).isEqualTo("runs -Duser.home=" + home + " Main\n");
  }

  @Test
  void programsAreCompiledWithoutAnnotationProcessors() throws Exception {
    try (var files = Files.walk(PROJECT.resolve("scripts"))) {
      var programs =
          Stream.concat(files, Stream.of("dynocopy.java", "tests/run.java").map(PROJECT::resolve))
              .filter(file -> file.toString().endsWith(".java"))
              .map(file -> assertDoesNotThrow(() -> Files.readString(file)))
              .filter(program -> program.startsWith("///usr/bin/env jbang"))
              .toList();
      assertThat(programs)
          .hasSizeGreaterThan(10)
          .allSatisfy(text -> assertThat(text).contains("//JAVAC_OPTIONS -proc:none"));
    }
  }

  /** 1 would mean that it is done, with dead letters. */
  @Test
  void ownProgramThatJbangCannotStartEndsWithThree() throws Exception {
    executable(machine.resolve("jdk/bin/java"), "echo '[jbang] [ERROR] no network' >&2; exit 1");
    for (var own : List.of("dynocopy", "quickstart")) {
      var result = jbang(own, "--version").run();
      assertThat(result.exitCode()).isEqualTo(3);
      assertThat(result.err())
          .startsWith("[jbang] [ERROR] no network\njbang: JBang could not start " + own + ", for")
          .contains("https://repo1.maven.org/maven2", "README.md", "Behind a company proxy");
    }
    assertThat(jbang("other.java").run().exitCode()).isEqualTo(1);
    executable(machine.resolve("jdk/bin/java"), "exit 130");
    assertThat(jbang("dynocopy").run().exitCode()).isEqualTo(130);
  }

  @Test
  void proxyIsHandedToJbangWithoutItsPasswordInAnArgument() throws Exception {
    executable(
        machine.resolve("jdk/bin/java"),
        """
        printf '%s\\n' "$*"
        for word; do
          case $word in -Dmaven.home=*) find "${word#*=}" -type f -perm 600 -exec cat {} + ;; esac
        done
        """);
    var killed = Files.createDirectories(jbangDir.resolve("cache/dynocopy/maven.1"));
    Files.setLastModifiedTime(killed, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    var run = jbang("other.java");
    assertThat(run.run().out()).doesNotContain("maven.home");
    var result =
        run.with("HTTPS_PROXY", "http://ann:p%40ss%26%3Cw%C3%BC@proxy.acme.test:3128/")
            .with("http_proxy", "other.acme.test")
            .with("NO_PROXY", ".acme.test, *.corp:8443,10.0.0.0/8,host")
            .run();
    assertThat(result.err()).isEmpty();
    assertThat(result.out().lines().findFirst().orElseThrow())
        .contains("-Dmaven.home=")
        .doesNotContain("ann", "p@ss", "p%40ss");
    assertThat(result.out().replace("\n", ""))
        .contains(
            "<protocol>https</protocol><host>proxy.acme.test</host><port>3128</port>",
            "<nonProxyHosts>localhost|127.*|acme.test|*.acme.test|corp|*.corp|host|*.host</nonProxyH",
            "<username>ann</username><password>p@ss&amp;&lt;wü</password>",
            "<protocol>http</protocol><host>other.acme.test</host><port>80</port>");
    try (var left = Files.list(jbangDir.resolve("cache/dynocopy"))) {
      assertThat(left).noneMatch(file -> file.getFileName().toString().startsWith("maven"));
    }
  }

  /** How JBang is asked: the folder where its search ends, and its arguments. */
  private List<String> asked(String... arguments) throws Exception {
    var result = jbang(arguments).run();
    assertThat(result.err()).isEmpty();
    return result.out().lines().toList();
  }

  private Command jbang(String... arguments) {
    var words = new ArrayList<>(List.of(PROJECT.resolve("jbang").toString()));
    words.addAll(List.of(arguments));
    return new Command(words, folder, Map.of())
        .with("PATH", machine.resolve("path") + ":" + System.getenv("PATH"))
        .with("HOME", home)
        .with("JAVA_HOME", machine.resolve("jdk"));
  }

  private static void refused(Command command, Path path, String way) throws Exception {
    var result = command.run();
    assertThat(result.err())
        .startsWith("jbang: " + path + " belongs to another user, or others can write to it: ")
        .contains(way)
        .hasLineCount(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.exitCode()).isEqualTo(3);
  }

  private static void othersMayWrite(Path path) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  private static Path write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private static Path executable(Path file, String script) throws IOException {
    write(file, "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }
}
