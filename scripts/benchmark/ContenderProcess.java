package org.dynocopy.scripts.benchmark;

import java.net.URI;

/** Runs one contender in this JVM: first to warm it up, then once more, measured. */
final class ContenderProcess {

  private ContenderProcess() {}

  /**
   * Copies, and prints what it took.
   *
   * @param args the contender, the endpoint, segments, writers, the tables to warm up with (or
   *     {@code -}), and the tables to copy
   */
  public static void main(String... args) {
    try {
      Contender contender = Contender.of(args[0]);
      URI endpoint = URI.create(args[1]);
      int segments = Integer.parseInt(args[2]);
      int writers = Integer.parseInt(args[3]);
      if (!args[4].equals("-")) {
        contender.copy(new Copy(endpoint, args[4], args[5], segments, writers));
      }
      Meter meter = Meter.start();
      contender.copy(new Copy(endpoint, args[6], args[7], segments, writers));
      System.out.println(meter.stop());
      System.exit(0); // whatever threads a contender may have left
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }
}
