package org.dynocopy.scripts.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Runs as a table of medians, with the lowest and the highest value in brackets. */
final class Table {

  private final Map<String, List<Run>> groups;

  Table(List<Run> runs) {
    groups =
        runs.stream()
            .collect(
                Collectors.groupingBy(
                    run -> run.setting() + "  " + run.contender(),
                    LinkedHashMap::new,
                    Collectors.toList()));
  }

  static double median(List<Run> runs, ToDoubleFunction<Run> value) {
    double[] sorted = runs.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** What the client's work costs. */
  String costs() {
    List<String[]> rows = new ArrayList<>();
    rows.add(
        words(
            "contender",
            "CPU s / 100k",
            "JIT",
            "GC",
            "of sdk",
            "wall s",
            "items/s",
            "peak MB",
            "B / item"));
    for (List<Run> runs : groups.values()) {
      rows.add(
          words(
              name(runs),
              spread(runs, "%.2f", Run::cpuPer100k),
              "%.2f".formatted(median(runs, Run::compilerPer100k)),
              "%.2f".formatted(median(runs, Run::collectorPer100k)),
              baseline(runs)
                  .map(sdk -> median(runs, Run::cpuPer100k) / median(sdk, Run::cpuPer100k))
                  .map("%.2f"::formatted)
                  .orElse("-"),
              spread(runs, "%.2f", Run::wallSeconds),
              "%,.0f".formatted(median(runs, Run::itemsPerSecond)),
              spread(runs, "%.0f", run -> run.peakBytes() / 1e6),
              "%,.0f".formatted(median(runs, Run::allocatedPerItem))));
    }
    return aligned(rows);
  }

  private Optional<List<Run>> baseline(List<Run> runs) {
    return Optional.ofNullable(groups.get(runs.get(0).setting() + "  sdk"));
  }

  /** How well the partitions' throughput is used. */
  String shares(double itemsPerSecond) {
    List<String[]> rows = new ArrayList<>();
    rows.add(words("contender", "items/s", "of what is allowed", "refused, % of items", "wall s"));
    for (List<Run> runs : groups.values()) {
      rows.add(
          words(
              name(runs),
              "%,.0f".formatted(median(runs, Run::itemsPerSecond)),
              spread(runs, "%.0f %%", run -> 100 * run.itemsPerSecond() / itemsPerSecond),
              "%.0f"
                  .formatted(
                      median(
                          runs, run -> 100.0 * run.server().get("throttledWrites") / run.items())),
              spread(runs, "%.2f", Run::wallSeconds)));
    }
    return aligned(rows);
  }

  private static String name(List<Run> runs) {
    return runs.get(0).setting() + "  " + runs.get(0).contender();
  }

  private static String spread(List<Run> runs, String format, ToDoubleFunction<Run> value) {
    String middle = format.formatted(median(runs, value));
    if (runs.size() == 1) {
      return middle;
    }
    double least = runs.stream().mapToDouble(value).min().orElse(0);
    double most = runs.stream().mapToDouble(value).max().orElse(0);
    return middle + " (" + format.formatted(least) + "-" + format.formatted(most) + ")";
  }

  private static String[] words(String... words) {
    return words;
  }

  private static String aligned(List<String[]> rows) {
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      Arrays.setAll(widths, i -> Math.max(widths[i], row[i].length()));
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      text.append(("%-" + widths[0] + "s").formatted(row[0]));
      for (int i = 1; i < row.length; i++) {
        text.append(("  %" + widths[i] + "s").formatted(row[i]));
      }
      text.append('\n');
    }
    return text.toString();
  }
}
