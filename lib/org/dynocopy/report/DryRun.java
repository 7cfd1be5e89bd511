package org.dynocopy.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.PreparedCopy;
import org.dynocopy.plan.KeyCondition;
import org.dynocopy.plan.Plan;
import org.dynocopy.store.dynamo.TableInfo;

/** Tells what a copy would do, from what has been decided and what the tables say of themselves. */
public final class DryRun {

  private DryRun() {}

  /** Returns the resolved plan's lines. */
  public static String of(PreparedCopy copy) {
    Plan plan = copy.plan();
    List<String> lines = new ArrayList<>();
    lines.add("copy " + plan.name());
    table(lines, "from", plan.from().text(), copy.from());
    table(lines, "to", plan.to().text(), copy.to());
    line(lines, "read", reading(copy));
    plan.serverFilter().ifPresent(f -> line(lines, "filter", f.expression() + " (by the service)"));
    plan.clientFilters().forEach(f -> line(lines, "filter", "{ } at " + f.at() + " (here)"));
    if (!plan.project().isEmpty()) {
      line(lines, "project", String.join(", ", plan.project()) + " and the keys");
    }
    plan.limit().ifPresent(most -> line(lines, "limit", Quantity.count(most) + " items"));
    line(lines, "write", copy.writers() + " batches of up to 25 items at once");
    line(
        lines,
        "failures",
        "to "
            + plan.onFailure()
                .deadLetter()
                .map(Object::toString)
                .orElse(".dynocopy/dead-letters-….jsonl")
            + ", stop after "
            + Quantity.count(plan.onFailure().stopAfter()));
    line(lines, "estimate", estimate(Estimate.of(copy)));
    return String.join("\n", lines);
  }

  private static void table(List<String> lines, String word, String text, TableInfo table) {
    line(lines, word, text + "  " + table.arn() + " at " + table.endpoint());
    line(lines, "", "keys " + join(table.keys()) + ", " + table.billing());
    for (TableInfo.Index index : table.indexes().values()) {
      String projects =
          index.projectsAll() ? "whole items" : "keys and " + String.join(", ", index.attributes());
      line(
          lines,
          "",
          (index.global() ? "GSI " : "LSI ")
              + index.name()
              + ": keys "
              + join(index.keys())
              + ", projects "
              + (index.attributes().isEmpty() && !index.projectsAll() ? "keys" : projects));
    }
  }

  private static String join(List<TableInfo.Key> keys) {
    return String.join(", ", keys.stream().map(Object::toString).toList());
  }

  private static String reading(PreparedCopy copy) {
    Optional<KeyCondition> where = copy.plan().where();
    if (where.isEmpty()) {
      return "scan, " + copy.splits() + " segments, " + copy.readers() + " at once";
    }
    String of = copy.index().map(index -> " of index " + index.name()).orElse("");
    String sort = where.get().sort().map(s -> ", " + s.word().word() + " " + s.values()).orElse("");
    return "query"
        + of
        + ", "
        + copy.splits()
        + (copy.splits() == 1 ? " partition key" : " partition keys")
        + sort
        + (copy.completed() ? ", then the whole items by BatchGetItem" : "");
  }

  private static String estimate(Estimate estimate) {
    return (estimate.upperBound() ? "at most " : "about ")
        + Quantity.count(estimate.items())
        + " items, "
        + Quantity.bytes(estimate.bytes())
        + "; "
        + Quantity.count(estimate.readRequests())
        + " reads, "
        + Quantity.units(estimate.readUnits())
        + " RCU; "
        + Quantity.count(estimate.writeRequests())
        + " writes, "
        + Quantity.units(estimate.writeUnits())
        + " WCU\n            by the tables' own counts, which the service renews every six hours";
  }

  private static void line(List<String> lines, String word, String text) {
    lines.add(String.format("  %-9s %s", word, text));
  }
}
