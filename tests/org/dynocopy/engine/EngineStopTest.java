package org.dynocopy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dynocopy.engine.Endless.page;
import static org.dynocopy.engine.Endless.sink;
import static org.dynocopy.engine.Endless.source;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.dynocopy.core.Backoff;
import org.dynocopy.core.Checkpoint;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.Page;
import org.dynocopy.core.Shaper;
import org.dynocopy.core.Sink;
import org.dynocopy.core.Source;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run ends soon when it is stopped, whatever it does just then. */
@Timeout(180)
class EngineStopTest {

  @TempDir Path folder;
  private final ThreadGroup own = new ThreadGroup("test-run");

  private Engine engine(Source source, Shaper shaper, Sink sink, Backoff backoff, long stopAfter)
      throws Exception {
    Path file = folder.resolve("dead.jsonl");
    return Endless.engine(source, shaper, sink, backoff, file, stopAfter);
  }

  private Engine engine(Source source, Sink sink) throws Exception {
    return engine(source, Shaper.NONE, sink, EngineRuns.QUICK, 1_000);
  }

  @Test
  void stoppingEndsAnEndlessRunSoon() throws Exception {
    AtomicInteger written = new AtomicInteger();
    CountDownLatch underWay = new CountDownLatch(50);
    Sink sink =
        sink(
            written,
            (n, batch) -> {
              Thread.sleep(2);
              underWay.countDown();
            });
    Engine engine = engine(source(n -> page(100, 100_000)), sink);
    CompletableFuture<Outcome> running = EngineRuns.start(engine, own);
    underWay.await();
    engine.stop();
    Outcome outcome = running.get(30, TimeUnit.SECONDS);
    assertThat(outcome.stopped()).isTrue();
    assertThat(outcome.failure()).isEmpty();
    assertThat(outcome.complete()).isFalse();
    assertThat(outcome.counts().written()).isEqualTo(written.get()).isPositive();
    EngineRuns.assertGone(own);
  }

  @Test
  void stoppingWakesReadersAndWritersThatWaitToTryAgain() throws Exception {
    Backoff slow = new Backoff(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1));
    AtomicInteger written = new AtomicInteger();
    Source source =
        source(
            n -> {
              if (n > 2) {
                throw new StoreException(Kind.UNAVAILABLE, "not well");
              }
              return page(100, 1_000);
            });
    Sink sink =
        sink(
            written,
            (n, batch) -> {
              throw new StoreException(Kind.THROTTLED, "slower");
            });
    Engine engine = engine(source, Shaper.NONE, sink, slow, 1);
    CompletableFuture<Outcome> running = EngineRuns.start(engine, own);
    Thread.sleep(200);
    engine.stop();
    Outcome outcome = running.get(30, TimeUnit.SECONDS);
    assertThat(outcome.stopped()).isTrue();
    assertThat(outcome.failure()).isEmpty();
    assertThat(outcome.counts().unaccounted()).isEqualTo(outcome.counts().read());
    EngineRuns.assertGone(own);
  }

  @Test
  void runThatWasStoppedBeforeItBeganReadsNothing() throws Exception {
    AtomicInteger written = new AtomicInteger();
    Engine engine = engine(source(n -> page(10, 1_000)), sink(written, (n, batch) -> {}));
    engine.stop();
    Outcome outcome = EngineRuns.run(engine);
    assertThat(outcome.stopped()).isTrue();
    assertThat(outcome.counts().read()).isZero();
  }

  /** Runs it in a thread that can be interrupted, and tells that this has ended it. */
  private Thread caller(Engine engine, CompletableFuture<Void> interrupted) {
    Thread caller =
        new Thread(
            own,
            () -> {
              try {
                engine.run();
              } catch (InterruptedException e) {
                interrupted.complete(null);
              }
            });
    caller.start();
    return caller;
  }

  /** Else the engine goes on for ever, with nothing there to stop it. */
  @Test
  void interruptingTheCallerEndsTheRun() throws Exception {
    AtomicInteger written = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    Engine engine =
        engine(source(n -> page(10, 1_000)), sink(written, (n, batch) -> begun.countDown()));
    Thread caller = caller(engine, new CompletableFuture<>());
    begun.await();
    caller.interrupt();
    caller.join(30_000);
    try {
      assertThat(caller.isAlive()).isFalse();
      EngineRuns.assertGone(own);
    } finally {
      engine.stop();
    }
  }

  /** Else it would write over the checkpoint of the run that goes on, for as long as the JVM. */
  @Test
  void interruptingTheCallerOnceMoreLeavesNothingInFlight() throws Exception {
    AtomicInteger written = new AtomicInteger();
    AtomicReference<Checkpoint> kept = new AtomicReference<>();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    Sink sink =
        sink(
            written,
            (n, batch) -> {
              begun.countDown();
              answer.await();
            });
    Engine engine =
        Endless.engine(source(n -> page(10, 1_000)), sink, folder.resolve("dead.jsonl"), kept::set);
    CompletableFuture<Void> interrupted = new CompletableFuture<>();
    Thread caller = caller(engine, interrupted);
    begun.await();
    for (int i = 0; i < 2; i++) {
      caller.interrupt();
      while (caller.isInterrupted()) {
        Thread.sleep(1);
      }
    }
    caller.join(200);
    assertThat(interrupted).isNotDone();
    answer.countDown();
    interrupted.get(30, TimeUnit.SECONDS);
    assertThat(kept.get().settled().written()).isEqualTo(written.get()).isPositive();
    EngineRuns.assertGone(own);
  }

  /** A user who is asked whether to go on may take a long time to answer. */
  @Test
  void patienceBeginsWithTheRunAndNotWithTheEngine() throws Exception {
    AtomicInteger written = new AtomicInteger();
    AtomicInteger attempts = new AtomicInteger();
    Source source =
        source(
            n -> {
              if (attempts.incrementAndGet() == 1) {
                throw new StoreException(Kind.THROTTLED, "slower");
              }
              Page page = page(10, 1_000);
              return new Page(page.items(), Optional.empty(), 10, 0, 1_000, 1);
            });
    Backoff impatient =
        new Backoff(Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(1_200));
    Sink sink = sink(written, (n, batch) -> {});
    Engine engine = engine(source, Shaper.NONE, sink, impatient, 1);
    Thread.sleep(1_500);
    long start = System.nanoTime();
    Outcome outcome = EngineRuns.run(engine);
    // It may give up if it was held up itself for as long.
    if (System.nanoTime() - start < impatient.giveUpAfter().toNanos()) {
      assertThat(outcome.failure()).isEmpty();
    }
  }
}
