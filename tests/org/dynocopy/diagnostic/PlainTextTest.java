package org.dynocopy.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {

  /** What terminals and CI systems look for, and what else may stand between. */
  private static final String[] PARTS = {
    "\u001b",
    "[2J",
    "]0;",
    "\u0007",
    "\u009b",
    "\n",
    "\r",
    "\t",
    "\u2028",
    "\u202e",
    "\u2066",
    "\u200d",
    "\u0000",
    "\u007f",
    "\ud83d",
    "\ud83d\ude00",
    "::",
    ":",
    "error::",
    "##[",
    "##vso[",
    "#",
    "[",
    " ",
    "ä",
    "x",
    "\\",
    "\udc00",
    "\udb40\udc41"
  };

  @Test
  void whatTerminalsAndBuildsObeyIsShownInstead() {
    long seed = Long.getLong("dynocopy.seed", 1);
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int parts = random.nextInt(12); parts > 0; parts--) {
        text.append(PARTS[random.nextInt(PARTS.length)]);
      }
      String line = PlainText.line(text.toString());
      String lines = PlainText.lines(text.toString());
      assertThat(line.chars()).as("seed %d: %s", seed, line).noneMatch(c -> c < ' ');
      assertThat(lines.codePoints())
          .as("seed %d: %s", seed, lines)
          .noneMatch(
              c ->
                  c != '\n' && c != '\t' && Character.isISOControl(c)
                      || Character.getType(c) == Character.FORMAT
                      || Character.getType(c) == Character.SURROGATE
                      || Character.getType(c) == Character.LINE_SEPARATOR);
      assertThat(lines.lines()).noneMatch(one -> one.stripLeading().startsWith("::"));
      assertThat(lines).doesNotContain("##[", "##vso[", "##teamcity[");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "plain text, plain text",
    "grün 文 😀, grün 文 😀",
    "a::b, a::b",
    "'##[error]x', '#\\u0023[error]x'",
    "'  ::error::x', '  \\u003a:error::x'",
  })
  void allElseIsKept(String text, String shown) {
    assertThat(PlainText.lines(text)).isEqualTo(shown);
  }

  @Test
  void lineBreaksAreKeptOnlyWhereThereMayBeSeveralLines() {
    assertThat(PlainText.lines("a\n\tb\r")).isEqualTo("a\n\tb\\r");
    assertThat(PlainText.line("a\n\tb\r")).isEqualTo("a\\n\\tb\\r");
  }
}
