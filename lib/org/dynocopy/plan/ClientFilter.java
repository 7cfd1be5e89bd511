package org.dynocopy.plan;

import java.util.Map;

/**
 * A filter that runs here, on each item as a read-only map of its attributes.
 *
 * @param test which items to keep
 * @param at where it stands
 */
public record ClientFilter(Test test, Location at) {

  /** Decides about an item. */
  @FunctionalInterface
  public interface Test {
    /**
     * Tells whether to keep the item.
     *
     * @param item attribute names to values: S is a String, N a BigDecimal, B a byte[], BOOL a
     *     Boolean, NULL null, L a List, M a Map, SS, NS and BS Sets
     * @throws Exception what makes the item a dead letter, with its message as the reason
     */
    boolean keep(Map<String, Object> item) throws Exception;
  }
}
