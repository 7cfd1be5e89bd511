package org.dynocopy.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.dynocopy.cli.Main;
import org.dynocopy.cli.console.Console;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals that come before a run has begun, or when it has already said how it ended. */
@Execution(ExecutionMode.CONCURRENT)
class SignalsTest {

  /** A process in which all has been said, and that gets a signal before it ends. */
  static final class Late {
    private Late() {}

    public static void main(String... args) throws Exception {
      Signals.ignoreEnding();
      String own = Long.toString(ProcessHandle.current().pid());
      new ProcessBuilder("kill", "-" + args[0], own).inheritIO().start().waitFor();
      // Handled in a thread of its own, a signal would end the process before this sees it.
      Thread.sleep(100);
      Main.end(1);
    }
  }

  /** A process that ends just when a recipe is about to be evaluated. */
  static final class Early {
    private Early() {}

    public static void main(String... args) throws Exception {
      CountDownLatch ending = new CountDownLatch(1);
      CountDownLatch done = new CountDownLatch(1);
      Thread hook =
          new Thread(
              () -> {
                ending.countDown();
                try {
                  done.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      Runtime.getRuntime().addShutdownHook(hook);
      new Thread(() -> System.exit(ExitCode.INTERRUPTED)).start();
      ending.await();
      Main.run(new Console(System.out, System.out, System.err, false), args);
      done.countDown();
    }
  }

  private static Process start(Class<?> main, String argument) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                argument))
        .redirectErrorStream(true)
        .start();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void exitCodeIsThatOfTheRunWhenASignalComesAfterItsEnd(String signal) throws Exception {
    assertThat(start(Late.class, signal).waitFor()).isEqualTo(1);
  }

  @Test
  void signalBeforeTheBeginningIsNoMistake(@TempDir Path folder) throws Exception {
    Path recipe = Files.writeString(folder.resolve("r.groovy"), "println 'begun'");
    Process early = start(Early.class, recipe.toString());
    assertThat(early.inputReader().lines())
        .endsWith("dynocopy: interrupted")
        .noneMatch(line -> line.contains("mistake"));
    assertThat(early.waitFor()).isEqualTo(130);
  }

  /** Code of the recipe that ends the process meanwhile changes nothing. */
  @Test
  void whatEndsTheProcessIsTheSignal() {
    StackTraceElement[] signal = {
      new StackTraceElement("java.lang.Shutdown", "exit", "Shutdown.java", 1),
      new StackTraceElement("java.lang.Terminator$1", "handle", "Terminator.java", 2)
    };
    StackTraceElement[] recipe = {
      new StackTraceElement("java.lang.Runtime", "exit", "Runtime.java", 1),
      new StackTraceElement("DynocopyRecipe0", "run", "DynocopyRecipe0.groovy", 2)
    };
    Map<Thread, StackTraceElement[]> threads = new LinkedHashMap<>();
    threads.put(new Thread(), recipe);
    assertThat(ShutdownHook.culprit(threads)).isPresent();
    threads.put(new Thread(), signal);
    threads.put(new Thread(), recipe);
    assertThat(ShutdownHook.culprit(threads)).isEmpty();
  }
}
