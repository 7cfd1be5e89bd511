package org.dynocopy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dynocopy.cli.console.Console;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person at a terminal is asked, answers and types: at a pseudo-terminal of script(1). */
@Execution(ExecutionMode.CONCURRENT)
class TerminalTest {

  private String table;

  @TempDir private Path folder;

  @BeforeEach
  void fill() {
    Terminal.assumePossible();
    table = Tables.on(TestServers.first()).key("id", "S").create();
    Tables.fill(TestServers.first(), table, 30);
  }

  private Terminal start(String endpoint, String... args) throws IOException {
    Map<String, String> variables =
        Map.of("AWS_ENDPOINT_URL", endpoint, "AWS_REGION", TestServers.REGION, "TERM", "xterm");
    return Terminal.start(folder, variables, args);
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
