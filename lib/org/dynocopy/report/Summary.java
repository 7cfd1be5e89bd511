package org.dynocopy.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.dynocopy.core.Counts;
import org.dynocopy.core.Outcome;
import org.dynocopy.diagnostic.PlainText;
import org.dynocopy.run.job.Report;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.Query;

/** Tells how a job ended: for each of its stages the ledger, and whether it adds up. */
public final class Summary {

  private Summary() {}

  /** Returns the summary's lines. */
  public static String of(Report report) {
    List<String> lines = new ArrayList<>();
    if (report.doneAt().isPresent()) {
      return done(report);
    }
    for (Report.Stage stage : report.stages()) {
      if (report.job() instanceof Query) {
        lines.add(query(stage));
      } else {
        lines.add(title(report, stage));
        lines.addAll(ledger(stage));
      }
    }
    if (!(report.job() instanceof Query)) {
      Costs.of(report.spending()).ifPresent(lines::add);
    }
    lines.addAll(report.notes());
    report.failures().forEach(why -> lines.add("dynocopy: it failed: " + withHelp(why)));
    if (report.stopped()) {
      lines.add("dynocopy: interrupted; run it again to do the rest");
    }
    return lines.stream().map(PlainText::line).collect(Collectors.joining("\n"));
  }

  /** Returns what an earlier run has done, on one line, and what is wrong with it. */
  private static String done(Report report) {
    List<String> lines = new ArrayList<>();
    String counts =
        report.stages().stream()
            .map(Report.Stage::outcome)
            .map(Outcome::counts)
            .reduce((first, last) -> last)
            .map(
                of ->
                    ": "
                        + Quantity.count(of.read())
                        + " read, "
                        + Quantity.count(of.written())
                        + " "
                        + report.stages().get(report.stages().size() - 1).verb())
            .orElse("");
    lines.add(
        report.job().name()
            + ": done by an earlier run at "
            + Quantity.moment(report.doneAt().get())
            + counts
            + "; not done again (--fresh starts the whole run over)");
    for (Report.Stage stage : report.stages()) {
      stage
          .outcome()
          .deadLetters()
          .ifPresent(
              file ->
                  lines.add(
                      "  "
                          + Quantity.count(stage.outcome().counts().deadLettered())
                          + " dead letters are in "
                          + file));
    }
    if (report.differs()) {
      lines.addAll(report.notes());
    }
    return lines.stream().map(PlainText::line).collect(Collectors.joining("\n"));
  }

  /** Returns why something failed, with where to look if an action was not allowed. */
  public static String withHelp(String why) {
    return why.contains(": AccessDenied")
        ? why.replaceFirst("\\.$", "")
            + ". README.md lists the actions that each command needs, under \"What it needs to be"
            + " allowed\""
        : why;
  }

  /** A query's items are what was asked for, not its accounts. */
  private static String query(Report.Stage stage) {
    Counts counts = stage.outcome().counts();
    return Quantity.count(counts.written())
        + " items "
        + stage.verb()
        + ", "
        + Quantity.count(counts.read())
        + " read, "
        + Quantity.units(counts.readUnits())
        + " RCU, in "
        + Quantity.time(stage.outcome().took())
        + (stage.outcome().deadLetters().isPresent()
            ? "; "
                + Quantity.count(counts.deadLettered())
                + " on which the filter failed are in "
                + stage.outcome().deadLetters().get()
            : "");
  }

  private static String title(Report report, Report.Stage stage) {
    if (report.job() instanceof Copy copy && stage.name().equals(copy.name())) {
      String tables = copy.from() + " -> " + copy.to();
      return copy.name().equals(tables) ? tables : copy.name() + ": " + tables;
    }
    return stage.name();
  }

  private static List<String> ledger(Report.Stage stage) {
    Outcome outcome = stage.outcome();
    Counts counts = outcome.counts();
    List<String> lines = new ArrayList<>();
    lines.add(row("read", counts.read(), counts.bytesRead(), counts.readUnits(), "RCU"));
    lines.add(row("filtered", counts.filtered()));
    if (counts.gone() > 0) {
      lines.add(row("gone", counts.gone()) + "  deleted or moved while the index still named them");
    }
    lines.add(
        row(stage.verb(), counts.written(), counts.bytesWritten(), counts.writeUnits(), "WCU"));
    lines.add(
        row("dead letters", counts.deadLettered())
            + outcome.deadLetters().map(file -> "  in " + file).orElse(""));
    outcome.firstReason().ifPresent(why -> lines.add("  the first dead letter: " + why));
    if (counts.conflicts() > 0) {
      lines.add(row("conflicts", counts.conflicts()) + "  the target keeps what it has");
    }
    if (counts.spared() > 0) {
      lines.add(
          row("spared", counts.spared()) + "  no longer matched when they were to be removed");
    }
    lines.add("  " + balance(stage));
    lines.add(
        "  in "
            + Quantity.time(outcome.took())
            + ", "
            + Quantity.rate(counts.written(), outcome.took())
            + (counts.retried() == 0
                ? ""
                : ", " + Quantity.count(counts.retried()) + " sent again"));
    outcome
        .throttled()
        .forEach(
            (by, requests) ->
                lines.add("  throttled: " + by + " (" + Quantity.count(requests) + " requests)"));
    return lines;
  }

  private static String balance(Report.Stage stage) {
    Outcome outcome = stage.outcome();
    Counts counts = outcome.counts();
    String sum =
        Quantity.count(counts.read())
            + " read = "
            + Quantity.count(counts.filtered())
            + " filtered + "
            + (counts.gone() == 0 ? "" : Quantity.count(counts.gone()) + " gone + ")
            + Quantity.count(counts.written())
            + " "
            + stage.verb()
            + " + "
            + Quantity.count(counts.deadLettered())
            + " dead letters"
            + (counts.conflicts() == 0
                ? ""
                : " + " + Quantity.count(counts.conflicts()) + " conflicts")
            + (counts.spared() == 0 ? "" : " + " + Quantity.count(counts.spared()) + " spared");
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
