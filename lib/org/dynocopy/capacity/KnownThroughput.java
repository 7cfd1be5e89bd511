package org.dynocopy.capacity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dynocopy.spec.limits.Rate;

/** What a table and each of its global indexes can do in a second, as far as that is known. */
public final class KnownThroughput {

  /** The name under which the table itself stands among its indexes. */
  static final String TABLE = "";

  private static final Rate WHOLE = new Rate(100, true);

  private final Map<String, Optional<Throughput>> throughput = new LinkedHashMap<>();

  KnownThroughput(Optional<Throughput> table, Map<String, Optional<Throughput>> globalIndexes) {
    throughput.put(TABLE, table);
    throughput.putAll(globalIndexes);
  }

  /** Returns the names of the indexes, and that of the table. */
  Set<String> parts() {
    return throughput.keySet();
  }

  /**
   * Returns the table, by an empty name, or the index whose throughput is not known, if the rate is
   * a percentage of it.
   */
  public Optional<String> unknown(Rate rate) {
    return throughput.keySet().stream()
        .filter(part -> units(rate, part, true).isEmpty())
        .findFirst();
  }

  /** Returns the units a second of a part; empty for a percentage of what is not known. */
  Optional<Double> units(Rate rate, String part, boolean reading) {
    if (!rate.percent()) {
      return Optional.of(rate.amount());
    }
    return throughput
        .get(part)
        .map(has -> (reading ? has.read() : has.write()) * rate.amount() / 100)
        .filter(units -> units > 0);
  }

  /**
   * Returns how many seconds it takes to consume so many units, at a rate or as fast as the table
   * and its indexes can; nothing if that is not known.
   *
   * @param units what is consumed of each index, and of the table itself by an empty name
   */
  public Optional<Double> seconds(Map<String, Double> units, Optional<Rate> rate, boolean reading) {
    double seconds = 0;
    for (Map.Entry<String, Double> part : units.entrySet()) {
      String name = throughput.containsKey(part.getKey()) ? part.getKey() : TABLE;
      Optional<Double> perSecond = units(rate.orElse(WHOLE), name, reading);
      if (perSecond.isEmpty()) {
        return Optional.empty();
      }
      seconds = Math.max(seconds, part.getValue() / perSecond.get());
    }
    return Optional.of(seconds);
  }
}
