package org.dynocopy.cli;

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

  @Option(
      names = "--fresh",
      description = "Begin copies anew, though they could go on where they were stopped.")
  boolean fresh;

  @Option(names = "--json", description = "Print one line of JSON for each job to standard output.")
  boolean json;

  Environments.Defaults defaults() {
    return connection.defaults();
  }
}
