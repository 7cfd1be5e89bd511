package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.dynocopy.core.Counts;
import org.dynocopy.run.job.Report;
import org.dynocopy.spec.Checks;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.Deletion;
import org.dynocopy.spec.Reading;
import org.dynocopy.spec.Verification;
import org.dynocopy.spec.limits.JobLimits;
import org.dynocopy.testing.Cases;
import org.dynocopy.verify.Findings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Random replacements, deletions and repairs, some of them ended midway and run again. What the
 * tables have then, the ledgers, the findings and the files that are left are what a few lines on
 * sets of items say.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class JobLawTest {

  @Test
  void replacementDoesWhatItsWordsSay() throws Exception {
    Cases.forAllAtOnce(10, this::replace);
  }

  private void replace(Random random) throws Exception {
    boolean fails = random.nextInt(3) == 0;
    try (JobCase on = new JobCase(random, false, false)) {
      Copy.Replace how = new Copy.Replace(random.nextInt(3) == 0, random.nextBoolean());
      Copy copy =
          on.plan(
              words -> {
                words.replace(how, Copying.HERE).verify(Checks.FULL, Copying.HERE);
                if (fails) {
                  words.filter(JobCase.failing());
                }
              });
      var selected = on.selected(on.source);
      var dying = JobCase.only(selected, item -> fails && item.containsKey("fails"));
      var written = JobCase.without(selected, dying);
      var part = on.selected(on.old);
      int copies = random.nextBoolean() ? 0 : (written.size() + 24) / 25;
      on.endAfter(random.nextInt(4) == 0 ? Integer.MAX_VALUE : copies + random.nextInt(3));
      Report report = on.run(copy);
      boolean once = !on.denied();
      if (!once) {
        untouched(on, part, written, how, report);
        on.endAfter(Integer.MAX_VALUE);
        report = on.run(copy);
      }
      String what = on + " " + how + ": " + JobCase.said(report);
      boolean removes = how.truncateFirst() || dying.isEmpty();
      assertThat(report.complete()).as(what).isEqualTo(removes);
      assertThat(report.deadLetters()).as(what).isEqualTo(dying.size());
      assertThat(on.tables.target())
          .as(what)
          .isEqualTo(JobCase.over(removes ? JobCase.without(on.old, part) : on.old, written));
      assertThat(report.stages()).as(what).allMatch(stage -> count(stage, Counts::spared) == 0);
      // What was looked at a moment too early would be removed though no backup has it.
      assertThat(on.inconsistent).as(what).isEmpty();
      if (removes) {
        var found = report.findings().orElseThrow();
        assertThat(found.sourceItems()).as(what).hasValue(written.size());
        assertThat(found.targetItems()).as(what).hasValue(written.size());
        assertThat(found.same()).as(what).isTrue();
      }
      if (once) {
        var goes = how.truncateFirst() ? part : JobCase.without(part, written);
        assertThat(removed(report)).as(what).isEqualTo(removes ? goes.size() : 0);
        assertThat(report.stages())
            .as(what)
            .filteredOn(stage -> stage.verb().equals("written"))
            .allMatch(stage -> count(stage, Counts::written) == written.size())
            .hasSize(1);
        assertThat(count(report.stages().get(0), Counts::written)).isEqualTo(part.size());
      }
      assertThat(on.checkpoints()).as(what).isEmpty();
      assertThat(on.left("")).as(what).allMatch(file -> file.toString().contains("backup-"));
      assertThat(on.left(".jsonl.gz").isEmpty()).as(what).isEqualTo(!how.backup());
    }
  }

  private static long count(Report.Stage stage, ToLongFunction<Counts> what) {
    return what.applyAsLong(stage.outcome().counts());
  }

  private static long removed(Report report) {
    return report.stages().stream()
        .filter(stage -> Set.of("removed", "deleted").contains(stage.verb()))
        .mapToLong(stage -> count(stage, Counts::written))
        .sum();
  }

  /** Nothing is gone that is in no backup, and nothing outside of the part has changed. */
  private void untouched(
      JobCase on,
      Map<String, Map<String, AttributeValue>> part,
      Map<String, Map<String, AttributeValue>> written,
      Copy.Replace how,
      Report report)
      throws Exception {
    String what = on + " " + how + ": " + JobCase.said(report);
    var now = on.tables.target();
    assertThat(report.failures()).as(what).singleElement().asString().contains("AccessDenied");
    assertThat(JobCase.without(JobCase.without(on.old, part), written))
        .as(what)
        .isEqualTo(JobCase.without(JobCase.without(now, part), written));
    // Some that were removed first may be there again, as the source has them.
    var gone =
        how.truncateFirst()
            ? JobCase.only(part, item -> !now.containsValue(item))
            : JobCase.without(part, now);
    long removed = removed(report);
    assertThat(removed).as(what).isEqualTo(gone.size());
    if (how.backup()) {
      assertThat(on.tables.items(Replacing.backup(report))).as(what).isEqualTo(part);
    }
    if (!how.truncateFirst() && !gone.isEmpty()) {
      assertThat(now).as(what).containsAllEntriesOf(written);
    }
    String kept = how.backup() ? ": they are in " + Replacing.backup(report) : "";
    String told =
        removed + " items were removed from b:" + on.tables.to + " before it ended" + kept;
    if (removed > 0) {
      assertThat(report.notes()).as(what).contains(told);
    }
    String last = report.stages().get(report.stages().size() - 1).verb();
    assertThat(
            report
                .notes()
                .contains("no item of a:" + on.tables.from + " was written: run it again"))
        .as(what)
        .isEqualTo(last.equals("deleted"));
    assertThat(
            report
                .notes()
                .contains(
                    "nothing was removed from the target: not every item of the source is there"))
        .as(what)
        .isEqualTo(last.equals("written") && !how.truncateFirst());
  }

  @Test
  void deletionDoesWhatItsWordsSay() throws Exception {
    Cases.forAllAtOnce(6, this::delete);
  }

  private void delete(Random random) throws Exception {
    try (JobCase on = new JobCase(random, false, false)) {
      long limit = random.nextInt(3) > 0 ? 1_000 : 1 + random.nextInt(30);
      Reading what =
          on.ofTarget(
              words -> {
                if (limit < 1_000) {
                  words.limit(limit, Copying.HERE);
                }
              });
      var job = new Deletion("delete", what, OptionalInt.of(1), JobLimits.ALL);
      var part = on.selected(on.old);
      on.endAfter(random.nextInt(2) == 0 ? Integer.MAX_VALUE : random.nextInt(3));
      Report report = on.run(job);
      Counts counts = report.outcome().counts();
      String said = on + ": " + JobCase.said(report);
      assertThat(report.stages())
          .as(said)
          .extracting(Report.Stage::verb)
          .containsExactly("deleted");
      assertThat(JobCase.without(on.old, part))
          .isEqualTo(JobCase.without(on.tables.target(), part));
      assertThat(counts.written()).as(said).isEqualTo(on.old.size() - on.tables.target().size());
      assertThat(report.complete()).as(said).isEqualTo(counts.unaccounted() == 0);
      // Each takes a write at least.
      assertThat(counts.writeUnits()).as(said).isGreaterThanOrEqualTo(counts.written());
      assertThat(report.failures()).as(said).hasSize(report.complete() ? 0 : 1);
      if (report.complete()) {
        assertThat(counts.written()).as(said).isEqualTo(Math.min(limit, part.size()));
      }
      if (report.complete() && limit == 1_000) {
        assertThat(counts.read() - counts.gone()).as(said).isEqualTo(on.lookedAt(on.old));
      }
    }
  }

  @Test
  void repairDoesWhatItsWordsSay() throws Exception {
    Cases.forAllAtOnce(6, this::repair);
  }

  @Test
  void countAndSampleTellWhatTheirWordsSay() throws Exception {
    Cases.forAllAtOnce(4, this::compare);
  }

  private void compare(Random random) throws Exception {
    try (JobCase on = new JobCase(random, false, false)) {
      boolean counts = random.nextBoolean();
      boolean samples = !counts || random.nextBoolean();
      // As many as there are: all are chosen.
      OptionalInt sample = samples ? OptionalInt.of(100) : OptionalInt.empty();
      Report report = on.run(verification(on, new Checks(counts, sample, false), 0));
      String what = on + " " + sample + ": " + JobCase.said(report);
      var from = on.selected(on.source);
      long there = on.selected(on.old).size();
      long missing = samples ? JobCase.without(from, on.old).size() : 0;
      long different = samples ? from.size() - missing : 0;
      boolean same = missing + different == 0 && (!counts || from.size() == there);
      assertThat(report.complete()).as(what).isTrue();
      assertThat(report.findings().orElseThrow())
          .as(what)
          .isEqualTo(
              new Findings(
                  counts ? OptionalLong.of(from.size()) : OptionalLong.empty(),
                  counts ? OptionalLong.of(there) : OptionalLong.empty(),
                  missing,
                  0,
                  different,
                  0,
                  0,
                  0,
                  missing + different,
                  0,
                  0,
                  same));
      assertThat(report.differs()).isEqualTo(!same);
    }
  }

  private static Verification verification(JobCase on, Checks checks, int how) {
    Copy copy = on.plan(words -> {});
    return new Verification(
        "verify",
        new Verification.OfTable(copy.reading()),
        new Verification.OfTable(copy.reading().selectionOf(copy.to())),
        checks,
        how == 0 ? Optional.empty() : Optional.of(new Verification.Repair(how == 2)),
        OptionalInt.of(1),
        JobLimits.ALL,
        copy.words());
  }

  private void repair(Random random) throws Exception {
    try (JobCase on = new JobCase(random, false, false)) {
      int how = random.nextInt(3);
      var from = on.selected(on.source);
      var to = on.selected(on.old);
      var both = JobCase.over(from, to);
      var there = JobCase.only(on.source, item -> true);
      there.keySet().retainAll(both.keySet());
      var extra = JobCase.without(to, on.source);
      var missing = JobCase.without(from, on.old);
      Report report = on.run(verification(on, Checks.FULL, how));
      String what = on + " " + how + ": " + JobCase.said(report);
      assertThat(report.complete()).as(what).isTrue();
      boolean same = how == 2 || there.isEmpty() && extra.isEmpty() || how == 1 && extra.isEmpty();
      assertThat(report.findings().orElseThrow())
          .as(what)
          .isEqualTo(
              new Findings(
                  OptionalLong.of(from.size()),
                  OptionalLong.of(to.size()),
                  missing.size(),
                  extra.size(),
                  there.size() - missing.size(),
                  0,
                  0,
                  0,
                  0,
                  how == 0 ? 0 : there.size(),
                  how == 2 ? extra.size() : 0,
                  same));
      assertThat(report.differs()).isEqualTo(!same);
      var repaired = how == 0 ? on.old : JobCase.over(on.old, there);
      assertThat(on.tables.target())
          .as(what)
          .isEqualTo(how == 2 ? JobCase.without(repaired, extra) : repaired);
      assertThat(on.left("")).as(what).isEmpty();
    }
  }
}
