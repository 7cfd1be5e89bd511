package org.dynocopy.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.dynocopy.Dynocopy;
import org.dynocopy.dsl.Recipe;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Job;
import org.dynocopy.plan.Query;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command line: runs a recipe, or one of the commands. */
@Command(
    name = "dynocopy",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    synopsisSubcommandLabel = "COMMAND",
    description = "Copies DynamoDB data between tables, accounts, regions and environments.",
    customSynopsis = {
      "dynocopy RECIPE.groovy [--param NAME=VALUE]... [OPTIONS]",
      "       dynocopy COMMAND [OPTIONS]"
    },
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, and every item accounted for",
      "1:done, with dead letters or differences",
      "2:the recipe or the arguments are wrong; nothing was touched",
      "3:failed; it says why",
      "130:interrupted"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  dynocopy refresh-dev.groovy --param tenant=t1 --dry-run",
      "  dynocopy copy prod:users dev:users --index byTenant --pk t1",
      "",
      "Environments are those of the recipe, else AWS profiles; local: is",
      "http://localhost:8000. Data goes to standard output, all else to standard error."
    })
public final class Main implements Callable<Integer> {

  private static final List<Class<?>> COMMANDS =
      List.of(
          CopyCommand.class,
          QueryCommand.class,
          DeleteCommand.class,
          TruncateCommand.class,
          BackupCommand.class,
          RestoreCommand.class,
          ReplayCommand.class,
          SchemaCommand.class,
          VerifyCommand.class,
          FingerprintCommand.class);

  @Parameters(paramLabel = "RECIPE.groovy", arity = "0..1", description = "The recipe to run.")
  private Path recipe;

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "A value for a param of the recipe.")
  private Map<String, String> params = new LinkedHashMap<>();

  @Mixin private CommonOptions options;

  @Mixin private RateOptions rates;

  @Spec private CommandSpec spec;

  private final Console console;

  private Main(Console console) {
    this.console = console;
  }

  /** Runs a command and ends the process. */
  public static void main(String... args) {
    if (args.length > 0 && !args[0].startsWith("-")) {
      Ahead.REQUEST.start();
      if (args[0].endsWith(".groovy")) {
        Ahead.GROOVY.start();
      }
    }
    System.exit(run(Console.ofProcess(), args));
  }

  /** Runs a command and returns its exit code. */
  public static int run(String... args) {
    return run(Console.ofSystem(), args);
  }

  static int run(Console console, String... args) {
    // Else picocli looks for Groovy's closures, and with them all of Groovy starts.
    System.setProperty("picocli.disable.closures", "true");
    List<Class<?>> named = COMMANDS.stream().filter(command -> isNamed(command, args)).toList();
    CommandLine few = commandLine(console, named);
    CommandLine.IExecutionStrategy usual = few.getExecutionStrategy();
    return few.setParameterExceptionHandler((e, again) -> all(console, again))
        .setExecutionStrategy(
            parsed -> parsed.isUsageHelpRequested() ? all(console, args) : usual.execute(parsed))
        .execute(args);
  }

  /**
   * Tells whether a command is meant, or may be: to know all of them takes a while, and it takes
   * them all only to say which there are.
   */
  private static boolean isNamed(Class<?> command, String... args) {
    String name = command.getAnnotation(Command.class).name();
    return Stream.of(args).anyMatch(word -> word.equals(name) || word.startsWith("@"));
  }

  private static int all(Console console, String... args) {
    return commandLine(console, COMMANDS).execute(args);
  }

  private static CommandLine commandLine(Console console, List<Class<?>> commands) {
    CommandLine line = new CommandLine(new Main(console), new WithConsole(console));
    commands.forEach(line::addSubcommand);
    return line.registerConverter(Query.Format.class, Main::format)
        .setExecutionExceptionHandler(failed(console))
        .setParameterExceptionHandler(wrong(console));
  }

  private static Query.Format format(String text) {
    List<String> names = new ArrayList<>();
    for (Query.Format format : Query.Format.values()) {
      String name = format.name().toLowerCase(Locale.ROOT);
      if (name.equalsIgnoreCase(text)) {
        return format;
      }
      names.add(name);
    }
    throw new TypeConversionException(
        "expected one of " + String.join(", ", names) + ", but was '" + text + "'");
  }

  @Override
  public Integer call() throws StoreException, InterruptedException {
    if (recipe == null) {
      throw new ParameterException(spec.commandLine(), "say which recipe to run, or a command");
    }
    Ahead.GROOVY.finish();
    List<Job> jobs = Recipe.load(recipe, params, Dynocopy.environments(options.defaults()));
    return new JobRunner(console, options).run(rates.over(jobs));
  }

  /** Gives commands their console. */
  private record WithConsole(Console console) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      try {
        return type.getDeclaredConstructor(Console.class).newInstance(console);
      } catch (NoSuchMethodException e) {
        return CommandLine.defaultFactory().create(type);
      }
    }
  }

  /** Tells a user's mistake and the world's failures in a sentence; only our own with a trace. */
  private static IExecutionExceptionHandler failed(Console console) {
    return (e, command, parsed) -> {
      if (e instanceof InvalidPlanException) {
        console.err().println(e.getMessage());
        return ExitCode.WRONG;
      }
      if (e instanceof StoreException) {
        console.err().println("dynocopy: " + e.getMessage());
        return ExitCode.FAILED;
      }
      console.err().println("dynocopy: this is a mistake in dynocopy " + Dynocopy.VERSION + ":");
      e.printStackTrace(console.err());
      return ExitCode.FAILED;
    };
  }

  private static IParameterExceptionHandler wrong(Console console) {
    return (e, args) -> {
      CommandLine command = e.getCommandLine();
      console.err().println("dynocopy: " + e.getMessage());
      CommandLine.UnmatchedArgumentException.printSuggestions(e, console.err());
      console.err().println("Try `" + command.getCommandSpec().qualifiedName() + " --help`.");
      return ExitCode.WRONG;
    };
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "dynocopy " + Dynocopy.VERSION + " (Java " + Runtime.version().feature() + ")"
      };
    }
  }
}
