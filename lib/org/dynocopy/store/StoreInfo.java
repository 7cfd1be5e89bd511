package org.dynocopy.store;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a store says of itself.
 *
 * @param identity what its parts are called, each with a text that changes when the part does: a
 *     run goes on with the same parts alone
 * @param schema what is needed to make a table for its items, if it has that: {@link
 *     TableSchema#json}
 * @param can what it can do
 */
public record StoreInfo(
    Map<String, String> identity, Optional<String> schema, Set<Capability> can) {

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
    identity = Map.copyOf(identity);
    can = Set.copyOf(can);
  }
}
