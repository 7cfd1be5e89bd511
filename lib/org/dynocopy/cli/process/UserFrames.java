package org.dynocopy.cli.process;

import java.util.Arrays;
import java.util.Optional;

/**
 * A thread in which code of a recipe is, or was.
 *
 * @param thread which one
 * @param frames what it does or did there
 */
public record UserFrames(Thread thread, StackTraceElement[] frames) {

  /** Returns where the recipe's code is; nothing if there is none of it. */
  public Optional<String> place(String recipe) {
    for (StackTraceElement frame : frames) {
      String file = String.valueOf(frame.getFileName());
      if (file.matches("DynocopyRecipe\\d+\\.groovy") && frame.getLineNumber() > 0) {
        boolean main = file.equals("DynocopyRecipe0.groovy");
        String name = main ? recipe : "a file that " + recipe + " includes";
        return Optional.of(name + ":" + frame.getLineNumber());
      }
    }
    return Optional.empty();
  }

  /** Returns whether it is ending the process. */
  boolean exits() {
    return Arrays.stream(frames)
        .anyMatch(
            f -> f.getClassName().equals("java.lang.Runtime") && f.getMethodName().equals("exit"));
  }

  /** Returns whether it is the JVM's own thread that ends the process after a signal. */
  boolean isSignal() {
    return Arrays.stream(frames).anyMatch(f -> f.getClassName().startsWith("java.lang.Terminator"));
  }
}
