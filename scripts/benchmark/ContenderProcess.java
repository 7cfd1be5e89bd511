package org.dynocopy.scripts.benchmark;

import java.net.URI;
import java.util.concurrent.TimeUnit;

/** Runs one contender in this JVM: first to warm it up, then once more, measured. */
final class ContenderProcess {

  private ContenderProcess() {}

  /**
   * Copies, and prints what it took.
   *
   * @param args the contender, the endpoint, segments, writers, how many milliseconds to warm up,
   *     and the table to copy, the one to copy it to before, and the one to copy it to then
   */
  public static void main(String... args) {
    try {
      Contender contender = Contender.of(args[0]);
      URI endpoint = URI.create(args[1]);
      int segments = Integer.parseInt(args[2]);
      int writers = Integer.parseInt(args[3]);
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[4]));
      while (System.nanoTime() < end) {
        contender.copy(new Copy(endpoint, args[5], args[6], segments, writers));
      }
      Meter meter = Meter.start();
      contender.copy(new Copy(endpoint, args[5], args[7], segments, writers));
      System.out.println(meter.stop());
      System.exit(0); // whatever threads a contender may have left
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }
}
