package org.dynocopy.dsl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dynocopy.plan.Environment;
import org.dynocopy.plan.KeyCondition;
import org.dynocopy.plan.Location;
import org.dynocopy.plan.Plan;
import org.dynocopy.plan.ServerFilter;
import org.dynocopy.plan.TableRef;

/** Describes a plan for people, so that a case's expected text can be read and checked by eye. */
final class PlanText {

  private final List<String> lines = new ArrayList<>();

  private PlanText() {}

  static String of(Plan plan) {
    PlanText text = new PlanText();
    text.lines.add("plan " + plan.name());
    text.line("from", table(plan.from()));
    text.line("to", table(plan.to()));
    plan.reading().where().ifPresent(where -> text.line("where", where(where)));
    plan.reading().serverFilter().ifPresent(filter -> text.line("filter", filter(filter)));
    plan.reading().clientFilters().forEach(filter -> text.line("filter", "{ } at " + filter.at()));
    if (!plan.reading().project().isEmpty()) {
      text.line("project", String.join(", ", plan.reading().project()));
    }
    plan.reading().limit().ifPresent(limit -> text.line("limit", limit));
    plan.reading().segments().ifPresent(segments -> text.line("segments", segments));
    plan.writers().ifPresent(writers -> text.line("writers", writers));
    plan.onFailure().deadLetter().ifPresent(file -> text.line("deadLetter", file));
    if (plan.onFailure().stopAfter() != 1_000) {
      text.line("stopAfter", plan.onFailure().stopAfter());
    }
    text.line("words", words(plan.words().places()));
    return String.join("\n", text.lines);
  }

  private void line(String word, Object value) {
    lines.add("  " + word + " ".repeat(Math.max(1, 11 - word.length())) + value);
  }

  private static String table(TableRef ref) {
    Environment there = ref.environment();
    List<String> parts = new ArrayList<>(List.of(ref.text() + " is " + ref.table()));
    there.region().ifPresent(region -> parts.add("region " + region));
    there.profile().ifPresent(profile -> parts.add("profile " + profile));
    there.role().ifPresent(role -> parts.add("role " + role));
    there.endpoint().ifPresent(endpoint -> parts.add("endpoint " + endpoint));
    there.keys().ifPresent(keys -> parts.add(keys.accessKey() + "/" + keys.secret()));
    if (there.readOnly()) {
      parts.add("readOnly");
    }
    return String.join(", ", parts);
  }

  private static String where(KeyCondition where) {
    String keys = "pk " + where.partitionKeys().stream().map(PlanText::value).toList();
    String sort = where.sort().map(s -> ", " + s.word().word() + " " + s.values()).orElse("");
    return keys + sort + where.index().map(index -> ", index " + index).orElse("");
  }

  private static String filter(ServerFilter filter) {
    Map<String, String> values =
        filter.values().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> value(e.getValue())));
    return filter.expression() + " names " + filter.names() + " values " + values;
  }

  private static String value(Object value) {
    return value == null ? "null" : value + " (" + value.getClass().getSimpleName() + ")";
  }

  private static String words(Map<String, Location> words) {
    Comparator<Map.Entry<String, Location>> inOrder =
        Comparator.comparing((Map.Entry<String, Location> e) -> e.getValue().file())
            .thenComparing(e -> e.getValue().line())
            .thenComparing(e -> e.getValue().column())
            .thenComparing(Map.Entry::getKey);
    return words.entrySet().stream()
        .sorted(inOrder)
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }
}
