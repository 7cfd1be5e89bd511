package org.dynocopy.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * The arguments of the command line in the order in which they are parsed: the command's name, then
 * everything else. Picocli gives an option that stands before the name to the parent, where nothing
 * reads it; so it is moved behind the name, and means the same in both places.
 *
 * @param command the names of the command and its subcommand; empty for a recipe
 * @param rest its options and parameters
 */
record Arguments(List<String> command, List<String> rest) {

  static final String HELP = "help";
  static final String VERSION = "version";

  /** What has no help of its own. */
  private static final List<String> ITSELF = List.of(HELP, VERSION);

  /**
   * Finds the command.
   *
   * @param names the names of all commands without subcommands
   * @param all the model of all commands, which takes a while to make: asked only where needed
   * @throws ParameterException if help is asked for what is no command, or more stands behind its
   *     name or behind {@code version}
   */
  static Arguments of(List<String> names, Supplier<CommandLine> all, String... args) {
    List<String> words = expanded(args);
    String first = words.isEmpty() ? "" : words.get(0);
    if (names.contains(first)) {
      return new Arguments(List.of(first), words.subList(1, words.size()));
    }
    if (first.endsWith(".groovy")) {
      return new Arguments(List.of(), words);
    }
    return new Search(all.get()).of(words);
  }

  /** Returns all of it, as it is parsed. */
  String[] words() {
    return Stream.concat(command.stream(), rest.stream()).toArray(String[]::new);
  }

  /** Returns the arguments with the content of {@code @files} in their place. */
  private static List<String> expanded(String... args) {
    if (Stream.of(args).noneMatch(word -> word.startsWith("@"))) {
      return List.of(args);
    }
    CommandLine nothing = new CommandLine(CommandSpec.create()).setUnmatchedArgumentsAllowed(true);
    return nothing.parseArgs(args).expandedArgs();
  }

  /** Looks for the command among options, of which each is known by its number of parameters. */
  private static final class Search {
    private final CommandLine root;
    private final Map<String, OptionSpec> options = new HashMap<>();
    private final List<String> found = new ArrayList<>();
    private final List<String> before = new ArrayList<>();
    private boolean help;

    Search(CommandLine root) {
      this.root = root;
      collect(root.getCommandSpec());
    }

    private void collect(CommandSpec spec) {
      spec.optionsMap().forEach(options::putIfAbsent);
      spec.subcommands().values().forEach(command -> collect(command.getCommandSpec()));
    }

    Arguments of(List<String> words) {
      CommandLine command = root;
      int at = 0;
      while (at < words.size() && !words.get(at).equals("--")) {
        String word = words.get(at);
        Map<String, CommandLine> commands = command.getSubcommands();
        if (word.startsWith("-") && word.length() > 1) {
          int end = Math.min(words.size(), at + 1 + parameters(word));
          before.addAll(words.subList(at, end));
          at = end;
        } else if (commands.containsKey(word)) {
          command = commands.get(word);
          found.add(word);
          at++;
        } else if (word.equals(HELP) && !commands.isEmpty() && !help) {
          help = true;
          at++;
        } else {
          break;
        }
      }
      List<String> after = words.subList(at, words.size());
      if (help) {
        return help(command, after);
      }
      if (found.isEmpty() && !after.isEmpty() && after.get(0).equals(VERSION)) {
        return version(after.subList(1, after.size()));
      }
      before.addAll(after);
      return new Arguments(found, before);
    }

    private Arguments help(CommandLine command, List<String> after) {
      boolean itself = command == root && after.size() == 1 && ITSELF.contains(after.get(0));
      if (itself) {
        return new Arguments(found, List.of("--help"));
      }
      if (!command.getSubcommands().isEmpty() && !after.isEmpty()) {
        throw new ParameterException(root, UsageErrors.noCommand(command, after.get(0)));
      }
      before.addAll(after);
      before.removeIf(List.of("--help", "-h")::contains);
      if (!before.isEmpty()) {
        String shown = String.join(" ", found);
        throw new ParameterException(
            root,
            "`help " + shown + "` stands alone: `" + before.get(0) + "` is one word too many");
      }
      return new Arguments(found, List.of("--help"));
    }

    private Arguments version(List<String> after) {
      if (!after.isEmpty()) {
        throw new ParameterException(
            root, "`version` stands alone: `" + after.get(0) + "` is one word too many");
      }
      before.add("--version");
      return new Arguments(found, before);
    }

    /** Returns how many of the words after an option are its parameters. */
    private int parameters(String word) {
      int equals = word.indexOf('=');
      OptionSpec option = options.get(equals < 0 ? word : word.substring(0, equals));
      if (option != null) {
        return Math.max(0, option.arity().min() - (equals < 0 ? 0 : 1));
      }
      // Short options may be one word: -yh, -ojson.
      for (int i = 1; i < word.length() && !word.startsWith("--"); i++) {
        option = options.get("-" + word.charAt(i));
        if (option == null) {
          return 0;
        }
        if (option.arity().min() > 0) {
          return option.arity().min() - (i == word.length() - 1 ? 0 : 1);
        }
      }
      return 0;
    }
  }
}
