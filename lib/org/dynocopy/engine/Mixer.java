package org.dynocopy.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Stands between readers and writers and mixes: a batch takes one item from each open page in turn.
 * A scan reads in the order of the target's partitions, so that batches of one page each would all
 * go to one partition.
 */
final class Mixer {

  /** How long a writer waits for a batch to fill up. */
  private static final long LINGER_NANOS = Duration.ofMillis(20).toNanos();

  private final Deque<Iterator<Pending>> pages = new ArrayDeque<>();
  private final Deque<Pending> first = new ArrayDeque<>();
  private final KeyOrder order = new KeyOrder();
  private final boolean inOrder;
  private long available;
  private boolean ended;
  private boolean aborted;

  /**
   * Makes a mixer.
   *
   * @param inOrder whether not to mix: one page goes out after the other
   */
  Mixer(boolean inOrder) {
    this.inOrder = inOrder;
  }

  /** Takes in a page; its items come out mixed with those of others. */
  synchronized void offer(List<Pending> items) {
    List<Pending> free = items.stream().filter(i -> i.key() == null || order.start(i)).toList();
    if (!free.isEmpty() && !aborted) {
      pages.add(free.iterator());
      available += free.size();
      notifyAll();
    }
  }

  /** Notes that an item is settled. */
  void settled(Pending item) {
    item.page().settleOne();
    if (item.key() != null) {
      startNext(item);
    }
  }

  private synchronized void startNext(Pending settled) {
    Pending next = order.next(settled);
    if (next != null && !aborted) {
      first.add(next);
      available++;
      notifyAll();
    }
  }

  /** Says that no more pages come. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Lets go of everything: the run has stopped. */
  synchronized void abort() {
    aborted = true;
    pages.clear();
    first.clear();
    available = 0;
    end();
  }

  /**
   * Takes items for a batch: waits for the first one, and a little for the others.
   *
   * @param most how many at most
   * @param block whether to wait for the first one for as long as it takes
   * @return as many as there are; empty if there are none (any more, if blocking)
   */
  synchronized List<Pending> take(int most, boolean block) throws InterruptedException {
    do {
      while (block && available == 0 && !ended) {
        wait();
      }
      linger(most);
      // Others may have taken everything meanwhile; then the waiting begins again.
    } while (block && available == 0 && !ended);
    List<Pending> taken = new ArrayList<>((int) Math.min(most, available));
    while (taken.size() < most && available > 0) {
      taken.add(next());
      available--;
    }
    return taken;
  }

  /** Waits a little for a whole batch. */
  private void linger(int most) throws InterruptedException {
    long deadline = System.nanoTime() + LINGER_NANOS;
    long left = LINGER_NANOS;
    while (available < most && !ended && left > 0) {
      // Rounded up: wait(0) would wait for ever.
      wait(left / 1_000_000 + 1);
      left = deadline - System.nanoTime();
    }
  }

  private Pending next() {
    if (!first.isEmpty()) {
      return first.poll();
    }
    Iterator<Pending> page = pages.poll();
    Pending item = page.next();
    if (page.hasNext() && inOrder) {
      pages.addFirst(page);
    } else if (page.hasNext()) {
      pages.add(page);
    }
    return item;
  }
}
