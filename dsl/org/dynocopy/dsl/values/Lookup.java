package org.dynocopy.dsl.values;

import groovy.lang.Range;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.codehaus.groovy.runtime.DefaultGroovyMethods;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.codehaus.groovy.runtime.ScriptBytecodeAdapter;
import org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation;
import org.dynocopy.dsl.values.Data.Kind;

/**
 * Looks values up in collections: {@code in}, {@code case}, {@code contains}, {@code map[key]}.
 * What a collection does not have, and could not have because all in it is of other types, fails.
 */
public final class Lookup {

  /** Numbers of more digits are not made whole, which a short text may make huge. */
  private static final int MOST_DIGITS = 1_000;

  private static final int LONG_DIGITS = 18;

  private Lookup() {}

  /** Does {@code value in values}. */
  public static boolean in(Object value, Object values) {
    if (values == null) {
      return value == null;
    }
    if (values instanceof Range<?> range && range.getFrom() instanceof Number) {
      return inRange(value, range);
    }
    return switch (Kind.of(values)) {
      case LIST, SET -> contains(Data.elements(values), value);
      case MAP -> DefaultTypeTransformation.castToBoolean(get((Map<?, ?>) values, value));
      case OTHER -> (Boolean) InvokerHelper.invokeMethod(values, "isCase", new Object[] {value});
      default -> Comparison.equal(value, values);
    };
  }

  public static boolean notIn(Object value, Object values) {
    return !in(value, values);
  }

  private static boolean inRange(Object value, Range<?> range) {
    if (value == null) {
      return false;
    }
    if (!(value instanceof Number)) {
      throw new DifferentTypesException(value, range.getFrom());
    }
    if (Comparison.numbers(value, range.getFrom()) < 0
        || Comparison.numbers(value, range.getTo()) > 0) {
      return false;
    }
    boolean member = range.contains(value);
    boolean whole = Numbers.decimal(value).stripTrailingZeros().scale() <= 0;
    if (!member && !whole) {
      throw new IllegalArgumentException(
          value + " lies within " + range + " but is no element of it: compare by `>=` and `<=`");
    }
    return member;
  }

  /** Returns what a {@code case} stands for, to be asked by Groovy's {@code switch}. */
  public static Object asCase(Object values) {
    return values == null || Kind.of(values) == Kind.OTHER ? values : new Case(values);
  }

  /** A {@code case} of a {@code switch}; others may have the value's type, so it never fails. */
  public record Case(Object values) {
    /** Groovy asks this. */
    public boolean isCase(Object value) {
      if (values instanceof Range<?> range && range.getFrom() instanceof Number) {
        return value instanceof Number && inRange(value, range);
      }
      return switch (Kind.of(values)) {
        case LIST, SET -> has(Data.elements(values), value);
        case MAP ->
            DefaultTypeTransformation.castToBoolean(((Map<?, ?>) values).get(key(values, value)));
        default -> Comparison.same(value, values);
      };
    }
  }

  /** Tells whether a collection has a value. */
  static boolean contains(Collection<?> values, Object value) {
    boolean has = has(values, value);
    if (!has) {
      checkKinds(values, value);
    }
    return has;
  }

  /** Tells whether a collection has a value; one of a type that is not in it is not there. */
  static boolean has(Collection<?> values, Object value) {
    return key(values, value) != null || value == null && values.contains(null);
  }

  /**
   * Returns the element, or the key of a map, that is the same as a value, or null. It need not
   * have its one representation: Java's own methods have put it there.
   */
  private static Object key(Object values, Object value) {
    Collection<?> all = values instanceof Map<?, ?> map ? map.keySet() : (Collection<?>) values;
    Kind kind = Kind.of(value);
    if (kind == Kind.NOTHING || all.isEmpty()) {
      return null;
    }
    Object one = kind == Kind.STRING ? value.toString() : value;
    try {
      if (kind != Kind.BINARY && all.contains(one)) {
        return one;
      }
      // Those of buffers are looked through: their hash codes are not of their text.
      boolean text = kind == Kind.STRING && !(all.iterator().next() instanceof Appendable);
      if (all instanceof Set && (kind == Kind.NUMBER || text)) {
        return others(one).filter(all::contains).findFirst().orElse(null);
      }
    } catch (ClassCastException | NullPointerException e) {
      // A sorted set cannot look for what it cannot compare.
    }
    return all.stream()
        .filter(each -> each != null && Comparison.same(each, value))
        .findFirst()
        .orElse(null);
  }

  /** What Java may have for a value; a set is asked for each of these, since it may be large. */
  private static Stream<?> others(Object value) {
    if (value instanceof String text) {
      return text.length() == 1 ? Stream.of(text.charAt(0)) : Stream.of();
    }
    BigDecimal decimal = Numbers.decimal(value);
    List<Object> all = new ArrayList<>();
    if (decimal.signum() == 0 || decimal.stripTrailingZeros().scale() <= 0) {
      if (decimal.precision() - decimal.scale() <= LONG_DIGITS) {
        long whole = decimal.longValue();
        all.addAll(List.of(whole, (int) whole, (short) whole, (byte) whole));
        all.removeIf(one -> ((Number) one).longValue() != whole);
      }
      if (decimal.precision() - decimal.scale() <= MOST_DIGITS) {
        all.add(decimal.toBigInteger());
      }
    }
    for (int more = 0; more <= 2; more++) {
      all.add(decimal.setScale(Math.max(decimal.scale(), 0) + more));
    }
    all.add(decimal.doubleValue());
    return all.stream();
  }

  private static void checkKinds(Collection<?> values, Object value) {
    if (value == null) {
      return;
    }
    Kind kind = Kind.of(value);
    Object other = null;
    for (Object one : values) {
      if (one != null && Kind.of(one) == kind) {
        return;
      }
      other = one == null ? other : one;
    }
    if (other != null) {
      throw new DifferentTypesException(value, other);
    }
  }

  static boolean containsKey(Map<?, ?> map, Object key) {
    return map.containsKey(key) || contains(map.keySet(), key);
  }

  static Object get(Map<?, ?> map, Object key) {
    Object value = map.get(key);
    if (value == null && !map.containsKey(key) && contains(map.keySet(), key)) {
      value = map.get(key(map, key));
    }
    return Data.element(value);
  }

  static int indexOf(List<?> values, Object value, boolean last) {
    int at = -1;
    int i = 0;
    for (Object one : values) {
      if (Comparison.same(one, value)) {
        at = i;
        if (!last) {
          break;
        }
      }
      i++;
    }
    if (at < 0) {
      checkKinds(values, value);
    }
    return at;
  }

  /** Does {@code values[at]}, and {@code values?[at]}. */
  public static Object at(Object values, Object at, boolean safe) {
    if (values == null && safe) {
      return null;
    }
    if (values instanceof Map<?, ?> map) {
      return get(map, at);
    }
    if (values instanceof List<?> list && at instanceof Integer index) {
      return Data.element(DefaultGroovyMethods.getAt(list, index.intValue()));
    }
    return Data.of(InvokerHelper.invokeMethod(values, "getAt", new Object[] {at}));
  }

  /** Does {@code from..to}, without its ends where they are excluded. */
  public static Object range(Object from, Object to, boolean left, boolean right) throws Throwable {
    return ScriptBytecodeAdapter.createRange(from, to, left, right);
  }
}
