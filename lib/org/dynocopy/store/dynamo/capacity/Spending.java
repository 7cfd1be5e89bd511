package org.dynocopy.store.dynamo.capacity;

import java.util.Optional;

/**
 * What a job has consumed of one table, its indexes included.
 *
 * @param table the table's name
 * @param readUnits read capacity units
 * @param writeUnits write capacity units
 * @param vectorBytes bytes written to its vector indexes, besides
 * @param dollars what they cost, if that is known
 * @param why else: why it is not known
 */
public record Spending(
    String table,
    double readUnits,
    double writeUnits,
    double vectorBytes,
    Optional<Double> dollars,
    String why) {}
