package org.dynocopy.dsl.values;

import groovy.lang.EmptyRange;
import groovy.lang.IntRange;
import groovy.lang.NumberRange;
import groovy.lang.Range;
import java.math.BigDecimal;

/**
 * A range of numbers, in which values are looked for by arithmetic: it may have more elements than
 * can be counted.
 *
 * @param first the end where it begins, which is the greater one of a range that goes down
 * @param withFirst whether this end is an element
 * @param step the distance between two elements
 */
record Ranges(
    BigDecimal first,
    BigDecimal last,
    boolean withFirst,
    boolean withLast,
    boolean down,
    BigDecimal step) {

  /** Tells whether a range of numbers has a value; what only lies within it fails. */
  static boolean has(Range<?> range, Object value) {
    if (range instanceof IntRange whole
        && value instanceof Integer number
        && !Boolean.FALSE.equals(whole.getInclusiveLeft())
        && !Boolean.FALSE.equals(whole.getInclusiveRight())) {
      return whole.getFromInt() <= number && number <= whole.getToInt();
    }
    return !(range instanceof EmptyRange)
        && value != null
        && of(range).has(Numbers.decimal(number(range, value)), range);
  }

  private boolean has(BigDecimal value, Range<?> range) {
    if (!within(value)) {
      return false;
    }
    boolean element = distance(value).remainder(step).signum() == 0;
    boolean whole = value.stripTrailingZeros().scale() <= 0;
    if (!element && !(whole && step.compareTo(BigDecimal.ONE) != 0)) {
      throw new IllegalArgumentException(
          value + " lies within " + range + " but is no element of it: compare by `>=` and `<=`");
    }
    return element;
  }

  static int indexOf(Range<?> range, Object value) {
    if (!has(range, value)) {
      return -1;
    }
    Ranges one = of(range);
    int index = one.distance(Numbers.decimal(value)).divide(one.step).intValueExact();
    return one.withFirst ? index : index - 1;
  }

  /** Tells whether a value lies between the ends of a range. */
  static boolean within(Range<?> range, Object value) {
    return range.getFrom() instanceof Number
        ? value != null
            && !(range instanceof EmptyRange)
            && of(range).within(Numbers.decimal(number(range, value)))
        : Comparison.lessOrEqual(range.getFrom(), value)
            && Comparison.lessOrEqual(value, range.getTo());
  }

  private boolean within(BigDecimal value) {
    int begin = distance(value).signum();
    int end = distance(last).compareTo(distance(value));
    return (begin > 0 || begin == 0 && withFirst) && (end > 0 || end == 0 && withLast);
  }

  private BigDecimal distance(BigDecimal value) {
    return down ? first.subtract(value) : value.subtract(first);
  }

  private static Object number(Range<?> range, Object value) {
    if (!(value instanceof Number)) {
      throw new DifferentTypesException(value, range.getFrom());
    }
    return value;
  }

  private static Ranges of(Range<?> range) {
    boolean down = range.isReverse();
    BigDecimal first = Numbers.decimal(down ? range.getTo() : range.getFrom());
    BigDecimal last = Numbers.decimal(down ? range.getFrom() : range.getTo());
    BigDecimal step = BigDecimal.ONE;
    boolean withFirst = true;
    boolean withLast = true;
    if (range instanceof IntRange whole) {
      // Its ends are elements, also where they were written as excluded.
      withFirst = !Boolean.FALSE.equals(whole.getInclusiveLeft());
      withLast = !Boolean.FALSE.equals(whole.getInclusiveRight());
      BigDecimal one = down ? step.negate() : step;
      first = withFirst ? first : first.subtract(one);
      last = withLast ? last : last.add(one);
    } else if (range instanceof NumberRange numbers) {
      // It has no other way to tell.
      withFirst = !range.toString().contains("<..");
      withLast = !range.toString().contains("..<");
      step = Numbers.decimal(numbers.getStepSize());
    }
    return new Ranges(first, last, withFirst, withLast, down, step);
  }
}
