package org.dynocopy.cli.command;

import java.util.Optional;
import org.dynocopy.cli.console.Console;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.Deletion;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.place.Environments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes all items of a table. */
@Command(
    name = "truncate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Deletes all items of a table.",
      "",
      "Says how many before, and asks; without a terminal it needs --yes. Only "
          + "the keys are read, in parallel.",
      "",
      "TABLE is ENVIRONMENT:TABLE, a bare table name, or a table's ARN."
    },
    customSynopsis = "dynocopy truncate TABLE [OPTIONS]",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  dynocopy truncate dev:users", "  dynocopy truncate local:users --yes"})
public final class TruncateCommand extends JobCommand {

  @Parameters(index = "0", paramLabel = "TABLE", description = "The table to empty.")
  private String table;

  @Option(
      names = "--segments",
      paramLabel = "N",
      description = "Read so many segments at once, at most; by default 16.")
  private Optional<Integer> segments = Optional.empty();

  @Mixin private WriterOptions writers;

  @Mixin private RateOptions rates;

  public TruncateCommand(Console console) {
    super(console);
  }

  @Override
  public Deletion job(Environments environments) {
    JobBuilder truncation = new JobBuilder("truncate", Location.option("truncate"));
    rates.say(truncation);
    truncation.from(table, Location.option("TABLE"));
    segments.ifPresent(n -> truncation.segments(n, Location.option("--segments")));
    writers.say(truncation);
    return truncation.truncation(environments);
  }
}
