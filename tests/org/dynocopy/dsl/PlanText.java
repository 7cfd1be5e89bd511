package org.dynocopy.dsl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.Backup;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.Deletion;
import org.dynocopy.spec.FingerprintJob;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.OnFailure;
import org.dynocopy.spec.Query;
import org.dynocopy.spec.Reading;
import org.dynocopy.spec.Replay;
import org.dynocopy.spec.Restore;
import org.dynocopy.spec.SchemaClone;
import org.dynocopy.spec.ServerFilter;
import org.dynocopy.spec.Verification;
import org.dynocopy.spec.limits.JobLimits;
import org.dynocopy.spec.limits.RetryPolicy;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.spec.place.StoreRef;
import org.dynocopy.spec.place.TableRef;

/** Describes a job for people, so that a case's expected text can be read and checked by eye. */
final class PlanText {

  private final List<String> lines = new ArrayList<>();

  private PlanText() {}

  static String of(Job job) {
    PlanText text = new PlanText();
    text.lines.add((job instanceof Copy ? "plan " : "") + job.name());
    if (job instanceof Copy copy) {
      text.copy(copy);
    } else if (job instanceof Deletion deletion) {
      text.reading(deletion.reading());
      text.writers(deletion.writers());
    } else if (job instanceof Query query) {
      text.reading(query.reading());
      text.output(query.output());
    } else if (job instanceof Backup backup) {
      text.reading(backup.reading());
      backup.to().ifPresent(place -> text.line("to", place(place)));
    } else if (job instanceof FingerprintJob fingerprint) {
      text.reading(fingerprint.reading());
    } else if (job instanceof Restore restore) {
      text.line("from", place(restore.from()));
      text.line("to", table(restore.to()));
      text.writers(restore.writers());
      text.failures(restore.onFailure(), restore.fresh());
    } else if (job instanceof Replay replay) {
      text.line("from", replay.file());
      text.line("to", table(replay.to()));
      text.writers(replay.writers());
      text.failures(replay.onFailure(), replay.fresh());
    } else if (job instanceof Verification verification) {
      text.side("from", verification.source());
      text.side("to", verification.target());
      text.line("checks", verification.checks());
      verification.repair().ifPresent(how -> text.line("repair", how));
      text.writers(verification.writers());
    } else if (job instanceof SchemaClone clone) {
      text.line("from", table(clone.from()));
      text.line("to", table(clone.to()));
    }
    text.allowance(job.allowance());
    text.line("words", words(job.words().places()));
    return String.join("\n", text.lines);
  }

  private void allowance(JobLimits may) {
    may.read().ifPresent(rate -> line("rate", "read " + rate));
    may.write().ifPresent(rate -> line("rate", "write " + rate));
    may.prices().ifPresent(prices -> line("prices", prices.read() + ", " + prices.write()));
    if (!may.patience().equals(RetryPolicy.USUAL)) {
      line("retry", may.patience());
    }
    may.budgets().forEach(one -> line("budget", one.dollars()));
    if (may.failIfEmpty()) {
      line("failIfEmpty", "");
    }
  }

  private void failures(OnFailure how, boolean fresh) {
    how.deadLetter().ifPresent(file -> line("deadLetter", file));
    if (how.stopAfter() != 1_000) {
      line("stopAfter", how.stopAfter());
    }
    if (fresh) {
      line("fresh", "");
    }
  }

  private void copy(Copy copy) {
    line("from", table(copy.from()));
    line("to", table(copy.to()));
    part(copy.reading());
    writers(copy.writers());
    copy.replace().ifPresent(how -> line("replace", how));
    if (copy.readOnce()) {
      line("readOnce", "");
    }
    if (copy.createTarget()) {
      line("createTarget", "");
    }
    copy.verify().ifPresent(checks -> line("verify", checks));
    failures(copy.onFailure(), copy.resume().fresh());
    copy.resume().file().ifPresent(file -> line("resume", file));
    if (copy.onConflict().conditional()) {
      line("onConflict", (copy.onConflict().way() + " " + copy.onConflict().newer()).strip());
    }
  }

  private void side(String word, Verification.Side side) {
    if (side instanceof Verification.OfTable of) {
      line(word, table(of.reading().table()));
      part(of.reading());
    } else {
      line(word, "file " + side);
    }
  }

  private void reading(Reading reading) {
    line("from", table(reading.table()));
    part(reading);
  }

  private void part(Reading reading) {
    reading.where().ifPresent(where -> line("where", where(where)));
    reading.serverFilter().ifPresent(filter -> line("filter", filter(filter)));
    reading.clientFilters().forEach(filter -> line("filter", "{ } at " + filter.at()));
    if (!reading.project().isEmpty()) {
      line("project", String.join(", ", reading.project()));
    }
    reading.limit().ifPresent(limit -> line("limit", limit));
    reading.segments().ifPresent(segments -> line("segments", segments));
  }

  private void writers(OptionalInt number) {
    number.ifPresent(writers -> line("writers", writers));
  }

  private void output(Query.Output output) {
    line("output", output.format() + (output.typed() ? ", typed" : ""));
    if (output.count()) {
      line("count", "");
    }
    output.unique().ifPresent(attribute -> line("unique", attribute));
    output.sample().ifPresent(items -> line("sample", items));
  }

  private void line(String word, Object value) {
    lines.add(("  " + word + " ".repeat(Math.max(1, 11 - word.length())) + value).stripTrailing());
  }

  private static String table(TableRef ref) {
    Environment there = ref.environment();
    List<String> parts = new ArrayList<>(List.of(ref.text() + " is " + ref.table()));
    there.region().ifPresent(region -> parts.add("region " + region));
    there.profile().ifPresent(profile -> parts.add("profile " + profile));
    there.role().ifPresent(role -> parts.add("role " + role));
    there.endpoint().ifPresent(endpoint -> parts.add("endpoint " + endpoint));
    there
        .prices()
        .ifPresent(prices -> parts.add("prices " + prices.read() + ", " + prices.write()));
    there.keys().ifPresent(keys -> parts.add(keys.accessKey() + "/" + keys.secret()));
    if (there.readOnly()) {
      parts.add("readOnly");
    }
    return String.join(", ", parts);
  }

  private static String place(StoreRef place) {
    return place.text();
  }

  private static String where(KeyCondition where) {
    String keys =
        where
            .keysFile()
            .map(file -> "pks " + file)
            .orElse("pk " + where.partitionKeys().stream().map(PlanText::value).toList());
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
