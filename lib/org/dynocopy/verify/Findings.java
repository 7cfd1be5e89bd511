package org.dynocopy.verify;

import java.util.OptionalLong;

/**
 * What a comparison found.
 *
 * @param sourceItems how many items the source has, if they were counted
 * @param targetItems how many items the target has, if they were counted
 * @param missing items that the target does not have
 * @param extra items that only the target has
 * @param different items that both have, but not alike
 * @param moved items that differed when they were read first, and no longer
 * @param buckets parts of fingerprints that differ, where there are no items to look at
 * @param least how many items differ there at the least
 * @param sample how many items chosen at random were looked for
 * @param repaired missing or different items that were copied
 * @param deleted extra items that were deleted
 * @param same whether there is nothing left that should be otherwise
 */
public record Findings(
    OptionalLong sourceItems,
    OptionalLong targetItems,
    long missing,
    long extra,
    long different,
    long moved,
    long buckets,
    long least,
    long sample,
    long repaired,
    long deleted,
    boolean same) {

  /** Returns what two comparisons found together. */
  public Findings plus(Findings other) {
    return new Findings(
        plus(sourceItems, other.sourceItems),
        plus(targetItems, other.targetItems),
        missing + other.missing,
        extra + other.extra,
        different + other.different,
        moved + other.moved,
        buckets + other.buckets,
        least + other.least,
        sample + other.sample,
        repaired + other.repaired,
        deleted + other.deleted,
        same && other.same);
  }

  private static OptionalLong plus(OptionalLong one, OptionalLong other) {
    return one.isPresent() && other.isPresent()
        ? OptionalLong.of(one.getAsLong() + other.getAsLong())
        : OptionalLong.empty();
  }
}
