package org.dynocopy.dsl;

import groovy.lang.Closure;
import java.util.Optional;
import java.util.stream.Stream;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.dynocopy.dsl.words.CopyWords;
import org.dynocopy.dsl.words.EnvWords;
import org.dynocopy.dsl.words.RecipeScript;

/**
 * Starts Groovy in this JVM while the command line is still being read: what it adds to Java's
 * classes, and what it knows of the words that most recipes say.
 */
public final class GroovyWarmUp {

  private static Optional<Thread> running = Optional.empty();

  private GroovyWarmUp() {}

  /** Begins, in a thread that does not keep the process from ending. */
  public static synchronized void start() {
    Thread thread = new Thread(GroovyWarmUp::run, "groovy-warm-up");
    thread.setDaemon(true);
    // Whatever fails here fails again where it is needed, and is told there.
    thread.setUncaughtExceptionHandler((t, e) -> {});
    thread.start();
    running = Optional.of(thread);
  }

  /** Waits for its end, if it was begun: two threads that initialize Groovy could wait forever. */
  static synchronized void finish() {
    running.ifPresent(
        thread -> {
          try {
            thread.join();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    running = Optional.empty();
  }

  private static void run() {
    Stream.of(Closure.class, RecipeScript.class, EnvWords.class, CopyWords.class)
        .forEach(InvokerHelper::getMetaClass);
  }
}
