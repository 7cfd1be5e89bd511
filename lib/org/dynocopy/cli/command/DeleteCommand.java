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

/** Deletes the items of a part of a table. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Deletes the items of a part of a table.",
      "",
      "Says how many before, and asks; without a terminal it needs --yes.",
      "",
      "TABLE is ENVIRONMENT:TABLE, a bare table name, or a table's ARN."
    },
    customSynopsis = "dynocopy delete TABLE --pk KEY [OPTIONS]",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  dynocopy delete dev:users --index byTenant --pk t1",
      "  dynocopy delete dev:visits --pk t1 --sk-begins 2025- --yes"
    })
public final class DeleteCommand extends JobCommand {

  @Parameters(index = "0", paramLabel = "TABLE", description = "The table to delete from.")
  private String table;

  @Mixin private SelectionOptions selection;

  @Option(names = "--limit", paramLabel = "N", description = "Delete at most so many items.")
  private Optional<Long> limit = Optional.empty();

  @Mixin private WriterOptions writers;

  @Mixin private RateOptions rates;

  public DeleteCommand(Console console) {
    super(console);
  }

  @Override
  public Deletion job(Environments environments) {
    JobBuilder deletion = new JobBuilder("delete", Location.option("delete"));
    rates.say(deletion);
    deletion.from(table, Location.option("TABLE"));
    selection.say(deletion);
    limit.ifPresent(n -> deletion.limit(n, Location.option("--limit")));
    writers.say(deletion);
    return deletion.deletion(environments);
  }
}
