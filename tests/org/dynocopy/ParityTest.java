package org.dynocopy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dynocopy.cli.CommandModel;
import org.dynocopy.dsl.words.CopyWords;
import org.dynocopy.dsl.words.DeleteWords;
import org.dynocopy.dsl.words.FingerprintWords;
import org.dynocopy.dsl.words.QueryWords;
import org.dynocopy.dsl.words.RecipeScript;
import org.dynocopy.dsl.words.VerifyWords;
import org.dynocopy.dsl.words.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What one of the command line, the facade and the recipes can be told of a job, the other two can
 * be told as well: read from picocli's model, by reflection and from the vocabulary. What differs
 * on purpose stands here, with the reason.
 */
class ParityTest {

  /** A job: its command, what describes it in Java, and its block or statement in a recipe. */
  private enum Kind {
    COPY("copy", CopyBuilder.class, CopyWords.class),
    DELETE("delete", DeletionBuilder.class, DeleteWords.class),
    TRUNCATE("truncate", TruncationBuilder.class, RecipeScript.class),
    QUERY("query", QueryBuilder.class, QueryWords.class),
    VERIFY("verify", VerifyBuilder.class, VerifyWords.class),
    FINGERPRINT("fingerprint", FingerprintBuilder.class, FingerprintWords.class),
    BACKUP("backup", BackupBuilder.class, RecipeScript.class),
    RESTORE("restore", RestoreBuilder.class, RecipeScript.class),
    REPLAY("replay", ReplayBuilder.class, RecipeScript.class),
    CLONE_SCHEMA("schema clone", Action.class, RecipeScript.class);

    private final String command;
    private final Class<? extends Action> builder;
    private final Class<?> scope;

    Kind(String command, Class<? extends Action> builder, Class<?> scope) {
      this.command = command;
      this.builder = builder;
      this.scope = scope;
    }
  }

  /** What is called otherwise at the command line, where an option stands alone. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "rateRead", "readRate",
          "rateWrite", "writeRate",
          "filterExpression", "filter",
          "expressionAttributeNames", "filter",
          "expressionAttributeValues", "filter");

  /** What is called otherwise in Java, which has no named arguments. */
  private static final Map<String, String> METHODS =
      Map.of("onConflictNewer", "onConflict", "repairAndDeleteExtra", "deleteExtra");

  /** Named arguments, and words of blocks in blocks, that are called otherwise elsewhere. */
  private static final Map<String, String> ARGUMENTS =
      Map.ofEntries(
          Map.entry("rate read", "readRate"),
          Map.entry("rate write", "writeRate"),
          Map.entry("where gsi", "index"),
          Map.entry("where lsi", "index"),
          Map.entry("replace backup", "noBackup"),
          Map.entry("onConflict newer", "onConflict"),
          Map.entry("verify count", "verifyCount"),
          Map.entry("verify sample", "verifySample"),
          Map.entry("verify full", "verify"));

  /** Words whose named arguments are one thing elsewhere. */
  private static final Set<String> WHOLE = Set.of("filter", "prices", "retry");

  /** Words that are nothing without what stands in them. */
  private static final Set<String> FRAMES = Set.of("rate", "where", "onFailure");

  /** Options of a whole run: a recipe is run with them, and Java has other means. */
  private static final Map<String, String> COMMAND_ALONE =
      Map.of(
          "help", "of the command itself",
          "version", "of the command itself",
          "profile", "an environment of the recipe says it; Java has AWS's variables",
          "region", "likewise",
          "endpointUrl", "likewise",
          "yes", "answers a question, and Java is asked none",
          "json", "prints the Report that Java returns",
          "control", "for the person at a terminal beside it");

  private static final Map<String, String> NOT_IN_RECIPES =
      Map.of(
          "dryRun", "said of a recipe as a whole, at the command line",
          "fresh", "said of one run: a recipe that says it would never go on");

  private static final Map<String, String> JAVA_ALONE =
      Map.of(
          "job", "the description itself",
          "run", "does it",
          "stream", "items, one by one, to Java",
          "print", "a command and a recipe print on standard output",
          "differences", "likewise");

  private static final Map<String, String> RECIPE_ALONE =
      Map.of("use", "puts pieces of recipes together");

  private static String camelCase(String option) {
    return Pattern.compile("-(.)")
        .matcher(option.replaceFirst("^-+", ""))
        .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
  }

  private static Set<String> options(Kind kind) {
    Set<String> words = new TreeSet<>();
    for (String option : CommandModel.options(kind.command)) {
      String name = camelCase(option);
      words.add(OPTIONS.getOrDefault(name, name));
    }
    words.removeAll(COMMAND_ALONE.keySet());
    if (!methods(kind).contains("fresh")) {
      words.remove("fresh"); // of the journal of a run: Java deletes its file
    }
    words.remove("to"); // what it names is a parameter elsewhere
    return words;
  }

  private static Stream<Method> methods(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getDeclaringClass() != Object.class);
  }

  private static Set<String> methods(Kind kind) {
    Set<String> words = new TreeSet<>();
    methods(kind.builder)
        .forEach(
            method -> {
              String name = method.getName();
              if (Arrays.asList(method.getParameterTypes()).contains(Where.class)) {
                methods(Where.class).forEach(part -> words.add(part.getName()));
                methods(Dynocopy.class)
                    .filter(made -> made.getReturnType() == Where.class)
                    .map(Method::getName)
                    .forEach(made -> words.add(made.equals("pk") ? "pk" : "index"));
              } else {
                words.add(METHODS.getOrDefault(name, name));
              }
            });
    words.removeAll(JAVA_ALONE.keySet());
    return words;
  }

  private static Set<String> words(Kind kind) {
    Set<String> words = new TreeSet<>();
    if (kind.scope == RecipeScript.class) {
      String name = kind == Kind.CLONE_SCHEMA ? "cloneSchema" : kind.command;
      words.addAll(Vocabulary.of(RecipeScript.class).word(name).orElseThrow().named().keySet());
    } else {
      for (String name : Vocabulary.of(kind.scope).names()) {
        add(words, "", Vocabulary.of(kind.scope).word(name).orElseThrow());
      }
    }
    words.removeAll(RECIPE_ALONE.keySet());
    words.removeAll(Set.of("from", "to"));
    return words;
  }

  private static void add(Set<String> words, String before, Vocabulary.Entry entry) {
    Optional<Class<?>> block = entry.blockScope();
    String name = before + entry.name();
    if (block.isPresent()) {
      for (String inner : Vocabulary.of(block.get()).names()) {
        words.add(ARGUMENTS.getOrDefault(name + " " + inner, inner));
      }
      return;
    }
    if (!FRAMES.contains(name)) {
      words.add(name);
    }
    if (!WHOLE.contains(name)) {
      for (String argument : entry.named().keySet()) {
        words.add(ARGUMENTS.getOrDefault(name + " " + argument, argument));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void facadeCanWhatTheCommandCan(Kind kind) {
    assertThat(methods(kind)).isEqualTo(options(kind));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void recipeCanWhatTheCommandCan(Kind kind) {
    Set<String> options = options(kind);
    options.removeAll(NOT_IN_RECIPES.keySet());
    assertThat(words(kind)).isEqualTo(options);
  }

  /** A difference that is none any more would hide the next one of its name. */
  @Test
  void everyDifferenceOnPurposeIsOne() {
    Map<String, Set<String>> unused = new TreeMap<>();
    Set<String> commands = new TreeSet<>();
    Set<String> facade = new TreeSet<>();
    Set<String> recipes = new TreeSet<>();
    for (Kind kind : Kind.values()) {
      CommandModel.options(kind.command).forEach(option -> commands.add(camelCase(option)));
      methods(kind.builder).map(Method::getName).forEach(facade::add);
      recipes.addAll(Vocabulary.of(kind.scope).names());
    }
    unused.put("command", left(COMMAND_ALONE.keySet(), commands));
    unused.put("no recipe", left(NOT_IN_RECIPES.keySet(), commands));
    unused.put("Java", left(JAVA_ALONE.keySet(), facade));
    unused.put("recipe", left(RECIPE_ALONE.keySet(), recipes));
    assertThat(unused.values()).allMatch(Set::isEmpty);
  }

  private static Set<String> left(Set<String> all, Set<String> used) {
    Set<String> left = new TreeSet<>(all);
    left.removeAll(used);
    return left;
  }

  @Test
  void everyCommandThatIsAJobIsCompared() {
    List<String> compared = Stream.of(Kind.values()).map(kind -> kind.command).toList();
    assertThat(CommandModel.names())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(compared.stream(), Stream.of("schema show", "schema diff", "runs"))
                .toList());
  }
}
