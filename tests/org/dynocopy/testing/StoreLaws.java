package org.dynocopy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.dynocopy.core.Backoff;
import org.dynocopy.core.Checkpoint;
import org.dynocopy.core.CheckpointStore;
import org.dynocopy.core.Counts;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.RunSettings;
import org.dynocopy.core.Shaper;
import org.dynocopy.core.Sink;
import org.dynocopy.core.Source;
import org.dynocopy.engine.BoundedDeadLetters;
import org.dynocopy.engine.Engine;
import org.junit.jupiter.api.Test;

/** What holds for each store that items are read from and written to. */
public abstract class StoreLaws {

  private static final Backoff QUICK =
      new Backoff(Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMinutes(2));

  /** A place that has items, and one that has none yet. */
  public interface Places {
    /** Opens what has items, as another process would. */
    Source source();

    /** Opens what items are written to. */
    Sink sink();

    /** Returns the items of the source, in a form that is compared. */
    Set<String> expected() throws Exception;

    /** Returns the items of the target in the same form; a list, as none may be there twice. */
    List<String> written() throws Exception;

    /** Removes all items of the target. */
    void clear() throws Exception;
  }

  /** Makes some of them. */
  protected abstract Places places(Random random) throws Exception;

  /** Returns how many cases to try. */
  protected abstract int cases();

  private static Engine engine(
      Places places, Random random, Checkpoint from, CheckpointStore store) {
    return new Engine(
        places.source(),
        Shaper.NONE,
        places.sink(),
        new BoundedDeadLetters(new NoDeadLetters(), 1),
        new RunSettings(
            1 + random.nextInt(4),
            1 + random.nextInt(4),
            4 << 20,
            OptionalLong.empty(),
            false,
            QUICK),
        RunListener.NONE,
        from,
        store);
  }

  private static void assertWhole(Places places, Counts counts) throws Exception {
    Set<String> expected = places.expected();
    assertThat(places.written()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(counts.written()).isEqualTo(expected.size());
    assertThat(counts.read()).isEqualTo(counts.written() + counts.filtered() + counts.gone());
  }

  /** Runs a copy that is stopped after a while, and returns a checkpoint that it may have left. */
  private static Checkpoint stopped(Places places, Random random, Checkpoint from)
      throws Exception {
    List<Checkpoint> seen = new ArrayList<>(List.of(from));
    Engine engine = engine(places, random, from, now -> {});
    Thread looking =
        new Thread(
            () -> {
              for (int looks = 1 + random.nextInt(30); looks > 0; looks--) {
                seen.add(engine.checkpoint());
                Thread.yield();
              }
              engine.stop();
            });
    looking.start();
    Outcome outcome = engine.run();
    looking.join();
    assertThat(outcome.failure()).isEmpty();
    seen.add(engine.checkpoint());
    for (Checkpoint checkpoint : seen) {
      assertThat(Checkpoint.merge(checkpoint.divide(1 + random.nextInt(5)))).isEqualTo(checkpoint);
    }
    return seen.get(random.nextInt(seen.size()));
  }

  @Test
  void eachItemIsCopiedOnceHoweverOftenStopped() {
    Cases.forAll(
        cases(),
        random -> {
          Places places = places(random);
          Checkpoint from = Checkpoint.START;
          for (int stops = random.nextInt(4); stops > 0; stops--) {
            from = stopped(places, random, from);
          }
          Outcome outcome = engine(places, random, from, now -> {}).run();
          assertThat(outcome.failure()).isEmpty();
          assertThat(outcome.complete()).isTrue();
          assertWhole(places, outcome.counts());
        });
  }

  @Test
  void tasksOfACheckpointAreTogetherTheRestOfTheCopy() {
    Cases.forAll(
        cases(),
        random -> {
          Places places = places(random);
          Checkpoint from = stopped(places, random, Checkpoint.START);
          List<Checkpoint> ends = new ArrayList<>();
          for (Checkpoint task : from.divide(1 + random.nextInt(5))) {
            Engine engine = engine(places, random, task, now -> {});
            assertThat(engine.run().complete()).isTrue();
            ends.add(engine.checkpoint());
          }
          Checkpoint end = Checkpoint.merge(ends);
          assertThat(end.open()).isEmpty();
          assertWhole(places, end.counts());
          // Nothing is left for a run that goes on from there.
          places.clear();
          assertThat(engine(places, random, end, now -> {}).run().complete()).isTrue();
          assertThat(places.written()).isEmpty();
        });
  }
}
