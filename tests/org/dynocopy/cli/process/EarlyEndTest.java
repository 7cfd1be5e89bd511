package org.dynocopy.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dynocopy.core.Item;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.Page;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.RunSettings;
import org.dynocopy.core.Shaper;
import org.dynocopy.core.Source;
import org.dynocopy.engine.BoundedDeadLetters;
import org.dynocopy.engine.Engine;
import org.dynocopy.store.file.DeadLetterFile;
import org.dynocopy.testing.TakingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What ends a job may come between two of its runs. */
@Timeout(60)
class EarlyEndTest {

  @TempDir private Path folder;

  /** Pages without an end. */
  private static final class Endless implements Source, Source.Split {
    @Override
    public Iterable<Split> splits() {
      return List.of(this);
    }

    @Override
    public boolean mayRepeatKeys() {
      return false;
    }

    @Override
    public String name() {
      return "all";
    }

    @Override
    public Page read(Optional<Position> after, RequestSender requests) {
      byte next = (byte) (after.map(position -> position.token()[0]).orElse((byte) 0) + 1);
      Optional<Position> position = Optional.of(new Position(new byte[] {next}));
      return new Page(List.of(Item.of("{}")), position, 1, 0, 2, 0);
    }
  }

  @Test
  void runThatBeginsAfterAThreadOfTheRecipeHasFailedIsEnded() throws Exception {
    RuntimeException thrown = new IllegalStateException("broken");
    thrown.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("DynocopyRecipe0", "run", "DynocopyRecipe0.groovy", 3)
        });
    try (EarlyEnd end = new EarlyEnd(System.err)) {
      end.listen();
      Thread.getDefaultUncaughtExceptionHandler().uncaughtException(Thread.currentThread(), thrown);
      Engine engine = endless();
      end.running(Optional.of(engine));
      Outcome outcome = engine.run();
      assertThat(outcome.failure().orElseThrow())
          .hasMessage(
              "the recipe:3: a thread that it has started failed: "
                  + "java.lang.IllegalStateException: broken");
    }
  }

  @Test
  void runThatBeginsAfterASignalIsStopped() throws Exception {
    EarlyEnd end = new EarlyEnd(System.err);
    end.close(); // It would wait for the ledger.
    end.ending(Optional.empty());
    Engine engine = endless();
    end.running(Optional.of(engine));
    Outcome outcome = engine.run();
    assertThat(outcome.stopped()).isTrue();
    assertThat(outcome.failure()).isEmpty();
  }

  private Engine endless() throws IOException {
    return new Engine(
        new Endless(),
        Shaper.NONE,
        new TakingSink(),
        new BoundedDeadLetters(new DeadLetterFile(Optional.of(folder.resolve("letters.jsonl"))), 1),
        RunSettings.of(1, 1),
        RunListener.NONE);
  }
}
