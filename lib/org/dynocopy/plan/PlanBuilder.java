package org.dynocopy.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Collects what a recipe, a command line or Java code says of one copy, and makes a checked {@link
 * Plan} of it. A later word replaces an earlier one of the same name; filters add up.
 */
public final class PlanBuilder {

  /** The most segments that a scan can have, by the service's limit. */
  public static final int MAX_SEGMENTS = 1_000_000;

  /** The most batches that are written at once. */
  public static final int MAX_WRITERS = 1_024;

  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Location> words = new HashMap<>();
  private Optional<String> name = Optional.empty();
  private Optional<String> from = Optional.empty();
  private Optional<String> to = Optional.empty();
  private Optional<KeyCondition> where = Optional.empty();
  private Optional<ServerFilter> serverFilter = Optional.empty();
  private final List<ClientFilter> clientFilters = new ArrayList<>();
  private List<String> project = List.of();
  private OptionalLong limit = OptionalLong.empty();
  private OptionalInt segments = OptionalInt.empty();
  private OptionalInt writers = OptionalInt.empty();
  private Optional<Path> deadLetter = Optional.empty();
  private long stopAfter = OnFailure.DEFAULT_STOP_AFTER;

  /**
   * Starts a plan.
   *
   * @param name what the user calls it, if anything
   * @param at where the copy stands
   */
  public PlanBuilder(Optional<String> name, Location at) {
    this.name = name;
    words.put("copy", at);
  }

  /** Names the table to read, as {@code env:table}. */
  public PlanBuilder from(String table, Location at) {
    from = Optional.of(table);
    return said("from", at);
  }

  /** Names the table to write, as {@code env:table}. */
  public PlanBuilder to(String table, Location at) {
    to = Optional.of(table);
    return said("to", at);
  }

  /** Sets how many scan segments to read, from 1 to {@value #MAX_SEGMENTS}. */
  public PlanBuilder segments(int number, Location at) {
    check(number >= 1 && number <= MAX_SEGMENTS, at, outside("segments", number, MAX_SEGMENTS));
    segments = OptionalInt.of(number);
    return said("segments", at);
  }

  /** Sets how many batches are written at once, from 1 to {@value #MAX_WRITERS}. */
  public PlanBuilder writers(int number, Location at) {
    check(number >= 1 && number <= MAX_WRITERS, at, outside("writers", number, MAX_WRITERS));
    writers = OptionalInt.of(number);
    return said("writers", at);
  }

  /** Reads by key instead of the whole table. */
  public PlanBuilder where(KeyCondition condition, Location at) {
    check(!condition.partitionKeys().isEmpty(), at, "`where` needs at least one value for `pk`");
    List<Object> values = new ArrayList<>(condition.partitionKeys());
    condition.sort().ifPresent(sort -> values.addAll(sort.values()));
    for (Object value : values) {
      check(
          value instanceof String || value instanceof Number || value instanceof byte[],
          at,
          "`where` takes strings, numbers and byte[], not " + value.getClass().getSimpleName());
    }
    condition
        .sort()
        .ifPresent(
            sort -> {
              int takes = sort.word() == KeyCondition.SortWord.BETWEEN ? 2 : 1;
              check(
                  sort.values().size() == takes,
                  at,
                  "`"
                      + sort.word().word()
                      + "` takes "
                      + (takes == 2 ? "two values" : "one value"));
            });
    where = Optional.of(condition);
    return said("where", at);
  }

  /** Notes where a part of a word stands, such as {@code gsi} in {@code where}. */
  public PlanBuilder part(String part, Location at) {
    return said(part, at);
  }

  /** Lets the service filter. */
  public PlanBuilder filter(ServerFilter filter, Location at) {
    check(!filter.expression().isBlank(), at, "`filter` needs an expression, as \"#s = :v\"");
    filter
        .values()
        .keySet()
        .forEach(v -> check(v.startsWith(":"), at, "`" + v + "` in values: must begin with `:`"));
    filter
        .names()
        .keySet()
        .forEach(n -> check(n.startsWith("#"), at, "`" + n + "` in names: must begin with `#`"));
    filter
        .values()
        .forEach(
            (v, value) ->
                check(
                    ServerFilter.isValue(value),
                    at,
                    "DynamoDB has no type for `" + v + "` in values"));
    check(
        serverFilter.isEmpty(),
        at,
        "`filter` \"…\" stands twice: join the two expressions with AND");
    serverFilter = Optional.of(filter);
    return said("filter", at);
  }

  /** Adds a filter that runs here. */
  public PlanBuilder filter(ClientFilter filter) {
    clientFilters.add(filter);
    return said("filter { }", filter.at());
  }

  /** Copies these attributes and the keys alone. */
  public PlanBuilder project(List<String> attributes, Location at) {
    check(!attributes.isEmpty(), at, "`project` needs at least one attribute");
    project = attributes;
    return said("project", at);
  }

  /** Copies at most this many items, at least 1. */
  public PlanBuilder limit(long items, Location at) {
    check(items >= 1, at, "`limit` must be at least 1, not " + items);
    limit = OptionalLong.of(items);
    return said("limit", at);
  }

  /** Names the file for items that cannot be written. */
  public PlanBuilder deadLetter(Path file, Location at) {
    deadLetter = Optional.of(file);
    return said("deadLetter", at);
  }

  /** Ends the run after this many dead letters, at least 1. */
  public PlanBuilder stopAfter(long deadLetters, Location at) {
    check(deadLetters >= 1, at, "`stopAfter` must be at least 1, not " + deadLetters);
    stopAfter = deadLetters;
    return said("stopAfter", at);
  }

  /** Reports a mistake that the caller found, together with those found here. */
  public PlanBuilder problem(Location at, String message) {
    problems.add(new Problem(at, message));
    return this;
  }

  /**
   * Checks the whole and makes the plan.
   *
   * @param environments what the names of tables begin with
   * @throws InvalidPlanException with every mistake found
   */
  public Plan build(Environments environments) {
    List<Problem> found = new ArrayList<>(problems);
    Optional<TableRef> source = table("from", from, environments, found);
    Optional<TableRef> target = table("to", to, environments, found);
    target
        .filter(table -> table.environment().readOnly())
        .ifPresent(table -> found.add(new Problem(at("to"), readOnly(table))));
    if (source.isPresent() && source.equals(target)) {
      found.add(new Problem(at("to"), "source and target are the same table, `" + to.get() + "`"));
    }
    if (!found.isEmpty()) {
      found.sort(
          Comparator.<Problem>comparingInt(p -> p.at().line())
              .thenComparingInt(p -> p.at().column()));
      throw new InvalidPlanException(found);
    }
    return new Plan(
        name.orElse(source.get() + " -> " + target.get()),
        source.get(),
        target.get(),
        where,
        serverFilter,
        clientFilters,
        project,
        limit,
        segments,
        writers,
        new OnFailure(deadLetter, stopAfter),
        words);
  }

  private Optional<TableRef> table(
      String word, Optional<String> text, Environments environments, List<Problem> found) {
    if (text.isEmpty()) {
      String direction = word.equals("from") ? "read" : "write";
      String message =
          "`"
              + word
              + "` is missing in copy { }: say which table to "
              + direction
              + ", as `"
              + word
              + " \"dev:users\"`";
      found.add(new Problem(at("copy"), message));
      return Optional.empty();
    }
    try {
      return Optional.of(environments.table(text.get(), at(word)));
    } catch (InvalidPlanException e) {
      found.addAll(e.problems());
      return Optional.empty();
    }
  }

  private static String readOnly(TableRef table) {
    return "`"
        + table
        + "` cannot be written: the environment `"
        + table.environment().name()
        + "` is readOnly()";
  }

  private static String outside(String word, int number, int most) {
    return "`" + word + "` must be from 1 to " + most + ", not " + number;
  }

  private Location at(String word) {
    return words.getOrDefault(word, words.get("copy"));
  }

  private PlanBuilder said(String word, Location at) {
    words.put(word, at);
    return this;
  }

  private void check(boolean right, Location at, String message) {
    if (!right) {
      problems.add(new Problem(at, message));
    }
  }
}
