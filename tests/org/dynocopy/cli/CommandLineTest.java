package org.dynocopy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dynocopy.cli.console.Console;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Only the command that is named is made, which must not be noticed. */
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "help truncate|Usage: dynocopy truncate TABLE",
        "help truncate --help|Usage: dynocopy truncate TABLE",
        "help schema clone|Usage: dynocopy schema clone ",
        "schema help clone|Usage: dynocopy schema clone ",
        "help schema|Usage: dynocopy schema ",
        "help|Usage: dynocopy RECIPE.groovy",
        "version|dynocopy ",
        "copy --version|dynocopy ",
        "schema clone -V|dynocopy "
      })
  void helpAndVersionAreWordsToo(String words) {
    String[] parts = words.split("\\|");
    Cli.Result result = Cli.run(parts[0].split(" "));
    assertThat(result.out()).startsWith(parts[1]);
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "e1.groovy copy A B|`e1.groovy` is a recipe and `copy` a command: run one at a time",
        "copy A B e1.groovy|`e1.groovy` is a recipe and `copy` a command: run one at a time",
        "e1.groovy e2.groovy|`e2.groovy` is one word too many: run one recipe at a time",
        "r.groovy tenant=t1|`tenant=t1` is one word too many: a value for a recipe's param is"
            + " `--param tenant=t1`",
        "tenant=t1 r.groovy|a value for a recipe's param is `--param tenant=t1`",
        "r.groovy --param a=1 --param a=2|`--param a` is given twice",
        "copi A B|there is no command and no recipe `copi`. Did you mean `copy`?",
        "copi|there is no command and no recipe `copi`. Did you mean `copy`?",
        "--dry-run copi A B|no recipe `copi`. Did you mean `copy`?",
        "schema clon A B|there is no command `schema clon`. Did you mean `schema clone`?",
        "help copi|no recipe `copi`. Did you mean `copy`?",
        "help copy foo bar|`help copy` stands alone: `foo` is one word too many",
        "help truncate local:t --yes|`help truncate` stands alone: `local:t` is one word too many",
        "--yes help truncate|`help truncate` stands alone: `--yes` is one word too many",
        "schema help clone --yes|`help schema clone` stands alone: `--yes` is one word too many",
        "version copy|`version` stands alone: `copy` is one word too many",
        "copy A B C|`C` is one word too many: it is `dynocopy copy FROM TO [OPTIONS]`",
        "copy A B --segmens 3|`copy` takes no `--segmens`. Did you mean `--segments`?",
        "copy A B --param a=1|`copy` takes no `--param`: it is an option of recipes",
        "--param a=1 copy A B|`copy` takes no `--param`: it is an option of recipes",
        "r.groovy --segments 3|a recipe takes no `--segments`: it is an option of `copy`, `query`,",
        "-- truncate local:t|there is no command and no recipe `truncate`"
      })
  void oneThingAtATimeAndWhatIsMeantIsSaid(String words) {
    String[] parts = words.split("\\|");
    Cli.Result result = Cli.run(parts[0].split(" "));
    assertThat(result.err()).contains(parts[1]).doesNotContain("\tat ");
    assertThat(result.out()).isEmpty();
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @Test
  void anEmptyArgumentIsNoRecipe() {
    for (String[] words : new String[][] {{""}, {"", "copy", "A", "B"}, {"--yes", ""}}) {
      Cli.Result result = Cli.run(words);
      assertThat(result.err()).contains("the name of the command or recipe is empty");
      assertThat(result.exitCode()).isEqualTo(2);
    }
  }

  /** What overwrites or removes items, or keeps no way back, by itself or without a question. */
  private static final List<String> DESTRUCTIVE =
      List.of(
          "--yes",
          "-y",
          "--fresh",
          "--replace",
          "--truncate-first",
          "--no-backup",
          "--repair",
          "--delete-extra",
          "--on-conflict");

  /** Each command and option with a letter less, two letters swapped, and one doubled. */
  @Test
  void nothingThatDestroysIsEverProposed() {
    CommandLine all = Main.all(new Console(System.out, System.out, System.err, false));
    all.getSubcommands()
        .values()
        .forEach(
            command -> {
              String name = command.getCommandName();
              typos(name).forEach(typo -> assertHarmless(all, command, typo));
              command
                  .getCommandSpec()
                  .optionsMap()
                  .keySet()
                  .forEach(
                      option -> typos(option).forEach(typo -> assertHarmless(all, command, typo)));
            });
  }

  @Test
  void aTypoOfAHarmfulOptionGetsNoProposal() {
    CommandLine all = Main.all(new Console(System.out, System.out, System.err, false));
    CommandLine copy = all.getSubcommands().get("copy");
    for (String typed : List.of("--ye", "--yess", "--ys", "--fres", "--replce", "--no-backpu")) {
      String said = new UsageErrors(all).of(new UnmatchedArgumentException(copy, List.of(typed)));
      assertThat(said).isEqualTo("`copy` takes no `" + typed + "`.");
    }
  }

  private static void assertHarmless(CommandLine all, CommandLine command, String typo) {
    String said =
        typo.startsWith("-")
            ? new UsageErrors(all).of(new UnmatchedArgumentException(command, List.of(typo)))
            : UsageErrors.noCommand(all, typo);
    Matcher meant = Pattern.compile("Did you mean `([^`]+)`").matcher(said);
    if (!meant.find()) {
      return;
    }
    CommandLine proposed = all.getSubcommands().get(meant.group(1));
    OptionSpec option = command.getCommandSpec().findOption(meant.group(1));
    String does =
        proposed != null
            ? String.join(" ", proposed.getCommandSpec().usageMessage().description())
            : option != null ? String.join(" ", option.description()) : "";
    assertThat(DESTRUCTIVE).as(typo).doesNotContain(meant.group(1));
    assertThat(does)
        .as(typo + ": " + said)
        .doesNotContainPattern(
            "(?i)delet(e(?! at most)|ing)|remov|restore|overwrit|do not (ask|back)|empty");
  }

  private static List<String> typos(String word) {
    List<String> all = new ArrayList<>();
    int start = word.startsWith("--") ? 2 : 0;
    for (int i = start; i + 1 < word.length(); i++) {
      String before = word.substring(0, i);
      all.add(before + word.substring(i + 1));
      all.add(before + word.charAt(i + 1) + word.charAt(i) + word.substring(i + 2));
      all.add(before + word.charAt(i) + word.substring(i));
    }
    return all;
  }
}
