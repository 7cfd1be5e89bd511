package org.dynocopy.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.dynocopy.Dynocopy;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.KeyCondition;
import org.dynocopy.plan.KeyCondition.Sort;
import org.dynocopy.plan.KeyCondition.SortWord;
import org.dynocopy.plan.Location;
import org.dynocopy.plan.PlanBuilder;
import org.dynocopy.plan.ServerFilter;
import org.dynocopy.shape.AttributeJson;
import org.dynocopy.shape.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The one-liner: makes the plan that a recipe with one copy would make. */
@Command(
    name = "copy",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Copies a table, or a part of it.",
      "",
      "FROM and TO are ENVIRONMENT:TABLE, a bare table name, or a table's ARN."
    },
    customSynopsis = "dynocopy copy FROM TO [OPTIONS]",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  dynocopy copy prod:users dev:users --segments 16",
      "  dynocopy copy prod:users dev:users --index byTenant --pk t1 --sk-begins 2026-",
      "  dynocopy copy users local:users --profile prod \\",
      "    --filter '#s = :s' --names '{\"#s\":\"status\"}' --values '{\":s\":{\"S\":\"on\"}}'"
    })
final class CopyCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "FROM", description = "The table to read.")
  private String from;

  @Parameters(index = "1", paramLabel = "TO", description = "The table to write.")
  private String to;

  @Option(
      names = "--pk",
      paramLabel = "KEY",
      description = "Copy the items of this partition key; may be given several times.")
  private List<String> pk = new ArrayList<>();

  @Option(names = "--sk", paramLabel = "KEY", description = "Of these, the one with this sort key.")
  private Optional<String> sk = Optional.empty();

  @Option(
      names = "--sk-begins",
      paramLabel = "PREFIX",
      description = "Of these, those whose sort key begins so.")
  private Optional<String> skBegins = Optional.empty();

  @Option(
      names = "--sk-between",
      arity = "2",
      paramLabel = "KEY",
      description = "Of these, those from one sort key to another, both included.")
  private List<String> skBetween = new ArrayList<>();

  @Option(
      names = "--sk-less",
      paramLabel = "KEY",
      description = "Of these, those with a lower sort key.")
  private Optional<String> skLess = Optional.empty();

  @Option(
      names = "--sk-at-most",
      paramLabel = "KEY",
      description = "Of these, those with this sort key or a lower one.")
  private Optional<String> skAtMost = Optional.empty();

  @Option(
      names = "--sk-greater",
      paramLabel = "KEY",
      description = "Of these, those with a higher sort key.")
  private Optional<String> skGreater = Optional.empty();

  @Option(
      names = "--sk-at-least",
      paramLabel = "KEY",
      description = "Of these, those with this sort key or a higher one.")
  private Optional<String> skAtLeast = Optional.empty();

  @Option(
      names = "--index",
      paramLabel = "NAME",
      description = "Look for these keys in this secondary index.")
  private Optional<String> index = Optional.empty();

  @Option(
      names = {"--filter", "--filter-expression"},
      paramLabel = "EXPRESSION",
      description = "Let the service filter; what it drops is read and paid for all the same.")
  private Optional<String> filter = Optional.empty();

  @Option(
      names = {"--names", "--expression-attribute-names"},
      paramLabel = "JSON",
      description = "What the #names of the filter stand for.")
  private String names = "{}";

  @Option(
      names = {"--values", "--expression-attribute-values"},
      paramLabel = "JSON",
      description = "What its :values stand for, in DynamoDB's JSON.")
  private String values = "{}";

  @Option(
      names = "--project",
      split = ",",
      paramLabel = "NAME",
      description = "Copy these attributes and the keys alone.")
  private List<String> project = new ArrayList<>();

  @Option(names = "--limit", paramLabel = "N", description = "Copy at most so many items.")
  private Optional<Long> limit = Optional.empty();

  @Option(
      names = "--segments",
      paramLabel = "N",
      description = "Read by so many scan segments; by default after the table's size.")
  private Optional<Integer> segments = Optional.empty();

  @Option(
      names = "--writers",
      paramLabel = "N",
      description = "Write so many batches at once; 16 by default.")
  private Optional<Integer> writers = Optional.empty();

  @Option(
      names = "--dead-letter",
      paramLabel = "FILE",
      description = "Put items that cannot be written there; by default under .dynocopy/.")
  private Optional<Path> deadLetter = Optional.empty();

  @Option(
      names = "--stop-after",
      paramLabel = "N",
      description = "Stop after so many of these; 1000 by default.")
  private Optional<Long> stopAfter = Optional.empty();

  @Mixin private CommonOptions options;

  private final Console console;

  CopyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws StoreException, InterruptedException {
    PlanBuilder plan = new PlanBuilder(Optional.empty(), Location.option("copy"));
    plan.from(from, Location.option("FROM")).to(to, Location.option("TO"));
    where(plan);
    filter(plan);
    segments.ifPresent(n -> plan.segments(n, Location.option("--segments")));
    writers.ifPresent(n -> plan.writers(n, Location.option("--writers")));
    limit.ifPresent(n -> plan.limit(n, Location.option("--limit")));
    deadLetter.ifPresent(file -> plan.deadLetter(file, Location.option("--dead-letter")));
    stopAfter.ifPresent(n -> plan.stopAfter(n, Location.option("--stop-after")));
    if (!project.isEmpty()) {
      plan.project(project, Location.option("--project"));
    }
    return new Copies(console, options)
        .run(List.of(plan.build(Dynocopy.environments(options.defaults()))));
  }

  private void where(PlanBuilder plan) {
    List<Sort> sorts = new ArrayList<>();
    sort(sorts, SortWord.EQUALS, sk);
    sort(sorts, SortWord.BEGINS, skBegins);
    sort(sorts, SortWord.LESS, skLess);
    sort(sorts, SortWord.AT_MOST, skAtMost);
    sort(sorts, SortWord.GREATER, skGreater);
    sort(sorts, SortWord.AT_LEAST, skAtLeast);
    if (!skBetween.isEmpty()) {
      sorts.add(new Sort(SortWord.BETWEEN, List.copyOf(skBetween)));
    }
    if (sorts.size() > 1) {
      Location second = Location.option(sorts.get(1).word().option());
      plan.problem(second, "a query compares the sort key once: choose one of the --sk options");
    }
    boolean some = !sorts.isEmpty() || index.isPresent();
    if (pk.isEmpty() && some) {
      Location at = Location.option(index.isPresent() ? "--index" : sorts.get(0).word().option());
      plan.problem(at, "needs --pk too: a query reads the items of a partition key");
    }
    index.ifPresent(name -> plan.part("index", Location.option("--index")));
    sorts.forEach(sort -> plan.part("sk", Location.option(sort.word().option())));
    if (!pk.isEmpty()) {
      plan.where(
          new KeyCondition(List.copyOf(pk), sorts.stream().findFirst(), index),
          Location.option("--pk"));
    }
  }

  private static void sort(List<Sort> sorts, SortWord word, Optional<String> value) {
    value.ifPresent(v -> sorts.add(new Sort(word, List.of(v))));
  }

  private void filter(PlanBuilder plan) {
    if (filter.isEmpty()) {
      return;
    }
    try {
      plan.filter(
          new ServerFilter(
              filter.get(), parse(names, CopyCommand::strings), parse(values, AttributeJson::map)),
          Location.option("--filter"));
    } catch (IOException e) {
      plan.problem(
          Location.option("--names, --values"),
          "not the JSON of a filter, as '{\"#s\":\"status\"}' and '{\":s\":{\"S\":\"on\"}}'");
    }
  }

  private interface Parse<T> {
    T from(JsonParser json) throws IOException;
  }

  private static <T> T parse(String text, Parse<T> parse) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (JsonParser json = Json.parser(bytes, 0, bytes.length)) {
      json.nextToken();
      return parse.from(json);
    }
  }

  private static Map<String, String> strings(JsonParser json) throws IOException {
    Map<String, String> map = new LinkedHashMap<>();
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new IOException("not an object");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      map.put(name, json.getText());
    }
    return map;
  }
}
