package org.dynocopy.cli.process;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;

/**
 * Signals of the operating system. By reflection: the compiler would warn of {@code
 * sun.misc.Signal}, for which there is nothing else, at every user's first run.
 */
public final class Signals {

  /** Those that end a process. */
  private static final List<String> ENDING = List.of("TERM", "INT", "HUP");

  private Signals() {}

  /** Ignores all that would end this process: it ends now by itself, with its own exit code. */
  public static void ignoreEnding() {
    ENDING.forEach(name -> handle(name, Optional.empty()));
  }

  /**
   * Calls an action at each signal of a name, where there is one; without an action, ignores them.
   */
  public static void handle(String name, Optional<Runnable> action) {
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
      Object wanted = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, wanted, handling);
    } catch (ReflectiveOperationException e) {
      // Windows has not all of them, and another JVM perhaps no such class.
    }
  }
}
