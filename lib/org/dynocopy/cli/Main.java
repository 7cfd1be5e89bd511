package org.dynocopy.cli;

import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.dynocopy.cli.command.BackupCommand;
import org.dynocopy.cli.command.CommonOptions;
import org.dynocopy.cli.command.CopyCommand;
import org.dynocopy.cli.command.DeleteCommand;
import org.dynocopy.cli.command.FingerprintCommand;
import org.dynocopy.cli.command.JobRunner;
import org.dynocopy.cli.command.QueryCommand;
import org.dynocopy.cli.command.RateOptions;
import org.dynocopy.cli.command.ReplayCommand;
import org.dynocopy.cli.command.RestoreCommand;
import org.dynocopy.cli.command.RunsCommand;
import org.dynocopy.cli.command.SchemaCommand;
import org.dynocopy.cli.command.TruncateCommand;
import org.dynocopy.cli.command.VerifyCommand;
import org.dynocopy.cli.console.Console;
import org.dynocopy.cli.process.ExitCode;
import org.dynocopy.cli.process.ShutdownHook;
import org.dynocopy.cli.process.Signals;
import org.dynocopy.cli.process.UserFrames;
import org.dynocopy.cli.process.WarmUpTasks;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.dsl.Recipe;
import org.dynocopy.report.Summary;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.Query;
import org.dynocopy.spec.Release;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.store.wiring.DefaultStores;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
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
      "1:done, with dead letters or differences; nothing selected, with --fail-if-empty",
      "2:the recipe or the arguments are wrong; nothing was touched",
      "3:failed; it says why",
      "130:interrupted by Ctrl-C; 143 by SIGTERM; 129 by SIGHUP"
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
          FingerprintCommand.class,
          RunsCommand.class);

  /** The names of those that have no subcommands. */
  static final List<String> SIMPLE =
      COMMANDS.stream().filter(c -> !c.equals(SchemaCommand.class)).map(Main::name).toList();

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
    askForNamesAgain();
    if (args.length > 0 && !args[0].startsWith("-")) {
      WarmUpTasks.REQUEST.start();
      if (args[0].endsWith(".groovy")) {
        WarmUpTasks.GROOVY.start();
      }
    }
    end(run(Console.ofProcess(), args));
  }

  /** AWS's names lead to other addresses every few seconds. Whoever has set this has decided. */
  static void askForNamesAgain() {
    String ttl = "networkaddress.cache.ttl";
    if (Security.getProperty(ttl) == null && System.getProperty("sun.net.inetaddr.ttl") == null) {
      Security.setProperty(ttl, "5");
    }
  }

  /** All has been said: a signal that comes now does not give the process another exit code. */
  public static void end(int exitCode) {
    Signals.ignoreEnding();
    System.exit(exitCode);
  }

  /** Runs a command and returns its exit code. */
  public static int run(String... args) {
    return run(Console.ofSystem(), args);
  }

  public static int run(Console console, String... args) {
    // Else picocli looks for Groovy's closures, and with them all of Groovy starts.
    System.setProperty("picocli.disable.closures", "true");
    try {
      Arguments arguments = Arguments.of(SIMPLE, () -> all(console), args);
      return commandLine(console, arguments).execute(arguments.words());
    } catch (ParameterException e) {
      return wrong(console, e);
    }
  }

  /** Returns the command line with only the named command: to build all takes a while. */
  static CommandLine commandLine(Console console, Arguments arguments) {
    Optional<String> name = arguments.command().stream().findFirst();
    return commandLine(
        console, COMMANDS.stream().filter(c -> name.equals(Optional.of(name(c)))).toList());
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  /** Returns the command line with all commands. */
  static CommandLine all(Console console) {
    return commandLine(console, COMMANDS);
  }

  private static CommandLine commandLine(Console console, List<Class<?>> commands) {
    CommandLine line = new CommandLine(new Main(console), new WithConsole(console));
    commands.forEach(line::addSubcommand);
    tellVersion(line);
    CommonOptions.removeUnused(line, List.of());
    CommandLine.IExecutionStrategy usual = line.getExecutionStrategy();
    return line.setExpandAtFiles(false)
        .registerConverter(Query.Format.class, Main::format)
        .setExecutionExceptionHandler(failed(console))
        .setParameterExceptionHandler((e, args) -> wrong(console, e))
        .setExecutionStrategy(
            parsed -> {
              if (parsed.isUsageHelpRequested()) {
                all(console).usage(console.out().raw());
                return ExitCode.DONE;
              }
              return usual.execute(parsed);
            });
  }

  private static Query.Format format(String text) {
    return Query.Format.of(text.toLowerCase(Locale.ROOT))
        .orElseThrow(
            () -> new TypeConversionException("one of " + String.join(", ", Query.Format.names())));
  }

  @Override
  public Integer call() throws StoreException, InterruptedException {
    checkRecipe();
    WarmUpTasks.GROOVY.finish();
    return new JobRunner(console, options, options.origin(Optional.of(recipe), params))
        .run(rates.over(load()));
  }

  private List<Job> load() {
    Environments environments = DefaultStores.environments(options.defaults());
    Duration limit = rates.patience().giveUpAfter().orElse(Recipe.PATIENCE);
    try (ShutdownHook hook = new ShutdownHook(this::endedByRecipe)) {
      return Recipe.load(recipe, params, environments, limit);
    }
  }

  /** A signal needs nothing: there is nothing to tell yet. */
  private int endedByRecipe(Optional<UserFrames> culprit) {
    String name = recipe.toString();
    culprit.ifPresent(
        it ->
            console
                .err()
                .println(
                    it.place(name).orElse(name)
                        + ": the recipe ends the process, which it cannot"));
    return ExitCode.WRONG;
  }

  private void checkRecipe() {
    CommandLine line = spec.commandLine();
    if (recipe == null) {
      throw new ParameterException(line, "say which recipe to run, or a command");
    }
    if (!UsageErrors.isRecipe(recipe.toString())) {
      throw new ParameterException(line, UsageErrors.noCommand(all(console), recipe.toString()));
    }
    Set<String> names = new HashSet<>();
    for (String param : spec.findOption("--param").originalStringValues()) {
      String name = param.split("=", 2)[0];
      if (!names.add(name)) {
        throw new ParameterException(line, "`--param " + name + "` is given twice");
      }
    }
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
      if (e instanceof InvalidJobException) {
        console.err().println(e.getMessage());
        return ExitCode.WRONG;
      }
      if (e instanceof StoreException) {
        console.err().println("dynocopy: " + Summary.withHelp(e.getMessage()));
        return ExitCode.FAILED;
      }
      if (ShutdownHook.processEnds()) {
        console.err().println("dynocopy: interrupted");
        return ExitCode.INTERRUPTED;
      }
      console.err().println("dynocopy: this is a mistake in dynocopy " + Release.VERSION + ":");
      e.printStackTrace(console.err());
      return ExitCode.FAILED;
    };
  }

  private static int wrong(Console console, ParameterException e) {
    console.err().println("dynocopy: " + new UsageErrors(all(console)).of(e));
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    console.err().println("Try `" + command + " --help`.");
    return ExitCode.WRONG;
  }

  private static void tellVersion(CommandLine line) {
    line.getCommandSpec().versionProvider(new Version());
    line.getSubcommands().values().forEach(Main::tellVersion);
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "dynocopy " + Release.VERSION + " (Java " + Runtime.version().feature() + ")"
      };
    }
  }
}
