package org.dynocopy.item;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which decoded values are the same, as to the service: {@code 1} is {@code 1.0}, sets and maps
 * have no order, and values of two types are never the same. Keys are the same item by this, and
 * {@link NormalForm} is this as bytes.
 */
public final class SameValue {

  private SameValue() {}

  /** Returns what is equal for the same values, and for no others. */
  public static Object canonical(Object value) {
    if (value instanceof String) {
      return value;
    }
    if (value instanceof BigDecimal number) {
      return number.stripTrailingZeros();
    }
    if (value instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes);
    }
    if (value instanceof Set<?> set) {
      return all(set).collect(Collectors.toSet());
    }
    if (value instanceof List<?> list) {
      return all(list).collect(Collectors.toList());
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> all = new HashMap<>();
      map.forEach((name, one) -> all.put(name, canonical(one)));
      return all;
    }
    return value;
  }

  private static Stream<Object> all(Collection<?> values) {
    return values.stream().map(SameValue::canonical);
  }
}
