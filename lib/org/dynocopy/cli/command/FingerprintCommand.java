package org.dynocopy.cli.command;

import org.dynocopy.cli.console.Console;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.FingerprintJob;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.place.Environments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints the fingerprint of a table. */
@Command(
    name = "fingerprint",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Prints the fingerprint of a table, or of a part of it.",
      "",
      "It has no items, but tells by `dynocopy verify` whether another table has "
          + "the same ones, also where nothing reaches both.",
      "",
      "TABLE is ENVIRONMENT:TABLE, a bare table name, or a table's ARN."
    },
    customSynopsis = "dynocopy fingerprint TABLE [OPTIONS] > FILE.fp",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  dynocopy fingerprint prod:users > prod-users.fp",
      "  dynocopy verify file:prod-users.fp dev:users"
    })
public final class FingerprintCommand extends JobCommand {

  @Parameters(index = "0", paramLabel = "TABLE", description = "The table to read.")
  private String table;

  @Mixin private SelectionOptions selection;

  @Mixin private RateOptions rates;

  public FingerprintCommand(Console console) {
    super(console);
  }

  @Override
  public FingerprintJob job(Environments environments) {
    JobBuilder fingerprint = new JobBuilder("fingerprint", Location.option("fingerprint"));
    rates.say(fingerprint);
    fingerprint.from(table, Location.option("TABLE"));
    selection.say(fingerprint);
    if (asksForJson() && !dryRun()) {
      fingerprint.problem(
          Location.option("--json"), "goes with --dry-run: a fingerprint is a file");
    }
    return fingerprint.fingerprinting(environments);
  }
}
