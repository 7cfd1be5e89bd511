package org.dynocopy.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** JBang's jar, laid out as in Maven Central, so that no test fetches it once more. */
final class JbangJar {
  static final String VERSION = "0.132.1";
  static final String PATH =
      "/dev/jbang/jbang-cli/" + VERSION + "/jbang-cli-" + VERSION + "-all.jar";

  private JbangJar() {}

  /** Puts the jar that {@code ./jbang} uses here into a repository in the directory given. */
  static void publish(Path repository) throws IOException, InterruptedException {
    var present = Command.jbang("version").run();
    assertThat(present.exitCode()).as(present.err()).isZero();
    var published = repository.resolve(PATH.substring(1));
    Files.createDirectories(published.getParent());
    Files.copy(cache().resolve("dynocopy/jbang-" + VERSION + ".jar"), published);
  }

  private static Path cache() {
    String home = System.getenv().getOrDefault("HOME", "") + "/.jbang";
    return Path.of(said("JBANG_CACHE_DIR", said("JBANG_DIR", home) + "/cache"));
  }

  private static String said(String variable, String usual) {
    String value = System.getenv().getOrDefault(variable, "");
    return value.isEmpty() ? usual : value;
  }
}
