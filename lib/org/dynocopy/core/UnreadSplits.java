package org.dynocopy.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which splits of a source were not begun: from each of some numbers on, every {@code stride}-th.
 * So it takes no more room for millions of splits, shared among tasks, than for a few.
 *
 * <p>Two that have the same splits are equal, however they came to be.
 *
 * @param stride how far the splits are apart that follow each other, at least 1
 * @param firsts the first split of each such row, in order
 */
public record UnreadSplits(long stride, List<Long> firsts) {

  /** All of a source. */
  public static final UnreadSplits ALL = from(0);

  /** None: all were begun. */
  public static final UnreadSplits NONE = new UnreadSplits(1, List.of());

  /** Brings it to the form with the smallest stride, of which there is one. */
  public UnreadSplits {
    if (stride < 1 || firsts.stream().anyMatch(first -> first < 0)) {
      throw new IllegalArgumentException("no splits: from " + firsts + " by " + stride);
    }
    Map<Long, Long> rows = rows(stride, firsts);
    long smallest = 1;
    while (!repeats(rows, stride, smallest)) {
      smallest++;
    }
    if (smallest < stride) {
      List<Long> all = new ArrayList<>();
      for (long first : rows.values()) {
        for (long row = 0; row < smallest; row++) {
          all.add(first + row * stride);
        }
      }
      rows = rows(smallest, all);
    }
    stride = smallest;
    firsts = rows.values().stream().sorted().toList();
  }

  /** Returns all from a number on. */
  public static UnreadSplits from(long first) {
    return new UnreadSplits(1, List.of(first));
  }

  /** Returns the first split of each row, by the rest that its numbers leave. */
  public static Map<Long, Long> rows(long stride, Collection<Long> firsts) {
    Map<Long, Long> rows = new HashMap<>();
    firsts.forEach(first -> rows.merge(first % stride, first, Math::min));
    return rows;
  }

  /** Returns whether with each split that so many after it is one of them. */
  private static boolean repeats(Map<Long, Long> rows, long stride, long after) {
    for (long first : rows.values()) {
      Long row = rows.get((first + after) % stride);
      if (row == null || row > first + after) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether a split is one of them. */
  public boolean contains(long number) {
    return firsts.stream().anyMatch(first -> first <= number && (number - first) % stride == 0);
  }

  /**
   * Divides them, so that splits which follow each other are in different parts.
   *
   * @param parts how many, at least 1
   */
  List<UnreadSplits> divide(int parts) {
    long rows = firsts.isEmpty() ? 1 : (parts + firsts.size() - 1) / firsts.size();
    List<Long> all = new ArrayList<>();
    for (long row = 0; row < rows; row++) {
      for (long first : firsts) {
        all.add(first + row * stride);
      }
    }
    Collections.sort(all);
    List<UnreadSplits> divided = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      List<Long> own = new ArrayList<>();
      for (int i = part; i < all.size(); i += parts) {
        own.add(all.get(i));
      }
      divided.add(new UnreadSplits(stride * rows, own));
    }
    return divided;
  }

  /** Returns all of these together. */
  static UnreadSplits merge(List<UnreadSplits> parts) {
    long common = 1;
    for (UnreadSplits part : parts) {
      common = common / greatestDivisor(common, part.stride) * part.stride;
    }
    List<Long> all = new ArrayList<>();
    for (UnreadSplits part : parts) {
      all.addAll(part.rows(common));
    }
    return new UnreadSplits(common, all);
  }

  private List<Long> rows(long longer) {
    List<Long> all = new ArrayList<>();
    for (long first : firsts) {
      for (long more = 0; more < longer; more += stride) {
        all.add(first + more);
      }
    }
    return all;
  }

  private static long greatestDivisor(long one, long other) {
    return other == 0 ? one : greatestDivisor(other, one % other);
  }
}
