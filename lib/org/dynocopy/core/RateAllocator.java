package org.dynocopy.core;

import java.time.Duration;
import java.util.Optional;

/**
 * Shares the rates of tables among the processes that use them. What the leases of all processes
 * allow together is never more than the rate. Nothing is allowed before the first lease, and
 * nothing after a lease has ended: a process that dies, or cannot be reached, loses its share.
 *
 * <p>A lease counts from when it was asked for, by the clock of the process that asks; who grants
 * it counts from when it grants it, which is later. An answer can be lost, and one that is on its
 * way does not count yet: so a smaller lease takes the place of a larger one only when the larger
 * one has ended.
 */
@FunctionalInterface
public interface RateAllocator {

  /**
   * What a process would use if it were alone.
   *
   * @param table what identifies the table
   * @param index the name of a global index, whose rate is its own; empty for the table
   * @param reading whether it reads; else it writes
   * @param unitsPerSecond capacity units a second, also where a rate is a percentage; infinite
   *     where this process has no rate
   */
  record Demand(String table, String index, boolean reading, double unitsPerSecond) {}

  /**
   * A share of a rate.
   *
   * @param unitsPerSecond capacity units a second, 0 for none now, infinite for no limit
   * @param validFor how long it counts; after half of that it is asked for again
   */
  record Lease(double unitsPerSecond, Duration validFor) {}

  /**
   * Asks for a share, by a thread that is about to send a request; a process asks for the same
   * table, index and use one at a time. Requests go on meanwhile as far as the lease of before
   * allows.
   *
   * @return empty if there was no answer: then the lease of before goes on until it ends
   */
  Optional<Lease> lease(Demand demand);
}
