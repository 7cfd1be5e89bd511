package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.dynocopy.core.Counts;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.run.job.Report;
import org.dynocopy.spec.Checks;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.OnConflict;
import org.dynocopy.spec.OnFailure;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Random copies of parts of tables, with filters that fail, items that are refused, conflicts and
 * limits; some of them are ended midway, up to three times, and run again. What the target has
 * then, the ledger, the report, the dead letters and the checkpoint are what a few lines on sets of
 * items say.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class CopyLawTest {

  private static final long NO_LIMIT = 1_000;

  @TempDir private Path folder;

  @Test
  void copyDoesWhatItsWordsSay() throws Exception {
    Cases.forAllAtOnce(16, this::copy);
  }

  /** The words of a copy, but for the part that it is of. */
  private record Words(boolean fails, boolean refuses, String conflicts, long limit, Path dead) {

    static Words some(Random random, Path dead) {
      boolean fails = random.nextInt(3) == 0;
      boolean refuses = random.nextInt(3) == 0;
      String conflicts = random.nextBoolean() ? "" : random.nextBoolean() ? "skip" : "newer";
      boolean limited = !fails && !refuses && random.nextBoolean();
      return new Words(
          fails, refuses, conflicts, limited ? 1 + random.nextInt(20) : NO_LIMIT, dead);
    }

    boolean verifies() {
      return conflicts.isEmpty() && !limited();
    }

    boolean limited() {
      return limit < NO_LIMIT;
    }

    /** Each time it may be read in another number of segments. */
    Copy of(JobCase on, long stopAfter) {
      return on.plan(
          words -> {
            words.deadLetter(dead, Copying.HERE).stopAfter(stopAfter, Copying.HERE);
            if (fails) {
              words.filter(JobCase.failing());
            }
            if (limited()) {
              words.limit(limit, Copying.HERE);
            }
            if (verifies()) {
              words.verify(Checks.FULL, Copying.HERE);
            }
            if (conflicts.equals("newer")) {
              words.onConflict(OnConflict.newer("n"), Copying.HERE);
            } else if (!conflicts.isEmpty()) {
              words.onConflict(conflicts, Copying.HERE);
            }
          });
    }

    /** Returns whether an item becomes a dead letter. */
    boolean kills(Map<String, AttributeValue> item) {
      return fails && item.containsKey("fails") || refuses && item.containsKey("refused");
    }

    /** Returns whether the target keeps what it has instead of an item. */
    boolean keeps(Map<String, AttributeValue> there, Map<String, AttributeValue> item) {
      return there != null
          && (conflicts.equals("skip")
              || conflicts.equals("newer") && number(there) >= number(item));
    }

    private static long number(Map<String, AttributeValue> item) {
      return Long.parseLong(item.get("n").n());
    }
  }

  private void copy(Random random) throws Exception {
    Words words = Words.some(random, folder.resolve("dead-" + random.nextLong()));
    try (JobCase on = new JobCase(random, words.refuses(), !words.conflicts().isEmpty())) {
      var selected = on.selected(on.source);
      var dying = JobCase.only(selected, words::kills);
      // What cannot go on begins anew, and finds what it has written itself.
      var before = on.old;
      int ends = words.limited() && !on.goesOn() ? 0 : random.nextInt(4);
      int runs = 0;
      Report report;
      do {
        on.endAfter(runs < ends ? random.nextInt(3) : Integer.MAX_VALUE);
        long most = runs < ends && random.nextBoolean() ? 1 + random.nextInt(3) : 1_000;
        report = on.run(words.of(on, most));
        // Those of the runs before have ended these.
        boolean full = dying.size() >= most && (runs == 0 || !report.complete());
        assertThat(report.complete())
            .as("%s: %s", on, JobCase.said(report))
            .isEqualTo(!on.denied() && !full);
        if (!report.complete()) {
          ended(on, report, runs);
          before = on.goesOn() ? before : on.tables.target();
          runs++;
        }
      } while (!report.complete());
      var there = before;
      var kept =
          JobCase.of(
              JobCase.without(selected, dying), (key, item) -> words.keeps(there.get(key), item));
      var written = JobCase.without(JobCase.without(selected, dying), kept);
      String what = on + " " + words + ": " + JobCase.said(report);
      Counts counts = report.stages().get(0).outcome().counts();
      assertThat(report.failures()).isEmpty();
      assertThat(report.stopped()).isFalse();
      assertThat(report.differs()).as(what).isFalse();
      assertThat(report.findings().isPresent()).isEqualTo(words.verifies());
      if (words.verifies()) {
        var found = report.findings().get();
        long all = written.size();
        assertThat(found.sourceItems().getAsLong()).as(what).isBetween(all, all + dying.size());
        assertThat(found.missing() + found.different() + found.moved()).as(what).isZero();
      }
      assertThat(report.empty()).as(what).isEqualTo(selected.isEmpty());
      assertThat(report.deadLetters()).as(what).isEqualTo(dying.size());
      assertThat(counts.deadLettered()).isEqualTo(dying.size());
      assertThat(counts.unaccounted()).isZero();
      assertThat(counts.spared()).isZero();
      assertThat(counts.written() + counts.conflicts())
          .as(what)
          .isEqualTo(Math.min(words.limit(), written.size() + kept.size()));
      if (words.limited()) {
        assertThat(JobCase.over(on.tables.target(), written))
            .as(what)
            .isEqualTo(JobCase.over(on.old, written));
      } else {
        // The very item that is there may be one that the run before has written.
        long alike = runs == 0 ? 0 : JobCase.only(kept, on.old::containsValue).size();
        assertThat(counts.conflicts()).as(what).isBetween(kept.size() - alike, (long) kept.size());
        assertThat(counts.read() - counts.gone()).as(what).isEqualTo(on.lookedAt(on.source));
        assertThat(on.tables.target()).as(what).isEqualTo(JobCase.over(before, written));
      }
      if (runs == 0) {
        assertThat(on.news()).as(what).isEqualTo(counts.written());
      }
      assertThat(on.checkpoints()).as(what).isEmpty();
      if (on.goesOn()) {
        assertThat(Files.readString(WorkingFolder.file("runs.jsonl"))).contains(line(on, counts));
      }
      assertThat(Files.exists(words.dead())).as(what).isEqualTo(!dying.isEmpty());
      assertThat(report.stages().get(0).outcome().deadLetters().isPresent())
          .isEqualTo(!dying.isEmpty());
      if (!dying.isEmpty()) {
        assertThat(new HashSet<>(JobCase.letters(words.dead()))).isEqualTo(JobCase.keys(dying));
        replay(on, words.dead(), dying);
      }
    }
  }

  private static String line(JobCase on, Counts counts) {
    return String.format(
        "\"to\":\"b:%s\",\"read\":%d,\"filtered\":%d,\"gone\":%d,\"written\":%d,"
            + "\"deadLettered\":%d,\"conflicts\":%d}",
        on.tables.to,
        counts.read(),
        counts.filtered(),
        counts.gone(),
        counts.written(),
        counts.deadLettered(),
        counts.conflicts());
  }

  private static void ended(JobCase on, Report first, int runs) throws Exception {
    String what = on + ": " + JobCase.said(first);
    Counts counts = first.outcome().counts();
    assertThat(first.failures())
        .as(what)
        .singleElement()
        .asString()
        .containsPattern("AccessDenied|dead letters");
    assertThat(first.findings()).as(what).isEmpty();
    assertThat(counts.unaccounted()).as(what).isNotNegative();
    if (runs == 0) {
      assertThat(counts.written()).as(what).isEqualTo(on.news());
    }
    if (on.goesOn()) {
      Counts kept = on.kept();
      assertThat(kept.unaccounted()).isZero();
      assertThat(kept.written()).isLessThanOrEqualTo(counts.written());
      assertThat(kept.read()).isLessThanOrEqualTo(counts.read());
      assertThat(first.notes()).as(what).anyMatch(note -> note.contains("goes on from"));
    } else {
      assertThat(on.checkpoints()).as(what).isEmpty();
    }
  }

  /** On the server itself nothing is refused: all letters are written. */
  private static void replay(JobCase on, Path dead, Map<String, Map<String, AttributeValue>> dying)
      throws Exception {
    long letters = JobCase.letters(dead).size();
    var before = on.tables.target();
    Environments there =
        new Environments(List.of(), Optional.empty(), Environments.Defaults.NONE)
            .with(List.of(Copying.environment("b", TestServers.second())));
    Report report =
        on.run(
            new JobBuilder("replay", Copying.HERE)
                .replay(dead, "b:" + on.tables.to, OnFailure.DEFAULT, there));
    assertThat(report.complete()).isTrue();
    assertThat(report.outcome().counts().read()).isEqualTo(letters);
    assertThat(report.outcome().counts().written()).isEqualTo(letters);
    assertThat(on.tables.target()).isEqualTo(JobCase.over(before, dying));
  }
}
