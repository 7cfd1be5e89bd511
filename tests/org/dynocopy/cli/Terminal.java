package org.dynocopy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A command at a pseudo-terminal of script(1): all that it prints, and its keyboard. */
record Terminal(Process process, StringBuilder said) implements AutoCloseable {

  private static final Path SCRIPT = Path.of("/usr/bin/script");

  static void assumePossible() {
    assumeTrue(
        System.getProperty("os.name").equals("Linux") && Files.isExecutable(SCRIPT),
        "there is no script(1) of util-linux");
  }

  static Terminal start(Path folder, Map<String, String> variables, String... args)
      throws IOException {
    ProcessBuilder process = Cli.process(folder, variables, List.of(), args);
    String words =
        process.command().stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    process.command(SCRIPT.toString(), "-qfec", "stty cols 80; exec " + words, "/dev/null");
    return new Terminal(
        process.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.PIPE).start(),
        new StringBuilder());
  }

  /** Waits until it has printed a text, or ends. */
  Terminal until(String text) throws IOException {
    InputStream out = process.getInputStream();
    while (said.indexOf(text) < 0) {
      int next = out.read();
      assertThat(next).as(said + "\nis not followed by " + text).isNotEqualTo(-1);
      said.append((char) next);
    }
    return this;
  }

  Terminal type(String keys) throws IOException {
    process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    return this;
  }

  int exitCode() throws IOException, InterruptedException {
    said.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
