package org.dynocopy.cli.console;

import java.io.PrintStream;
import org.dynocopy.diagnostic.PlainText;

/**
 * Prints text so that a terminal or a CI system shows it and does not obey it, whatever it quotes.
 * All methods that print text come to {@link #print(String)}.
 */
public final class PlainPrintStream extends PrintStream {

  private final PrintStream raw;

  PlainPrintStream(PrintStream raw) {
    super(raw, true);
    this.raw = raw;
  }

  /** Returns the stream that obeys: for dynocopy's own bar and colours. */
  public PrintStream raw() {
    return raw;
  }

  @Override
  public void print(String text) {
    // Not by an encoder of its own: this one knows the terminal's.
    raw.print(PlainText.lines(String.valueOf(text)));
  }

  @Override
  public void print(Object value) {
    print(String.valueOf(value));
  }

  @Override
  public void print(char[] text) {
    print(String.valueOf(text));
  }

  @Override
  public void print(char c) {
    print(String.valueOf(c));
  }
}
