package org.dynocopy.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dynocopy.engine.Engine;
import org.dynocopy.engine.Shaper;
import org.dynocopy.engine.Source;
import org.dynocopy.plan.Environments;
import org.dynocopy.plan.Location;
import org.dynocopy.plan.OnFailure;
import org.dynocopy.plan.Plan;
import org.dynocopy.plan.PlanBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of a run, and from when to when. */
class ResumableRunTest {

  private static final Location HERE = Location.NOWHERE;

  @TempDir private Path folder;

  private static final class Nothing implements Source {
    @Override
    public List<Split> splits() {
      return List.of();
    }

    @Override
    public boolean mayRepeatKeys() {
      return false;
    }
  }

  /** Else a run that is killed at once would put the letters that come first there again. */
  @Test
  void checkpointIsThereBeforeTheEngine() throws Exception {
    Environments none = new Environments(List.of(), Optional.empty(), Environments.Defaults.NONE);
    Plan plan =
        new PlanBuilder(Optional.empty(), HERE)
            .from("local:one", HERE)
            .to("local:two", HERE)
            .build(none);
    Path file = folder.resolve("a.checkpoint");
    Resumption before = new Resumption(file, Map.of(), false, HERE, Optional.empty());
    OnFailure letters = new OnFailure(Optional.of(folder.resolve("letters.jsonl")), 10);
    AtomicBoolean there = new AtomicBoolean();
    Report report =
        new ResumableRun(plan, before, letters, 1)
            .run(
                Stages.QUIET,
                OptionalLong.empty(),
                (at, keeper, left, listener) -> {
                  there.set(Files.exists(file));
                  return new Engine(
                      new Nothing(),
                      Shaper.NONE,
                      new CountingSink(),
                      left,
                      Engine.Settings.of(1, 1),
                      listener,
                      at.from(),
                      keeper);
                },
                ran -> ran);
    assertThat(there).isTrue();
    assertThat(report.complete()).isTrue();
    assertThat(file).doesNotExist();
  }
}
