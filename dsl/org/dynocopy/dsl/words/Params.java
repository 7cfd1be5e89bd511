package org.dynocopy.dsl.words;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.dynocopy.diagnostic.DecimalText;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.Suggestions;
import org.dynocopy.dsl.source.Problems;
import org.dynocopy.dsl.source.Problems.AlreadyReported;
import org.dynocopy.dsl.values.Data;
import org.dynocopy.dsl.words.RecipeScript.Site;

/** The params that a recipe declares, and what the command line says for them. */
final class Params {

  private record Declared(Location at, Optional<Object> value, boolean reported) {}

  private final Map<String, String> given;
  private final Problems problems;

  /** Filters read params from many threads, long after the recipe's evaluation. */
  private final Map<String, Declared> declared = new ConcurrentHashMap<>();

  Params(Map<String, String> given, Problems problems) {
    this.given = new LinkedHashMap<>(given);
    this.problems = problems;
  }

  void declare(String name, Map<String, ?> options, Site here) {
    Location at = here.at();
    Declared before = declared.get(name);
    if (before != null) {
      problems.add(at, "param `" + name + "` is declared twice: here and at " + before.at());
      return;
    }
    Object fallback = Values.plain(options.get("default"));
    Optional<String> text = Optional.ofNullable(given.get(name));
    Optional<Object> value = Optional.ofNullable(fallback);
    boolean wrong = false;
    boolean required = Boolean.TRUE.equals(options.get("required"));
    if (fallback != null && required) {
      problems.add(
          here.at("required"),
          "`required` does nothing here: a param with a default is never missing");
    }
    if (!supported(fallback)) {
      problems.add(
          here.at("default"),
          "the default of a param is a string, a number or true or false, not "
              + Values.kind(fallback));
      wrong = true;
    } else if (text.isPresent()) {
      value = convert(text.get(), fallback);
      wrong = value.isEmpty();
      if (wrong) {
        problems.add(
            at,
            "`--param "
                + name
                + "="
                + text.get()
                + "`: `"
                + name
                + "` is "
                + kind(fallback)
                + ", as its default "
                + fallback);
      }
    } else if (required && fallback == null) {
      Object help = options.get("help");
      problems.add(
          at,
          "param `"
              + name
              + "` is required: say `--param "
              + name
              + "=…`"
              + (help == null ? "" : " (" + help + ")"));
      wrong = true;
    }
    declared.put(name, new Declared(at, value, wrong));
  }

  Object read(String name, Location at) {
    Declared param = declared.get(name);
    if (param == null) {
      String message =
          declared.isEmpty()
              ? "unknown param `" + name + "`: declare it first, as in `param \"" + name + "\"`"
              : unknown(name);
      problems.add(at, message);
      throw new AlreadyReported(message);
    }
    if (param.reported()) {
      throw new AlreadyReported();
    }
    return param.value().orElse(null);
  }

  /** Returns the values of what has been declared so far. */
  Map<String, Object> values() {
    Map<String, Object> values = new TreeMap<>();
    declared.forEach((name, param) -> values.put(name, param.value().orElse("")));
    return values;
  }

  /** Reports what the command line gives but no recipe declares. */
  void checkGiven() {
    for (String name : given.keySet()) {
      if (!declared.containsKey(name)) {
        problems.add(Location.option("--param " + name), unknown(name));
      }
    }
  }

  private String unknown(String name) {
    if (declared.isEmpty()) {
      return "unknown param `" + name + "`: the recipe declares none";
    }
    TreeSet<String> names = new TreeSet<>(declared.keySet());
    return "unknown param `"
        + name
        + "`: the recipe declares "
        + Suggestions.list(name, names, 12)
        + "."
        + Suggestions.suggestion(name, names);
  }

  private static boolean supported(Object value) {
    return value == null
        || value instanceof String
        || value instanceof Integer
        || value instanceof Long
        || value instanceof BigDecimal
        || value instanceof Boolean;
  }

  private static String kind(Object fallback) {
    if (fallback instanceof Boolean) {
      return "true or false";
    }
    return fallback instanceof BigDecimal ? "a number" : "a whole number";
  }

  private static Optional<Object> convert(String text, Object fallback) {
    try {
      if (fallback instanceof Integer || fallback instanceof Long) {
        return Optional.of(Data.of(new BigInteger(text.strip())));
      }
      if (fallback instanceof BigDecimal) {
        return Optional.of(DecimalText.parse(text.strip()));
      }
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    if (fallback instanceof Boolean) {
      boolean yes = text.strip().equalsIgnoreCase("true");
      return yes || text.strip().equalsIgnoreCase("false") ? Optional.of(yes) : Optional.empty();
    }
    return Optional.of(text);
  }
}
