package org.dynocopy.dsl.values;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.runtime.InvokerHelper;

/**
 * Arithmetic without a limit: nothing overflows and no digit is lost, but where a quotient has no
 * end: it has 38 digits, as many as a table keeps. What are no numbers add up as Groovy does it.
 */
public final class Numbers {

  private static final int DIGITS = 38;

  /** Beyond these, a sum of two short numbers could fill the memory. */
  private static final int LARGEST_SCALE = 10_000;

  private static final int LARGEST_POWER = 10_000;
  private static final Set<Class<?>> WHOLE =
      Set.of(Integer.class, Long.class, Short.class, Byte.class, BigInteger.class);

  private Numbers() {}

  public static Object plus(Object a, Object b) {
    if (a instanceof Integer x && b instanceof Integer y) {
      return Data.whole((long) x + y);
    }
    return numbers(a, b) ? Data.decimal(decimal(a).add(decimal(b))) : groovy(a, "plus", b);
  }

  public static Object minus(Object a, Object b) {
    if (a instanceof Integer x && b instanceof Integer y) {
      return Data.whole((long) x - y);
    }
    if (a instanceof Collection<?> several) {
      return CollectionMethods.minus(several, b);
    }
    if (a instanceof Map && b instanceof Map) {
      TypeClash.check(a, b);
    }
    return numbers(a, b) ? Data.decimal(decimal(a).subtract(decimal(b))) : groovy(a, "minus", b);
  }

  public static Object multiply(Object a, Object b) {
    if (a instanceof Integer x && b instanceof Integer y) {
      return Data.whole((long) x * y);
    }
    return numbers(a, b) ? Data.decimal(decimal(a).multiply(decimal(b))) : groovy(a, "multiply", b);
  }

  /** Divides exactly where the quotient ends, else to 38 digits. */
  public static Object div(Object a, Object b) {
    if (!numbers(a, b)) {
      return groovy(a, "div", b);
    }
    BigDecimal from = decimal(a);
    int digits = Math.max(DIGITS, from.precision());
    return Data.decimal(from.divide(divisor(b), new MathContext(digits, RoundingMode.HALF_UP)));
  }

  public static Object remainder(Object a, Object b) {
    return numbers(a, b)
        ? Data.decimal(decimal(a).remainder(divisor(b)))
        : groovy(a, "remainder", b);
  }

  public static Object intdiv(Object a, Object b) {
    return numbers(a, b)
        ? Data.decimal(decimal(a).divideToIntegralValue(divisor(b)))
        : groovy(a, "intdiv", b);
  }

  public static Object power(Object a, Object b) {
    if (!numbers(a, b)) {
      return groovy(a, "power", b);
    }
    if (!(Data.number((Number) b) instanceof Integer power) || Math.abs(power) > LARGEST_POWER) {
      throw new ArithmeticException("a power is a whole number up to 10000, not " + b);
    }
    BigDecimal result = decimal(a).pow(Math.abs(power));
    return power < 0 ? div(1, result) : Data.decimal(result);
  }

  public static Object negative(Object a) {
    return isJava(a) ? Data.decimal(decimal(a).negate()) : InvokerHelper.unaryMinus(a);
  }

  /** Does the {@code next} or {@code previous} of a value, which {@code ++} and {@code --} are. */
  public static Object step(Object value, String step) {
    if (isJava(value)) {
      return step.equals("next") ? plus(value, 1) : minus(value, 1);
    }
    return Data.of(InvokerHelper.invokeMethod(value, step, new Object[0]));
  }

  /** Does {@code a & b}, which of collections is what both have. */
  public static Object and(Object a, Object b) {
    if (a instanceof Integer x && b instanceof Integer y) {
      return x & y;
    }
    return a instanceof Collection && b instanceof Collection
        ? CollectionMethods.call(a, "intersect", new Object[] {b})
        : groovy(a, "and", b);
  }

  public static Object leftShift(Object a, Object b) {
    if (a instanceof Collection<?> several) {
      return CollectionMethods.append(several, b);
    }
    return isWhole(a) && b instanceof Integer by
        ? Data.whole(whole(a).shiftLeft(by))
        : groovy(a, "leftShift", b);
  }

  public static Object rightShift(Object a, Object b) {
    return isWhole(a) && b instanceof Integer by
        ? Data.whole(whole(a).shiftRight(by))
        : groovy(a, "rightShift", b);
  }

  /** Returns the value for a variable or a cast of a whole type, which must have it. */
  public static Object exact(Object value, Class<?> type) {
    boolean fraction =
        value instanceof Number
            && bits(type) > 0
            && !isWhole(value)
            && decimal(value).stripTrailingZeros().scale() > 0;
    if (fraction) {
      String method = bits(type) == Long.SIZE ? "longValue" : "intValue";
      throw new ArithmeticException(
          value
              + " is not whole, as "
              + type.getSimpleName()
              + " is: use `."
              + method
              + "()`, which cuts off, or `.round()`");
    }
    return cut(value, type);
  }

  /** Returns the value for a method of a whole type, which cuts off what is behind the point. */
  static Object cut(Object value, Class<?> type) {
    if (!(value instanceof Number)) {
      return value;
    }
    BigInteger whole = decimal(value).toBigInteger();
    int bits = bits(type);
    if (bits > 0 && whole.bitLength() >= bits) {
      throw new ArithmeticException(value + " is too large for " + type.getSimpleName());
    }
    return bits > 0 ? Data.whole(whole) : value;
  }

  private static int bits(Class<?> type) {
    if (type == int.class || type == Integer.class) {
      return Integer.SIZE;
    }
    if (type == long.class || type == Long.class) {
      return Long.SIZE;
    }
    if (type == short.class || type == Short.class) {
      return Short.SIZE;
    }
    return type == byte.class || type == Byte.class ? Byte.SIZE : 0;
  }

  /** Does what {@code Math} has for doubles with all digits. */
  public static Object math(String function, Object a) {
    if (!(a instanceof Number)) {
      return groovyMath(function, a);
    }
    BigDecimal value = decimal(a);
    return Data.decimal(
        switch (function) {
          case "abs" -> value.abs();
          case "signum" -> BigDecimal.valueOf(value.signum());
          case "floor" -> value.setScale(0, RoundingMode.FLOOR);
          case "ceil" -> value.setScale(0, RoundingMode.CEILING);
          case "rint" -> value.setScale(0, RoundingMode.HALF_EVEN);
          // Math.round rounds -0.5 up, to 0.
          case "round" -> value.add(new BigDecimal("0.5")).setScale(0, RoundingMode.FLOOR);
          default -> throw new IllegalStateException(function);
        });
  }

  /** Does what {@code Math} has for two doubles with all digits. */
  public static Object math(String function, Object a, Object b) {
    if (!numbers(a, b)) {
      return groovyMath(function, a, b);
    }
    boolean first = decimal(a).compareTo(decimal(b)) >= 0;
    return switch (function) {
      case "max" -> first ? a : b;
      case "min" -> first ? b : a;
      case "pow" -> power(a, b);
      default -> throw new IllegalStateException(function);
    };
  }

  private static Object groovyMath(String function, Object... arguments) {
    return InvokerHelper.invokeMethod(Math.class, function, arguments);
  }

  /** A recipe's own numbers have operators of their own. */
  static boolean numbers(Object a, Object b) {
    return isJava(a) && b instanceof Number;
  }

  private static boolean isJava(Object value) {
    return value instanceof Number && value.getClass().getName().startsWith("java.");
  }

  static boolean isWhole(Object value) {
    return value != null && WHOLE.contains(value.getClass());
  }

  static BigInteger whole(Object value) {
    return value instanceof BigInteger big ? big : BigInteger.valueOf(((Number) value).longValue());
  }

  private static BigDecimal divisor(Object value) {
    BigDecimal divisor = decimal(value);
    if (divisor.signum() == 0) {
      throw new ArithmeticException("division by zero");
    }
    return divisor;
  }

  static BigDecimal decimal(Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return BigDecimal.valueOf(((Number) value).longValue());
    }
    if (value instanceof BigInteger whole) {
      return new BigDecimal(whole);
    }
    BigDecimal decimal = value instanceof BigDecimal one ? one : parsed(value);
    if (Math.abs((long) decimal.scale()) > LARGEST_SCALE) {
      throw new ArithmeticException(value + " is no number that a table can have");
    }
    return decimal;
  }

  private static BigDecimal parsed(Object value) {
    try {
      return new BigDecimal(value.toString());
    } catch (NumberFormatException e) {
      throw new ArithmeticException(value + " is no number that a table can have");
    }
  }

  private static Object groovy(Object a, String operator, Object b) {
    return Data.of(InvokerHelper.invokeMethod(a, operator, new Object[] {b}));
  }
}
