package org.dynocopy.scripts.benchmark;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Measures this process: CPU time with that of the compiler and the collector, wall time, bytes
 * allocated, and the most memory that it ever had.
 */
final class Meter {

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final Path STATUS = Path.of("/proc/self/status");

  private final Map<Long, Long> before = new ConcurrentHashMap<>();
  private final Map<Long, Long> allocated = new ConcurrentHashMap<>();
  private final Thread watcher = new Thread(this::watch);
  private final long cpu;
  private final long start;

  private Meter() {
    look(before);
    watcher.setDaemon(true);
    watcher.start();
    cpu = SYSTEM.getProcessCpuTime();
    start = System.nanoTime();
  }

  static Meter start() {
    return new Meter();
  }

  /** Threads end, and take their counts with them: so they are looked at all the time. */
  private void watch() {
    try {
      while (true) {
        look(allocated);
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void look(Map<Long, Long> into) {
    long[] threads = THREADS.getAllThreadIds();
    long[] bytes = THREADS.getThreadAllocatedBytes(threads);
    for (int i = 0; i < threads.length; i++) {
      if (bytes[i] >= 0) {
        into.put(threads[i], bytes[i]);
      }
    }
  }

  /** Returns {@code cpu=1 wall=1 allocated=1 rss=1}, in nanoseconds and bytes. */
  String stop() throws IOException, InterruptedException {
    long wallTook = System.nanoTime() - start;
    long cpuTook = SYSTEM.getProcessCpuTime() - cpu;
    watcher.interrupt();
    watcher.join();
    look(allocated);
    long bytes = 0;
    for (Map.Entry<Long, Long> thread : allocated.entrySet()) {
      bytes += thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
    }
    return "cpu=%d wall=%d allocated=%d rss=%d".formatted(cpuTook, wallTook, bytes, peakMemory());
  }

  /** Linux tells it; elsewhere it is 0. */
  private static long peakMemory() throws IOException {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElse(0);
  }
}
