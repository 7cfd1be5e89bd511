package org.dynocopy.spec.build;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.Problem;
import org.dynocopy.diagnostic.WordLocations;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.Projection;
import org.dynocopy.spec.Reading;
import org.dynocopy.spec.ServerFilter;
import org.dynocopy.spec.Shape;
import org.dynocopy.spec.ShapeStep;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.spec.place.StoreRef;
import org.dynocopy.spec.place.TableRef;

/**
 * Collects what is said of one table to read. A later word replaces an earlier one of the same
 * name; filters add up.
 *
 * @param <B> the builder itself
 */
public abstract class ReadingBuilder<B extends ReadingBuilder<B>> extends JobLimitsBuilder<B> {

  /** The most segments that a scan can have, by the service's limit. */
  public static final int MAX_SEGMENTS = 1_000_000;

  /** The most batches that are written at once. */
  public static final int MAX_WRITERS = 1_024;

  private final String block;
  private Optional<String> from = Optional.empty();
  private Optional<KeyCondition> where = Optional.empty();
  private Optional<ServerFilter> serverFilter = Optional.empty();
  private final List<ShapeStep> steps = new ArrayList<>();
  private List<String> project = List.of();
  private OptionalLong limit = OptionalLong.empty();
  private OptionalInt segments = OptionalInt.empty();
  private OptionalInt writers = OptionalInt.empty();

  /**
   * Starts.
   *
   * @param block what messages call the job, {@code copy}
   * @param at where the job stands
   */
  ReadingBuilder(String block, Location at) {
    super(at);
    this.block = block;
  }

  /** Returns whether this can be done for all tables that a pattern fits. */
  boolean takesPatterns() {
    return false;
  }

  /** Returns a sentence for other stores than tables, which it does not take. */
  String tablesAlone() {
    return "`" + block + "` needs one";
  }

  /** Names the table to read, as {@code env:table}. */
  public B from(String table, Location at) {
    from = Optional.of(table);
    return said("from", at);
  }

  /**
   * Sets how many scan segments to read at once at most, or how many readers share a large
   * partition key, from 1 to {@value #MAX_SEGMENTS}.
   */
  public B segments(int number, Location at) {
    segments = within("segments", number, MAX_SEGMENTS, at);
    return self();
  }

  /**
   * Sets how many batches are written or deleted at once at most, from 1 to {@value #MAX_WRITERS}.
   */
  public B writers(int number, Location at) {
    writers = within("writers", number, MAX_WRITERS, at);
    return self();
  }

  final OptionalInt writers() {
    return writers;
  }

  /** Reads by key instead of the whole table. */
  public B where(KeyCondition condition, Location at) {
    boolean some = !condition.partitionKeys().isEmpty() || condition.keysFile().isPresent();
    check(some, at, "`where` needs at least one value for `pk`");
    List<Object> values = new ArrayList<>(condition.partitionKeys());
    condition.sort().ifPresent(sort -> values.addAll(sort.values()));
    for (Object value : values) {
      check(
          KeyCondition.isKey(value),
          at,
          "`where` takes strings, numbers and byte[], not " + value.getClass().getSimpleName());
    }
    condition.sort().ifPresent(sort -> check(sort, at));
    where = Optional.of(condition);
    return said("where", at);
  }

  private void check(KeyCondition.Sort sort, Location at) {
    int takes = sort.word() == KeyCondition.SortWord.BETWEEN ? 2 : 1;
    String values = takes == 2 ? "two values" : "one value";
    check(sort.values().size() == takes, at, "`" + sort.word().word() + "` takes " + values);
  }

  /** Notes where a part of a word stands, such as {@code gsi} in {@code where}. */
  public B part(String part, Location at) {
    return said(part, at);
  }

  /** Lets the service filter. */
  public B filter(ServerFilter filter, Location at) {
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
  public B filter(ClientFilter filter) {
    return add("filter { }", filter);
  }

  /** Adds a step to what becomes of the items. */
  final B add(String word, ShapeStep step) {
    steps.add(step);
    return said(word, step.at());
  }

  /** Reads these attributes and the keys alone. */
  public B project(List<String> attributes, Location at) {
    check(!attributes.isEmpty(), at, "`project` needs at least one attribute");
    project = attributes;
    return said("project", at);
  }

  /** Reads at most this many items, at least 1. */
  public B limit(long items, Location at) {
    check(items >= 1, at, "`limit` must be at least 1, not " + items);
    limit = OptionalLong.of(items);
    return said("limit", at);
  }

  /** Returns what to read, if the table is right; adds what is wrong. */
  final Optional<Reading> reading(Environments environments, List<Problem> found) {
    return reading(environments, found, project);
  }

  /** Returns the same with other attributes than those that were said. */
  final Optional<Reading> reading(
      Environments environments, List<Problem> found, List<String> attributes) {
    return table("from", from, environments, found).map(table -> reading(table, attributes));
  }

  private Reading reading(TableRef table, List<String> attributes) {
    // Whole items pass the steps, wherever `project` stands.
    Shape shape = new Shape(steps);
    if (!attributes.isEmpty()) {
      shape = shape.then(new Projection(new LinkedHashSet<>(attributes), at("project")));
    }
    return new Reading(table, where, serverFilter, shape, limit, segments, words());
  }

  /** Returns what was said, of any table. */
  final Reading readingOf(TableRef table) {
    return reading(table, project);
  }

  /** Returns which table to read, as it was said. */
  final Optional<String> from() {
    return from;
  }

  /** Returns whether a part of the table is selected. */
  final boolean selects() {
    return where.isPresent() || serverFilter.isPresent() || !new Shape(steps).filters().isEmpty();
  }

  /** Returns whether there is a limit. */
  final boolean limited() {
    return limit.isPresent();
  }

  /** Returns the attributes that were said, besides the keys; empty for all. */
  final List<String> project() {
    return project;
  }

  /** Returns what the table is for that a word names. */
  String use(String word) {
    return word.equals("from") ? "read" : "write";
  }

  /** Finds the table that a word names; adds what is wrong with it. */
  final Optional<TableRef> table(
      String word, Optional<String> text, Environments environments, List<Problem> found) {
    if (text.isEmpty()) {
      found.add(
          new Problem(
              at(WordLocations.JOB),
              "`"
                  + word
                  + "` is missing in "
                  + block
                  + " { }: say which table to "
                  + use(word)
                  + ", as `"
                  + word
                  + " \"dev:users\"`"));
      return Optional.empty();
    }
    try {
      StoreRef named = StoreRef.of(text.get(), at(word), environments);
      if (!(named instanceof TableRef table)) {
        found.add(new Problem(at(word), "`" + named.text() + "` is not a table: " + tablesAlone()));
        return Optional.empty();
      }
      if (table.isPattern() && !takesPatterns()) {
        found.add(
            new Problem(
                at(word), "`" + text.get() + "` names many tables: only copies take a `*`"));
      }
      return Optional.of(table);
    } catch (InvalidJobException e) {
      found.addAll(e.problems());
      return Optional.empty();
    }
  }

  /** Adds that a table may not be written, where that is so. */
  final void writable(String word, Optional<TableRef> table, List<Problem> found) {
    table
        .filter(t -> t.environment().readOnly())
        .ifPresent(t -> found.add(new Problem(at(word), readOnly(t))));
  }

  private static String readOnly(TableRef table) {
    return "`"
        + table
        + "` cannot be written: the environment `"
        + table.environment().name()
        + "` is readOnly()";
  }

  /** Notes a word whose number is from 1 to the most, and returns the number. */
  final OptionalInt within(String word, int number, int most, Location at) {
    check(
        number >= 1 && number <= most,
        at,
        "`" + word + "` must be from 1 to " + most + ", not " + number);
    said(word, at);
    return OptionalInt.of(number);
  }
}
