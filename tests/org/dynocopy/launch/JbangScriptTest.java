package org.dynocopy.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.dynocopy.launch.Command.Result;
import org.dynocopy.testing.servers.Certificates;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What {@code ./jbang} does on machines that have little, or the wrong things. */
@ResourceLock("jbang")
@Execution(ExecutionMode.CONCURRENT)
class JbangScriptTest {
  private static final String JAVA_HOME = System.getProperty("java.home");
  private static final List<String> TOOLS =
      List.of("cat", "cksum", "find", "id", "mkdir", "mv", "readlink", "rm", "sed", "sha256sum");

  @TempDir static Path repository;
  private static FileServer mirror;

  @TempDir Path machine;
  private Path path;
  private Path jbangDir;
  private Path cache;

  @BeforeAll
  static void publish() throws Exception {
    JbangJar.publish(repository);
    mirror = new FileServer(repository);
  }

  @AfterAll
  static void stop() {
    mirror.close();
  }

  @BeforeEach
  void emptyMachine() throws IOException {
    path = Files.createDirectory(machine.resolve("path"));
    jbangDir = machine.resolve("a home/.jbang");
    cache = jbangDir.resolve("cache/dynocopy");
    for (String tool : TOOLS) {
      install(tool);
    }
  }

  @Test
  void fetchesJbangOnce() throws Exception {
    install("curl");
    int before = mirror.requested().size();
    for (int run = 0; run < 2; run++) {
      assertThat(jbang("version").run()).isEqualTo(new Result(0, JbangJar.VERSION + "\n", ""));
    }
    assertThat(mirror.requested().subList(before, mirror.requested().size()))
        .containsExactly(JbangJar.PATH);
    assertThat(cached()).containsExactly("jbang-" + JbangJar.VERSION + ".jar");
  }

  @Test
  void fetchesWithWget() throws Exception {
    assumeTrue(find("wget").isPresent(), "there is no wget");
    install("wget");
    assertThat(jbang("version").run()).isEqualTo(new Result(0, JbangJar.VERSION + "\n", ""));
  }

  @Test
  void firstRunsMayBeParallel() throws Exception {
    install("curl");
    var outputs = new ArrayList<Path>();
    var running = new ArrayList<Process>();
    for (int run = 0; run < 3; run++) {
      outputs.add(machine.resolve("out" + run));
      running.add(jbang("version").start(outputs.get(run), machine.resolve("err" + run)));
    }
    for (var process : running) {
      assertThat(process.waitFor()).isZero();
    }
    assertThat(outputs).allSatisfy(out -> assertThat(out).hasContent(JbangJar.VERSION));
    assertThat(cached()).containsExactly("jbang-" + JbangJar.VERSION + ".jar");
  }

  @Test
  void becomesTheProgram() throws Exception {
    install("curl");
    var link = Files.createSymbolicLink(machine.resolve("a link"), Command.JBANG);
    var program = Files.createDirectory(machine.resolve("a folder")).resolve("Show.java");
    Files.writeString(
        program,
        """
        class Show {
          public static void main(String[] args) throws Exception {
            System.out.println(ProcessHandle.current().pid());
            for (String arg : args) System.out.println("<" + arg + ">");
            System.out.print(new String(System.in.readAllBytes()));
            System.exit(7);
          }
        }
        """);
    // In an ASCII locale this JVM itself could not pass an umlaut on.
    var letter = "UTF-8".equals(System.getProperty("sun.jnu.encoding")) ? "ü" : "u";
    var hard =
        new String[] {
          "Show.java", "a  b", "it's", "\"", "$HOME", "*", "a\\nb", letter + ";#", "&|"
        };
    var shows = jbang(hard).through(link).in(program.getParent()).with("LC_ALL", "C.UTF-8");
    for (int run = 0; run < 3; run++) {
      var out = machine.resolve("out");
      var err = machine.resolve("err");
      var process = shows.start(out, err);
      assertThat(process.waitFor()).isEqualTo(7);
      assertThat(Files.readAllLines(out))
          .containsExactly(
              process.pid() + "",
              "<a  b>",
              "<it's>",
              "<\">",
              "<$HOME>",
              "<*>",
              "<a\\nb>",
              "<" + letter + ";#>",
              "<&|>");
      // The first run compiles and keeps the loaded classes, the second uses them, the third must
      // do without: of neither is there a word.
      assertThat(err).hasContent(run == 0 ? "[jbang] Building jar for Show.java..." : "");
      assertThat(cached()).hasSize(2);
      var classes = cache.resolve(cached().get(0));
      assertThat(classes.toString()).endsWith(".jsa");
      if (run == 1) {
        Files.delete(classes);
        Files.writeString(classes, "not an archive of classes");
      }
    }
    Files.delete(link); // JUnit warns of links that lead out of its directory
  }

  @Test
  void aSignalReachesTheProgram() throws Exception {
    install("curl");
    var program = machine.resolve("Sleep.java");
    Files.writeString(
        program,
        """
        class Sleep {
          public static void main(String[] args) throws Exception {
            System.out.println("asleep");
            Thread.sleep(600_000);
          }
        }
        """);
    var out = machine.resolve("out");
    var process = jbang(program.toString()).start(out, machine.resolve("err"));
    while (process.isAlive() && Files.size(out) == 0) {
      Thread.sleep(50);
    }
    process.destroy();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(128 + 15);
  }

  @Test
  void anotherFileThanJbangIsThrownAway() throws Exception {
    install("curl");
    var wrong = machine.resolve("wrong");
    Files.createDirectories(wrong.resolve(JbangJar.PATH.substring(1)).getParent());
    Files.writeString(wrong.resolve(JbangJar.PATH.substring(1)), "<html>Please log in</html>");
    try (var server = new FileServer(wrong)) {
      fails(
          jbang("version").with("JBANG_MAVEN_CENTRAL", server.url()),
          3,
          server.url() + JbangJar.PATH + " has the SHA-256 39bb8635",
          "thrown away");
    }
    assertThat(cached()).isEmpty();
  }

  @Test
  void aMissingFileIsSaid() throws Exception {
    install("curl");
    fails(
        jbang("version").with("JBANG_MAVEN_CENTRAL", mirror.url() + "/elsewhere/"),
        3,
        "could not download " + mirror.url() + "/elsewhere" + JbangJar.PATH,
        "404");
    assertThat(cached()).isEmpty();
  }

  @Test
  void aMirrorThatDoesNotAnswerIsSaid() throws Exception {
    assumeTrue(find("wget").isPresent(), "there is no wget");
    install("wget");
    String url;
    try (var server = new FileServer(repository)) {
      url = server.url();
    }
    fails(
        jbang("version").with("JBANG_MAVEN_CENTRAL", url),
        3,
        "could not download " + url,
        "JBANG_MAVEN_CENTRAL");
    assertThat(cached()).isEmpty();
  }

  @Test
  void aDownloadThatBreaksOffLeavesNothing() throws Exception {
    tool(
        "curl",
        "while [ $# -gt 2 ]; do shift; done; echo half >\"$1\"; echo 'curl: (18) gone' >&2; exit"
            + " 18");
    fails(jbang("version"), 3, "could not download", "curl: (18) gone");
    assertThat(cached()).isEmpty();
  }

  @Test
  void reasonOfCurlIsToldAndNotItsAdvice() throws Exception {
    var advice =
        "More details here: https://curl.se/docs/sslcerts.html\n\ncurl failed to verify it.\n"
            + "how to fix it, please visit the web page mentioned above.";
    var reason = "curl: (60) SSL certificate problem: unable to get local issuer certificate";
    tool("curl", "echo '" + reason + "\n" + advice + "' >&2; exit 60");
    fails(
        jbang("version"), 3, "could not download", "-all.jar (" + reason + "); CURL_CA_BUNDLE can");
  }

  /** The server is the proxy, too: nobody else knows the host. */
  @Test
  void dependenciesComeThroughTheProxyByCurlsAuthorities() throws Exception {
    var ca = Files.createDirectory(machine.resolve("ca"));
    var authority = Certificates.export(Certificates.make(ca, "dns:localhost"));
    needs(
        "http://repository.test/", Map.of("HTTP_PROXY", mirror.url(), "SSL_CERT_FILE", authority));
    assertThat(cached()).anyMatch(name -> name.matches("trust-\\d+\\.p12")).hasSize(3);
  }

  /** As a variable that is left over from another network. */
  @Test
  void proxyThatTakesNoConnectionIsLeftOut() throws Exception {
    needs(mirror.url() + "/", Map.of("HTTP_PROXY", "http://me:secret@127.0.0.1:1"));
  }

  /** Runs a program that needs a jar of a repository. */
  private void needs(String url, Map<String, Object> variables) throws Exception {
    for (String tool : List.of("curl", "awk")) {
      install(tool);
    }
    var there = Files.createDirectories(repository.resolve("org/acme/tiny/1"));
    Files.writeString(
        there.resolve("tiny-1.pom"),
        "<project><modelVersion>4.0.0</modelVersion><groupId>org.acme</groupId>"
            + "<artifactId>tiny</artifactId><version>1</version></project>");
    try (var jar = new JarOutputStream(Files.newOutputStream(there.resolve("tiny-1.jar")))) {
      jar.putNextEntry(new ZipEntry("tiny.txt"));
    }
    var program = machine.resolve("Needs.java");
    Files.writeString(
        program,
        """
        //REPOS acme=%s
        //DEPS org.acme:tiny:1
        class Needs {
          public static void main(String[] args) {
            System.out.println(Needs.class.getResource("/tiny.txt") != null);
          }
        }
        """
            .formatted(url));
    var command = jbang(program.toString()).with("JBANG_REPO", machine.resolve("m2"));
    for (Map.Entry<String, Object> variable : variables.entrySet()) {
      command = command.with(variable.getKey(), variable.getValue());
    }
    var result = command.run();
    assertThat(result.out()).as(result.err()).isEqualTo("true\n");
    assertThat(mirror.requested()).contains("/org/acme/tiny/1/tiny-1.jar");
  }

  @Test
  void neitherCurlNorWgetIsSaid() throws Exception {
    fails(
        jbang("version"), 3, "found neither curl nor wget on the PATH to download ", mirror.url());
    assertThat(cached()).isEmpty();
  }

  @Test
  void aCacheThatCannotBeWrittenIsSaid() throws Exception {
    install("curl");
    var file = Files.writeString(machine.resolve("file"), "not a folder");
    fails(
        jbang("version").with("JBANG_DIR", file),
        3,
        "cannot write to " + file + "/cache/dynocopy",
        "JBANG_DIR");
  }

  @Test
  void cacheOfAnotherUserIsRefused() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files away");
    install("curl");
    Files.createDirectories(cache);
    var planted = Files.writeString(cache.resolve("jbang-" + JbangJar.VERSION + ".jar"), "planted");
    for (Path path : List.of(planted, cache)) {
      Files.setAttribute(path, "unix:uid", 4711);
    }
    // The superuser could remove it: as it is for all others.
    tool("rm", "exit 1");
    fails(jbang("version"), 3, cache + " belongs to another user", "JBANG_DIR");
  }

  @Test
  void superuserLeavesJbangOfAnotherUserAsItIs() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files away");
    install("curl");
    Files.createDirectories(jbangDir);
    Files.setAttribute(jbangDir, "unix:uid", 4711);
    for (var command : List.of("version", "dynocopy")) {
      fails(jbang(command), 3, jbangDir + " belongs to another user", "JBANG_DIR");
      assertThat(jbangDir).isEmptyDirectory();
    }
    var kept = Files.createDirectories(cache).resolve("kept");
    Files.setAttribute(Files.writeString(kept, "theirs"), "unix:uid", 4711);
    fails(jbang("version"), 3, jbangDir + " belongs to another user", "JBANG_DIR");
    assertThat(kept).hasContent("theirs");
  }

  @Test
  void patternsInSubstitutionsHaveBothParentheses() throws Exception {
    var text = Files.readString(Command.JBANG);
    var substitutions = Pattern.compile("(?ms)\\$\\(\n(.*?)\n *\\)\"?$").matcher(text).results();
    assertThat(substitutions.map(found -> found.group(1)).toList())
        .hasSizeGreaterThan(3)
        .allSatisfy(
            script ->
                assertThat(script.replaceAll("[^(]", ""))
                    .hasSameSizeAs(script.replaceAll("[^)]", "")));
    assertThat(text).doesNotContainPattern("\\$\\([^\n]*\\bcase [^\n]* in [^(\n]");
  }

  @Test
  void noJdkIsSaid() throws Exception {
    fails(jbang("version").with("JAVA_HOME", null), 2, "there is no JDK", "JAVA_HOME");
  }

  @Test
  void aJavaHomeWithoutCompilerIsSaid() throws Exception {
    fails(jbang("version").with("JAVA_HOME", machine), 2, "JAVA_HOME is " + machine, "bin/javac");
  }

  @Test
  void anOldJdkIsSaid() throws Exception {
    var old = machine.resolve("jdk-11");
    for (String program : List.of("java", "javac")) {
      executable(old.resolve("bin").resolve(program), "exit 1");
    }
    Files.writeString(old.resolve("release"), "IMPLEMENTOR=\"N/A\"\nJAVA_VERSION=\"11.0.2\"\n");
    fails(
        jbang("version").with("JAVA_HOME", old),
        2,
        "the JDK in " + old + " is version 11.0.2",
        "17 or newer");
  }

  @Test
  void aJdkWithoutReleaseFileIsAsked() throws Exception {
    tool("javac", "exit 1");
    tool("java", "echo 'openjdk version \"1.8.0_292\"' >&2");
    fails(
        jbang("version").with("JAVA_HOME", null), 2, "the JDK in " + path, "is version 1.8.0_292");
  }

  /** On a machine with an empty home, the tools installed so far and a JDK. */
  private Command jbang(String... arguments) {
    return new Command(Command.jbang(arguments).words(), machine, Map.of())
        .with("PATH", path)
        .with("JAVA_HOME", JAVA_HOME)
        .with("JBANG_DIR", jbangDir)
        .with("JBANG_MAVEN_CENTRAL", mirror.url());
  }

  /** Checks that a command ends with one sentence on its standard error. */
  private static void fails(Command command, int exitCode, String start, String part)
      throws Exception {
    var result = command.run();
    assertThat(result.err()).startsWith("jbang: " + start).contains(part).hasLineCount(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.exitCode()).isEqualTo(exitCode);
  }

  private List<String> cached() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void install(String tool) throws IOException {
    tool(tool, "exec '" + find(tool).orElseThrow() + "' \"$@\"");
  }

  private void tool(String name, String script) throws IOException {
    executable(path.resolve(name), script);
  }

  private static void executable(Path file, String script) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static Optional<Path> find(String tool) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
