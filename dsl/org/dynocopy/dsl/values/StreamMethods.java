package org.dynocopy.dsl.values;

import groovy.lang.Closure;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.codehaus.groovy.runtime.DefaultGroovyMethods;

/** Calls methods of streams and iterators that add up, or make ints and longs of numbers. */
final class StreamMethods {

  private static final Set<String> METHODS =
      Set.of("sum", "average", "mapToInt", "mapToLong", "sorted");

  private StreamMethods() {}

  static boolean does(String method) {
    return METHODS.contains(method);
  }

  static Object call(Object receiver, String method, Object[] arguments) {
    boolean by = arguments.length == 1 && arguments[0] instanceof Closure;
    if (receiver instanceof Stream<?> values && by) {
      Closure<?> value = (Closure<?>) arguments[0];
      switch (method) {
        case "mapToInt":
          return values.mapToInt(one -> (Integer) exact(value.call(one), int.class));
        case "mapToLong":
          return values.mapToLong(one -> ((Number) exact(value.call(one), long.class)).longValue());
        default:
          break;
      }
    }
    if (receiver instanceof Stream<?> values && method.equals("sorted") && arguments.length == 0) {
      return values.sorted((a, b) -> (Integer) Comparison.compare(a, b));
    }
    if (method.equals("sum") || method.equals("average")) {
      List<?> values = values(receiver);
      if (values != null) {
        return CollectionMethods.sum(values, method, arguments);
      }
    }
    return Calls.groovy(receiver, method, arguments);
  }

  private static Object exact(Object value, Class<?> type) {
    if (!(value instanceof Number)) {
      throw new IllegalArgumentException(Data.shown(value) + " is not a number");
    }
    return Numbers.exact(value, type);
  }

  private static List<?> values(Object receiver) {
    if (receiver instanceof IntStream ints) {
      return ints.boxed().toList();
    }
    if (receiver instanceof LongStream longs) {
      return longs.boxed().toList();
    }
    if (receiver instanceof Iterator<?> values) {
      return DefaultGroovyMethods.toList(values);
    }
    return receiver instanceof Iterable<?> values ? DefaultGroovyMethods.toList(values) : null;
  }
}
