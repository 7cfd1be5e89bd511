package org.dynocopy.scripts.benchmark;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Measures this process: CPU time with that of the compiler and the collector, wall time, bytes
 * allocated, and the most memory that it ever had.
 */
final class Meter {

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path TASKS = Path.of("/proc/self/task");

  private final Map<Long, Long> before = new ConcurrentHashMap<>();
  private final Map<Long, Long> allocated = new ConcurrentHashMap<>();
  private final Thread watcher = new Thread(this::watch);
  private final long compiling = ofThreads("C1 ", "C2 ");
  private final long collecting = ofThreads("GC ");
  private final long cpu;
  private final long start;

  private Meter() throws IOException {
    look(before);
    watcher.setDaemon(true);
    watcher.start();
    cpu = SYSTEM.getProcessCpuTime();
    start = System.nanoTime();
  }

  static Meter start() throws IOException {
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

  /** Returns {@code cpu=1 jit=1 gc=1 wall=1 allocated=1 rss=1}, in nanoseconds and bytes. */
  String stop() throws IOException, InterruptedException {
    long wallTook = System.nanoTime() - start;
    long cpuTook = SYSTEM.getProcessCpuTime() - cpu;
    long compilingTook = ofThreads("C1 ", "C2 ") - compiling;
    long collectingTook = ofThreads("GC ") - collecting;
    watcher.interrupt();
    watcher.join();
    look(allocated);
    long bytes = 0;
    for (Map.Entry<Long, Long> thread : allocated.entrySet()) {
      bytes += thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
    }
    return "cpu=%d jit=%d gc=%d wall=%d allocated=%d rss=%d"
        .formatted(cpuTook, compilingTook, collectingTook, wallTook, bytes, peakMemory());
  }

  /** The CPU time of the JVM's own threads by how their names begin; on Linux, elsewhere 0. */
  private static long ofThreads(String... names) throws IOException {
    long nanos = 0;
    if (Files.isDirectory(TASKS)) {
      try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
        for (Path task : tasks) {
          nanos += cpu(task, names);
        }
      }
    }
    return nanos;
  }

  private static long cpu(Path task, String... names) {
    try {
      String name = Files.readString(task.resolve("comm"));
      boolean counted = Stream.of(names).anyMatch(name::startsWith);
      return counted
          ? Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ")[0])
          : 0;
    } catch (IOException e) {
      return 0; // the thread has just ended
    }
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
