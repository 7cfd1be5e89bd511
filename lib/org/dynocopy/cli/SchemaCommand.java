package org.dynocopy.cli;

import java.util.List;
import org.dynocopy.Dynocopy;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.JobBuilder;
import org.dynocopy.plan.Location;
import org.dynocopy.store.dynamo.schema.Schema;
import org.dynocopy.store.dynamo.schema.SchemaDiff;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows, compares and clones what tables are made of. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    description = {
      "Shows, compares and clones what tables are made of.",
      "",
      "That is keys, indexes, billing, streams, TTL, encryption, tags, recovery, protection.",
      "",
      "A TABLE is ENVIRONMENT:TABLE, a bare table name, or a table's ARN."
    },
    synopsisSubcommandLabel = "(show | diff | clone)",
    commandListHeading = "%nCommands:%n")
final class SchemaCommand {

  private final Console console;

  SchemaCommand(Console console) {
    this.console = console;
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description =
          "Prints a table's schema as JSON, in the shape that the AWS command line takes.")
  int show(
      @Parameters(paramLabel = "TABLE", description = "The table.") String table,
      @Mixin ConnectionOptions options)
      throws StoreException {
    Schema schema = Dynocopy.describe(table, options.defaults());
    console.out().println(schema.json());
    return ExitCode.DONE;
  }

  @Command(
      name = "diff",
      mixinStandardHelpOptions = true,
      description = "Prints how the schema of B differs from that of A; exit code 1 if it does.")
  int diff(
      @Parameters(paramLabel = "A", description = "A table.") String a,
      @Parameters(paramLabel = "B", description = "Another one.") String b,
      @Mixin ConnectionOptions options)
      throws StoreException {
    SchemaDiff diff =
        SchemaDiff.of(
            Dynocopy.describe(a, options.defaults()), Dynocopy.describe(b, options.defaults()));
    diff.differences().forEach(console.out()::println);
    diff.notes().forEach(console.err()::println);
    return diff.differences().isEmpty() ? ExitCode.DONE : ExitCode.DIFFERENT;
  }

  @Command(
      name = "clone",
      mixinStandardHelpOptions = true,
      description = "Makes the table TO like FROM, without its items.")
  int clone(
      @Parameters(paramLabel = "FROM", description = "The table to look at.") String from,
      @Parameters(paramLabel = "TO", description = "The table to make.") String to,
      @Mixin CommonOptions options)
      throws StoreException, InterruptedException {
    JobBuilder clone = new JobBuilder("schema clone", Location.option("schema clone"));
    clone.part("from", Location.option("FROM")).part("to", Location.option("TO"));
    return new JobRunner(console, options)
        .run(List.of(clone.schemaClone(from, to, Dynocopy.environments(options.defaults()))));
  }
}
