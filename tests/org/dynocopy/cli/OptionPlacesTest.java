package org.dynocopy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dynocopy.cli.console.Console;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * An option means the same wherever it stands, or is refused: laws over picocli's own model of all
 * commands and options, so that a new one is covered. {@code -Ddynocopy.seed} is another draw.
 */
class OptionPlacesTest {

  private static final Console CONSOLE = new Console(System.out, System.out, System.err, false);
  private static final CommandLine ALL = Main.all(CONSOLE);
  private static final Map<List<String>, CommandLine> LINES = new HashMap<>();
  private static final CommandSpec ROOT = ALL.getCommandSpec();
  private static final Map<String, OptionSpec> OPTIONS = options();

  @TempDir private Path folder;

  /** Each command that does something, by its names. */
  static List<List<String>> commands() {
    List<List<String>> all = new ArrayList<>();
    collect(ROOT, List.of(), all);
    return all;
  }

  private static void collect(CommandSpec spec, List<String> names, List<List<String>> into) {
    spec.subcommands()
        .forEach(
            (name, sub) -> {
              List<String> path = Stream.concat(names.stream(), Stream.of(name)).toList();
              if (sub.getSubcommands().isEmpty()) {
                into.add(path);
              }
              collect(sub.getCommandSpec(), path, into);
            });
  }

  /** Every option of any command, by each of its names. */
  private static Map<String, OptionSpec> options() {
    Map<String, OptionSpec> all = new TreeMap<>(ROOT.optionsMap());
    for (List<String> command : commands()) {
      spec(command)
          .optionsMap()
          .forEach(
              (name, option) -> {
                OptionSpec other = all.putIfAbsent(name, option);
                boolean same = other == null || other.arity().equals(option.arity());
                assertThat(same).as(name + " takes as many words in each command").isTrue();
              });
    }
    return all;
  }

  private static CommandSpec spec(List<String> command) {
    CommandSpec spec = ROOT;
    for (String name : command) {
      spec = spec.subcommands().get(name).getCommandSpec();
    }
    return spec;
  }

  private static List<String> parameters(List<String> command) {
    return spec(command).positionalParameters().stream().map(p -> "users").toList();
  }

  /** An option in one of the forms in which it can be written. */
  private List<String> form(String name, OptionSpec option, int form) throws IOException {
    Class<?> type = option.auxiliaryTypes()[0];
    String value = type.isEnum() ? type.getEnumConstants()[0].toString() : "1";
    value = option.isMultiValue() && option.typeInfo().isMap() ? "a=1" : value;
    int arity = option.arity().min();
    List<String> words = new ArrayList<>(List.of(name));
    words.addAll(Collections.nCopies(arity, value));
    if (arity > 0 && form == 1) {
      words.set(0, name.startsWith("--") ? name + "=" + value : name + value);
      words.remove(1);
    } else if (form == 2) {
      Path file = Files.createTempFile(folder, "words", "");
      Files.write(file, words);
      return List.of("@" + file);
    }
    return words;
  }

  /** Returns what the command gets; nothing else may get anything. */
  private static Map<String, List<String>> parsed(List<String> words) {
    Arguments arguments = Arguments.of(Main.SIMPLE, () -> ALL, words.toArray(String[]::new));
    ParseResult result =
        LINES
            .computeIfAbsent(
                arguments.command().stream().limit(1).toList(),
                first -> Main.commandLine(CONSOLE, arguments))
            .parseArgs(arguments.words());
    while (result.hasSubcommand()) {
      assertThat(result.matchedOptions()).as("not read: " + words).isEmpty();
      result = result.subcommand();
    }
    Map<String, List<String>> all = new LinkedHashMap<>();
    all.put("command", List.of(result.commandSpec().qualifiedName()));
    result.matchedPositionals().forEach(p -> all.put(p.paramLabel(), p.originalStringValues()));
    result
        .matchedOptions()
        .forEach(option -> all.put(option.longestName(), option.originalStringValues()));
    return new TreeMap<>(all);
  }

  /** Returns a command with options before each of its names, and behind them. */
  private static List<String> words(List<String> command, List<List<String>> places) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < command.size(); i++) {
      words.addAll(places.get(i));
      words.add(command.get(i));
    }
    words.addAll(parameters(command));
    words.addAll(places.get(command.size()));
    return words;
  }

  private static List<String> placed(List<String> command, List<String> option, int place) {
    return words(
        command,
        IntStream.rangeClosed(0, command.size())
            .mapToObj(i -> i == place ? option : List.<String>of())
            .toList());
  }

  private static String refusal(List<String> words) {
    return new UsageErrors(ALL)
        .of(catchThrowableOfType(ParameterException.class, () -> parsed(words)));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void anOptionMeansTheSameBeforeAndAfter(List<String> command) throws Exception {
    for (Map.Entry<String, OptionSpec> option : spec(command).optionsMap().entrySet()) {
      for (int form = 0; form < 3; form++) {
        List<String> words = form(option.getKey(), option.getValue(), form);
        Map<String, List<String>> behind = parsed(placed(command, words, command.size()));
        assertThat(behind).containsKey(option.getValue().longestName());
        for (int place = 0; place < command.size(); place++) {
          assertThat(parsed(placed(command, words, place))).as("" + words).isEqualTo(behind);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void anOptionOfAnotherCommandIsRefused(List<String> command) throws Exception {
    for (Map.Entry<String, OptionSpec> option : OPTIONS.entrySet()) {
      if (spec(command).optionsMap().containsKey(option.getKey())) {
        continue;
      }
      List<String> words = form(option.getKey(), option.getValue(), 0);
      for (int place = 0; place <= command.size(); place++) {
        assertThat(refusal(placed(command, words, place)))
            .startsWith("`" + String.join(" ", command) + "` takes no `" + option.getKey() + "`");
      }
    }
  }

  @Test
  void anOptionOfCommandsAloneIsRefusedForRecipes() throws Exception {
    for (Map.Entry<String, OptionSpec> option : OPTIONS.entrySet()) {
      if (ROOT.optionsMap().containsKey(option.getKey())) {
        continue;
      }
      List<String> words = new ArrayList<>(form(option.getKey(), option.getValue(), 0));
      words.add("recipe.groovy");
      for (int turn = 0; turn < 2; turn++) {
        assertThat(refusal(words)).startsWith("a recipe takes no `" + option.getKey());
        Collections.rotate(words, 1);
      }
    }
  }

  @Test
  void manyOptionsInAnyPlacesAreAllRead() throws Exception {
    long seed = Long.getLong("dynocopy.seed", System.nanoTime());
    Random random = new Random(seed);
    List<List<String>> commands = commands();
    for (int run = 0; run < Integer.getInteger("dynocopy.runs", 300); run++) {
      List<String> command = commands.get(random.nextInt(commands.size()));
      List<OptionSpec> options = new ArrayList<>(spec(command).options());
      options.removeIf(option -> option.usageHelp() || option.versionHelp());
      Collections.shuffle(options, random);
      List<List<String>> places = new ArrayList<>();
      IntStream.rangeClosed(0, command.size()).forEach(i -> places.add(new ArrayList<>()));
      List<OptionSpec> some = options.subList(0, Math.min(options.size(), random.nextInt(6)));
      for (OptionSpec option : some) {
        int times = option.isMultiValue() ? 1 + random.nextInt(2) : 1;
        for (int i = 0; i < times; i++) {
          String name = option.names()[random.nextInt(option.names().length)];
          List<String> words = form(name, option, random.nextInt(3));
          places.get(random.nextInt(places.size())).addAll(words);
        }
      }
      List<String> all = new ArrayList<>();
      places.forEach(all::addAll);
      Map<String, List<String>> behind = parsed(placed(command, all, command.size()));
      List<String> words = words(command, places);
      assertThat(parsed(words)).as("seed " + seed + ": " + words).isEqualTo(behind);
      some.forEach(option -> assertThat(behind).containsKey(option.longestName()));
    }
  }

  @Test
  void aDryRunBeforeATruncateDeletesNothing() {
    String table = Tables.on(TestServers.first()).key("id", "S").create();
    Tables.fill(TestServers.first(), table, 30);
    String[] there = {"--endpoint-url", TestServers.first().toString()};
    Cli.Result result =
        Cli.run("--dry-run", there[0], there[1], "truncate", table, "--yes", "--region=us-east-1");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("30");
    assertThat(TableComparison.items(TestServers.first(), table)).hasSize(30);
  }
}
