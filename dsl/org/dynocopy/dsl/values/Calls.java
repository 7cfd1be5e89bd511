package org.dynocopy.dsl.values;

import java.util.ArrayList;
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
      Map.ofEntries(
          Map.entry("plus", Numbers::plus),
          Map.entry("minus", Numbers::minus),
          Map.entry("multiply", Numbers::multiply),
          Map.entry("div", Numbers::div),
          Map.entry("mod", Numbers::remainder),
          Map.entry("remainder", Numbers::remainder),
          Map.entry("intdiv", Numbers::intdiv),
          Map.entry("power", Numbers::power),
          Map.entry("and", Numbers::and),
          Map.entry("leftShift", Numbers::leftShift),
          Map.entry("rightShift", Numbers::rightShift));

  /** What compares its receiver with its argument, whatever they are. */
  private static final Set<String> COMPARISONS = Set.of("equals", "compareTo", "isCase");

  private static final Set<Class<?>> DOUBLES =
      Set.of(double.class, float.class, Double.class, Float.class);

  private Calls() {}

  /**
   * Tells whether calls of this name are done here.
   *
   * @param block whether an argument is a block, which compares or calculates by the rules itself
   */
  public static boolean does(String method, int arguments, boolean block) {
    return CALCULATIONS.containsKey(method)
        || COMPARISONS.contains(method)
        || method.equals("asType")
        || Orders.does(method, arguments)
        || StreamMethods.does(method)
        || arguments > 0 && MapMethods.does(method)
        || !block && (NumberMethods.does(method, arguments) || CollectionMethods.does(method));
  }

  /** Calls a method. */
  public static Object call(Object receiver, String method, boolean safe, Object[] arguments) {
    if (receiver == null && safe) {
      return null;
    }
    Object only = arguments.length == 1 ? arguments[0] : null;
    if (method.equals("asType") && only instanceof Class<?> type) {
      return groovy(fitting(receiver, type), method, only);
    }
    if (NumberMethods.isValue(receiver)) {
      return arguments.length == 1 && CALCULATIONS.containsKey(method) && !method.equals("mod")
          ? calculate(method, receiver, only)
          : NumberMethods.call(receiver, method, arguments);
    }
    if (arguments.length == 1) {
      if (method.equals("equals") && !(receiver instanceof Number)) {
        return Comparison.equal(receiver, only);
      }
      if (method.equals("isCase") && !(receiver instanceof Number)) {
        return Lookup.in(only, receiver);
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
      if (CALCULATIONS.containsKey(method)) {
        return calculate(method, receiver, only);
      }
    }
    Kind kind = Kind.of(receiver);
    boolean several = kind == Kind.LIST || kind == Kind.SET;
    if ((several || kind == Kind.MAP) && Orders.does(method, arguments.length)) {
      return Orders.call(receiver, method, arguments);
    }
    if (receiver instanceof Map<?, ?> map && arguments.length > 0) {
      return MapMethods.call(map, method, arguments);
    }
    if (several && (CollectionMethods.does(method) || StreamMethods.does(method))) {
      return CollectionMethods.call(receiver, method, arguments);
    }
    return StreamMethods.does(method)
        ? StreamMethods.call(receiver, method, arguments)
        : groovy(receiver, method, arguments);
  }

  /** Returns a value for {@code asType}, by the rules of a cast that names its type. */
  private static Object fitting(Object value, Class<?> type) {
    if (DOUBLES.contains(type.isArray() ? type.getComponentType() : type)) {
      throw new IllegalArgumentException(
          "a double keeps fewer digits than a table: use `BigDecimal`, or leave `asType` out");
    }
    return Numbers.exact(value, type);
  }

  /** Does what the method of an operator does. */
  public static Object calculate(String method, Object a, Object b) {
    BinaryOperator<Object> calculation = CALCULATIONS.get(method);
    return calculation == null ? groovy(a, method, b) : calculation.apply(a, b);
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

  static Object groovy(Object receiver, String method, Object... arguments) {
    return Data.of(InvokerHelper.invokeMethod(receiver, method, arguments));
  }
}
