package org.dynocopy.report;

import java.util.ArrayList;
import java.util.List;
import org.dynocopy.engine.Ledger;
import org.dynocopy.engine.Outcome;
import org.dynocopy.plan.Plan;

/** Tells how a copy ended: the ledger, and whether it adds up. */
public final class Summary {

  private Summary() {}

  /** Returns the summary's lines. */
  public static String of(Plan plan, Outcome outcome) {
    Ledger.Counts counts = outcome.counts();
    List<String> lines = new ArrayList<>();
    String tables = plan.from() + " -> " + plan.to();
    lines.add(plan.name().equals(tables) ? tables : plan.name() + ": " + tables);
    lines.add(row("read", counts.read(), counts.bytesRead(), counts.readUnits(), "RCU"));
    lines.add(row("filtered", counts.filtered()));
    if (counts.gone() > 0) {
      lines.add(row("gone", counts.gone()) + "  deleted while the index still named them");
    }
    lines.add(row("written", counts.written(), counts.bytesWritten(), counts.writeUnits(), "WCU"));
    lines.add(
        row("dead letters", counts.deadLettered())
            + outcome.deadLetters().map(file -> "  in " + file).orElse(""));
    lines.add("  " + balance(outcome));
    lines.add(
        "  in "
            + Quantity.time(outcome.took())
            + ", "
            + Quantity.rate(counts.written(), outcome.took())
            + (counts.retried() == 0
                ? ""
                : ", " + Quantity.count(counts.retried()) + " sent again"));
    return String.join("\n", lines);
  }

  private static String balance(Outcome outcome) {
    Ledger.Counts counts = outcome.counts();
    String sum =
        Quantity.count(counts.read())
            + " read = "
            + Quantity.count(counts.filtered())
            + " filtered + "
            + (counts.gone() == 0 ? "" : Quantity.count(counts.gone()) + " gone + ")
            + Quantity.count(counts.written())
            + " written + "
            + Quantity.count(counts.deadLettered())
            + " dead letters";
    if (counts.unaccounted() == 0) {
      return "the ledger adds up: " + sum;
    }
    boolean finished = outcome.failure().isEmpty() && !outcome.stopped();
    return (finished ? "the ledger does NOT add up: " : "not finished: ")
        + sum
        + " + "
        + Quantity.count(counts.unaccounted())
        + " not settled";
  }

  private static String row(String what, long items) {
    return String.format("  %-13s%12s", what, Quantity.count(items));
  }

  private static String row(String what, long items, long bytes, double units, String unit) {
    return row(what, items)
        + String.format(" items %10s %12s %s", Quantity.bytes(bytes), Quantity.units(units), unit);
  }
}
