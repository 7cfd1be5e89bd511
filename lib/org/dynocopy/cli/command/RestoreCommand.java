package org.dynocopy.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import org.dynocopy.cli.console.Console;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.Restore;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.place.Environments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Restores a table. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Restores a table from a backup.",
      "",
      "A table that is not there is made, as the backup's schema says; in one that is there, items"
          + " with the same keys are overwritten. Says what it will do before, and asks;"
          + " without a terminal it needs --yes.",
      "",
      "BACKUP is file:PATH, a backup's ARN, or s3://BUCKET/PREFIX/AWSDynamoDB/EXPORT. PATH is a"
          + " file, or the folder of an export that DynamoDB made. A table that is there gets what"
          + " is in S3 or in DynamoDB's backup by way of a new one, which is deleted afterwards."
    },
    customSynopsis = "dynocopy restore BACKUP TABLE [OPTIONS]",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  dynocopy restore file:users.jsonl.gz dev:users",
      "  dynocopy restore arn:aws:dynamodb:…:table/users/backup/0163… dev:users"
    })
public final class RestoreCommand extends JobCommand {

  @Parameters(index = "0", paramLabel = "BACKUP", description = "What to restore.")
  private String backup;

  @Parameters(index = "1", paramLabel = "TABLE", description = "The table to restore into.")
  private String table;

  @Option(
      names = "--dead-letter",
      paramLabel = "FILE",
      description = "Put items that cannot be written there; by default under .dynocopy/.")
  private Optional<Path> deadLetter = Optional.empty();

  @Mixin private WriterOptions writers;

  @Mixin private RateOptions rates;

  public RestoreCommand(Console console) {
    super(console);
  }

  @Override
  public Restore job(Environments environments) {
    JobBuilder restore = new JobBuilder("restore", Location.option("restore"));
    rates.say(restore);
    restore.part("from", Location.option("BACKUP")).part("to", Location.option("TABLE"));
    writers.say(restore);
    return restore.restore(backup, table, deadLetter, environments);
  }
}
