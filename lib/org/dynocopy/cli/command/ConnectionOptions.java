package org.dynocopy.cli.command;

import java.util.Optional;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.place.Environments;
import picocli.CommandLine.Option;

/** How to reach the environments that do not say it. */
final class ConnectionOptions {

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "The AWS profile of tables that are named without an environment.")
  private Optional<String> profile = Optional.empty();

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description =
          "The region of tables, in place of that of their AWS profile or AWS_REGION. The region of"
              + " an ARN, and `region` in env(…) of a recipe, count before it.")
  private Optional<String> region = Optional.empty();

  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      description = "The endpoint of environments that do not say theirs.")
  private Optional<String> endpoint = Optional.empty();

  Environments.Defaults defaults() {
    return new Environments.Defaults(
        profile,
        region,
        endpoint.map(url -> Environments.endpoint(url, Location.option("--endpoint-url"))));
  }
}
