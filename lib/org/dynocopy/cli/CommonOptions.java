package org.dynocopy.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.dynocopy.plan.Environments;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of everything that runs jobs. */
final class CommonOptions {

  @Mixin private ConnectionOptions connection;

  @Option(
      names = "--dry-run",
      description = "Look at the tables, print what would be done, and do nothing.")
  boolean dryRun;

  @Option(
      names = {"--yes", "-y"},
      description = "Do not ask before items are overwritten or removed.")
  boolean yes;

  @Option(names = "--fresh", description = "Begin anew what could go on where it was stopped.")
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

  Environments.Defaults defaults() {
    return connection.defaults();
  }
}
