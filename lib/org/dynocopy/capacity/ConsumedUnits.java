package org.dynocopy.capacity;

import java.util.Map;

/**
 * What a request has consumed.
 *
 * @param total all of it, in capacity units
 * @param indexes of this, what each global index consumed
 * @param apart whether that is known; else all of it may be of the table or of any index
 * @param vectorBytes what was written to vector indexes, which take no units
 * @param weight what the request turned out to weigh, in the sender's terms: what was not processed
 *     does not count
 */
public record ConsumedUnits(
    double total, Map<String, Double> indexes, boolean apart, double vectorBytes, double weight) {

  /** Copies the map. */
  public ConsumedUnits {
    indexes = Map.copyOf(indexes);
  }

  /** Makes one of which all is known, without vector indexes. */
  public ConsumedUnits(double total, Map<String, Double> indexes, double weight) {
    this(total, indexes, true, 0, weight);
  }

  /** Returns what a request has consumed of one table or index alone. */
  public static ConsumedUnits of(double total, double weight) {
    return new ConsumedUnits(total, Map.of(), false, 0, weight);
  }

  /** Returns what the table itself consumed, with its local indexes, which share its throughput. */
  double table() {
    return total - indexes.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
