package org.dynocopy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.dynocopy.cli.command.JobCommand;
import org.dynocopy.cli.console.Console;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.spec.place.Environments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** No option is taken that changes nothing: a law over picocli's model of all commands. */
class NeedlessOptionsTest {

  private static final CommandLine ALL =
      Main.all(new Console(System.out, System.out, System.err, false));
  private static final Environments ENVIRONMENTS =
      new Environments(List.of(), Optional.empty(), Environments.Defaults.NONE);

  /** What is no part of a job: which commands have these is said one by one below. */
  private static final Set<String> OF_RUNS =
      Set.of("--dry-run", "--yes", "--fresh", "--json", "--control");

  private static final Set<String> OF_PLACES = Set.of("--profile", "--region", "--endpoint-url");

  private static final Map<String, String> VALUES =
      Map.of(
          "--prices", "read=1,write=1",
          "--retry", "attempts=3",
          "--on-conflict", "skip",
          "--names", "{}",
          "--values", "{}",
          "--output", "json",
          "--to", "file:backup.jsonl.gz");

  /** It is what a verification does anyway. */
  private static final String USUAL = "--full";

  private static Object job(List<String> words) throws Exception {
    ALL.parseArgs(words.toArray(String[]::new));
    return ALL.getSubcommands().get(words.get(0)).<JobCommand>getCommand().job(ENVIRONMENTS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "copy users other",
        "query users",
        "delete users --pk 2",
        "truncate users",
        "backup users",
        "restore file:backup.jsonl.gz users",
        "replay letters.jsonl users",
        "verify users other",
        "fingerprint users"
      })
  void anOptionChangesTheJobOrIsRefused(String command) throws Exception {
    List<String> words = List.of(command.split(" "));
    Object plain = job(words);
    for (OptionSpec option : ALL.getSubcommands().get(words.get(0)).getCommandSpec().options()) {
      String name = option.longestName();
      boolean other = name.equals(USUAL) || OF_RUNS.contains(name) || OF_PLACES.contains(name);
      if (other || option.usageHelp() || option.versionHelp()) {
        continue;
      }
      List<String> with = new ArrayList<>(words);
      with.add(option.names()[0]);
      for (int i = 0; i < option.arity().min(); i++) {
        with.add(VALUES.getOrDefault(option.names()[0], "1"));
      }
      try {
        assertThat(job(with)).as("" + with).isNotEqualTo(plain);
      } catch (InvalidJobException e) {
        assertThat(e).as("" + with).hasMessageContaining(option.names()[0]);
      }
    }
  }

  @Test
  void anOptionOfRunsIsTakenWhereItMeansSomething() {
    Map<String, Set<String>> all = new TreeMap<>();
    collect("", ALL, all);
    Set<String> reading = Set.of("--dry-run", "--json", "--control");
    assertThat(all)
        .isEqualTo(
            Map.ofEntries(
                Map.entry("", OF_RUNS),
                Map.entry("copy", OF_RUNS),
                Map.entry("restore", OF_RUNS),
                Map.entry("replay", OF_RUNS),
                Map.entry("delete", OF_RUNS),
                Map.entry("truncate", OF_RUNS),
                Map.entry("verify", OF_RUNS),
                Map.entry("query", reading),
                Map.entry("backup", Set.of("--dry-run", "--fresh", "--json", "--control")),
                Map.entry("fingerprint", reading),
                Map.entry("runs", Set.of("--json")),
                Map.entry("schema show", Set.of()),
                Map.entry("schema diff", Set.of()),
                Map.entry("schema clone", Set.of("--dry-run", "--json"))));
  }

  private static void collect(String name, CommandLine line, Map<String, Set<String>> into) {
    if (name.isEmpty() || line.getSubcommands().isEmpty()) {
      Set<String> has = new TreeSet<>(line.getCommandSpec().optionsMap().keySet());
      has.retainAll(OF_RUNS);
      into.put(name, has);
    }
    line.getSubcommands()
        .forEach((sub, command) -> collect((name + " " + sub).strip(), command, into));
  }

  @Test
  void needlessOptionsAreRefusedWithTheReason() {
    Map<String, String> refused =
        Map.of(
            "query users --fresh", "`query` takes no `--fresh`",
            "fingerprint users --json", "--json: goes with --dry-run",
            "verify users other --yes", "--yes: goes with --repair",
            "query users --count --output csv", "--output: does not go with --count",
            "query users --count --project a", "--project: does not go with --count",
            "query users --json --output csv", "--json: goes with --output json or jsonl alone",
            "schema clone users other --control rates", "`schema clone` takes no `--control`");
    refused.forEach(
        (words, why) -> {
          Cli.Result result = Cli.run(words.split(" "));
          assertThat(result.exitCode()).as(words).isEqualTo(2);
          assertThat(result.err()).contains(why);
        });
  }

  @Test
  void helpOfHelpAndVersionIsThatOfAll() {
    for (String word : List.of("help", "version")) {
      assertThat(Cli.run("help", word).out()).contains("Usage: dynocopy RECIPE.groovy");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "copy local:users local:other, --profile, nope",
    "copy local:users local:other, --endpoint-url, http://127.0.0.1:1",
    "verify local:users local:other, --profile, nope",
    "truncate local:users, --endpoint-url, http://127.0.0.1:1",
    "schema show local:users, --profile, nope",
    "schema diff local:users local:other, --endpoint-url, http://127.0.0.1:1",
    "schema clone local:users local:other, --profile, nope",
    "query arn:aws:dynamodb:eu-west-1:123456789012:table/users, --region, us-east-1",
  })
  void optionThatNoTableTakesIsRefused(String command, String option, String value) {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.addAll(List.of(option, value));
    Cli.Result result = Cli.run(words.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).startsWith(option + ": `" + value + "` would not be used");
  }
}
