package org.dynocopy.dsl.values;

import groovy.lang.GString;
import groovy.lang.Range;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one representation that each value has in a recipe, so that {@code equals} and {@code
 * hashCode} of the JDK compare by value, in its collections too.
 *
 * <p>A whole number is the smallest of Integer, Long and BigInteger that has it, any other number a
 * BigDecimal without zeros at its end: so indexes, sizes and what a recipe calculates are the very
 * values that items have. A string template is a String.
 */
public final class Data {

  /** Whole numbers with more digits stay BigDecimals, which a short text may make huge. */
  private static final int MOST_DIGITS = 1_000;

  /** Whole numbers of so many digits are longs: most are, and need no stripping. */
  private static final int LONG_DIGITS = 18;

  /** Structures that contain themselves end somewhere. */
  private static final int DEPTH = 64;

  private Data() {}

  /** The types of values that a table has, and all others. */
  enum Kind {
    NOTHING("null"),
    BOOLEAN("a Boolean"),
    NUMBER("a number"),
    STRING("a String"),
    BINARY("binary"),
    LIST("a List"),
    SET("a Set"),
    MAP("a Map"),
    OTHER("an object");

    final String text;

    Kind(String text) {
      this.text = text;
    }

    /** Tells whether its values may have others in them. */
    boolean hasParts() {
      return compareTo(LIST) >= 0;
    }

    static Kind of(Object value) {
      if (value instanceof CharSequence || value instanceof Character) {
        return STRING;
      }
      if (value instanceof Number) {
        return NUMBER;
      }
      if (value == null) {
        return NOTHING;
      }
      if (value instanceof Boolean) {
        return BOOLEAN;
      }
      if (value instanceof Map) {
        return MAP;
      }
      if (value instanceof Set) {
        return SET;
      }
      if (value instanceof byte[] || value instanceof ByteBuffer) {
        return BINARY;
      }
      return value instanceof Collection || value.getClass().isArray() ? LIST : OTHER;
    }
  }

  /** Returns a value in its one representation; collections of others are copied. */
  public static Object of(Object value) {
    return value instanceof String || value instanceof Integer ? value : of(value, DEPTH);
  }

  /** Returns an element of a collection that is in its representation, without a look into it. */
  public static Object element(Object value) {
    return value instanceof Map || value instanceof Collection ? value : of(value);
  }

  /** Returns the text of a string template. */
  public static Object text(Object template) {
    return template.toString();
  }

  private static Object of(Object value, int depth) {
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof GString) {
      return value.toString();
    }
    boolean plain = value == null || value instanceof CharSequence || value instanceof TableMap;
    if (plain || depth == 0) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      return map(map, depth);
    }
    if (value instanceof Optional<?> optional) {
      return optional.map(one -> of(one, depth - 1));
    }
    return value instanceof Collection<?> several && !(value instanceof Range)
        ? all(several, depth)
        : value;
  }

  private static Object all(Collection<?> values, int depth) {
    boolean same = true;
    for (Object one : values) {
      if (of(one, depth - 1) != one) {
        same = false;
        break;
      }
    }
    if (same) {
      return values;
    }
    Collection<Object> copy = values instanceof Set ? new LinkedHashSet<>() : new ArrayList<>();
    values.forEach(one -> copy.add(of(one, depth - 1)));
    return copy;
  }

  private static Object map(Map<?, ?> map, int depth) {
    boolean same = true;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (of(entry.getKey(), depth - 1) != entry.getKey()
          || of(entry.getValue(), depth - 1) != entry.getValue()) {
        same = false;
        break;
      }
    }
    if (same) {
      return map;
    }
    Map<Object, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(of(key, depth - 1), of(value, depth - 1)));
    return copy;
  }

  /** Returns a number in its one representation; NaN and infinity, which no table has, as is. */
  static Number number(Number number) {
    if (number instanceof Integer) {
      return number;
    }
    if (number instanceof Long whole) {
      // The same object where it is as it should be: a collection of such is not copied.
      return whole.intValue() == whole ? (Number) whole.intValue() : whole;
    }
    if (number instanceof BigDecimal decimal) {
      return decimal(decimal);
    }
    if (number instanceof BigInteger whole) {
      return whole(whole);
    }
    if (number instanceof Double || number instanceof Float) {
      double value = number.doubleValue();
      boolean real = !Double.isNaN(value) && !Double.isInfinite(value);
      return real ? decimal(new BigDecimal(number.toString())) : number;
    }
    return number instanceof Short || number instanceof Byte ? number.intValue() : number;
  }

  static Number whole(long number) {
    if ((int) number == number) {
      return (int) number;
    }
    return number;
  }

  static Number whole(BigInteger number) {
    return number.bitLength() < Long.SIZE ? whole(number.longValue()) : number;
  }

  static Number decimal(BigDecimal number) {
    if (number.scale() == 0 && number.precision() <= LONG_DIGITS) {
      return whole(number.longValue());
    }
    BigDecimal short_ = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    boolean whole =
        short_.scale() <= 0 && (long) short_.precision() - short_.scale() <= MOST_DIGITS;
    return whole
        ? whole(short_.toBigInteger())
        : short_.scale() == number.scale() ? number : short_;
  }

  /** Returns a list, a set or an array as a collection; of others nothing is known here. */
  static Collection<?> elements(Object value) {
    if (value instanceof Collection<?> collection) {
      return collection;
    }
    if (value instanceof Object[] array) {
      return (Collection<?>) of(Arrays.asList(array));
    }
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < Array.getLength(value); i++) {
      elements.add(of(Array.get(value, i)));
    }
    return elements;
  }

  static ByteBuffer binary(Object value) {
    return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : (ByteBuffer) value;
  }

  /** Returns a value as messages show it. */
  static String shown(Object value) {
    String text = value instanceof byte[] ? "byte[]" : String.valueOf(value);
    String short_ = text.length() <= 40 ? text : text.substring(0, 37) + "...";
    return value instanceof CharSequence ? '"' + short_ + '"' : short_;
  }
}
