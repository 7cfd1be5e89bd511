package org.dynocopy.scripts.start;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * One start.
 *
 * @param first seconds to the first byte of the first request; to the end, where none is sent
 * @param end seconds to the end of the process
 * @param cpu CPU seconds of the process, and of those that it has waited for
 * @param others the part of all processors' time that others took meanwhile, from 0 to 1
 */
public record Start(double first, double end, double cpu, double others) {

  /** Returns medians, with the lowest and the highest in brackets. */
  public static String table(Map<Way, List<Start>> starts) {
    StringBuilder table = new StringBuilder();
    String row = "%-42s %20s %20s %20s%n";
    table.append(String.format(row, "", "first request, s", "end, s", "CPU s"));
    starts.forEach(
        (way, its) ->
            table.append(
                String.format(
                    row,
                    way.name(),
                    cell(its, Start::first),
                    cell(its, Start::end),
                    cell(its, Start::cpu))));
    return table.toString();
  }

  private static String cell(List<Start> starts, ToDoubleFunction<Start> figure) {
    double[] sorted = starts.stream().mapToDouble(figure).sorted().toArray();
    int n = sorted.length;
    double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    return String.format(Locale.ROOT, "%.2f (%.2f-%.2f)", median, sorted[0], sorted[n - 1]);
  }

  /** Returns every single start. */
  public static String json(Map<Way, List<Start>> starts) {
    return starts.entrySet().stream()
        .flatMap(way -> way.getValue().stream().map(start -> start.json(way.getKey().name())))
        .collect(Collectors.joining(",\n  ", "{\"starts\": [\n  ", "\n]}\n"));
  }

  private String json(String way) {
    return String.format(
        Locale.ROOT,
        "{\"way\": \"%s\", \"first\": %.4f, \"end\": %.4f, \"cpu\": %.2f, \"others\": %.2f}",
        way,
        first,
        end,
        cpu,
        others);
  }
}
