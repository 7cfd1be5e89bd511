package org.dynocopy.cli;

import java.util.Optional;
import org.dynocopy.plan.Environments;
import org.dynocopy.plan.Location;
import picocli.CommandLine.Option;

/** The options of every command. */
final class CommonOptions {

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "The AWS profile of tables that are named without an environment.")
  private Optional<String> profile = Optional.empty();

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "The region of environments that do not say theirs.")
  private Optional<String> region = Optional.empty();

  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      description = "The endpoint of environments that do not say theirs.")
  private Optional<String> endpoint = Optional.empty();

  @Option(
      names = "--dry-run",
      description = "Look at the tables, print what would be done, and do nothing.")
  boolean dryRun;

  @Option(
      names = {"--yes", "-y"},
      description = "Do not ask before writing into a table that has items.")
  boolean yes;

  @Option(names = "--json", description = "Print one line of JSON a copy to standard output.")
  boolean json;

  Environments.Defaults defaults() {
    return new Environments.Defaults(
        profile,
        region,
        endpoint.map(url -> Environments.endpoint(url, Location.option("--endpoint-url"))));
  }
}
