package org.dynocopy.dsl.words;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.dynocopy.dsl.words.RecipeScript.Site;
import org.dynocopy.spec.limits.Prices;
import org.dynocopy.spec.limits.RetryPolicy;

/** Reads prices and how long requests are tried again, wherever they may be said. */
final class Amounts {

  private Amounts() {}

  /** Returns the prices of named arguments, or nothing after reporting what is wrong. */
  static Optional<Prices> prices(
      Class<?> scope, Map<String, ?> dollars, Site here, Evaluation evaluation) {
    boolean right = evaluation.checkNames(scope, "prices", dollars, here);
    for (Map.Entry<String, ?> one : dollars.entrySet()) {
      if (!(one.getValue() instanceof Number number) || number.doubleValue() < 0) {
        String got =
            one.getValue() instanceof Number ? "" + one.getValue() : Values.kind(one.getValue());
        String message =
            "`" + one.getKey() + "` of `prices` takes dollars for a million units, not " + got;
        evaluation.problems().add(here.at(one.getKey()), message);
        right = false;
      }
    }
    return right
        ? Optional.of(new Prices(number(dollars.get("read")), number(dollars.get("write"))))
        : Optional.empty();
  }

  /** Returns how long requests are tried again, or nothing after reporting what is wrong. */
  static Optional<RetryPolicy> patience(Map<String, ?> parts, Site here, Evaluation evaluation) {
    int before = evaluation.problems().count();
    OptionalInt attempts = OptionalInt.empty();
    if (parts.get("attempts") instanceof Integer number) {
      attempts = OptionalInt.of(number);
    } else if (parts.containsKey("attempts")) {
      String got = Values.kind(parts.get("attempts"));
      String message = "`attempts` of `retry` takes a whole number, not " + got;
      evaluation.problems().add(here.at("attempts"), message);
    }
    RetryPolicy patience =
        new RetryPolicy(
            attempts,
            time(parts, "base", here, evaluation),
            time(parts, "cap", here, evaluation),
            time(parts, "giveUpAfter", here, evaluation));
    return evaluation.problems().count() == before ? Optional.of(patience) : Optional.empty();
  }

  private static Optional<Duration> time(
      Map<String, ?> parts, String name, Site here, Evaluation evaluation) {
    if (!parts.containsKey(name)) {
      return Optional.empty();
    }
    try {
      return Optional.of(RetryPolicy.duration("retry " + name, Values.plain(parts.get(name))));
    } catch (IllegalArgumentException e) {
      evaluation.problems().add(here.at(name), e.getMessage());
      return Optional.empty();
    }
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }
}
