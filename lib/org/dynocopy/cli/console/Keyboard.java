package org.dynocopy.cli.console;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * The keys that are pressed in the terminal, without Enter and without an echo. By {@code stty} and
 * not by JLine, which would take Ctrl-C away from the JVM.
 */
public final class Keyboard implements AutoCloseable {

  private static final long LOOK_MILLIS = 100;

  private final String before;
  private final InputStream terminal;
  private final Thread restoring = new Thread(this::restore);
  private final Thread listening;

  private Keyboard(String before, InputStream terminal, IntConsumer pressed) {
    this.before = before;
    this.terminal = terminal;
    this.listening = new Thread(() -> hear(pressed), "dynocopy-keys");
    listening.setDaemon(true);
  }

  /**
   * Begins to listen, if this process is in the foreground of a terminal.
   *
   * @param pressed is called with each key
   */
  public static Optional<Keyboard> listen(IntConsumer pressed) {
    try {
      if (!inForeground()) {
        return Optional.empty();
      }
      String before = sh("stty -g </dev/tty").strip();
      if (!before.matches("[0-9a-fA-F:=;,a-z]+")) {
        return Optional.empty();
      }
      Keyboard keys = new Keyboard(before, new FileInputStream("/dev/tty"), pressed);
      Runtime.getRuntime().addShutdownHook(keys.restoring);
      sh("stty -icanon -echo min 1 </dev/tty");
      // What was typed ahead was meant for whatever comes after this run.
      keys.discard();
      keys.listening.start();
      return Optional.of(keys);
    } catch (IOException e) {
      // No sh, no ps, no stty or no terminal: there are the control file and the signal.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Forgets what was typed before a question: it is no answer to it. */
  static void discardTyped() {
    try {
      if (inForeground()) {
        sh(
            "{ s=$(stty -g) && stty -icanon min 0 time 0 && cat >/dev/null; stty \"$s\"; }"
                + " </dev/tty");
      }
    } catch (IOException e) {
      // No sh, no ps, no stty: the question is asked all the same.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void discard() throws IOException {
    terminal.skipNBytes(terminal.available());
  }

  /** In the background, stty would stop the process instead of answering. */
  private static boolean inForeground() throws IOException, InterruptedException {
    String groups = sh("ps -o pgid= -o tpgid= -p " + ProcessHandle.current().pid());
    String[] parts = groups.strip().split("\\s+");
    return parts.length == 2 && parts[0].equals(parts[1]);
  }

  private void hear(IntConsumer pressed) {
    try {
      while (true) {
        // A blocking read could not be ended, and would stop a process that has gone into the
        // background.
        Thread.sleep(LOOK_MILLIS);
        while (terminal.available() > 0) {
          pressed.accept(terminal.read());
        }
      }
    } catch (InterruptedException | IOException e) {
      // The run is over, or the terminal has gone: there are no more keys.
    }
  }

  private void restore() {
    try {
      // A shell that has put it into the background has its own modes back.
      if (inForeground()) {
        sh("stty " + before + " </dev/tty");
      }
    } catch (IOException e) {
      // The terminal has gone, and its state with it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String sh(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .redirectInput(new File("/dev/null"))
            .redirectError(Redirect.DISCARD)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out;
  }

  @Override
  public void close() {
    listening.interrupt();
    restore();
    try {
      Runtime.getRuntime().removeShutdownHook(restoring);
    } catch (IllegalStateException e) {
      // The process is ending: the hook restores once more, which does no harm.
    }
    try {
      terminal.close();
    } catch (IOException e) {
      // It was only read.
    }
  }
}
