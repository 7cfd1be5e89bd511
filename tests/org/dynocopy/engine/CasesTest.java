package org.dynocopy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;

class CasesTest {

  private static List<Long> cases(int number) {
    List<Long> seen = new ArrayList<>();
    Cases.forAll(number, random -> seen.add(random.nextLong()));
    return seen;
  }

  @Test
  void everyRunTriesTheSameCasesAndNoneTwice() {
    assertThat(cases(5)).isEqualTo(cases(5)).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(5);
    assertThat(Cases.random().nextLong()).isEqualTo(cases(1).get(0));
  }

  @Test
  void caseThatBreaksTheLawIsNamedByItsSeed() throws Exception {
    Cases.Law broken =
        random -> {
          throw new IllegalStateException("broken");
        };
    String first = Cases.again().split(" ")[0];
    assertThat(first).matches("-Ddynocopy\\.seed=-?\\d+");
    assertThatThrownBy(() -> Cases.forAll(3, broken)).hasMessageStartingWith(first + ": ");
    assertThatThrownBy(() -> Cases.forAllAtOnce(3, broken)).hasMessageStartingWith(first + ": ");
  }
}
