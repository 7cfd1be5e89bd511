package org.dynocopy.spec;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * A filter that the service evaluates: what it drops is read and paid for, but not sent.
 *
 * @param expression the filter expression
 * @param names what its {@code #names} stand for
 * @param values what its {@code :values} stand for: String, Number, Boolean, null, byte[], List,
 *     Set or Map of these
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.FilterExpression.html">Filter
 *     expressions</a>
 */
public record ServerFilter(
    String expression, Map<String, String> names, Map<String, Object> values) {

  /** Copies the maps; values may be null. */
  public ServerFilter {
    names = Map.copyOf(names);
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Returns this as a text, the same for the same filter. */
  public String text() {
    return expression + " " + KeyCondition.text(names) + " " + KeyCondition.text(values);
  }

  /** Returns whether DynamoDB has a type for a value. */
  public static boolean isValue(Object value) {
    if (value instanceof Set<?> set) {
      return set.stream().map(ServerFilter::elementType).distinct().filter(t -> t > 0).count() == 1
          && set.stream().allMatch(element -> elementType(element) > 0);
    }
    if (value instanceof Map<?, ?> map) {
      return map.values().stream().allMatch(ServerFilter::isValue);
    }
    if (value instanceof Iterable<?> list) {
      return StreamSupport.stream(list.spliterator(), false).allMatch(ServerFilter::isValue);
    }
    return value == null || value instanceof Boolean || elementType(value) > 0;
  }

  /** A set has strings, numbers or binaries: 1, 2 or 3; nothing else: 0. */
  private static int elementType(Object value) {
    if (value instanceof CharSequence) {
      return 1;
    }
    if (value instanceof Number number) {
      return Double.isFinite(number.doubleValue()) || number instanceof BigDecimal ? 2 : 0;
    }
    return value instanceof byte[] || value instanceof ByteBuffer ? 3 : 0;
  }
}
