package org.dynocopy.store.dynamo.wire;

import java.util.Map;

/**
 * The capacity that an answer says was consumed.
 *
 * @param told whether it says so, as the service's answers do if asked
 * @param units all units
 * @param indexUnits of this, what each global index consumed, if that was asked for
 * @param vectorBytes what was written to vector indexes, which take no units, if that was asked for
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ConsumedCapacity.html">ConsumedCapacity</a>
 */
public record ResponseCapacity(
    boolean told, double units, Map<String, Double> indexUnits, double vectorBytes) {}
