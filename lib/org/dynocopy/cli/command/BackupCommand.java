package org.dynocopy.cli.command;

import java.util.Optional;
import org.dynocopy.cli.console.Console;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.Backup;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.place.Environments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Backs a table up. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Backs a table up.",
      "",
      "As an on-demand backup of DynamoDB, which reads nothing; to a file of DynamoDB-JSON "
          + "lines with the table's schema beside it; or to S3, as DynamoDB exports it. Without "
          + "--to it is DynamoDB's own where the endpoint has that, and a file under .dynocopy/ "
          + "elsewhere.",
      "",
      "TABLE is ENVIRONMENT:TABLE, a bare table name, or a table's ARN."
    },
    customSynopsis = "dynocopy backup TABLE [--to file:PATH|s3://BUCKET/PREFIX] [OPTIONS]",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  dynocopy backup prod:users",
      "  dynocopy backup dev:users --to file:users.jsonl.gz",
      "  dynocopy backup prod:users --to s3://acme-backups/users"
    })
public final class BackupCommand extends JobCommand {

  @Parameters(index = "0", paramLabel = "TABLE", description = "The table to back up.")
  private String table;

  @Option(
      names = "--to",
      paramLabel = "PLACE",
      description = "file:PATH, a new file, or s3://BUCKET/PREFIX.")
  private Optional<String> to = Optional.empty();

  @Option(
      names = "--segments",
      paramLabel = "N",
      description = "Read so many segments at once, at most; by default 16.")
  private Optional<Integer> segments = Optional.empty();

  @Mixin private RateOptions rates;

  public BackupCommand(Console console) {
    super(console);
  }

  @Override
  public Backup job(Environments environments) {
    JobBuilder backup = new JobBuilder("backup", Location.option("backup"));
    rates.say(backup);
    backup.from(table, Location.option("TABLE"));
    backup.part("to", Location.option("--to"));
    segments.ifPresent(n -> backup.segments(n, Location.option("--segments")));
    return backup.backup(to, environments);
  }
}
