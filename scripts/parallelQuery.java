///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//JAVAC_OPTIONS -proc:none -encoding UTF-8 -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -J-XX:-UsePerfData
//SOURCES ../dynocopy.java QueryStub.java

import static org.dynocopy.Dynocopy.gsi;
import static org.dynocopy.Dynocopy.query;

import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.StoreException;
import org.dynocopy.run.query.QueryRun;
import org.dynocopy.scripts.QueryStub;
import org.dynocopy.spec.Query;

/**
 * Measures what {@code segments} brings where one partition key of an index has all items: {@code
 * parallel-query [ITEMS] [REPEATS]}. The service is a {@link QueryStub} in a process of its own,
 * which waits before each answer, so that it is this side that is measured. Every run must bring
 * exactly the items that are there.
 */
class parallelQuery {
  private static final int SEGMENTS = 8;

  /** Ends the run: the time that a retry waits is not what is measured. */
  private static final RunListener NO_RETRY =
      new RunListener() {
        @Override
        public void retrying(int attempt, StoreException reason) {
          throw new IllegalStateException(reason);
        }
      };

  public static void main(String... args) throws Exception {
    int items = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
    int repeats = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    System.out.printf(
        "%s, Java %s, %d processors, %s %s; %,d items, %d ms before each answer, medians of %d%n%n",
        LocalDate.now(),
        System.getProperty("java.version"),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        items,
        QueryStub.WAIT_MS,
        repeats);
    String row = "%-10s %6s  %10s %10s  %6s  %9s %9s%n";
    System.out.printf(row, "keys", "item", "1 segment", "8", "ratio", "CPU, 1", "CPU, 8");
    for (QueryStub.Keys keys : QueryStub.Keys.values()) {
      for (int size : List.of(400, 1_000)) {
        try (var stub = QueryStub.start(items, size, keys)) {
          System.setProperty("dynocopy.embedded", stub.endpoint());
          Run.of(1, stub.digest());
          Run.of(SEGMENTS, stub.digest());
          var alone = new ArrayList<Run>();
          var shared = new ArrayList<Run>();
          for (int i = 0; i < repeats; i++) {
            alone.add(Run.of(1, stub.digest()));
            shared.add(Run.of(SEGMENTS, stub.digest()));
          }
          Run one = Run.median(alone);
          Run eight = Run.median(shared);
          System.out.printf(
              row,
              keys.name().toLowerCase(),
              size + " B",
              "%.2f s".formatted(one.seconds),
              "%.2f s".formatted(eight.seconds),
              "%.2f".formatted(eight.seconds / one.seconds),
              "%.2f s".formatted(one.cpuSeconds),
              "%.2f s".formatted(eight.cpuSeconds));
        }
      }
    }
  }

  /** How long one query took. */
  private record Run(double seconds, double cpuSeconds) {

    static Run of(int segments, String digest) throws Exception {
      long start = System.nanoTime();
      long cpu = cpu();
      var said =
          (Query) query("embedded:users").where(gsi("byTenant").pk("t1")).segments(segments).job();
      var typed =
          new Query.Output(Query.Format.JSONL, true, false, Optional.empty(), OptionalInt.empty());
      var lines = new Lines();
      try (var connections = new DefaultStores()) {
        var report =
            QueryRun.of(
                    new Query(said.name(), said.reading(), typed, said.allowance()),
                    connections,
                    lines)
                .run((name, expected, engine) -> engine.apply(NO_RETRY).run());
        if (!report.complete() || !lines.digest().equals(digest)) {
          throw new IllegalStateException(
              "other items came: " + lines.digest() + ", not " + digest + ": " + report);
        }
      }
      return new Run((System.nanoTime() - start) / 1e9, (cpu() - cpu) / 1e9);
    }

    private static long cpu() {
      var system = ManagementFactory.getOperatingSystemMXBean();
      return ((com.sun.management.OperatingSystemMXBean) system).getProcessCpuTime();
    }

    static Run median(List<Run> runs) {
      int middle = runs.size() / 2;
      return new Run(
          runs.stream().map(Run::seconds).sorted().toList().get(middle),
          runs.stream().map(Run::cpuSeconds).sorted().toList().get(middle));
    }
  }

  /** Adds up the lines' checksums: the same for the same lines in whatever order. */
  private static final class Lines extends OutputStream {
    private final CRC32 line = new CRC32();
    private long count;
    private long sum;

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      int from = offset;
      for (int i = offset; i < offset + length; i++) {
        if (bytes[i] == '\n') {
          line.update(bytes, from, i - from);
          sum += line.getValue();
          count++;
          line.reset();
          from = i + 1;
        }
      }
      line.update(bytes, from, offset + length - from);
    }

    String digest() {
      return count + ":" + sum;
    }
  }
}
