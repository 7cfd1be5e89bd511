package org.dynocopy.store.dynamo.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.dynocopy.core.Item;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Suggestions;
import org.dynocopy.item.ItemMap;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.KeyCondition.SortWord;
import org.dynocopy.spec.Reading;
import org.dynocopy.spec.Shape;
import org.dynocopy.store.ReadMode;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.dynamo.key.QueryKeys;

/**
 * What is read of a table, checked against the table: keys have their types, the index exists.
 *
 * @param reading what is wanted
 * @param table the table
 * @param wanted how much of each item
 * @param index the index to read, if any
 * @param keys the keys to query; empty for a scan
 * @param divided how many segments the scan must have, as it has begun with so many
 */
public record Selection(
    Reading reading,
    TableInfo table,
    ReadMode wanted,
    Optional<TableInfo.Index> index,
    Optional<QueryKeys> keys,
    OptionalInt divided) {

  private static final int USUAL_SEGMENTS = 16;

  /** The service ends a page after so much. */
  public static final long PAGE_BYTES = 1 << 20;

  private static final int MOST_OF_A_PAGE = 256;
  private static final long SEGMENT_BYTES = 64L << 20;
  private static final int MOST_SEGMENTS = 4_096;

  /**
   * Checks what is wanted.
   *
   * @throws InvalidJobException if the table has no such index or keys
   */
  public static Selection of(Reading reading, TableInfo table, ReadMode wanted) {
    Optional<TableInfo.Index> index =
        reading.where().flatMap(KeyCondition::index).map(name -> index(reading, table, name));
    Optional<QueryKeys> keys = reading.where().map(w -> QueryKeys.of(w, reading, table, index));
    Selection selection = new Selection(reading, table, wanted, index, keys, OptionalInt.empty());
    selection.checkFilter();
    return selection;
  }

  private static TableInfo.Index index(Reading reading, TableInfo table, String name) {
    TableInfo.Index index = table.indexes().get(name);
    if (index == null) {
      Set<String> names = table.indexes().keySet();
      throw new InvalidJobException(
          reading.words().at("index", "where"),
          "`"
              + table.name()
              + "` has no index `"
              + name
              + "`. It has "
              + Suggestions.list(name, names, 20)
              + "."
              + Suggestions.suggestion(name, names));
    }
    return index;
  }

  /**
   * The service filters what the index has: what it does not project looks absent there. Only a
   * local index that is asked for all attributes fetches them first.
   */
  private void checkFilter() {
    boolean filtersParts =
        index.filter(i -> !i.projectsAll() && (i.global() || !attributes().isEmpty())).isPresent();
    if (reading.serverFilter().isPresent() && filtersParts) {
      throw new InvalidJobException(
          reading.words().at("filter"),
          "the service would filter on the index `"
              + index.get().name()
              + "`, which does not project whole items: a recipe's `filter { item -> … }` sees the"
              + " table's own items");
    }
  }

  /** Returns the same scan with so many segments. */
  Selection divided(int segments) {
    return new Selection(reading, table, wanted, index, keys, OptionalInt.of(segments));
  }

  /** Returns whether this is a scan of the whole table. */
  boolean isScan() {
    return keys.isEmpty();
  }

  /**
   * Returns how many segments a scan has: more than are read at once, so that all partitions of the
   * target are written to all the time. A page of a small table each, else 64 MB.
   */
  int segments() {
    if (divided.isPresent()) {
      return divided.getAsInt();
    }
    long pages = Math.min(MOST_OF_A_PAGE, table.bytes() / PAGE_BYTES);
    long bySize = Math.min(MOST_SEGMENTS, table.bytes() / SEGMENT_BYTES);
    return (int) Math.max(reading.segments().orElse(USUAL_SEGMENTS), Math.max(pages, bySize));
  }

  /**
   * Returns whether pages may be small. A filter may leave nothing of a small page, and what is
   * only counted is in no memory.
   */
  boolean smallPages() {
    return isScan() && !reading.filtered() && !counted();
  }

  /** Returns whether several readers may share what one partition key has. */
  boolean shared() {
    return keys.isPresent() && reading.segments().orElse(1) > 1;
  }

  /** Returns whether this is done by cutting the range of its sort keys. */
  boolean cuttable() {
    return shared()
        && keys.get().sort().size() == 1
        && keys.get().condition().filter(c -> c.word() == SortWord.EQUALS).isEmpty();
  }

  /**
   * Returns whether two readers may meet from both ends: each must see every item that the other
   * one has read, and its place. In a table every sort key is there once, and cutting does.
   */
  boolean meetable() {
    return shared()
        && index.isPresent()
        && !counted()
        && reading.serverFilter().isEmpty()
        && (attributes().isEmpty()
            || completed()
            || index.get().keys().stream().allMatch(key -> attributes().contains(key.name())));
  }

  /** Returns the value of an item's attribute; null if it has none. */
  public Object value(Item item, TableInfo.Key key) {
    try {
      return new ItemMap(item).get(key.name());
    } catch (IOException e) {
      throw new UncheckedIOException("not an item: " + item, e);
    }
  }

  /** Returns the attributes to ask for: those that the shape needs and the keys; empty for all. */
  Set<String> attributes() {
    Set<String> attributes = new LinkedHashSet<>();
    shape()
        .needs()
        .ifPresent(
            needs -> {
              attributes.addAll(table.keyNames());
              attributes.addAll(needs);
            });
    return attributes;
  }

  /** Returns what becomes of the items, as far as they are wanted. */
  Shape shape() {
    return reading.shape().projecting(projected());
  }

  /** Returns the attributes that are wanted, besides the keys; empty for all. */
  List<String> projected() {
    if (wanted == ReadMode.REMOVED) {
      return reading.clientFilters().isEmpty() ? ofKeys() : List.of();
    }
    return wanted.keysAlone() ? table.keyNames() : reading.project();
  }

  private List<String> ofKeys() {
    Set<String> names = new LinkedHashSet<>(table.keyNames());
    index.ifPresent(some -> some.keys().forEach(key -> names.add(key.name())));
    return List.copyOf(names);
  }

  /** Returns whether more than the table's own key decides what is selected, and can change. */
  boolean mayChange() {
    return index.isPresent() || reading.filtered();
  }

  /** Returns whether reads are consistent; a global index has no such reads. */
  public boolean consistent() {
    return wanted.consistent() && index.filter(TableInfo.Index::global).isEmpty();
  }

  /** Returns whether the service only counts: nothing is to be looked at here. */
  boolean counted() {
    return wanted.countAlone() && reading.clientFilters().isEmpty();
  }

  /**
   * Returns whether items must be fetched from the table because a GSI does not have them whole. A
   * local index does that by itself.
   */
  boolean completed() {
    return index
        .filter(TableInfo.Index::global)
        .filter(i -> !counted() && !i.projectsAll() && !covers(i))
        .isPresent();
  }

  private boolean covers(TableInfo.Index index) {
    Set<String> has = new LinkedHashSet<>(index.attributes());
    has.addAll(table.keyNames());
    index.keys().forEach(key -> has.add(key.name()));
    return !attributes().isEmpty() && has.containsAll(attributes());
  }
}
