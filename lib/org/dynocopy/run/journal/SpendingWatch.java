package org.dynocopy.run.journal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dynocopy.capacity.Meters;
import org.dynocopy.capacity.Usage;
import org.dynocopy.core.StoreException;
import org.dynocopy.spec.Job;

/**
 * Has the journal told what the job that runs has spent: every second at the most, and later, as a
 * second is less of the whole, every ten.
 */
final class SpendingWatch implements AutoCloseable {

  private static final long FIRST_MILLIS = 1_000;
  private static final long LAST_MILLIS = 10_000;
  private static final long SHARE = 100;

  private final Journal journal;
  private final Meters meters;
  private final String unit;
  private final Job job;
  private final long begun = System.nanoTime();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread = new Thread(this::watch, "dynocopy-spending");
  private List<Usage> noted = List.of();

  SpendingWatch(Journal journal, Meters meters, String unit, Job job) {
    this.journal = journal;
    this.meters = meters;
    this.unit = unit;
    this.job = job;
    if (journal.isKept()) {
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void watch() {
    try {
      long millis = FIRST_MILLIS;
      while (!ended.await(millis, TimeUnit.MILLISECONDS)) {
        note();
        long share = Duration.ofNanos(System.nanoTime() - begun).toMillis() / SHARE;
        millis = Math.min(LAST_MILLIS, Math.max(FIRST_MILLIS, share));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (StoreException e) {
      // The disk is full: what the job itself notes says so.
    }
  }

  private synchronized void note() throws StoreException {
    List<Usage> now = meters.spent(job);
    if (now.equals(noted)) {
      return;
    }
    noted = now;
    Map<String, Double> charged = meters.charged(job);
    Map<String, Map<String, Object>> tables = new LinkedHashMap<>();
    for (Usage one : now) {
      // Tables of one name in two places are told as one.
      Map<String, Object> table =
          tables.computeIfAbsent(one.table(), name -> new LinkedHashMap<>());
      table.put("table", one.table());
      table.merge("read", one.readUnits() + one.unanswered().readUnits(), SpendingWatch::sum);
      table.merge("write", one.writeUnits() + one.unanswered().writeUnits(), SpendingWatch::sum);
      Optional.ofNullable(charged.get(one.table()))
          .ifPresent(dollars -> table.put("dollars", dollars));
    }
    journal.spent(unit, List.copyOf(tables.values()));
  }

  private static Object sum(Object one, Object other) {
    return (double) one + (double) other;
  }

  /** Notes what there is to note at the end. */
  @Override
  public void close() throws StoreException, InterruptedException {
    ended.countDown();
    if (journal.isKept()) {
      thread.join();
      note();
    }
  }
}
