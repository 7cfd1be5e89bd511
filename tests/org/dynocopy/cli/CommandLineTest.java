package org.dynocopy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only the command that is named is made, which nobody is to notice. */
class CommandLineTest {

  @ParameterizedTest
  @ValueSource(strings = {"--help", "recipe.groovy --help", "-Vh", "-h recipe.groovy --dry-run"})
  void helpListsAllCommands(String arguments) {
    Cli.Result result = Cli.run(arguments.split(" "));
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("  copy  ", "  schema  ", "  fingerprint", "Exit codes:");
  }

  @Test
  void helpOfACommandIsItsOwn() {
    Cli.Result result = Cli.run("copy", "--help");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).startsWith("Usage: dynocopy copy ").doesNotContain("Commands:");
  }

  @Test
  void aCommandIsFoundBehindOptions() {
    Cli.Result result = Cli.run("--dry-run", "truncate");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("TABLE", "Try `dynocopy truncate --help`.");
  }
}
