package org.dynocopy.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.dynocopy.run.journal.RunOrigin;
import org.dynocopy.spec.place.Environments;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of everything that runs jobs. */
public final class CommonOptions {

  /** What only reads confirms nothing, and writes at no rate. */
  private static final List<String> WRITING = List.of("--yes", "--fresh", "--rate-write");

  /** What would mean nothing to a command: it does not have it, and refuses it. */
  private static final Map<String, List<String>> UNUSED =
      Map.of(
          "query",
          WRITING,
          "fingerprint",
          WRITING,
          "backup",
          List.of("--yes", "--rate-write"),
          "schema clone",
          List.of("--yes", "--fresh", "--control"));

  @Mixin private ConnectionOptions connection;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--dry-run",
      description = "Look at the tables, print what would be done, and do nothing.")
  boolean dryRun;

  @Option(
      names = {"--yes", "-y"},
      description = "Do not ask before items are overwritten or removed.")
  boolean yes;

  @Option(names = "--fresh", description = "Start over what could go on where it was stopped.")
  boolean fresh;

  @Option(names = "--json", description = "Print one line of JSON for each job to standard output.")
  boolean json;

  @Option(
      names = "--control",
      paramLabel = "FILE",
      description =
          "Make this file, which has the rates: change them there while it runs. Where a "
              + "rate is given, it is one under .dynocopy/ by default.")
  Optional<Path> control = Optional.empty();

  /** Takes from commands what would mean nothing to them. */
  public static void removeUnused(CommandLine line, List<String> names) {
    CommandSpec spec = line.getCommandSpec();
    for (String option : UNUSED.getOrDefault(String.join(" ", names), List.of())) {
      spec.remove(spec.findOption(option));
    }
    line.getSubcommands()
        .forEach(
            (name, command) ->
                removeUnused(command, Stream.concat(names.stream(), Stream.of(name)).toList()));
  }

  /** Returns who asks for a run: a recipe with its params, or a command. */
  public RunOrigin origin(Optional<Path> recipe, Map<String, String> params) {
    List<String> words = command.root().commandLine().getParseResult().originalArgs();
    return new RunOrigin(recipe, params, CommandText.of(words), fresh);
  }

  public Environments.Defaults defaults() {
    return connection.defaults();
  }
}
