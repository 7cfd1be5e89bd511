package org.dynocopy.dsl.values;

import groovy.lang.Closure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.dynocopy.dsl.values.Data.Kind;

/** Does what methods of Java and Groovy would decide otherwise than a table: they are called so. */
public final class Calls {

  /** Methods that calculate, by what does it here. */
  private static final Map<String, BinaryOperator<Object>> CALCULATIONS =
      Map.of(
          "plus", Numbers::plus,
          "minus", Numbers::minus,
          "multiply", Numbers::multiply,
          "div", Numbers::div,
          "mod", Numbers::remainder,
          "remainder", Numbers::remainder,
          "intdiv", Numbers::intdiv,
          "power", Numbers::power,
          "leftShift", Numbers::leftShift,
          "rightShift", Numbers::rightShift);

  private static final Map<String, Class<?>> CONVERSIONS =
      Map.of(
          "intValue", int.class,
          "toInteger", int.class,
          "longValue", long.class,
          "toLong", long.class,
          "shortValue", short.class,
          "toShort", short.class,
          "byteValue", byte.class);

  /** What BigDecimals can and Integers cannot: each number can. */
  private static final Set<String> OF_DECIMALS =
      Set.of(
          "add",
          "subtract",
          "divide",
          "setScale",
          "scale",
          "precision",
          "unscaledValue",
          "stripTrailingZeros",
          "toPlainString",
          "toEngineeringString",
          "signum",
          "negate",
          "pow",
          "round",
          "trunc",
          "movePointLeft",
          "movePointRight",
          "scaleByPowerOfTen",
          "ulp",
          "intValueExact",
          "longValueExact",
          "toBigIntegerExact",
          "divideToIntegralValue",
          "abs");

  private static final Set<String> LOOKUPS =
      Set.of(
          "equals",
          "compareTo",
          "contains",
          "containsAll",
          "containsKey",
          "containsValue",
          "indexOf",
          "lastIndexOf",
          "get",
          "getAt",
          "getOrDefault",
          "isCase");

  /** What puts elements of an array into a collection, or takes one out by index or by value. */
  private static final Set<String> CHANGES = Set.of("addAll", "remove");

  private static final Set<String> SUMS = Set.of("sum", "average", "next", "previous", "negative");

  private Calls() {}

  /** Tells whether calls of this name are done here. */
  public static boolean does(String method) {
    return CALCULATIONS.containsKey(method)
        || CONVERSIONS.containsKey(method)
        || OF_DECIMALS.contains(method)
        || LOOKUPS.contains(method)
        || CHANGES.contains(method)
        || SUMS.contains(method);
  }

  /** Calls a method. */
  public static Object call(Object receiver, String method, boolean safe, Object[] arguments) {
    if (receiver == null && safe) {
      return null;
    }
    Object only = arguments.length == 1 ? arguments[0] : null;
    if (CHANGES.contains(method) && receiver instanceof Collection<?> several) {
      return change(several, method, arguments);
    }
    if (arguments.length == 1 && CALCULATIONS.containsKey(method)) {
      return CALCULATIONS.get(method).apply(receiver, only);
    }
    if (receiver instanceof Number number) {
      return ofNumber(number, method, arguments);
    }
    if (arguments.length == 1) {
      if (method.equals("equals")) {
        return Comparison.equal(receiver, only);
      }
      if (receiver instanceof String text && only instanceof String part) {
        switch (method) {
          case "contains":
            return text.contains(part);
          case "compareTo":
            return Comparison.compare(text, part);
          default:
            break;
        }
      }
      if (receiver instanceof Map<?, ?> map && !method.equals("contains")) {
        return inMap(map, method, only);
      }
    }
    Kind kind = Kind.of(receiver);
    if (kind == Kind.LIST || kind == Kind.SET) {
      return method.equals("sum") || method.equals("average")
          ? sum(receiver, method, arguments)
          : arguments.length == 1
              ? inCollection(receiver, method, only)
              : groovy(receiver, method, arguments);
    }
    return groovy(receiver, method, arguments);
  }

  private static Object change(Collection<?> several, String method, Object[] arguments) {
    if (method.equals("addAll")) {
      for (int i = 0; i < arguments.length; i++) {
        boolean array = arguments[i] != null && arguments[i].getClass().isArray();
        arguments[i] = array ? Data.elements(arguments[i]) : arguments[i];
      }
    } else if (several instanceof List && arguments.length == 1 && arguments[0] instanceof Number) {
      throw new IllegalArgumentException(
          "`remove` of a List takes an index or a value: say `removeAt` or `removeElement`");
    }
    return groovy(several, method, arguments);
  }

  /** Calls a method of each, as {@code values*.method()} does. */
  public static Object callEach(Object receivers, String method, Object[] arguments) {
    if (receivers == null) {
      return null;
    }
    List<Object> all = new ArrayList<>();
    InvokerHelper.asIterator(receivers)
        .forEachRemaining(one -> all.add(call(one, method, true, arguments)));
    return all;
  }

  private static Object groovy(Object receiver, String method, Object... arguments) {
    return Data.of(InvokerHelper.invokeMethod(receiver, method, arguments));
  }

  private static Object ofNumber(Number number, String method, Object[] arguments) {
    if (arguments.length == 0) {
      switch (method) {
        case "next":
          return Numbers.plus(number, 1);
        case "previous":
          return Numbers.minus(number, 1);
        case "negative":
          return Numbers.negative(number);
        default:
          break;
      }
      if (CONVERSIONS.containsKey(method)) {
        return Numbers.exact(number, CONVERSIONS.get(method));
      }
    }
    if (arguments.length == 1) {
      switch (method) {
        case "equals", "isCase":
          return Comparison.equal(number, arguments[0]);
        case "compareTo":
          return Comparison.compare(number, arguments[0]);
        default:
          break;
      }
    }
    return groovy(
        OF_DECIMALS.contains(method) ? Numbers.decimal(number) : number, method, arguments);
  }

  /** Adds up what a closure makes of each element, or the elements themselves. */
  private static Object sum(Object receiver, String method, Object[] arguments) {
    Collection<?> values = Data.elements(receiver);
    boolean by = arguments.length == 1 && arguments[0] instanceof Closure;
    if (values.isEmpty() || arguments.length > 0 && !by) {
      return groovy(receiver, method, arguments);
    }
    Object sum = null;
    boolean first = true;
    for (Object one : values) {
      Object value = by ? ((Closure<?>) arguments[0]).call(one) : one;
      sum = first ? value : Numbers.plus(sum, value);
      first = false;
    }
    return method.equals("sum") ? sum : Numbers.div(sum, values.size());
  }

  private static Object inMap(Map<?, ?> map, String method, Object key) {
    return switch (method) {
      case "containsKey" -> Lookup.containsKey(map, key);
      case "containsValue" -> Lookup.contains(map.values(), key);
      case "get", "getAt" -> Lookup.get(map, key);
      case "isCase" -> Lookup.in(key, map);
      default -> groovy(map, method, key);
    };
  }

  private static Object inCollection(Object receiver, String method, Object value) {
    Collection<?> values = Data.elements(receiver);
    switch (method) {
      case "contains", "isCase":
        return Lookup.in(value, receiver);
      case "containsAll":
        Object all = Kind.of(value) == Kind.LIST ? Data.elements(value) : value;
        return all instanceof Collection<?> several
            ? several.stream().allMatch(one -> Lookup.in(one, receiver))
            : groovy(receiver, method, value);
      case "indexOf", "lastIndexOf":
        return values instanceof List<?> list
            ? (Object) Lookup.indexOf(list, value, method.equals("lastIndexOf"))
            : groovy(receiver, method, value);
      case "get":
        // Not getAt, which gives null beyond the end, where get fails.
        return groovy(receiver, method, value);
      case "getAt":
        return Lookup.at(receiver, value, false);
      default:
        return groovy(receiver, method, value);
    }
  }
}
