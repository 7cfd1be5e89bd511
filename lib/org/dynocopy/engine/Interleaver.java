package org.dynocopy.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between readers and writers and mixes: a batch takes one item from each open page in turn.
 * A scan reads in the order of the target's partitions, so that batches of one page each would all
 * go to one partition.
 */
final class Interleaver {

  private static final long FOREVER = Duration.ofDays(365).toNanos();

  /** How long a page rests at most of which an item was refused. */
  private static final Duration REST = Duration.ofMillis(100);

  /** The pages that have a turn, and all that have items left, some of which rest. */
  private final Deque<PageCursor> pages = new ArrayDeque<>();

  private final Map<InFlightPage, PageCursor> turns = new IdentityHashMap<>();
  private final Deque<PendingItem> first = new ArrayDeque<>();
  private final KeyOrder order = new KeyOrder();
  private final boolean inOrder;
  private final long lingerNanos;
  private final PriorityQueue<Delayed> again = new PriorityQueue<>();
  private long available;
  private final AtomicLong unsettled = new AtomicLong();
  private boolean ended;
  private boolean aborted;

  /**
   * Makes a mixer.
   *
   * @param inOrder whether not to mix: one page goes out after the other
   * @param linger how long a writer waits for a batch to fill up
   */
  Interleaver(boolean inOrder, Duration linger) {
    this.inOrder = inOrder;
    this.lingerNanos = linger.toNanos();
  }

  /** What is left of a page. */
  private static final class PageCursor {
    private final List<PendingItem> items;
    private int taken;
    private boolean resting;

    PageCursor(List<PendingItem> items) {
      this.items = items;
    }

    int left() {
      return items.size() - taken;
    }
  }

  /**
   * Items that the target has not taken, and pages that rest.
   *
   * @param nanos when it is to be asked again
   */
  private record Delayed(List<PendingItem> items, List<PageCursor> pages, long nanos)
      implements Comparable<Delayed> {
    @Override
    public int compareTo(Delayed other) {
      return Long.compare(nanos - other.nanos, 0);
    }
  }

  /** Takes in a page; its items come out mixed with those of others. */
  synchronized void offer(List<PendingItem> items) {
    if (aborted) {
      return;
    }
    unsettled.addAndGet(items.size());
    List<PendingItem> free = new ArrayList<>(items.size());
    for (PendingItem item : items) {
      if (item.key() == null || order.start(item)) {
        free.add(item);
      }
    }
    if (!free.isEmpty()) {
      PageCursor turn = new PageCursor(free);
      turns.put(free.get(0).page(), turn);
      pages.add(turn);
      available += free.size();
      notifyAll();
    }
  }

  /**
   * Takes back items that the target has not taken. They come out again after a while, mixed with
   * what is there then: no thread waits for a partition that is too hot. The pages that they are of
   * go to the same partition, as a rule, and rest for a moment: so that it gets less, and others
   * more.
   */
  synchronized void later(List<PendingItem> items, Duration pause) {
    if (aborted) {
      return;
    }
    List<PageCursor> rest = new ArrayList<>();
    for (PendingItem item : items) {
      PageCursor turn = turns.get(item.page());
      if (turn != null && !turn.resting && !inOrder) {
        turn.resting = true;
        pages.remove(turn);
        available -= turn.left();
        rest.add(turn);
      }
    }
    long now = System.nanoTime();
    again.add(new Delayed(items, List.of(), now + pause.toNanos()));
    if (!rest.isEmpty()) {
      Duration moment = pause.compareTo(REST) < 0 ? pause : REST;
      again.add(new Delayed(List.of(), rest, now + moment.toNanos()));
    }
    notifyAll();
  }

  /** Notes that items are settled. */
  void settled(List<PendingItem> items) {
    for (PendingItem item : items) {
      item.page().settle(item.place());
    }
    boolean last = unsettled.addAndGet(-items.size()) == 0;
    for (PendingItem item : items) {
      // Most items stand alone: no writer waits for another one's.
      if (item.key() != null) {
        startNext(item);
      }
    }
    if (last) {
      wakeAll();
    }
  }

  private synchronized void startNext(PendingItem settled) {
    PendingItem next = order.next(settled);
    if (next != null && !aborted) {
      first.add(next);
      available++;
      notifyAll();
    }
  }

  private synchronized void wakeAll() {
    notifyAll();
  }

  /** Says that no more pages come. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Drops all items: the run has stopped. */
  synchronized void abort() {
    aborted = true;
    pages.clear();
    turns.clear();
    first.clear();
    again.clear();
    available = 0;
    unsettled.set(0);
    end();
  }

  /**
   * Takes items for a batch: waits for the first one, and a little for the others.
   *
   * @param most how many at most
   * @param block whether to wait for the first one for as long as it takes
   * @return as many as there are; empty if there are none (and never will be, if blocking)
   */
  synchronized List<PendingItem> take(int most, boolean block) throws InterruptedException {
    do {
      while (block && !readyFor(1) && !over()) {
        await(FOREVER);
      }
      linger(most);
      // Others may have taken everything meanwhile; then the waiting begins again.
    } while (block && !readyFor(1) && !over());
    List<PendingItem> taken = new ArrayList<>((int) Math.min(most, available));
    while (taken.size() < most && available > 0) {
      taken.add(next());
      available--;
    }
    return taken;
  }

  /** Waits a little for a whole batch. */
  private void linger(int most) throws InterruptedException {
    long deadline = System.nanoTime() + lingerNanos;
    long left = lingerNanos;
    // After the end only items that come again may fill it up.
    while (!readyFor(most) && !(ended && again.isEmpty()) && left > 0) {
      await(left);
      left = deadline - System.nanoTime();
    }
  }

  /** Returns whether so many items can be taken now. */
  private boolean readyFor(int items) {
    long now = System.nanoTime();
    while (!again.isEmpty() && again.peek().nanos() - now <= 0) {
      Delayed due = again.poll();
      first.addAll(due.items());
      available += due.items().size();
      for (PageCursor turn : due.pages()) {
        turn.resting = false;
        pages.add(turn);
        available += turn.left();
      }
    }
    return available >= items;
  }

  /** Returns whether nothing more will come. */
  private boolean over() {
    return ended && unsettled.get() <= available;
  }

  /** Waits until something changes, or items are to come again. */
  private void await(long mostNanos) throws InterruptedException {
    long nanos =
        again.isEmpty() ? mostNanos : Math.min(mostNanos, again.peek().nanos() - System.nanoTime());
    // Rounded up: wait(0) would wait for ever.
    wait(Math.max(0, nanos) / 1_000_000 + 1);
  }

  private PendingItem next() {
    if (!first.isEmpty()) {
      return first.poll();
    }
    PageCursor page = pages.poll();
    PendingItem item = page.items.get(page.taken++);
    if (page.left() == 0) {
      turns.remove(item.page());
    } else if (inOrder) {
      pages.addFirst(page);
    } else {
      pages.add(page);
    }
    return item;
  }
}
