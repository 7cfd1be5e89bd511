package org.dynocopy.dsl.values;

import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Calls methods of numbers: since a value has the class that it fits into, whatever it was made as,
 * each number has those of a BigDecimal, and each whole one those of a BigInteger.
 */
final class NumberMethods {

  /** Java's own numbers that cannot be changed; a counter, as an AtomicLong, is what it is. */
  private static final Set<Class<?>> VALUES =
      Set.of(
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class);

  private static final Map<String, Class<?>> CONVERSIONS =
      Map.of(
          "intValue", int.class,
          "toInteger", int.class,
          "longValue", long.class,
          "toLong", long.class,
          "shortValue", short.class,
          "toShort", short.class,
          "byteValue", byte.class);

  private static final Set<String> STEPS = Set.of("next", "previous", "negative");

  /** What all numbers have, and what is done elsewhere or refused. */
  private static final Set<String> COMMON =
      Set.of("toString", "hashCode", "equals", "compareTo", "doubleValue", "floatValue");

  private static final Set<String> OF_DECIMALS = names(BigDecimal.class);
  private static final Set<String> OF_WHOLE = names(BigInteger.class);

  private NumberMethods() {}

  private static Set<String> names(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getDeclaringClass() == type)
        .map(Method::getName)
        .filter(name -> !COMMON.contains(name))
        .collect(Collectors.toUnmodifiableSet());
  }

  static boolean does(String method, int count) {
    return CONVERSIONS.containsKey(method)
        || STEPS.contains(method)
        || OF_DECIMALS.contains(method)
        || OF_WHOLE.contains(method)
        || method.equals("toString") && count == 1;
  }

  /** Tells whether it is a value, whose class does not matter. */
  static boolean isValue(Object value) {
    return value instanceof Number && VALUES.contains(value.getClass());
  }

  static Object call(Object number, String method, Object[] arguments) {
    if (arguments.length == 0) {
      if (method.equals("next") || method.equals("previous")) {
        return Numbers.step(number, method);
      }
      if (method.equals("negative")) {
        return Numbers.negative(number);
      }
      if (CONVERSIONS.containsKey(method)) {
        return Numbers.cut(number, CONVERSIONS.get(method));
      }
    }
    if (arguments.length == 1) {
      Object only = arguments[0];
      switch (method) {
        case "equals", "isCase":
          return Comparison.equal(number, only);
        case "compareTo":
          return Comparison.compare(number, only);
        case "max", "min":
          return Numbers.math(method, number, only);
        case "toString":
          return whole(number, method).toString((Integer) only);
        case "mod":
          if (Numbers.decimal(number).signum() < 0) {
            throw new ArithmeticException(
                "`mod` of "
                    + number
                    + " is below zero for some numbers of Java, and not for all:"
                    + " use `%`, or add the divisor first");
          }
          return Numbers.remainder(number, only);
        case "divide":
          wholeDivision(number, only);
          break;
        default:
          break;
      }
    }
    boolean decimal =
        OF_DECIMALS.contains(method) && !(method.equals("sqrt") && arguments.length == 0);
    return OF_WHOLE.contains(method) && !decimal
        ? Calls.groovy(whole(number, method), method, arguments)
        : Calls.groovy(decimal ? Numbers.decimal(number) : number, method, arguments);
  }

  private static BigInteger whole(Object number, String method) {
    if (!Numbers.isWhole(number)) {
      throw new ArithmeticException("`" + method + "` needs a whole number, not " + number);
    }
    return Numbers.whole(number);
  }

  /** A BigInteger cuts off what a BigDecimal keeps. */
  private static void wholeDivision(Object a, Object b) {
    boolean both = Numbers.isWhole(a) && Numbers.isWhole(b);
    if (both && Numbers.decimal(Numbers.remainder(a, b)).signum() != 0) {
      throw new ArithmeticException(
          "`divide` of " + a + " by " + b + " has a remainder: use `/` or `intdiv`");
    }
  }
}
