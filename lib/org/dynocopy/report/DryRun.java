package org.dynocopy.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dynocopy.job.Examples;
import org.dynocopy.job.Prepared;
import org.dynocopy.job.PreparedBackup;
import org.dynocopy.job.PreparedCopy;
import org.dynocopy.job.PreparedDeletion;
import org.dynocopy.job.PreparedFingerprint;
import org.dynocopy.job.PreparedQuery;
import org.dynocopy.job.PreparedReplay;
import org.dynocopy.job.PreparedRestore;
import org.dynocopy.job.PreparedSchemaClone;
import org.dynocopy.job.PreparedVerification;
import org.dynocopy.job.cost.Estimate;
import org.dynocopy.job.cost.Estimator;
import org.dynocopy.job.cost.Expiry;
import org.dynocopy.plan.Allowance;
import org.dynocopy.plan.KeyCondition;
import org.dynocopy.plan.OnConflict;
import org.dynocopy.plan.Place;
import org.dynocopy.plan.PlainText;
import org.dynocopy.plan.Plan;
import org.dynocopy.plan.Reading;
import org.dynocopy.plan.Verification;
import org.dynocopy.store.dynamo.TableInfo;
import org.dynocopy.store.dynamo.TableReading;

/** Tells what a job would do, from what has been decided and what the tables say of themselves. */
public final class DryRun {

  private DryRun() {}

  /** Returns the lines of a job whose tables were looked at. */
  public static String of(Prepared job) {
    return of(job, Estimator.of(job));
  }

  /** Returns the same with an estimate that was made. */
  public static String of(Prepared job, Optional<Estimate> estimate) {
    List<String> lines = new ArrayList<>();
    if (job instanceof PreparedCopy copy) {
      copy(lines, copy);
    } else if (job instanceof PreparedDeletion deletion) {
      lines.add(deletion.job().name());
      reading(lines, deletion.reading());
      line(
          lines,
          "delete",
          deletion.oneByOne()
              ? deletion.writers()
                  + " items at once, one request an item, on the condition that it still matches"
              : deletion.writers() + " batches of up to 25 keys at once");
    } else if (job instanceof PreparedQuery query) {
      lines.add(query.job().name());
      reading(lines, query.reading(), query.readers());
    } else if (job instanceof PreparedBackup backup) {
      lines.add(backup.job().name());
      reading(lines, backup.reading());
      String place =
          backup.job().to().map(Place::toString).orElse("DynamoDB's own backups, else a file");
      line(lines, "to", place);
    } else if (job instanceof PreparedFingerprint fingerprint) {
      lines.add(fingerprint.job().name());
      reading(lines, fingerprint.reading());
    } else if (job instanceof PreparedVerification verification) {
      verification(lines, verification);
    } else if (job instanceof PreparedRestore restore) {
      lines.add(restore.job().name());
      String items =
          restore.items().isPresent()
              ? "  " + Quantity.count(restore.items().getAsLong()) + " items"
              : "";
      line(lines, "from", restore.job().from() + items);
      line(lines, "to", restore.job().to() + (restore.makesTable() ? "  a new table" : ""));
    } else if (job instanceof PreparedReplay replay) {
      lines.add(replay.job().name());
      line(lines, "from", replay.job().file() + "  " + Quantity.count(replay.items()) + " items");
      replay.notes().forEach(note -> line(lines, "", note));
      line(lines, "to", replay.job().to().text());
    } else if (job instanceof PreparedSchemaClone clone) {
      lines.add(clone.job().name());
      clone.schema().json().lines().forEach(lines::add);
    }
    job.stream().ifPresent(sentence -> line(lines, "stream", sentence));
    job.goesOn().ifPresent(sentence -> line(lines, "resume", sentence));
    job.beginAnew().forEach(sentence -> line(lines, "stopped", sentence));
    examples(lines, job);
    Allowance may = job.job().allowance();
    rates(lines, may);
    if (estimate.isPresent()) {
      cost(lines, job, estimate.get());
    } else {
      Expiry.ofFile(job).ifPresent(sentence -> line(lines, "expired", sentence));
    }
    return lines.stream().map(PlainText::line).collect(Collectors.joining("\n"));
  }

  /** Shows what blocks select, by a sample, where items will be removed. */
  private static void examples(List<String> lines, Prepared job) {
    try {
      Examples.of(job).ifPresent(some -> some.lines().forEach(one -> line(lines, "sample", one)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void rates(List<String> lines, Allowance may) {
    List<String> rates = new ArrayList<>();
    may.read().ifPresent(rate -> rates.add("read " + rate));
    may.write().ifPresent(rate -> rates.add("write " + rate));
    if (!rates.isEmpty()) {
      line(lines, "rate", String.join(", ", rates) + " units a second of each table and index");
    }
  }

  private static void cost(List<String> lines, Prepared job, Estimate estimate) {
    line(lines, "estimate", estimate(estimate));
    line(lines, "", Costs.basis(job) + sampled(estimate));
    String word = "cost";
    for (String cost : Costs.of(estimate, job.job().allowance())) {
      line(lines, word, cost);
      word = "";
    }
    for (String remark : estimate.remarks()) {
      line(lines, "", remark);
    }
  }

  private static void copy(List<String> lines, PreparedCopy copy) {
    Plan plan = copy.job();
    lines.add("copy " + plan.name());
    table(lines, "from", plan.from().text(), copy.from());
    table(lines, "to", plan.to().text(), copy.to());
    if (copy.makesTarget()) {
      line(lines, "", "to be made like the source");
    }
    how(lines, copy.reading(), copy.reading().readers());
    line(
        lines,
        "write",
        plan.onConflict().conditional()
            ? copy.writers() + " items at once, each by a PutItem of its own: slower than batches"
            : copy.writers() + " batches of up to 25 items at once");
    conflicts(plan.onConflict()).ifPresent(what -> line(lines, "conflicts", what));
    plan.replace().ifPresent(how -> line(lines, "replace", replacing(how)));
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
    plan.verify().ifPresent(checks -> line(lines, "verify", checks + ", which reads the target"));
  }

  private static void verification(List<String> lines, PreparedVerification verification) {
    Verification said = verification.job();
    lines.add(said.name());
    line(lines, "check", said.checks().toString());
    for (TableReading reading : verification.readings()) {
      boolean source = said.source().equals(new Verification.OfTable(reading.reading()));
      table(lines, source ? "from" : "to", reading.reading().table().text(), reading.table());
      how(lines, reading, reading.readers());
    }
    said.repair()
        .ifPresent(
            how ->
                line(
                    lines,
                    "repair",
                    "what is missing or different is copied"
                        + (how.deleteExtra() ? ", what is extra is deleted" : "")));
  }

  private static Optional<String> conflicts(OnConflict how) {
    return switch (how.way()) {
      case OVERWRITE -> Optional.empty();
      case SKIP -> Optional.of("what the target has stays");
      case FAIL -> Optional.of("the first one ends the copy");
      case NEWER ->
          Optional.of("what the target has stays, unless its `" + how.newer() + "` is less");
    };
  }

  private static String replacing(Plan.Replace how) {
    String backup = how.backup() ? "the target is backed up, then " : "";
    return backup
        + (how.truncateFirst()
            ? "what it has is deleted, then the items are written"
            : "the items are written, then what the source does not have is removed");
  }

  private static void reading(List<String> lines, TableReading reading) {
    reading(lines, reading, reading.readers());
  }

  private static void reading(List<String> lines, TableReading reading, int readers) {
    table(lines, "from", reading.reading().table().text(), reading.table());
    how(lines, reading, readers);
  }

  private static void how(List<String> lines, TableReading from, int readers) {
    Reading reading = from.reading();
    line(lines, "read", way(from, readers));
    reading
        .serverFilter()
        .ifPresent(f -> line(lines, "filter", f.expression() + " (by the service)"));
    reading.clientFilters().forEach(f -> line(lines, "filter", "{ } at " + f.at() + " (here)"));
    if (!reading.project().isEmpty()) {
      line(lines, "project", String.join(", ", reading.project()) + " and the keys");
    }
    reading.limit().ifPresent(most -> line(lines, "limit", Quantity.count(most) + " items"));
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

  private static String way(TableReading reading, int readers) {
    if (reading.way() == TableReading.Way.SCAN) {
      return "scan, " + reading.splits() + " segments, " + readers + " at once";
    }
    KeyCondition where = reading.reading().where().orElseThrow();
    String of = reading.index().map(index -> " of index " + index.name()).orElse("");
    String keys =
        Quantity.count(reading.splits())
            + (reading.splits() == 1 ? " partition key" : " partition keys")
            + where.keysFile().map(file -> " of " + file).orElse("")
            + reading.repeatedKeys().map(note -> " (" + note + ")").orElse("");
    String sort = where.sort().map(s -> ", " + s.word().word() + " " + s.values()).orElse("");
    String shared =
        switch (reading.way()) {
          case RANGES -> ", by " + readers + " readers, each a range of its sort keys";
          case ENDS -> ", from both ends";
          default -> readers == 1 ? ", by one reader" : ", " + readers + " at once";
        };
    String whole = reading.completed() ? ", then the whole items by BatchGetItem" : "";
    return "query" + of + ", " + keys + sort + shared + whole;
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

  private static void line(List<String> lines, String word, String text) {
    lines.add(String.format("  %-9s %s", word, text));
  }
}
