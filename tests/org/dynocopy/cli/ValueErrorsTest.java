package org.dynocopy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.dynocopy.cli.console.Console;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Options without values, or with wrong ones, over picocli's model of all commands. */
class ValueErrorsTest {

  private static final CommandLine ALL =
      Main.all(new Console(System.out, System.out, System.err, false));

  private static List<CommandSpec> commands(CommandSpec spec, List<CommandSpec> into) {
    into.add(spec);
    spec.subcommands().values().forEach(one -> commands(one.getCommandSpec(), into));
    return into;
  }

  private static String refused(CommandSpec command, String... more) {
    List<String> words = new ArrayList<>(List.of(command.qualifiedName().split(" ")));
    words.remove(0);
    words.addAll(List.of(more));
    Cli.Result result = Cli.run(words.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    return result.err();
  }

  @Test
  void eachOptionSaysInOurWordsWhatItNeeds() {
    for (CommandSpec command : commands(ALL.getCommandSpec(), new ArrayList<>())) {
      for (OptionSpec option : command.options()) {
        String name = option.names()[0];
        if (option.arity().min() > 0) {
          assertThat(refused(command, name)).startsWith("dynocopy: `" + name + "` needs ");
        } else if (!option.usageHelp() && !option.versionHelp()) {
          assertThat(refused(command, name, name))
              .startsWith("dynocopy: `" + name + "` is given twice");
          assertThat(refused(command, name + "=maybe"))
              .startsWith("dynocopy: `" + name + "` takes no value, not `maybe`");
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "r.groovy --param tenant | `--param` takes NAME=VALUE, as in `--param tenant=t1`, not"
            + " `tenant`",
        "schema | `schema` needs a command behind it, one of `clone`, `diff`, `show`",
        "copy | `copy` needs FROM and TO: it is `dynocopy copy FROM TO [OPTIONS]`",
        "copy users | `copy` needs TO: it is `dynocopy copy FROM TO [OPTIONS]`",
        "copy users new --segments x | `--segments` takes a whole number, not `x`",
        "copy users new --budget x | `--budget` takes a number, not `x`",
        "copy users new --sk-between 1 | `--sk-between` needs 2 values: `--sk-between KEY KEY`",
        "copy users new --region a --region b | `--region` is given twice",
      })
  void wrongValueIsToldWithWhatIsRight(String words, String sentence) {
    Cli.Result result = Cli.run(words.split(" "));
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).startsWith("dynocopy: " + sentence + "\n");
  }
}
