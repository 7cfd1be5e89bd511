package org.dynocopy.functional;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** When something took far longer than it should, as on a machine that others keep busy. */
final class Stalls {

  /** Less makes no difference. */
  private static final long LONG = TimeUnit.MILLISECONDS.toNanos(50);

  /** What was held up is done so soon afterwards. */
  private static final long AFTER = TimeUnit.MILLISECONDS.toNanos(500);

  private record Stall(long from, long to) {}

  private final List<Stall> stalls = new CopyOnWriteArrayList<>();

  /** Notes how long something took. */
  void note(long from, long to) {
    if (to - from > LONG) {
      stalls.add(new Stall(from, to));
    }
  }

  /** Notes from now on, until it is closed, when a thread does not wake up in time. */
  AutoCloseable beat() {
    Thread beating =
        new Thread(
            () -> {
              try {
                for (long before = System.nanoTime(); true; ) {
                  Thread.sleep(5);
                  long now = System.nanoTime();
                  note(before, now);
                  before = now;
                }
              } catch (InterruptedException e) {
                // Closed.
              }
            });
    beating.setDaemon(true);
    beating.start();
    return () -> {
      beating.interrupt();
      beating.join();
    };
  }

  /** Returns for how long all stalls lasted, to their ends, that a time has to do with. */
  double seconds(long from, long to) {
    long sum = 0;
    long end = from - AFTER;
    for (Stall stall : stalls.stream().sorted(Comparator.comparingLong(Stall::from)).toList()) {
      if (stall.to() > end && stall.from() < to) {
        // Several may overlap, and the first one may have begun before.
        sum += stall.to() - (sum == 0 ? stall.from() : Math.max(end, stall.from()));
        end = stall.to();
      }
    }
    return sum / 1e9;
  }
}
