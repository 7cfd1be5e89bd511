package org.dynocopy.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;

class TextLinesTest {

  @Test
  void linesAreThoseOfTheJdk() throws Exception {
    Cases.forAll(
        500,
        random -> {
          StringBuilder text = new StringBuilder();
          for (int i = random.nextInt(40); i > 0; i--) {
            switch (random.nextInt(4)) {
              case 0 -> text.append('\n');
              case 1 -> text.append('\r');
              case 2 -> text.append("a");
              // So that the ends of buffers come anywhere.
              default -> text.append("b".repeat(random.nextInt(9_000)));
            }
          }
          List<String> right =
              new BufferedReader(new StringReader(text.toString())).lines().toList();
          List<String> read = new ArrayList<>();
          try (TextLines lines = new TextLines(new StringReader(text.toString()), 500_000)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
              read.add(line);
              assertThat(lines.number()).isEqualTo(read.size());
            }
          }
          assertThat(read).isEqualTo(right);
        });
  }

  @Test
  void lineThatIsTooLongFails() throws Exception {
    try (TextLines lines = new TextLines(new StringReader("abc\nabcd\n"), 3)) {
      assertThat(lines.next()).isEqualTo("abc");
      assertThatThrownBy(lines::next).hasMessage("the line is longer than 3 characters");
    }
  }
}
