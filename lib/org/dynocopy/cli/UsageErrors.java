package org.dynocopy.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.dynocopy.diagnostic.Suggestions;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The sentences for arguments that are wrong. None of them proposes what removes or overwrites
 * items, or does so unasked: that is left to the user.
 */
final class UsageErrors {

  /** What may be proposed instead of a mistyped command: a new one is not, before it is here. */
  static final Set<String> HARMLESS =
      Set.of(
          "copy",
          "query",
          "backup",
          "schema",
          "show",
          "diff",
          "clone",
          "verify",
          "fingerprint",
          Arguments.HELP,
          Arguments.VERSION);

  /** What is never proposed instead of a mistyped option. */
  static final Set<String> HARMFUL =
      Set.of(
          "--yes",
          "-y",
          "--fresh",
          "--replace",
          "--truncate-first",
          "--no-backup",
          "--repair",
          "--delete-extra",
          "--on-conflict");

  private final CommandLine all;

  /**
   * Makes them.
   *
   * @param all the model of all commands
   */
  UsageErrors(CommandLine all) {
    this.all = all;
  }

  /** Returns the sentence for one. */
  String of(ParameterException e) {
    return e instanceof UnmatchedArgumentException unmatched
        ? of(e.getCommandLine(), unmatched.getUnmatched())
        : ValueErrors.of(e).orElseGet(e::getMessage);
  }

  private String of(CommandLine command, List<String> unmatched) {
    for (String word : unmatched) {
      if (word.startsWith("-") && word.length() > 1) {
        return noOption(command, word);
      }
    }
    CommandSpec spec = command.getCommandSpec();
    String word = unmatched.get(0);
    if (!spec.subcommands().isEmpty() && spec.parent() != null) {
      return noCommand(command, word);
    }
    if (spec.parent() == null) {
      return besideRecipe(spec.positionalParameters().get(0), unmatched);
    }
    String name = "`" + commands(spec) + "`";
    return word.endsWith(".groovy")
        ? "`" + word + "` is a recipe and " + name + " a command: run one at a time"
        : tooMany(word) + ": it is " + synopsis(spec);
  }

  private String besideRecipe(PositionalParamSpec parameter, List<String> more) {
    List<String> words = new ArrayList<>(parameter.originalStringValues());
    words.addAll(more);
    String recipe = words.get(0);
    for (String word : words) {
      if (word.matches("[A-Za-z_][^\\s=/.]*=.*")) {
        return tooMany(word) + ": a value for a recipe's param is `--param " + word + "`";
      }
    }
    if (!isRecipe(recipe)) {
      return noCommand(all, recipe);
    }
    for (String word : more) {
      if (all.getSubcommands().containsKey(word)) {
        return "`" + recipe + "` is a recipe and `" + word + "` a command: run one at a time";
      }
    }
    return tooMany(more.get(0)) + ": run one recipe at a time";
  }

  /** Returns whether a word can only be meant as a recipe's name. */
  static boolean isRecipe(String word) {
    try {
      return word.endsWith(".groovy")
          || word.contains("/")
          || !word.isEmpty() && Files.exists(Path.of(word));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static String tooMany(String word) {
    return word.isEmpty() ? "an argument is empty" : "`" + word + "` is one word too many";
  }

  /** Returns the sentence for a word that stands where a command's name should. */
  static String noCommand(CommandLine parent, String word) {
    if (word.isEmpty()) {
      return "the name of the command or recipe is empty";
    }
    CommandSpec spec = parent.getCommandSpec();
    String before = spec.parent() == null ? "" : spec.name() + " ";
    List<String> names = new ArrayList<>(spec.subcommands().keySet());
    if (before.isEmpty()) {
      names.add(Arguments.HELP);
      names.add(Arguments.VERSION);
    }
    names.retainAll(HARMLESS);
    String meant =
        Suggestions.of(word, names).map(n -> " Did you mean `" + before + n + "`?").orElse("");
    String none =
        before.isEmpty() ? "there is no command and no recipe `" : "there is no command `" + before;
    return none + word + "`." + meant;
  }

  private String noOption(CommandLine command, String word) {
    String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
    CommandSpec spec = command.getCommandSpec();
    boolean recipe = spec.parent() == null;
    String none = (recipe ? "a recipe" : "`" + commands(spec) + "`") + " takes no `" + name + "`";
    List<String> having = new ArrayList<>();
    if (all.getCommandSpec().optionsMap().containsKey(name)) {
      having.add("recipes");
    }
    collect(all.getCommandSpec(), name, having);
    if (!having.isEmpty()) {
      return none
          + ": it is an option of "
          + String.join(", ", having)
          + (recipe ? "; what a recipe does is said in its own words" : "");
    }
    // What is nearest without the dashes, which make short names alike. Where that is harmful,
    // nothing is proposed: another option is not what was meant.
    String meant =
        Suggestions.of(name.replaceFirst("^-+", ""), names(spec.optionsMap().values()))
            .map(option -> "--" + option)
            .filter(option -> !HARMFUL.contains(option))
            .map(option -> " Did you mean `" + option + "`?")
            .orElse("");
    return none + "." + meant;
  }

  private static void collect(CommandSpec spec, String option, List<String> into) {
    for (CommandLine command : spec.subcommands().values()) {
      CommandSpec sub = command.getCommandSpec();
      if (sub.optionsMap().containsKey(option) && HARMLESS.contains(sub.name())) {
        into.add("`" + commands(sub) + "`");
      }
      collect(sub, option, into);
    }
  }

  /** Returns the long names of options, without their dashes. */
  private static List<String> names(Collection<OptionSpec> options) {
    return options.stream()
        .flatMap(option -> Stream.of(option.names()))
        .filter(name -> name.startsWith("--"))
        .map(name -> name.substring(2))
        .toList();
  }

  /** Returns the names from the first command on: {@code schema show}. */
  static String commands(CommandSpec spec) {
    return spec.qualifiedName().replaceFirst("^\\S+ ", "");
  }

  static String synopsis(CommandSpec spec) {
    StringBuilder words = new StringBuilder("`" + spec.qualifiedName());
    spec.positionalParameters().forEach(p -> words.append(' ').append(p.paramLabel()));
    return words.append(" [OPTIONS]`").toString();
  }
}
