package org.dynocopy.report;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dynocopy.diagnostic.PlainText;
import org.dynocopy.json.Json;
import org.dynocopy.run.journal.PastRun;
import org.dynocopy.spec.limits.Prices;

/** Tells what ran, how it ended, and how to go on. */
public final class RunTable {

  private static final int WIDTH = 80;

  private RunTable() {}

  /** Returns some lines of a run, for people. */
  public static String of(PastRun run) {
    List<String> lines = new ArrayList<>();
    lines.add(
        fitted(
            String.format("%s  %-10s %s", Quantity.moment(run.begun()), how(run), run.command())));
    List<String> facts = new ArrayList<>();
    if (run.jobs().size() > 1) {
      facts.add(
          Quantity.count(run.done()) + " of " + Quantity.count(run.jobs().size()) + " jobs done");
    }
    long read = run.jobs().stream().mapToLong(PastRun.Part::read).sum();
    long written = run.jobs().stream().mapToLong(PastRun.Part::written).sum();
    if (read > 0) {
      facts.add(Quantity.count(read) + " read, " + Quantity.count(written) + " written");
    }
    Duration took = Duration.between(run.begun(), run.last());
    if (!run.begun().equals(run.last())) {
      facts.add("in " + Quantity.time(took));
    }
    if (run.dollars() > 0) {
      facts.add(Prices.text(run.dollars()));
    }
    if (run.how() == PastRun.How.RUNNING || run.how().goesOn() && run.why().isEmpty()) {
      String ended = run.how() == PastRun.How.RUNNING ? "" : ", which has ended";
      run.process().ifPresent(process -> facts.add("process " + process + ended));
    }
    if (!facts.isEmpty()) {
      lines.add("  " + String.join("; ", facts));
    }
    run.why().ifPresent(why -> lines.add("  " + why));
    if (run.how().goesOn()) {
      lines.add("  to go on: " + run.command());
    }
    return String.join("\n", lines.stream().map(PlainText::line).toList());
  }

  private static String how(PastRun run) {
    return run.how().name().toLowerCase(Locale.ROOT);
  }

  private static String fitted(String line) {
    return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
  }

  /** Returns a run as a line of JSON. */
  public static String json(PastRun run) {
    byte[] bytes =
        Json.bytes(
            json -> {
              json.writeStartObject();
              json.writeStringField("begun", run.begun().toString());
              json.writeStringField("last", run.last().toString());
              json.writeStringField("how", how(run));
              json.writeStringField("command", run.command());
              json.writeArrayFieldStart("jobs");
              for (PastRun.Part job : run.jobs()) {
                json.writeStartObject();
                json.writeStringField("job", job.name());
                json.writeBooleanField("done", job.done());
                json.writeNumberField("read", job.read());
                json.writeNumberField("written", job.written());
                json.writeEndObject();
              }
              json.writeEndArray();
              json.writeNumberField("dollars", run.dollars());
              if (run.process().isPresent()) {
                json.writeNumberField("process", run.process().get());
              }
              if (run.why().isPresent()) {
                json.writeStringField("why", run.why().get());
              }
              json.writeBooleanField("goesOn", run.how().goesOn());
              json.writeEndObject();
            });
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
