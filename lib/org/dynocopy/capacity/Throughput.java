package org.dynocopy.capacity;

/**
 * What a table or an index can do in a second.
 *
 * @param read read capacity units
 * @param write write capacity units
 */
public record Throughput(double read, double write) {}
