package org.dynocopy.store.dynamo.write;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.dynocopy.capacity.ConsumedUnits;
import org.dynocopy.capacity.Meter;
import org.dynocopy.core.Item;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.item.ItemMap;
import org.dynocopy.item.ItemSize;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.dynamo.read.CapacityEstimates;
import org.dynocopy.store.dynamo.wire.DataPlaneClient;
import org.dynocopy.store.dynamo.wire.RequestBody;
import org.dynocopy.store.dynamo.wire.ServerOmissions.Omission;
import org.dynocopy.store.dynamo.wire.SlicedResponse;

/**
 * What writes to a table consume: as their answers tell, table and indexes apart where that is
 * needed, and where a server leaves that out as DynamoDB would count the items by their sizes.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html">Capacity
 *     unit consumption</a>
 */
final class WriteCapacity {

  private static final Item TOTAL = Item.of(",\"ReturnConsumedCapacity\":\"TOTAL\"}");
  private static final Item INDEXES = Item.of(",\"ReturnConsumedCapacity\":\"INDEXES\"}");

  private final TableInfo table;
  private final Meter meter;
  private final DataPlaneClient wire;

  /** Whether a request that asked for the indexes' capacity was accepted. */
  private volatile boolean accepted;

  /** Whether an answer has told any. */
  private volatile boolean toldIndexes;

  WriteCapacity(TableInfo table, Meter meter, DataPlaneClient wire) {
    this.table = table;
    this.meter = meter;
    this.wire = wire;
  }

  /** A request. */
  @FunctionalInterface
  interface Body {
    /** Returns it, each time as a new one, with this end, which says which capacity is to tell. */
    RequestBody with(Item end) throws StoreException;
  }

  /** The attributes of the items of a request. */
  @FunctionalInterface
  interface Attributes {
    /** Returns them as far as they are known. */
    List<ItemMap> get() throws StoreException;
  }

  /**
   * The items that a request writes or deletes.
   *
   * @param count how many
   * @param whole whether all of their attributes are known: of what is deleted perhaps the keys
   *     alone
   */
  record Items(int count, boolean whole, Attributes known) {}

  /** An answer and what it says was consumed, or what else is known of that. */
  record Reply(SlicedResponse answer, ConsumedUnits consumed) {}

  /** Sends a request once; or twice, if the server does not know of indexes' capacity. */
  byte[] call(String operation, Body body) throws StoreException {
    return call(operation, body, byIndex());
  }

  private byte[] call(String operation, Body body, boolean byIndex) throws StoreException {
    if (!byIndex) {
      return wire.call(operation, body.with(TOTAL));
    }
    try {
      byte[] answer = wire.call(operation, body.with(INDEXES));
      accepted = true;
      return answer;
    } catch (StoreException e) {
      if (e.kind() != Kind.REJECTED || accepted && !e.getMessage().contains("INDEXES")) {
        throw e;
      }
      // If it is the item that is rejected, it is again.
      byte[] answer = wire.call(operation, body.with(TOTAL));
      wire.omissions().notice(Omission.INDEX_CAPACITY);
      return answer;
    }
  }

  private boolean byIndex() {
    return meter.tellsIndexes() && !wire.omissions().has(Omission.INDEX_CAPACITY);
  }

  /**
   * Does the same, and tells what was consumed.
   *
   * @param weight what the items should consume together
   */
  Reply send(String operation, Body body, Items items, double weight) throws StoreException {
    boolean byIndex = byIndex();
    SlicedResponse answer = SlicedResponse.of(call(operation, body, byIndex));
    if (operation.equals("BatchWriteItem")) {
      answer.toBatch();
    }
    int processed = items.count() - answer.unprocessed().size();
    double share = (double) processed / items.count();
    // No item takes less than a unit: who tells less makes it up, also of a single item.
    boolean madeUp = answer.units() < processed || wire.omissions().has(Omission.WRITE_CAPACITY);
    boolean told = answer.capacity().told() && (wire.isOfAws() || !madeUp);
    if (processed > 0 && !told) {
      wire.omissions().notice(Omission.WRITE_CAPACITY);
      ConsumedUnits bySize = bySize(items, share, weight);
      return new Reply(answer.taking(bySize.total()), bySize);
    }
    // What was not processed consumes nothing, and which items of a part have attributes of an
    // index is open.
    if (byIndex && !toldIndexes && answer.unprocessed().isEmpty()) {
      look(answer, items);
    }
    boolean apart = byIndex && !wire.omissions().has(Omission.INDEX_CAPACITY);
    return new Reply(
        answer,
        new ConsumedUnits(
            answer.units(),
            answer.capacity().indexUnits(),
            apart,
            answer.capacity().vectorBytes(),
            weight * share));
  }

  /**
   * Looks whether an answer should tell what an index consumed. DynamoDB itself does, but for items
   * that were there already, just the same.
   */
  private void look(SlicedResponse answer, Items items) throws StoreException {
    if (!answer.capacity().indexUnits().isEmpty()) {
      toldIndexes = true;
    } else if (!wire.isOfAws() && isIndexed(items.known().get())) {
      wire.omissions().notice(Omission.INDEX_CAPACITY);
    }
  }

  private boolean isIndexed(List<ItemMap> items) {
    return table.indexes().values().stream()
        .filter(TableInfo.Index::global)
        .anyMatch(index -> items.stream().anyMatch(item -> has(item, keys(index))));
  }

  private static boolean has(ItemMap item, Set<String> names) {
    return names.stream().allMatch(item::containsKey);
  }

  private Set<String> keys(TableInfo.Index index) {
    Set<String> names = new LinkedHashSet<>(table.keyNames());
    index.keys().forEach(key -> names.add(key.name()));
    return names;
  }

  private ConsumedUnits bySize(Items items, double share, double weight) throws StoreException {
    Map<String, Double> parts = new HashMap<>();
    if (items.whole()) {
      for (ItemMap item : items.known().get()) {
        parts.merge("", units(item, any -> true), Double::sum);
        for (TableInfo.Index index : table.indexes().values()) {
          parts.merge(part(index), units(item, index), Double::sum);
        }
      }
    } else {
      parts.put("", items.count() * average(table.items(), table.bytes()));
      for (TableInfo.Index index : table.indexes().values()) {
        double in = table.items() == 0 ? 1 : Math.min(1, (double) index.items() / table.items());
        parts.merge(
            part(index), items.count() * in * average(index.items(), index.bytes()), Double::sum);
      }
    }
    parts.replaceAll((part, units) -> units * share);
    double total = parts.values().stream().mapToDouble(Double::doubleValue).sum();
    parts.remove("");
    return new ConsumedUnits(total, parts, weight * share);
  }

  /** A local index shares the throughput of its table. */
  private static String part(TableInfo.Index index) {
    return index.global() ? index.name() : "";
  }

  private double units(ItemMap item, TableInfo.Index index) {
    Set<String> keys = keys(index);
    Predicate<String> projected =
        name -> index.projectsAll() || keys.contains(name) || index.attributes().contains(name);
    return has(item, keys) ? units(item, projected) : 0;
  }

  /** Rounding adds half a unit on average. */
  private static double average(long items, long bytes) {
    return items == 0 ? 1 : Math.max(1, bytes / CapacityEstimates.WRITE_BYTES / items + 0.5);
  }

  private static double units(ItemMap item, Predicate<String> counted) {
    return Math.max(1, Math.ceil(ItemSize.of(item, counted) / CapacityEstimates.WRITE_BYTES));
  }
}
