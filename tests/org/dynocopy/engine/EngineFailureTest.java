package org.dynocopy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dynocopy.engine.Endless.page;
import static org.dynocopy.engine.Endless.sink;
import static org.dynocopy.engine.Endless.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.dynocopy.core.Backoff;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.Page;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.Shaper;
import org.dynocopy.core.Sink;
import org.dynocopy.core.Source;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What fails for good ends a run, and the ledger shows what is not settled. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class EngineFailureTest {

  @TempDir Path folder;

  private Engine engine(Source source, Shaper shaper, Sink sink, Backoff backoff, long stopAfter)
      throws Exception {
    Path file = folder.resolve("dead.jsonl");
    return Endless.engine(source, shaper, sink, backoff, file, stopAfter);
  }

  private Engine engine(Source source, Sink sink) throws Exception {
    return engine(source, Shaper.NONE, sink, EngineRuns.QUICK, 1_000);
  }

  private static StoreException refused() {
    return new StoreException(Kind.REFUSED, "no right");
  }

  private static void assertFailed(Outcome outcome, AtomicInteger written, String message) {
    assertThat(outcome.failure()).get().extracting(Exception::getMessage).isEqualTo(message);
    assertThat(outcome.complete()).isFalse();
    assertThat(outcome.stopped()).isFalse();
    assertThat(outcome.counts().written()).isEqualTo(written.get());
    assertThat(outcome.counts().unaccounted())
        .isEqualTo(outcome.counts().read() - written.get() - outcome.counts().deadLettered());
  }

  @Test
  void sinkThatRefusesEndsTheRunAndTheLedgerShowsWhatIsNotSettled() throws Exception {
    AtomicInteger written = new AtomicInteger();
    Sink sink =
        sink(
            written,
            (number, batch) -> {
              if (number > 20) {
                throw refused();
              }
            });
    Outcome outcome = EngineRuns.run(engine(source(n -> page(100, 1 << 20)), sink));
    assertFailed(outcome, written, "no right");
    assertThat(written.get()).isPositive();
    assertThat(outcome.counts().unaccounted()).isGreaterThanOrEqualTo(25);
  }

  @Test
  void sourceThatRefusesEndsTheRun() throws Exception {
    AtomicInteger written = new AtomicInteger();
    Source source =
        source(
            n -> {
              if (n > 10) {
                throw refused();
              }
              return page(50, 1_000);
            });
    Outcome outcome = EngineRuns.run(engine(source, sink(written, (number, batch) -> {})));
    assertFailed(outcome, written, "no right");
  }

  /** Where memory is short there may be none left to say so. */
  @Test
  void errorThatCannotBeToldEndsTheRunAllTheSame() throws Exception {
    Error untold =
        new Error() {
          @Override
          public String toString() {
            throw new OutOfMemoryError("test");
          }
        };
    Sink sink =
        sink(
            new AtomicInteger(),
            (number, batch) -> {
              if (number == 2) {
                throw untold;
              }
            });
    Engine engine = engine(source(n -> page(25, 1_000)), sink);
    try {
      assertThat(EngineRuns.start(engine))
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableOfType(ExecutionException.class)
          .withStackTraceContaining("OutOfMemoryError");
    } finally {
      engine.stop();
    }
  }

  @Test
  void bugInASinkEndsTheRunAndSoDoesOneInASource() throws Exception {
    AtomicInteger written = new AtomicInteger();
    Sink sink =
        sink(
            written,
            (number, batch) -> {
              throw new IllegalStateException("bug");
            });
    assertFailed(EngineRuns.run(engine(source(n -> page(5, 10)), sink)), written, "bug");
    Source source =
        source(
            n -> {
              throw new IllegalArgumentException("bug too");
            });
    Sink good = sink(written, (number, batch) -> {});
    assertFailed(EngineRuns.run(engine(source, good)), written, "bug too");
  }

  @Test
  void lackOfMemoryEndsTheRun() throws Exception {
    AtomicInteger written = new AtomicInteger();
    Sink sink =
        sink(
            written,
            (number, batch) -> {
              throw new OutOfMemoryError("heap");
            });
    assertFailed(
        EngineRuns.run(engine(source(n -> page(5, 10)), sink)),
        written,
        "java.lang.OutOfMemoryError: heap");
  }

  @Test
  void sinkThatNeverTakesAnythingEndsTheRunAfterAWhile() throws Exception {
    AtomicInteger written = new AtomicInteger();
    Sink sink =
        sink(
            written,
            (number, batch) -> {
              throw new StoreException(Kind.THROTTLED, "slower");
            });
    Backoff impatient =
        new Backoff(Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(300));
    Source source = source(n -> page(10, 3 << 20));
    Outcome outcome = EngineRuns.run(engine(source, Shaper.NONE, sink, impatient, 1));
    assertThat(outcome.failure())
        .get()
        .extracting(Exception::getMessage)
        .asString()
        .matches("gave up after \\d+ s without any progress: slower");
  }

  @Test
  void asManyDeadLettersAsTheRunBearsEndItAndNotOneMoreIsWritten() throws Exception {
    Shaper broken =
        item -> {
          throw new IllegalStateException("broken");
        };
    AtomicInteger written = new AtomicInteger();
    Sink sink = sink(written, (number, batch) -> {});
    Outcome outcome =
        EngineRuns.run(engine(source(n -> page(50, 1_000)), broken, sink, EngineRuns.QUICK, 70));
    assertThat(outcome.counts().deadLettered()).isEqualTo(70);
    assertThat(Files.readAllLines(folder.resolve("dead.jsonl"))).hasSize(70);
    assertThat(outcome.failure())
        .get()
        .extracting(Exception::getMessage)
        .asString()
        .startsWith("stopped after 70 dead letters");
    assertThat(outcome.complete()).isFalse();
  }

  private static Source of(Iterable<Source.Split> splits) {
    return new Source() {
      @Override
      public Iterable<Split> splits() {
        return splits;
      }

      @Override
      public boolean mayRepeatKeys() {
        return false;
      }
    };
  }

  /** A split of one page, of which the store says that it looked at so many items. */
  private static Source.Split split(int items, long read) {
    return new Source.Split() {
      @Override
      public String name() {
        return "one page";
      }

      @Override
      public Page read(Optional<Page.Position> after, RequestSender requests) {
        return new Page(page(items, 1_000).items(), Optional.empty(), read, 0, 1_000, 1);
      }
    };
  }

  @Test
  void moreItemsThanTheSourceClaimsAreNoCompleteRun() throws Exception {
    AtomicInteger written = new AtomicInteger();
    Source source = of(List.of(split(11, 10)));
    Outcome outcome = EngineRuns.run(engine(source, sink(written, (number, batch) -> {})));
    assertThat(written.get()).isEqualTo(11);
    assertThat(outcome.counts().unaccounted()).isEqualTo(-1);
    assertThat(outcome.failure()).isEmpty();
    assertThat(outcome.complete()).isFalse();
    assertThat(outcome.withoutLoss()).isFalse();
  }

  /** As if a split came to be when all readers had gone: the ledger cannot know of its items. */
  @Test
  void splitThatNobodyReadIsToldAsAFailure() throws Exception {
    Iterable<Source.Split> late =
        () ->
            new Iterator<>() {
              private boolean given;

              @Override
              public boolean hasNext() {
                return !given || !Thread.currentThread().getName().startsWith("dynocopy-");
              }

              @Override
              public Source.Split next() {
                given = true;
                return split(10, 10);
              }
            };
    AtomicInteger written = new AtomicInteger();
    Outcome outcome = EngineRuns.run(engine(of(late), sink(written, (number, batch) -> {})));
    assertThat(outcome.counts().unaccounted()).isZero();
    assertFailed(outcome, written, "a split was not read to its end");
  }

  @Test
  void sourceThatNeverGoesOnEndsTheRun() throws Exception {
    AtomicInteger written = new AtomicInteger();
    Page.Position same = new Page.Position(new byte[] {1});
    Source source = source(number -> page(0, 100).then(same));
    Outcome outcome = engine(source, sink(written, (number, batch) -> {})).run();
    assertThat(outcome.failure().orElseThrow()).hasMessageContaining("would never end");
    assertThat(outcome.complete()).isFalse();
  }
}
