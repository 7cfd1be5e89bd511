package org.dynocopy.run.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.dynocopy.verify.Findings;
import org.junit.jupiter.api.Test;

/** The sentences about a comparison, with the numbers of what was found. */
class ComparisonSummaryTest {

  private static final OptionalLong UNKNOWN = OptionalLong.empty();

  private static Findings found(
      long missing, long extra, long different, long repaired, long deleted, boolean same) {
    return new Findings(
        UNKNOWN, UNKNOWN, missing, extra, different, 0, 0, 0, 0, repaired, deleted, same);
  }

  private static List<String> of(Findings found, boolean finished, boolean extraCounts) {
    return ComparisonSummary.of("a", "b", found, finished, extraCounts);
  }

  @Test
  void nothingFoundIsNoDifferences() {
    assertThat(of(found(0, 0, 0, 0, 0, true), true, true)).containsExactly("no differences");
  }

  @Test
  void numbersThatDifferAreNoEquality() {
    Findings found =
        new Findings(OptionalLong.of(1_234), OptionalLong.of(5), 0, 0, 0, 0, 0, 0, 0, 0, 0, false);
    assertThat(of(found, true, true))
        .containsExactly("1,234 items in a, 5 in b", "the numbers of items differ");
  }

  @Test
  void eachKindOfDifferenceIsCounted() {
    assertThat(of(found(1, 20, 300, 0, 0, false), true, true))
        .containsExactly("321 differences: 1 missing, 20 extra, 300 different");
  }

  @Test
  void otherItemsAreToldWhereTheyAreNoDifference() {
    assertThat(of(found(1, 20, 300, 0, 0, false), true, false))
        .containsExactly(
            "301 differences: 1 missing, 0 extra, 300 different", "20 other items are in b, too");
    assertThat(of(found(0, 20, 0, 0, 0, true), true, false))
        .containsExactly("no differences", "20 other items are in b, too");
  }

  @Test
  void comparisonThatDidNotFinishSaysNothingOfDifferences() {
    assertThat(of(found(0, 0, 0, 0, 0, false), false, true))
        .containsExactly("the comparison did not finish");
  }

  @Test
  void repairTellsWhetherAnythingIsLeft() {
    assertThat(of(found(1, 2, 3, 4, 2, true), true, true).get(1))
        .startsWith("repaired: 4 items copied, 2 deleted; nothing is left");
    assertThat(of(found(1, 2, 3, 4, 0, false), true, true).get(1))
        .startsWith("repaired: 4 items copied, 0 deleted; not everything");
    assertThat(of(found(0, 2, 0, 0, 2, true), true, true).get(1))
        .startsWith("repaired: 0 items copied, 2 deleted; nothing is left");
  }

  @Test
  void sampleMovedItemsAndPartsOfFingerprintsAreTold() {
    Findings sampled = new Findings(UNKNOWN, UNKNOWN, 0, 0, 0, 0, 0, 0, 70, 0, 0, true);
    assertThat(of(sampled, true, true))
        .containsExactly("70 items chosen at random were looked for", "no differences");
    Findings moved = new Findings(UNKNOWN, UNKNOWN, 0, 0, 0, 6, 0, 0, 0, 0, 0, true);
    assertThat(of(moved, true, true).get(1)).startsWith("6 items differed at first");
    Findings parts = new Findings(UNKNOWN, UNKNOWN, 0, 0, 0, 0, 7, 8, 0, 0, 0, false);
    assertThat(of(parts, true, true)).hasSize(1);
    assertThat(of(parts, true, true).get(0))
        .startsWith("the fingerprints differ in 7 of their 65,536 parts: at least 8 items");
  }
}
