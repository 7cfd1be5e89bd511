package org.dynocopy.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a store says of itself.
 *
 * @param keyNames the key attributes of its items; empty if it knows none
 * @param items about how many items it has, if that is known before they are read
 * @param identity what its parts are called, each with a text that changes when the part does: a
 *     run goes on with the same parts alone
 * @param schema what is needed to make a table for its items, if it has that: {@link
 *     TableSchema#json}
 * @param can what it can do
 */
public record StoreInfo(
    List<String> keyNames,
    OptionalLong items,
    Map<String, String> identity,
    Optional<String> schema,
    Set<Capability> can) {

  /** What not every store can do. */
  public enum Capability {
    /** Selects by keys, and filters by itself. */
    SELECTION,
    /** Writes an item only where another one of its key is absent, or older. */
    CONDITIONAL_WRITES,
    /** Takes up writing where another run was stopped. */
    RESUMED_WRITES,
    /** Bounds what requests consume. */
    RATES
  }

  /** Copies the collections. */
  public StoreInfo {
    keyNames = List.copyOf(keyNames);
    identity = Map.copyOf(identity);
    can = Set.copyOf(can);
  }
}
