package org.dynocopy.cli;

import java.lang.reflect.Proxy;
import java.util.Optional;

/**
 * Hears SIGURG. HotSpot uses SIGUSR1 and SIGUSR2 itself, SIGHUP must go on ending a process whose
 * terminal has gone, and SIGTSTP is Ctrl-Z. Nothing else here uses SIGURG, and a process that does
 * not listen to it, yet or any more, ignores it.
 *
 * <p>By reflection: the compiler would warn of {@code sun.misc.Signal}, for which there is nothing
 * else, at every user's first run.
 */
final class PauseSignal {

  private static final String NAME = "URG";

  private PauseSignal() {}

  /** Calls the action at each signal, where there are signals; without one, ignores them. */
  static void handle(Optional<Runnable> action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object handling =
          action.isEmpty()
              ? handler.getField("SIG_IGN").get(null)
              : Proxy.newProxyInstance(
                  handler.getClassLoader(),
                  new Class<?>[] {handler},
                  (proxy, method, arguments) -> {
                    action.get().run();
                    return null;
                  });
      Object wanted = signal.getConstructor(String.class).newInstance(NAME);
      signal.getMethod("handle", signal, handler).invoke(null, wanted, handling);
    } catch (ReflectiveOperationException e) {
      // Windows has no such signal, and another JVM perhaps no such class.
    }
  }
}
