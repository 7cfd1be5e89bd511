package org.dynocopy.item;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How large DynamoDB takes an item to be, which is what units are counted by.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">DynamoDB
 *     item sizes and formats</a>
 */
public final class ItemSize {

  private static final int COLLECTION = 3;
  private static final int ELEMENT = 1;

  private ItemSize() {}

  /** Returns the bytes of those attributes of an item that are counted. */
  public static long of(ItemMap item, Predicate<String> counted) {
    long bytes = 0;
    for (String name : item.keySet()) {
      if (counted.test(name)) {
        bytes += text(name) + of(item.get(name));
      }
    }
    return bytes;
  }

  private static long of(Object value) {
    if (value instanceof String text) {
      return text(text);
    }
    if (value instanceof BigDecimal number) {
      return number(number);
    }
    if (value instanceof byte[] binary) {
      return binary.length;
    }
    if (value instanceof ByteBuffer binary) {
      return binary.remaining();
    }
    if (value instanceof java.util.Set<?> set) {
      return set.stream().mapToLong(ItemSize::of).sum();
    }
    if (value instanceof Collection<?> list) {
      return COLLECTION + list.stream().mapToLong(one -> ELEMENT + of(one)).sum();
    }
    if (value instanceof Map<?, ?> map) {
      long bytes = COLLECTION;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        bytes += ELEMENT + text((String) entry.getKey()) + of(entry.getValue());
      }
      return bytes;
    }
    return 1; // a boolean, or null
  }

  private static long text(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** A byte for two significant digits, and one more; a sign takes another. */
  private static long number(BigDecimal number) {
    int digits = number.stripTrailingZeros().precision();
    return (digits + 1) / 2 + 1 + (number.signum() < 0 ? 1 : 0);
  }
}
