package org.dynocopy.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dynocopy.cli.console.Console;
import org.dynocopy.cli.process.ExitCode;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.store.SchemaDiff;
import org.dynocopy.store.Stores;
import org.dynocopy.store.TableSchema;
import org.dynocopy.store.wiring.DefaultStores;
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
public final class SchemaCommand {

  private final Console console;

  public SchemaCommand(Console console) {
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
    console.out().println(describe(options, table).get(0).json());
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
    List<TableSchema> schemas = describe(options, a, b);
    SchemaDiff diff = schemas.get(0).diff(schemas.get(1));
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
    Environments environments = DefaultStores.environments(options.defaults());
    Job job = clone.schemaClone(from, to, environments);
    environments.checkUsed(options.defaults());
    return new JobRunner(console, options).run(List.of(job));
  }

  private static List<TableSchema> describe(ConnectionOptions options, String... tables)
      throws StoreException {
    Environments environments = DefaultStores.environments(options.defaults());
    List<TableRef> found =
        Stream.of(tables).map(table -> environments.table(table, Location.NOWHERE)).toList();
    environments.checkUsed(options.defaults());
    List<TableSchema> schemas = new ArrayList<>();
    try (Stores stores = new DefaultStores()) {
      for (TableRef table : found) {
        schemas.add(stores.tables().open(table, Location.NOWHERE).schema());
      }
    }
    return schemas;
  }
}
