package org.dynocopy.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;

/**
 * The terminal, or what stands in its place: data goes to out, all else to err.
 *
 * @param out for data
 * @param err for everything else
 * @param terminal whether a person sits there
 */
record Console(PrintStream out, PrintStream err, boolean terminal) {

  /** Returns the process's own. */
  static Console ofProcess() {
    boolean dumb = "dumb".equals(System.getenv("TERM"));
    return new Console(System.out, System.err, !dumb && hasTerminal());
  }

  /** From JDK 22 on there is a console without a terminal, and a method to tell. */
  private static boolean hasTerminal() {
    java.io.Console console = System.console();
    try {
      return console != null
          && (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns where data goes: what fails there is told, which a PrintStream hides. */
  OutputStream data() {
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        Console.this.out.write(bytes, offset, length);
        check();
      }

      @Override
      public void flush() throws IOException {
        check();
      }

      /** Flushes, too. */
      private void check() throws IOException {
        if (Console.this.out.checkError()) {
          throw new IOException("standard output is closed");
        }
      }
    };
  }

  /** Asks a question; only yes is yes. */
  boolean yes(String question) {
    String answer = System.console().readLine("%s [y/N] ", question);
    return answer != null && answer.trim().toLowerCase(Locale.ROOT).matches("y|yes");
  }
}
