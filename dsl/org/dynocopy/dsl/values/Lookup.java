package org.dynocopy.dsl.values;

import groovy.lang.ListWithDefault;
import groovy.lang.Range;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
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
      return Ranges.has(range, value);
    }
    return switch (Kind.of(values)) {
      case LIST, SET -> contains(Data.elements(values), value);
      case MAP -> DefaultTypeTransformation.castToBoolean(get((Map<?, ?>) values, value));
      case OTHER ->
          isGroovys(values)
              ? (Boolean) InvokerHelper.invokeMethod(values, "isCase", new Object[] {value})
              : Comparison.equal(value, values);
      default -> Comparison.equal(value, values);
    };
  }

  public static boolean notIn(Object value, Object values) {
    return !in(value, values);
  }

  /** Returns what a {@code case} stands for, to be asked by Groovy's {@code switch}. */
  public static Object asCase(Object values) {
    return isGroovys(values) ? values : new Case(values, null);
  }

  /** Returns the same for the last case, which fails where no case could have been the value's. */
  public static Object lastCase(Object values, Object others) {
    boolean known = Arrays.stream((Object[]) others).noneMatch(Lookup::isGroovys);
    return isGroovys(values) ? values : new Case(values, known ? (Object[]) others : null);
  }

  /** A class, a pattern or a block decides itself; what has an order is compared, as an enum. */
  static boolean isGroovys(Object value) {
    return Kind.of(value) == Kind.OTHER && !(value instanceof Comparable);
  }

  /**
   * A {@code case} of a {@code switch}.
   *
   * @param others the cases before the last one; null of any other, which never fails
   */
  public record Case(Object values, Object[] others) {
    /** Groovy asks this. */
    public boolean isCase(Object value) {
      boolean is = has(value);
      if (!is && others != null) {
        List<Object> all = new ArrayList<>();
        Stream.concat(Stream.of(values), Arrays.stream(others)).forEach(one -> add(one, all));
        TypeClash.check(all, value);
      }
      return is;
    }

    private static void add(Object of, List<Object> all) {
      switch (Kind.of(of)) {
        case LIST, SET ->
            all.addAll(of instanceof Range<?> range ? List.of(range.getFrom()) : Data.elements(of));
        case MAP -> all.addAll(((Map<?, ?>) of).keySet());
        default -> all.add(of);
      }
    }

    private boolean has(Object value) {
      if (values instanceof Range<?> range && range.getFrom() instanceof Number) {
        return value instanceof Number && Ranges.has(range, value);
      }
      return switch (Kind.of(values)) {
        case LIST, SET -> Lookup.has(Data.elements(values), value);
        case MAP ->
            DefaultTypeTransformation.castToBoolean(((Map<?, ?>) values).get(key(values, value)));
        default -> Comparison.same(value, values);
      };
    }
  }

  /** Does {@code values.grep(wanted)}. */
  static Collection<?> grep(Collection<?> values, Object wanted) {
    Case one = new Case(wanted, null);
    Collection<Object> found = values instanceof Set ? new LinkedHashSet<>() : new ArrayList<>();
    values.stream().map(Data::of).filter(one::isCase).forEach(found::add);
    if (found.isEmpty()) {
      List<Object> all = new ArrayList<>();
      Case.add(wanted, all);
      TypeClash.checkAll(values, all);
    }
    return found;
  }

  /** Tells whether a collection has a value. */
  static boolean contains(Collection<?> values, Object value) {
    boolean has = has(values, value);
    if (!has) {
      TypeClash.check(values, value);
    }
    return has;
  }

  /** Tells whether a collection has a value; one of a type that is not in it is not there. */
  static boolean has(Collection<?> values, Object value) {
    return value == null ? hasNull(values) : key(values, value) != null;
  }

  /** Those of {@code List.of} and sorted ones do not even look for null. */
  private static boolean hasNull(Collection<?> values) {
    try {
      return values.contains(null);
    } catch (NullPointerException e) {
      return false;
    }
  }

  /**
   * Returns the element, or the key of a map, that is the same as a value, or null. It need not
   * have its one representation: Java's own methods have put it there.
   */
  static Object key(Object values, Object value) {
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
        return others(one)
            .filter(each -> all.contains(each) && Comparison.same(each, one))
            .findFirst()
            .orElse(null);
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
    Number usual = Data.number((Number) value);
    BigDecimal decimal = Numbers.decimal(usual);
    List<Object> all = new ArrayList<>(List.of(usual));
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
    // These may have fewer digits, and are others then.
    all.addAll(List.of(decimal.doubleValue(), decimal.floatValue()));
    return all.stream();
  }

  static boolean containsKey(Map<?, ?> map, Object key) {
    return map instanceof TableMap && key instanceof String
        ? map.containsKey(key)
        : contains(map.keySet(), key);
  }

  static Object get(Map<?, ?> map, Object key) {
    if (map instanceof TableMap && key instanceof String) {
      return map.get(key);
    }
    Object value = null;
    try {
      value = map.get(key);
    } catch (ClassCastException | NullPointerException e) {
      // As with keys of a collection.
    }
    if (value == null && contains(map.keySet(), key)) {
      value = map.get(key == null ? null : key(map, key));
    }
    return Data.element(value);
  }

  static int indexOf(List<?> values, Object value, boolean last) {
    if (values instanceof Range<?> range && range.getFrom() instanceof Number) {
      return Ranges.indexOf(range, value);
    }
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
      TypeClash.check(values, value);
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
    boolean plain = values instanceof List && !(values instanceof ListWithDefault);
    if (plain && at instanceof Integer index) {
      List<?> list = (List<?>) values;
      return Data.element(DefaultGroovyMethods.getAt(list, index.intValue()));
    }
    return Data.of(InvokerHelper.invokeMethod(values, "getAt", new Object[] {at}));
  }

  /** Does {@code values[at] = value}, and {@code values?[at] = value}. */
  @SuppressWarnings("unchecked")
  public static Object put(Object values, Object at, Object value, boolean safe) {
    if (values instanceof Map<?, ?> map) {
      ((Map<Object, Object>) map).put(MapMethods.key(map, at), value);
    } else if (values != null || !safe) {
      Object fitting =
          values != null && values.getClass().isArray()
              ? Numbers.exact(value, values.getClass().getComponentType())
              : value;
      InvokerHelper.invokeMethod(values, "putAt", new Object[] {at, fitting});
    }
    return value;
  }

  /** Does {@code from..to}, without its ends where they are excluded. */
  public static Object range(Object from, Object to, boolean left, boolean right) throws Throwable {
    return ScriptBytecodeAdapter.createRange(from, to, left, right);
  }
}
