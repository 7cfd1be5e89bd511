package org.dynocopy.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTest {

  private static Problem at(int column, int length, String line) {
    return new Problem(new Location("nightly.groovy", 3, column, length, line), "it is wrong");
  }

  @Test
  void pointsAtTheWordWithAsManyCaretsAsItHasCharacters() {
    assertThat(at(3, 4, "  form \"prod:users\"").render())
        .isEqualTo(
            """
            nightly.groovy:3:3: it is wrong
              3 |   form "prod:users"
                |   ^^^^\
            """);
  }

  @Test
  void caretsStandUnderTheWordAtAnyTabWidth() {
    assertThat(at(4, 2, "\ta\tto 1").render()).endsWith("  3 | \ta\tto 1\n    | \t \t^^");
  }

  /** The carets stay where they are. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "endpoint 'http://me:s3cr3t@h',endpoint 'http://.........@h'",
        "endpoint 'http://me:s3/cr3t@h/a',endpoint 'http://..........@h/a'",
        "endpoint 'me:s3cr3t@h:1',endpoint '.........@h:1'",
        "|credentials 'k', 's3cr3t'|,|credentials 'k', '......'|",
        "|credentials('k' \"s3cr3t\")|,|credentials('k' \"......\")|",
        "|e { credentials 'k', 's3cr3t|,|e { credentials 'k', '......|",
        "|  'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'|,| "
            + " '........................................'|",
        "|x = 'da39a3ee5e6b4b0d3255bfef95601890afd80709'|,|x ="
            + " 'da39a3ee5e6b4b0d3255bfef95601890afd80709'|",
        "filter { it.mail == 'a@b.c' },filter { it.mail == 'a@b.c' }",
        "endpoint 'http://h:1',endpoint 'http://h:1'",
        "credentials 'k'; region 'a',credentials 'k'; region 'a'",
      })
  void secretsOfALineAreDots(String line, String shown) {
    assertThat(at(1, 1, line).render()).contains("\n  3 | " + shown + "\n");
  }

  @Test
  void marginGrowsWithTheLineNumber() {
    Location at = new Location("r.groovy", 1234, 1, 1, "x");
    assertThat(new Problem(at, "m").render()).endsWith("\n  1234 | x\n       | ^");
  }

  @Test
  void endOfTheLineCanBePointedAt() {
    assertThat(at(5, 1, "copy").render()).endsWith("  3 | copy\n    |     ^");
  }

  @Test
  void columnBeyondTheLineAndAnEmptyWordStillGiveACaret() {
    assertThat(at(40, 0, "copy").render()).endsWith("  3 | copy\n    |     ^");
  }

  @Test
  void longLineIsShownAroundTheWord() {
    String line = "a".repeat(5_000) + "bb" + "c".repeat(5_000);
    assertThat(at(5_001, 2, line).render())
        .startsWith("nightly.groovy:3:5001: it is wrong\n")
        .endsWith(
            "  3 | …"
                + "a".repeat(100)
                + "bb"
                + "c".repeat(198)
                + "…\n    | "
                + " ".repeat(101)
                + "^^");
    assertThat(at(1, 9_000, line).render().lines()).allMatch(one -> one.length() < 400);
    String longest = "a".repeat(300);
    assertThat(at(300, 1, longest).render()).contains("  3 | " + longest + "\n");
    assertThat(at(300, 1, longest + "a").render()).contains("  3 | …" + "a".repeat(102) + "\n");
    assertThat(at(301, 9, longest + "a").render()).endsWith(" ^");
    assertThat(at(20_000, 1, line).render()).endsWith("c\n    | " + " ".repeat(101) + "^");
  }

  @Test
  void saysTheOptionWithoutALine() {
    assertThat(new Problem(Location.option("--pk"), "is missing").render())
        .isEqualTo("--pk: is missing");
  }

  @Test
  void saysTheSentenceAloneWhereThereIsNoPlace() {
    assertThat(new Problem(Location.NOWHERE, "is missing").render()).isEqualTo("is missing");
  }

  @Test
  void exceptionShowsEveryProblemWithAnEmptyLineBetween() {
    Problem one = new Problem(Location.option("--pk"), "one");
    Problem two = new Problem(Location.NOWHERE, "two");
    InvalidJobException e = new InvalidJobException(List.of(one, two));
    assertThat(e).hasMessage("--pk: one\n\ntwo");
    assertThat(e.problems()).containsExactly(one, two);
  }
}
