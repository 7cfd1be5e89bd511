package org.dynocopy.cli.command;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.item.AttributeJson;
import org.dynocopy.json.Json;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.KeyCondition.Sort;
import org.dynocopy.spec.KeyCondition.SortWord;
import org.dynocopy.spec.ServerFilter;
import org.dynocopy.spec.build.ReadingBuilder;
import picocli.CommandLine.Option;

/** The options that select a part of a table. */
final class SelectionOptions {

  @Option(
      names = "--pk",
      paramLabel = "KEY",
      description = "Only the items of this partition key; may be given several times.")
  private List<String> pk = new ArrayList<>();

  @Option(names = "--pks", paramLabel = "FILE", description = "The same for each line of a file.")
  private Optional<Path> pks = Optional.empty();

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
  private Optional<String> names = Optional.empty();

  @Option(
      names = {"--values", "--expression-attribute-values"},
      paramLabel = "JSON",
      description = "What its :values stand for, in DynamoDB's JSON.")
  private Optional<String> values = Optional.empty();

  @Option(
      names = "--segments",
      paramLabel = "N",
      description =
          "Read so many segments at once, at most; by default 16. "
              + "With a key: by so many readers at once, which share large partition keys.")
  private Optional<Integer> segments = Optional.empty();

  /** Says to a plan what is selected. */
  void say(ReadingBuilder<?> plan) {
    where(plan);
    filter(plan);
    segments.ifPresent(n -> plan.segments(n, Location.option("--segments")));
  }

  private void where(ReadingBuilder<?> plan) {
    List<Sort> sorts = new ArrayList<>();
    sort(sorts, SortWord.EQUALS, sk);
    sort(sorts, SortWord.BEGINS, skBegins);
    sort(sorts, SortWord.LESS, skLess);
    sort(sorts, SortWord.AT_MOST, skAtMost);
    sort(sorts, SortWord.GREATER, skGreater);
    sort(sorts, SortWord.AT_LEAST, skAtLeast);
    if (!skBetween.isEmpty()) {
      sorts.add(
          new Sort(SortWord.BETWEEN, skBetween.stream().map(SelectionOptions::value).toList()));
    }
    if (sorts.size() > 1) {
      Location second = Location.option(sorts.get(1).word().option());
      plan.problem(second, "a query compares the sort key once: choose one of the --sk options");
    }
    boolean some = !sorts.isEmpty() || index.isPresent();
    if (pk.isEmpty() && pks.isEmpty() && some) {
      Location at = Location.option(index.isPresent() ? "--index" : sorts.get(0).word().option());
      plan.problem(at, "needs --pk too: a query reads the items of a partition key");
    }
    index.ifPresent(name -> plan.part("index", Location.option("--index")));
    sorts.forEach(sort -> plan.part("sk", Location.option(sort.word().option())));
    if (!pk.isEmpty() && pks.isPresent()) {
      plan.problem(Location.option("--pks"), "say --pk or --pks, not both");
    }
    Optional<Sort> sort = sorts.stream().findFirst();
    if (!pk.isEmpty()) {
      List<Object> keys = new ArrayList<>();
      pk.forEach(key -> keys.add(value(key)));
      plan.where(new KeyCondition(keys, sort, index), Location.option("--pk"));
    } else if (pks.isPresent()) {
      plan.where(new KeyCondition(pks.get(), sort, index), Location.option("--pks"));
    }
  }

  private static void sort(List<Sort> sorts, SortWord word, Optional<String> value) {
    value.ifPresent(v -> sorts.add(new Sort(word, List.of(value(v)))));
  }

  /** A key of several attributes is given as JSON: {@code {"country":"ch","city":"Bern"}}. */
  private static Object value(String text) {
    if (text.startsWith("{\"")) {
      try {
        return parse(text, SelectionOptions::strings);
      } catch (IOException e) {
        return text;
      }
    }
    return text;
  }

  private void filter(ReadingBuilder<?> plan) {
    if (filter.isEmpty()) {
      // Without it all would be selected, which cannot be meant.
      names.ifPresent(n -> plan.problem(Location.option("--names"), "goes with --filter"));
      values.ifPresent(v -> plan.problem(Location.option("--values"), "goes with --filter"));
      return;
    }
    plan.filter(
        new ServerFilter(
            filter.get(),
            parse(plan, "--names", names, SelectionOptions::strings, "{\"#s\":\"status\"}"),
            parse(plan, "--values", values, AttributeJson::map, "{\":s\":{\"S\":\"on\"}}")),
        Location.option("--filter"));
  }

  private interface Parse<T> {
    Map<String, T> from(JsonParser json) throws IOException;
  }

  private static <T> Map<String, T> parse(
      ReadingBuilder<?> plan,
      String option,
      Optional<String> text,
      Parse<T> parse,
      String example) {
    try {
      return parse(text.orElse("{}"), parse);
    } catch (IOException e) {
      String why =
          e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
      plan.problem(Location.option(option), "not like '" + example + "': " + why);
      return Map.of();
    }
  }

  private static <T> Map<String, T> parse(String text, Parse<T> parse) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (JsonParser json = Json.parser(bytes, 0, bytes.length)) {
      json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).nextToken();
      Map<String, T> parsed = parse.from(json);
      if (json.nextToken() != null) {
        throw new IOException("there is more after the object");
      }
      return parsed;
    }
  }

  private static Map<String, String> strings(JsonParser json) throws IOException {
    Map<String, String> map = new LinkedHashMap<>();
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new IOException("not an object");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (value != JsonToken.VALUE_STRING && !value.isNumeric()) {
        throw new IOException("`" + name + "` is neither a string nor a number");
      }
      map.put(name, json.getText());
    }
    return map;
  }
}
