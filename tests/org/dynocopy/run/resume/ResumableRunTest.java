package org.dynocopy.run.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.dynocopy.core.Checkpoint;
import org.dynocopy.core.CopyTask;
import org.dynocopy.core.Counts;
import org.dynocopy.core.DeadLetters;
import org.dynocopy.core.Item;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.Page;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.RunSettings;
import org.dynocopy.core.Runner;
import org.dynocopy.core.Shaper;
import org.dynocopy.core.Source;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.engine.LocalRunner;
import org.dynocopy.run.job.DiscardingSink;
import org.dynocopy.run.job.QuietStages;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.OnFailure;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.state.CheckpointFile;
import org.dynocopy.state.CheckpointFile.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept of a run, and from when to when. */
class ResumableRunTest {

  private static final Location HERE = Location.NOWHERE;

  @TempDir private Path folder;

  private static Copy plan() {
    Environments none = new Environments(List.of(), Optional.empty(), Environments.Defaults.NONE);
    return new CopySpecBuilder(Optional.empty(), HERE)
        .from("local:one", HERE)
        .to("local:two", HERE)
        .build(none);
  }

  /** A source of one item, or of a page that cannot be read. */
  private static Source source(boolean fails) {
    return source(fails, 1);
  }

  private static Source source(boolean fails, int items) {
    Source.Split split =
        new Source.Split() {
          @Override
          public String name() {
            return "all";
          }

          @Override
          public Page read(Optional<Page.Position> after, RequestSender requests)
              throws StoreException {
            if (fails) {
              throw new StoreException(StoreException.Kind.REFUSED, "denied");
            }
            List<Item> all = Collections.nCopies(items, Item.of("{}"));
            return new Page(all, Optional.empty(), items, 0, 2, 1);
          }
        };
    return new Source() {
      @Override
      public List<Split> splits() {
        return List.of(split);
      }

      @Override
      public boolean mayRepeatKeys() {
        return false;
      }
    };
  }

  private static ResumableRun.Routing routing(Source source, Shaper shaper) {
    return (at, sampled) ->
        new ResumableRun.Routing.Routed(
            new CopyTask.Route(source, shaper, sampled.apply(new DiscardingSink())),
            RunSettings.of(1, 1));
  }

  /** Looks at what a runner is given. */
  private static final class Looking extends QuietStages {
    private final Seen seen;

    Looking(Seen seen) {
      this.seen = seen;
    }

    @Override
    public Runner runner(CopyTask.Opener opener) {
      return (copy, letters, listener, store) -> {
        seen.before(letters);
        return new LocalRunner(opener).transfer(copy, letters, listener, store);
      };
    }
  }

  private interface Seen {
    void before(DeadLetters letters);
  }

  private Path checkpoint() {
    return folder.resolve("a.checkpoint");
  }

  private OnFailure letters(String name) {
    return new OnFailure(Optional.of(folder.resolve(name)), 10);
  }

  private ResumableRun run(OnFailure letters) {
    return new ResumableRun(
        plan(),
        new ResumePoint(checkpoint(), Map.of(), false, HERE, List.of(), Optional.empty()),
        letters,
        1);
  }

  /** Else a run that is killed at once would put the letters that come first there again. */
  @Test
  void checkpointIsThereBeforeTheEngine() throws Exception {
    AtomicBoolean there = new AtomicBoolean();
    Report report =
        run(letters("letters.jsonl"))
            .run(
                new Looking(letters -> there.set(Files.exists(checkpoint()))),
                OptionalLong.empty(),
                routing(source(false), Shaper.NONE),
                ran -> ran);
    assertThat(there).isTrue();
    assertThat(report.complete()).isTrue();
    assertThat(checkpoint()).doesNotExist();
  }

  /** Whether there is something to go on with, after a job whose other parts are done or not. */
  @ParameterizedTest
  @CsvSource({
    "false, false, false, true",
    "false, false, true, false",
    "false, true, false, false",
    "false, true, true, false",
    "true, false, false, true",
    "true, false, true, true"
  })
  void checkpointStaysWhileThereIsSomethingToGoOnWith(
      boolean fails, boolean letter, boolean finished, boolean stays) throws Exception {
    Shaper shaper =
        item -> {
          if (letter) {
            throw new IllegalArgumentException("no");
          }
          return Optional.of(item);
        };
    run(letters("letters.jsonl"))
        .run(
            turn -> {
              Outcome outcome =
                  turn.run(Stages.QUIET, OptionalLong.empty(), routing(source(fails), shaper));
              assertThat(outcome.complete()).isEqualTo(!fails);
              assertThat(outcome.counts().deadLettered()).isEqualTo(letter ? 1 : 0);
              return new Report(
                  plan(),
                  List.of(new Report.Stage("copy", "written", outcome)),
                  List.of(),
                  finished);
            });
    assertThat(Files.exists(checkpoint())).isEqualTo(stays);
  }

  /** The same command would stop at once, since the letters that there are count. */
  @Test
  void runThatIsFullOfDeadLettersSaysHowToGoOn() throws Exception {
    Shaper refusing =
        item -> {
          throw new IllegalArgumentException("no");
        };
    ResumableRun.Routing routing = routing(source(false, 3), refusing);
    OnFailure one = new OnFailure(Optional.of(folder.resolve("letters.jsonl")), 1);
    for (int i = 0; i < 2; i++) {
      Report full = run(one).run(Stages.QUIET, OptionalLong.empty(), routing, ran -> ran);
      assertThat(full.complete()).isFalse();
      assertThat(full.notes())
          .anyMatch(note -> note.contains("it stops at once unless `stopAfter` (--stop-after)"));
    }
    Report raised =
        run(letters("letters.jsonl")).run(Stages.QUIET, OptionalLong.empty(), routing, ran -> ran);
    assertThat(raised.complete()).isTrue();
  }

  @Test
  void lettersOfARunThatGoesOnFollowThoseBefore() throws Exception {
    Path before = folder.resolve("before.jsonl");
    Counts dead = Counts.settled(9, 0, 0, 2, 7, 0, 0);
    Checkpoint stopped =
        new Checkpoint(
            1,
            List.of(new Checkpoint.Open(0, Optional.empty(), Optional.empty(), List.of())),
            dead);
    for (Optional<Path> said :
        List.of(Optional.<Path>empty(), Optional.of(folder.resolve("other.jsonl")))) {
      new CheckpointFile(Map.of(), 1, before, stopped, Sample.NONE).write(checkpoint());
      AtomicReference<String> path = new AtomicReference<>();
      Report report =
          run(new OnFailure(said, 10))
              .run(
                  new Looking(letters -> path.set(letters.place().orElseThrow())),
                  OptionalLong.empty(),
                  routing(source(false), Shaper.NONE),
                  ran -> ran);
      assertThat(path).hasValue(said.orElse(before).toString());
      assertThat(report.deadLetters()).isEqualTo(7);
      assertThat(report.outcome().counts().read()).isEqualTo(10);
    }
  }
}
