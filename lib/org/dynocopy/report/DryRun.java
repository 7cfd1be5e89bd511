package org.dynocopy.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dynocopy.diagnostic.PlainText;
import org.dynocopy.run.cost.Estimate;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.spec.limits.JobLimits;

/** Tells what a job would do, from what has been decided and what the tables say of themselves. */
public final class DryRun {

  private DryRun() {}

  /** Returns the lines of a job whose tables were looked at, with its estimate, if it has one. */
  public static String of(JobRun job, Optional<Estimate> estimate) {
    TextOutline text = new TextOutline();
    job.describe(text);
    text.line("stream", job.stream());
    text.line("resume", job.goesOn());
    job.beginAnew().forEach(sentence -> text.line("stopped", sentence));
    examples(text, job);
    rates(text, job.job().allowance());
    if (estimate.isPresent()) {
      cost(text, job, estimate.get());
    } else {
      text.line("expired", job.expiry().flatMap(it -> it.sentence(List.of())));
    }
    return text.lines().stream().map(PlainText::line).collect(Collectors.joining("\n"));
  }

  /** Shows what blocks select, by a sample, where items will be removed. */
  private static void examples(TextOutline text, JobRun job) {
    try {
      job.examples().ifPresent(some -> some.lines().forEach(one -> text.line("sample", one)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void rates(TextOutline text, JobLimits may) {
    List<String> rates = new ArrayList<>();
    may.read().ifPresent(rate -> rates.add("read " + rate));
    may.write().ifPresent(rate -> rates.add("write " + rate));
    if (!rates.isEmpty()) {
      text.line("rate", String.join(", ", rates) + " units a second of each table and index");
    }
  }

  private static void cost(TextOutline text, JobRun job, Estimate estimate) {
    text.line("estimate", estimate(estimate));
    text.line("", job.basis() + sampled(estimate));
    String word = "cost";
    for (String cost : Costs.of(estimate, job.job().allowance())) {
      text.line(word, cost);
      word = "";
    }
    for (String remark : estimate.remarks()) {
      text.line("", remark);
    }
  }

  private static String estimate(Estimate estimate) {
    return (estimate.upperBound() ? "at most " : "about ")
        + Quantity.count(estimate.items())
        + " items, "
        + Quantity.bytes(estimate.bytes())
        + (estimate.readRequests() > 0
            ? "; "
                + Quantity.count(estimate.readRequests())
                + " reads, "
                + Quantity.units(estimate.readUnits())
                + " RCU"
            : "")
        + (estimate.writeRequests() > 0
            ? "; "
                + Quantity.count(estimate.writeRequests())
                + " writes, "
                + Quantity.units(estimate.writeUnits())
                + " WCU"
            : "");
  }

  private static String sampled(Estimate estimate) {
    return estimate.sampled() == 0
        ? ""
        : ", and by a sample of "
            + Quantity.count(estimate.sampled())
            + " items, which takes "
            + Quantity.units(estimate.sampleUnits())
            + " RCU";
  }
}
