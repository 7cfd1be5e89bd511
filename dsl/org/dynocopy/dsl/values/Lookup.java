package org.dynocopy.dsl.values;

import groovy.lang.Range;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
      case OTHER -> (Boolean) InvokerHelper.invokeMethod(values, "isCase", value);
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
        case MAP -> DefaultTypeTransformation.castToBoolean(((Map<?, ?>) values).get(value));
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
    Kind kind = Kind.of(value);
    if (kind != Kind.NOTHING && kind != Kind.BINARY) {
      try {
        if (values.contains(value)) {
          return true;
        }
      } catch (ClassCastException e) {
        // A sorted set cannot look for what it cannot compare.
        return values.stream().anyMatch(one -> Comparison.same(one, value));
      }
      boolean nested = kind == Kind.LIST || kind == Kind.MAP || kind == Kind.SET;
      return nested && values.stream().anyMatch(one -> Comparison.same(one, value));
    }
    return values.stream().anyMatch(one -> Comparison.same(one, value));
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
    boolean has = map.containsKey(key);
    if (!has) {
      checkKinds(map.keySet(), key);
    }
    return has;
  }

  static Object get(Map<?, ?> map, Object key) {
    Object value = map.get(key);
    if (value == null && !map.containsKey(key)) {
      checkKinds(map.keySet(), key);
    }
    return value;
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
    return Data.of(InvokerHelper.invokeMethod(values, "getAt", at));
  }

  /** Does {@code from..to}, without its ends where they are excluded. */
  public static Object range(Object from, Object to, boolean left, boolean right) throws Throwable {
    return ScriptBytecodeAdapter.createRange(from, to, left, right);
  }
}
