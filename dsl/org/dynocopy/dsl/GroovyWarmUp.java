package org.dynocopy.dsl;

import groovy.lang.Closure;
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

  private GroovyWarmUp() {}

  /** Does it in this thread. */
  public static void run() {
    Stream.of(Closure.class, RecipeScript.class, EnvWords.class, CopyWords.class)
        .forEach(InvokerHelper::getMetaClass);
  }
}
