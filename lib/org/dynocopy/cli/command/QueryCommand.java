package org.dynocopy.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.dynocopy.cli.console.Console;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.Query;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.place.Environments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints items to standard output. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Prints the items of a table, or of a part of it, to standard output.",
      "",
      "TABLE is ENVIRONMENT:TABLE, a bare table name, or a table's ARN."
    },
    customSynopsis = "dynocopy query TABLE [OPTIONS]",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  dynocopy query prod:users --pk t1 --index byTenant --head 10",
      "  dynocopy query prod:users --index byTenant --pk t1 --count --segments 8",
      "  dynocopy query dev:users --unique tenant --output csv"
    })
public final class QueryCommand extends JobCommand {

  @Parameters(index = "0", paramLabel = "TABLE", description = "The table to read.")
  private String table;

  @Mixin private SelectionOptions selection;

  @Option(
      names = "--project",
      split = ",",
      paramLabel = "NAME",
      description = "Print these attributes and the keys alone.")
  private List<String> project = new ArrayList<>();

  @Option(
      names = {"--head", "--limit"},
      paramLabel = "N",
      description = "Print the first N items.")
  private Optional<Long> head = Optional.empty();

  @Option(names = "--count", description = "Print only how many items there are.")
  private boolean count;

  @Option(
      names = "--unique",
      paramLabel = "NAME",
      description = "Print only the distinct values of this attribute.")
  private Optional<String> unique = Optional.empty();

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "Print N items chosen at random; all are read.")
  private Optional<Integer> sample = Optional.empty();

  @Option(
      names = {"--output", "-o"},
      paramLabel = "FORMAT",
      description =
          "json, jsonl, table, csv, or spreadsheet: csv in which no text is a formula; by "
              + "default jsonl, and table in a terminal.")
  private Optional<Query.Format> output = Optional.empty();

  @Option(
      names = "--dynamodb-json",
      description = "Keep DynamoDB's types in json and jsonl: {\"S\":\"t1\"}.")
  private boolean typed;

  @Mixin private RateOptions rates;

  public QueryCommand(Console console) {
    super(console);
  }

  @Override
  public Query job(Environments environments) {
    JobBuilder query = new JobBuilder("query", Location.option("query"));
    rates.say(query);
    query.from(table, Location.option("TABLE"));
    selection.say(query);
    head.ifPresent(n -> query.limit(n, Location.option("--head")));
    sample.ifPresent(n -> query.part("sample", Location.option("--sample")));
    unique.ifPresent(name -> query.part("unique", Location.option("--unique")));
    if (!project.isEmpty()) {
      query.project(project, Location.option("--project"));
    }
    boolean people = console.terminal() && !typed && !asksForJson();
    Query.Format format = output.orElse(people ? Query.Format.TABLE : Query.Format.JSONL);
    boolean sheet = !format.isJson();
    if (asksForJson() && output.isPresent() && sheet && !dryRun()) {
      query.problem(Location.option("--json"), "goes with --output json or jsonl alone");
    }
    if (count && (output.isPresent() || typed || !project.isEmpty())) {
      String needless = output.isPresent() ? "--output" : typed ? "--dynamodb-json" : "--project";
      query.problem(Location.option(needless), "does not go with --count, which prints a number");
    }
    if (typed && sheet) {
      query.problem(Location.option("--dynamodb-json"), "goes with --output json or jsonl");
    }
    Query.Output how =
        new Query.Output(
            format,
            typed,
            count,
            unique,
            sample.map(OptionalInt::of).orElseGet(OptionalInt::empty));
    return query.query(how, environments);
  }
}
