package org.dynocopy.run.resume;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.dynocopy.diagnostic.Location;

/** Puts into words in what two plans differ, part by part. Digests are not shown. */
public final class ResumeDifferences {

  /** What the name of a part begins with that a filter reads of the environment. */
  static final String OUTSIDE = "the filter's ";

  /** The part that is the code of all filters that run here. */
  static final String CODE = "the filter's code";

  /** The part that is the values of these filters. */
  static final String VALUES = "filters";

  /** What the name of a part begins with that is a file of keys. */
  static final String KEYS = "keys in ";

  private final Map<String, String> then;
  private final Map<String, String> now;
  private final String filters;

  /**
   * Prepares.
   *
   * @param then the parts of a plan as they were, by their names
   * @param now the parts of a plan as they are
   * @param filters where the filters are that run here
   */
  public ResumeDifferences(
      Map<String, String> then, Map<String, String> now, List<Location> filters) {
    this.then = then;
    this.now = now;
    String places = filters.stream().map(Location::toString).collect(Collectors.joining(", "));
    String name = filters.size() > 1 ? "one of the filters" : "the filter";
    this.filters = places.isEmpty() ? name : name + " (" + places + ")";
  }

  /** Returns a clause for each difference. */
  public List<String> differences() {
    Map<String, String> all = new TreeMap<>(then);
    all.putAll(now);
    boolean bothFiltered = then.containsKey(CODE) && now.containsKey(CODE);
    List<String> differences = new ArrayList<>();
    for (String part : all.keySet()) {
      boolean same = then.getOrDefault(part, "").equals(now.getOrDefault(part, ""));
      boolean ofFilters = part.equals(VALUES) || part.startsWith(OUTSIDE) && !part.equals(CODE);
      if (!same && (bothFiltered || !ofFilters)) {
        differences.add(clause(part));
      }
    }
    return differences;
  }

  private String clause(String part) {
    if (part.equals(CODE) && !then.containsKey(part)) {
      return filters + " was not there";
    }
    if (part.equals(CODE)) {
      return now.containsKey(part)
          ? filters + " was changed since that was stopped"
          : "it had a filter, and this one has none";
    }
    if (part.equals(VALUES)) {
      return "a value that the filter uses was another";
    }
    if (part.startsWith(OUTSIDE)) {
      String what = part.substring(OUTSIDE.length());
      return then.containsKey(part) == now.containsKey(part)
          ? "`" + what + "`, which the filter reads, was another"
          : "`" + what + "` is read by the filter only " + (now.containsKey(part) ? "now" : "then");
    }
    if (part.startsWith(KEYS) && then.containsKey(part) && now.containsKey(part)) {
      return "the " + part + " were changed since that was stopped";
    }
    if (part.startsWith(KEYS)) {
      return "the " + part + " were " + (now.containsKey(part) ? "not " : "") + "selected then";
    }
    return "`" + part + "` was " + value(then, part) + " and is " + value(now, part);
  }

  private static String value(Map<String, String> plan, String part) {
    return plan.getOrDefault(part, "not there");
  }
}
