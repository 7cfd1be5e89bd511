package org.dynocopy.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.dynocopy.core.Page.Position;

/**
 * How far a run is: what another one needs to go on from there. Everything before its positions is
 * settled; of what comes after them it knows item by item what is settled.
 *
 * <p>A task of a run is a checkpoint as well: one that has some of its splits alone. All others
 * count as settled.
 *
 * @param unread which splits of the source were not begun
 * @param open those begun that are not settled to their end, and the parts given away of them, in
 *     the order of the source
 * @param counts the ledger of what is settled, but for half pages; the capacity units are all that
 *     were consumed
 */
public record Checkpoint(UnreadSplits unread, List<Open> open, Counts counts) {

  /**
   * A split that is not settled to its end.
   *
   * @param split its number, in the order of the source
   * @param part what of it, see {@link Source.Split#part}; empty for all of it
   * @param after the position up to which every item is settled; empty if that is none
   * @param partialPages the pages after it that were read, in their order
   */
  public record Open(
      long split, Optional<byte[]> part, Optional<Position> after, List<PartialPage> partialPages) {

    /** Copies the list. */
    public Open {
      partialPages = List.copyOf(partialPages);
    }

    private byte[] partBytes() {
      return part.orElse(new byte[0]);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Open open
          && split == open.split
          && part.isPresent() == open.part.isPresent()
          && Arrays.equals(partBytes(), open.partBytes())
          && after.equals(open.after)
          && partialPages.equals(open.partialPages);
    }

    @Override
    public int hashCode() {
      return Objects.hash(split, Arrays.hashCode(partBytes()), after, partialPages);
    }
  }

  private static final Comparator<Open> ORDER =
      Comparator.comparingLong(Open::split).thenComparing(Open::partBytes, Arrays::compare);

  /** The beginning: nothing is settled. */
  public static final Checkpoint START = new Checkpoint(UnreadSplits.ALL, List.of(), Counts.NONE);

  /** Sorts the splits. */
  public Checkpoint {
    open = open.stream().sorted(ORDER).toList();
  }

  /**
   * Makes one of a run that has begun the splits of its source in their order.
   *
   * @param begun how many
   */
  public Checkpoint(long begun, List<Open> open, Counts counts) {
    this(UnreadSplits.from(begun), open, counts);
  }

  /** Returns the counts of everything that is settled, that of half pages too. */
  public Counts settled() {
    return open.stream()
        .flatMap(split -> split.partialPages().stream())
        .map(PartialPage::counts)
        .reduce(counts, Counts::plus);
  }

  /** Returns the same after a read that took some capacity. */
  public Checkpoint plus(double readUnits) {
    return new Checkpoint(unread, open, counts.plus(readUnits));
  }

  /**
   * Divides what is to be done into tasks, which {@link #merge} puts together again at any time.
   * What was counted so far is with the first one.
   *
   * <p>Only one task can keep to a limit of items, or keep items with the same key in order.
   *
   * @param tasks how many, at least 1; some may have nothing to do
   */
  public List<Checkpoint> divide(int tasks) {
    List<UnreadSplits> rows = unread.divide(tasks);
    List<Checkpoint> divided = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      List<Open> own = new ArrayList<>();
      for (int i = task; i < open.size(); i += tasks) {
        own.add(open.get(i));
      }
      divided.add(new Checkpoint(rows.get(task), own, task == 0 ? counts : Counts.NONE));
    }
    return divided;
  }

  /** Returns how far all tasks of a run are together. */
  public static Checkpoint merge(List<Checkpoint> tasks) {
    List<Open> open = new ArrayList<>();
    Counts counts = Counts.NONE;
    for (Checkpoint task : tasks) {
      open.addAll(task.open);
      counts = counts.plus(task.counts);
    }
    List<UnreadSplits> unread = tasks.stream().map(Checkpoint::unread).toList();
    return new Checkpoint(UnreadSplits.merge(unread), open, counts);
  }

  /** Returns how many items have passed the run's limit and are not settled. */
  public long admitted() {
    return open.stream()
        .flatMap(split -> split.partialPages().stream())
        .mapToLong(PartialPage::admitted)
        .sum();
  }
}
