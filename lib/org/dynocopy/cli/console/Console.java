package org.dynocopy.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import org.dynocopy.diagnostic.PlainText;

/**
 * The terminal, or what stands in its place: data goes to out, all else to err. What is printed is
 * shown, and never obeyed.
 *
 * @param items where items go: not through a PrintStream, which hides failures
 * @param out for all other data
 * @param err for everything else
 * @param terminal whether a person sits there
 */
public record Console(
    OutputStream items, PlainPrintStream out, PlainPrintStream err, boolean terminal) {

  public Console(OutputStream items, PrintStream out, PrintStream err, boolean terminal) {
    this(
        terminal ? new TerminalOutput(items) : items,
        new PlainPrintStream(out),
        new PlainPrintStream(err),
        terminal);
  }

  /** Returns the process's own. */
  public static Console ofProcess() {
    return of(new FileOutputStream(FileDescriptor.out));
  }

  /** Returns what System.out and System.err are now, for callers within this process. */
  public static Console ofSystem() {
    return of(System.out);
  }

  private static Console of(OutputStream items) {
    boolean dumb = "dumb".equals(System.getenv("TERM"));
    return new Console(items, System.out, System.err, !dumb && hasTerminal());
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

  /** Asks a question; only yes is yes. */
  public boolean yes(String question) {
    Keyboard.discardTyped();
    String answer = System.console().readLine("%s [y/N] ", PlainText.lines(question));
    return answer != null && isYes(answer);
  }

  /** Asks for a code that a device shows, if there is someone to ask. It is not shown again. */
  public Optional<String> code(String profile, String device, String before) {
    if (!terminal) {
      return Optional.empty();
    }
    if (!before.isEmpty()) {
      err.println(PlainText.line(before));
    }
    Keyboard.discardTyped();
    String question =
        PlainText.line("MFA code for the AWS profile `" + profile + "` (" + device + ")");
    return Optional.ofNullable(System.console().readPassword("%s: ", question)).map(String::new);
  }

  public static boolean isYes(String answer) {
    return answer.trim().toLowerCase(Locale.ROOT).matches("y|yes");
  }
}
