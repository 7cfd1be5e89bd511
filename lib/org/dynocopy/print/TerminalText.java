package org.dynocopy.print;

import org.dynocopy.diagnostic.PlainText;

/** Makes any text fit for a terminal: it is shown, never obeyed, and not too wide. */
public final class TerminalText {

  /** Where there are wide characters, from the first to the last of each range. */
  private static final int[][] WIDE = {
    {0x1100, 0x115f}, {0x2e80, 0x303e}, {0x3041, 0xa4cf}, {0xac00, 0xd7a3}, {0xf900, 0xfaff},
    {0xfe30, 0xfe6f}, {0xff00, 0xff60}, {0xffe0, 0xffe6}, {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff},
    {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd},
  };

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
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    for (int[] range : WIDE) {
      if (range[0] <= point && point <= range[1]) {
        return 2;
      }
    }
    return 1;
  }
}
