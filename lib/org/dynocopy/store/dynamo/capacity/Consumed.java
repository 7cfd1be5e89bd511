package org.dynocopy.store.dynamo.capacity;

import java.util.Map;

/**
 * What a response says was consumed.
 *
 * @param total all of it
 * @param indexes of this, what each global index consumed, as far as the response tells it apart
 * @param weight what the request turned out to weigh, in the sender's terms: what was not processed
 *     does not count
 */
public record Consumed(double total, Map<String, Double> indexes, double weight) {

  /** Copies the map. */
  public Consumed {
    indexes = Map.copyOf(indexes);
  }

  /** Returns what the table itself consumed, with its local indexes, which share its throughput. */
  double table() {
    return total - indexes.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
