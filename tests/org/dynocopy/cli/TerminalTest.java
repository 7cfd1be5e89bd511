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
import org.dynocopy.InOtherProcesses;
import org.dynocopy.servers.TableComparison;
import org.dynocopy.servers.Tables;
import org.dynocopy.servers.TestServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person at a terminal is asked, answers and types: at a pseudo-terminal of script(1). */
@InOtherProcesses
class TerminalTest {

  private static final Path SCRIPT = Path.of("/usr/bin/script");

  private String table;

  @TempDir private Path folder;

  /** A command at a terminal: all that it prints, and its keyboard. */
  private record Terminal(Process process, StringBuilder said) implements AutoCloseable {

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

  @BeforeEach
  void fill() {
    assumeTrue(
        System.getProperty("os.name").equals("Linux") && Files.isExecutable(SCRIPT),
        "there is no script(1) of util-linux");
    table = Tables.on(TestServers.first()).key("id", "S").create();
    Tables.fill(TestServers.first(), table, 30);
  }

  private Terminal start(String endpoint, String... args) throws IOException {
    Map<String, String> variables =
        Map.of("AWS_ENDPOINT_URL", endpoint, "AWS_REGION", TestServers.REGION, "TERM", "xterm");
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

  private int items() {
    return TableComparison.items(TestServers.first(), table).size();
  }

  @ParameterizedTest
  @CsvSource({"yep, false", "EOF, false", "y, true"})
  void onlyYesIsYes(String answer, boolean yes) throws Exception {
    try (Terminal terminal = start(TestServers.first().toString(), "truncate", table)) {
      terminal.until("Go on? [y/N] ").type(answer.equals("EOF") ? "\u0004" : answer + "\n");
      assertThat(terminal.exitCode()).as("" + terminal.said()).isEqualTo(yes ? 0 : 2);
      assertThat(items()).isEqualTo(yes ? 0 : 30);
      if (!yes) {
        assertThat(terminal.said()).contains("nothing was done by truncate");
      }
    }
  }

  @Test
  void yesInFullAndInCapitalsIsYesAndNothingElse() {
    assertThat(List.of("y", "Y", "yes", "YES", " yes ")).allMatch(Console::isYes);
    assertThat(List.of("", " ", "n", "no", "j", "ye", "yep", "y y", "yy", "\u0000", "true", "1"))
        .noneMatch(Console::isYes);
  }

  @Test
  void whatIsTypedAheadIsNoAnswerAndEnterIsNo() throws Exception {
    try (Terminal terminal = start(TestServers.first().toString(), "truncate", table)) {
      terminal.type("y\nyes\ny");
      terminal.until("Go on? [y/N] ").type("\n");
      assertThat(terminal.exitCode()).as("" + terminal.said()).isEqualTo(2);
      assertThat(items()).isEqualTo(30);
    }
  }

  @Test
  void aWordTypedAheadDoesNotPauseAndCtrlPDoes() throws Exception {
    String target = Tables.on(TestServers.first()).key("id", "S").create();
    try (Terminal terminal =
        start(
            TestServers.first().toString(),
            "copy",
            table,
            target,
            "--rate-write",
            "10",
            "--segments",
            "1")) {
      terminal.until(target + " ").type("top\n");
      terminal
          .type("\u0010")
          .until("p to pause")
          .type("p")
          .until("paused: Ctrl-P, then p, goes on");
      terminal.type("\u0010").until("p to go on").type("p");
      assertThat(terminal.exitCode()).as("" + terminal.said()).isZero();
      assertThat(TableComparison.items(TestServers.first(), target)).hasSize(30);
    }
  }
}
