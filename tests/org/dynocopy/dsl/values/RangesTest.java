package org.dynocopy.dsl.values;

import static org.assertj.core.api.Assertions.assertThat;

import groovy.lang.NumberRange;
import groovy.lang.Range;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.runtime.ScriptBytecodeAdapter;
import org.junit.jupiter.api.Test;

/** A range of numbers has the elements that it goes through, whatever types its ends have. */
class RangesTest {

  private static List<Range<?>> ranges() throws Throwable {
    List<Range<?>> ranges = new ArrayList<>();
    for (int from = -1; from <= 3; from++) {
      for (int to = -2; to <= 3; to++) {
        for (boolean left : new boolean[] {true, false}) {
          for (boolean right : new boolean[] {true, false}) {
            for (Object[] ends :
                new Object[][] {
                  {from, to},
                  {(long) from, (long) to},
                  {BigDecimal.valueOf(from), BigDecimal.valueOf(to)},
                  {from, BigDecimal.valueOf(to)}
                }) {
              ranges.add(
                  (Range<?>) ScriptBytecodeAdapter.createRange(ends[0], ends[1], left, right));
            }
          }
        }
      }
    }
    for (String step : List.of("2", "0.5", "1.5")) {
      Range<?> all = new NumberRange(BigDecimal.ZERO, BigDecimal.valueOf(4));
      ranges.add((Range<?>) ((NumberRange) all).by(new BigDecimal(step)));
    }
    return ranges;
  }

  private static List<BigDecimal> elements(Range<?> range) {
    List<BigDecimal> elements = new ArrayList<>();
    for (Object one : range) {
      elements.add(new BigDecimal(one.toString()).stripTrailingZeros());
    }
    return elements;
  }

  @Test
  void rangeHasEachOfItsElementsAtItsPlaceAndNoOther() throws Throwable {
    for (Range<?> range : ranges()) {
      List<BigDecimal> elements = elements(range);
      for (int i = -4; i <= 6; i++) {
        int at = elements.indexOf(BigDecimal.valueOf(i).stripTrailingZeros());
        for (Object value : List.of(i, (long) i, BigDecimal.valueOf(i), new BigDecimal(i + ".0"))) {
          String what = value + " in " + range.getClass().getSimpleName() + " " + range;
          assertThat(Ranges.has(range, value)).as(what).isEqualTo(at >= 0);
          assertThat(Ranges.indexOf(range, value)).as(what).isEqualTo(at);
        }
      }
    }
  }
}
