package org.dynocopy.print;

import org.dynocopy.diagnostic.PlainText;
import org.jline.utils.WCWidth;

/** Makes any text fit for a terminal: it is shown, never obeyed, and not too wide. */
public final class TerminalText {

  private TerminalText() {}

  /**
   * Returns a text with its control and format characters escaped as in Java, cut with {@code …}.
   *
   * @param widest how many places it may take
   */
  public static String of(String text, int widest) {
    StringBuilder shown = new StringBuilder();
    int width = 0;
    int cut = 0;
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      String next = PlainText.shown(text.codePointAt(i));
      width += width(next);
      // Marks take no place, and there may be very many of them.
      if (width > widest || shown.length() > 4 * widest) {
        shown.setLength(cut);
        return shown.append('…').toString();
      }
      shown.append(next);
      if (width < widest) {
        cut = shown.length();
      }
    }
    return shown.toString();
  }

  /** Returns how many places a text takes that may be shown as it is. */
  static int width(String text) {
    return text.codePoints().map(TerminalText::width).sum();
  }

  private static int width(int point) {
    int type = Character.getType(point);
    // JLine's list of marks is older than the JDK's.
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    return Math.max(0, WCWidth.wcwidth(point));
  }
}
