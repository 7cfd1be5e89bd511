package org.dynocopy.store.dynamo;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.KeyCondition;
import org.dynocopy.plan.Location;
import org.dynocopy.plan.Nearest;
import org.dynocopy.plan.Plan;

/**
 * What a plan reads of a table, checked against the table: keys have their types, the index exists.
 *
 * @param plan the plan
 * @param table the table
 * @param index the index to read, if any
 * @param partitionKeys the partition keys to query; empty for a scan
 * @param sortValues what the sort key is compared with
 */
record Selection(
    Plan plan,
    TableInfo table,
    Optional<TableInfo.Index> index,
    List<Object> partitionKeys,
    List<Object> sortValues) {

  /** How much of a table one scan segment reads, if the plan does not say. */
  private static final long SEGMENT_BYTES = 64L << 20;

  private static final int LEAST_SEGMENTS = 8;
  private static final int MOST_SEGMENTS = 4_096;

  /**
   * Checks a plan's selection.
   *
   * @throws InvalidPlanException if the table has no such index or keys
   */
  static Selection of(Plan plan, TableInfo table) {
    if (plan.where().isEmpty()) {
      return new Selection(plan, table, Optional.empty(), List.of(), List.of());
    }
    KeyCondition where = plan.where().get();
    Location at = plan.at("pk", "where");
    Optional<TableInfo.Index> index =
        where.index().map(name -> index(table, name, plan.at("index", "where")));
    List<TableInfo.Key> keys = index.map(TableInfo.Index::keys).orElse(table.keys());
    Set<Object> partitionKeys = new LinkedHashSet<>();
    List<Object> typed = new ArrayList<>();
    for (Object value : where.partitionKeys()) {
      Object key = key(keys.get(0), value, at);
      // The same key twice would be read, and paid for, twice.
      if (partitionKeys.add(KeyType.canonical(key))) {
        typed.add(key);
      }
    }
    List<Object> sortValues = new ArrayList<>();
    if (where.sort().isPresent()) {
      Location sortAt = plan.at("sk", "where");
      if (keys.size() < 2) {
        String what =
            index.map(i -> "the index `" + i.name() + "`").orElse("`" + plan.from() + "`");
        throw new InvalidPlanException(
            sortAt, what + " has no sort key to compare: its key is " + keys.get(0));
      }
      where.sort().get().values().forEach(v -> sortValues.add(key(keys.get(1), v, sortAt)));
      boolean prefixOfNumber =
          where.sort().get().word() == KeyCondition.SortWord.BEGINS
              && keys.get(1).type() == KeyType.N;
      if (prefixOfNumber) {
        throw new InvalidPlanException(
            sortAt,
            "numbers have no prefix: `" + keys.get(1).name() + "` is of type N; use `skBetween`");
      }
    }
    Selection selection = new Selection(plan, table, index, typed, sortValues);
    selection.checkFilter();
    return selection;
  }

  private static TableInfo.Index index(TableInfo table, String name, Location at) {
    TableInfo.Index index = table.indexes().get(name);
    if (index == null) {
      Set<String> names = table.indexes().keySet();
      throw new InvalidPlanException(
          at,
          "`"
              + table.name()
              + "` has no index `"
              + name
              + "`. It has "
              + Nearest.list(name, names, 20)
              + "."
              + Nearest.suggestion(name, names));
    }
    return index;
  }

  private static Object key(TableInfo.Key key, Object value, Location at) {
    return key.type()
        .of(value)
        .orElseThrow(
            () ->
                new InvalidPlanException(
                    at,
                    "the key `"
                        + key.name()
                        + "` is of type "
                        + key.type()
                        + ": "
                        + (value instanceof byte[] ? "bytes" : "`" + value + "`")
                        + " is not"));
  }

  /**
   * The service filters what the index has: what it does not project looks absent there. Only a
   * local index that is asked for all attributes fetches them first.
   */
  private void checkFilter() {
    boolean filtersParts =
        index
            .filter(i -> !i.projectsAll() && (i.global() || !plan.project().isEmpty()))
            .isPresent();
    if (plan.serverFilter().isPresent() && filtersParts) {
      throw new InvalidPlanException(
          plan.at("filter"),
          "the service would filter on the index `"
              + index.get().name()
              + "`, which does not project whole items: use `filter { item -> … }`");
    }
  }

  /** Returns whether this is a scan of the whole table. */
  boolean isScan() {
    return partitionKeys.isEmpty();
  }

  /** Returns how many scan segments there are. */
  int segments() {
    long bySize = (table.bytes() + SEGMENT_BYTES - 1) / SEGMENT_BYTES;
    long usual = Math.max(LEAST_SEGMENTS, Math.min(MOST_SEGMENTS, bySize));
    return plan.segments().orElse((int) usual);
  }

  /** Returns the key attributes of what is queried, the table or the index. */
  List<TableInfo.Key> keys() {
    return index.map(TableInfo.Index::keys).orElse(table.keys());
  }

  /**
   * Returns the attributes to ask for: those of the plan and the keys; empty for all. A filter that
   * runs here sees whole items.
   */
  Set<String> attributes() {
    Set<String> attributes = new LinkedHashSet<>();
    if (!plan.project().isEmpty() && plan.clientFilters().isEmpty()) {
      attributes.addAll(table.keyNames());
      attributes.addAll(plan.project());
    }
    return attributes;
  }

  /**
   * Returns whether items must be fetched from the table because a GSI does not have them whole. A
   * local index does that by itself.
   */
  boolean completed() {
    return index.filter(i -> i.global() && !i.projectsAll() && !covers(i)).isPresent();
  }

  private boolean covers(TableInfo.Index index) {
    Set<String> has = new LinkedHashSet<>(index.attributes());
    has.addAll(table.keyNames());
    index.keys().forEach(key -> has.add(key.name()));
    return !attributes().isEmpty() && has.containsAll(attributes());
  }
}
