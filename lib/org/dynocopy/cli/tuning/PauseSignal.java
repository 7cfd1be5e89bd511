package org.dynocopy.cli.tuning;

import java.util.Optional;
import org.dynocopy.cli.process.Signals;

/**
 * Handles SIGURG. HotSpot uses SIGUSR1 and SIGUSR2 itself, SIGHUP must go on ending a process whose
 * terminal has gone, and SIGTSTP is Ctrl-Z. Nothing else here uses SIGURG, and a process that does
 * not listen to it, yet or any more, ignores it.
 */
final class PauseSignal {

  private static final String NAME = "URG";

  private PauseSignal() {}

  /** Calls the action at each signal, where there are signals; without one, ignores them. */
  static void handle(Optional<Runnable> action) {
    Signals.handle(NAME, action);
  }
}
