package org.dynocopy.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.dynocopy.core.TaskTracker.Attempt;
import org.dynocopy.engine.BoundedDeadLetters;
import org.dynocopy.run.job.DiscardingSink;
import org.dynocopy.testing.MemoryLetters;
import org.junit.jupiter.api.Test;

class TaskTrackerTest {

  private final MemoryLetters letters = new MemoryLetters();
  private final List<Checkpoint> kept = new ArrayList<>();
  private final TaskTracker tracker = tracker(divided(false), OptionalLong.empty(), 3, kept::add);

  private TaskTracker tracker(
      CopyTask.Route route, OptionalLong limit, int most, CheckpointStore store) {
    RunSettings settings = RunSettings.of(1, 1).withLimit(limit);
    CopyTask copy = new CopyTask(Map.of(), settings);
    return new TaskTracker(copy, route, most, new BoundedDeadLetters(letters, 10), store);
  }

  /** Returns what is never read, and may be divided or not. */
  private static CopyTask.Route divided(boolean repeatsKeys) {
    return new CopyTask.Route(
        new Source() {
          @Override
          public List<Split> splits() {
            return List.of();
          }

          @Override
          public boolean resumable() {
            return true;
          }

          @Override
          public boolean mayRepeatKeys() {
            return repeatsKeys;
          }
        },
        Shaper.NONE,
        new DiscardingSink());
  }

  @Test
  void copyWithALimitOrRepeatedKeysIsOneTask() {
    assertThat(tracker(divided(false), OptionalLong.empty(), 7, kept::add).tasks()).isEqualTo(7);
    assertThat(tracker(divided(false), OptionalLong.of(9), 7, kept::add).tasks()).isEqualTo(1);
    assertThat(tracker(divided(true), OptionalLong.empty(), 7, kept::add).tasks()).isEqualTo(1);
  }

  private static Checkpoint done(long items) {
    Counts counts = Counts.settled(items, 0, 0, items, 0, 0, 0);
    return new Checkpoint(UnreadSplits.NONE, List.of(), counts);
  }

  @Test
  void savedTasksAreKeptAsOneCheckpoint() throws Exception {
    for (int task = 0; task < 3; task++) {
      assertThat(tracker.save(tracker.begin(task), done(task + 1))).isTrue();
    }
    assertThat(kept).hasSize(3);
    assertThat(kept.get(2)).isEqualTo(done(6));
    assertThat(kept.get(0).unread().contains(0)).isFalse();
    assertThat(kept.get(0).unread().contains(1)).isTrue();
    assertThat(tracker.counts()).isEqualTo(done(6).counts());
  }

  @Test
  void nothingThatAnEarlierAttemptSaysCounts() throws Exception {
    Attempt first = tracker.begin(1);
    assertThat(tracker.save(first, done(1))).isTrue();
    Attempt second = tracker.begin(1);
    assertThat(second.from()).isEqualTo(done(1));
    assertThat(tracker.save(first, done(7))).isFalse();
    assertThat(tracker.end(first, done(7).counts())).isFalse();
    assertThatThrownBy(() -> tracker.letter(first, Item.of("{}"), Optional.empty(), "bad"))
        .isInstanceOf(StoreException.class)
        .hasMessage("task 1 was begun again after attempt 1");
    assertThat(letters.items).isEmpty();
    assertThat(kept).hasSize(1);
    assertThat(tracker.counts()).isEqualTo(done(1).counts());
    assertThat(tracker.letter(second, Item.of("{}"), Optional.empty(), "bad")).isEmpty();
    assertThat(tracker.save(second, done(2))).isTrue();
    assertThat(letters.items).hasSize(1);
  }

  /** What could not be kept is not how far the task is. */
  @Test
  void checkpointThatCannotBeKeptIsAFailure() throws Exception {
    CheckpointStore full =
        now -> {
          throw new IOException("no space left on device");
        };
    TaskTracker tasks = tracker(divided(false), OptionalLong.empty(), 1, full);
    Attempt attempt = tasks.begin(0);
    assertThatThrownBy(() -> tasks.save(attempt, done(3))).isInstanceOf(IOException.class);
    assertThat(tasks.begin(0).from()).isEqualTo(Checkpoint.START);
  }
}
