package org.dynocopy.scripts.benchmark;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One measured copy.
 *
 * @param contender who copied
 * @param setting how: {@code http}, {@code https}, or what else tells runs apart
 * @param items how many items were copied
 * @param cpuSeconds CPU time of the contender's process
 * @param compilerSeconds of this, what the JVM's compilers took
 * @param collectorSeconds of this, what the garbage collector took
 * @param wallSeconds from its start to its end
 * @param peakBytes the most memory that the process ever had, with the warm-up
 * @param allocatedBytes on the heap
 * @param server what the server counted
 */
public record Run(
    String contender,
    String setting,
    long items,
    double cpuSeconds,
    double compilerSeconds,
    double collectorSeconds,
    double wallSeconds,
    long peakBytes,
    long allocatedBytes,
    Map<String, Long> server) {

  /** Reads what a contender's process has printed, and the server. */
  static Run of(String contender, String setting, long items, String process, String server) {
    Map<String, Long> took = numbers(process);
    return new Run(
        contender,
        setting,
        items,
        took.get("cpu") / 1e9,
        took.get("jit") / 1e9,
        took.get("gc") / 1e9,
        took.get("wall") / 1e9,
        took.get("rss"),
        took.get("allocated"),
        numbers(server));
  }

  /** Reads {@code a=1 b=2}. */
  static Map<String, Long> numbers(String line) {
    Map<String, Long> numbers = new HashMap<>();
    for (String word : line.trim().split(" ")) {
      String[] parts = word.split("=");
      numbers.put(parts[0], Long.parseLong(parts[1]));
    }
    return numbers;
  }

  /** CPU seconds for 100,000 items. */
  double cpuPer100k() {
    return cpuSeconds * 100_000 / items;
  }

  /** The compilers' part of {@link #cpuPer100k}. */
  double compilerPer100k() {
    return compilerSeconds * 100_000 / items;
  }

  /** The garbage collector's part of {@link #cpuPer100k}. */
  double collectorPer100k() {
    return collectorSeconds * 100_000 / items;
  }

  double itemsPerSecond() {
    return items / wallSeconds;
  }

  double allocatedPerItem() {
    return (double) allocatedBytes / items;
  }

  /** For JSON. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("contender", contender);
    fields.put("setting", setting);
    fields.put("items", items);
    fields.put("cpuSeconds", cpuSeconds);
    fields.put("compilerSeconds", compilerSeconds);
    fields.put("collectorSeconds", collectorSeconds);
    fields.put("wallSeconds", wallSeconds);
    fields.put("peakBytes", peakBytes);
    fields.put("allocatedBytes", allocatedBytes);
    fields.put("server", server);
    return fields;
  }
}
