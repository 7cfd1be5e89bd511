package org.dynocopy.store.dynamo.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dynocopy.store.KeyAttributeType;

/**
 * Cuts a range of sort keys into ranges that can be read at once. Keys are decoded, as {@link
 * KeyAttributeType#of} makes them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html">Limits
 *     of keys and numbers</a>
 */
public final class KeyRange {

  /** A sort key of type S or B is not longer. */
  private static final int MOST_BYTES = 1024;

  /** The least number above zero. */
  private static final BigDecimal LEAST = new BigDecimal("1E-130");

  /** The least number that is too large. */
  private static final BigDecimal TOO_LARGE = new BigDecimal("1E+126");

  /** Less than any two numbers differ by. */
  private static final BigDecimal NEARLY_NOTHING = new BigDecimal("1E-170");

  private static final MathContext UP = new MathContext(38, RoundingMode.CEILING);

  private KeyRange() {}

  /**
   * Returns the smallest key above another, where a range begins that is to leave the other out.
   *
   * @return empty for the largest number, for a string or bytes as long as a key may be, and for a
   *     string that UTF-8 cannot hold
   */
  public static Optional<Object> next(Object key) {
    if (key instanceof BigDecimal number) {
      return Optional.<Object>of(atLeast(number.add(NEARLY_NOTHING)))
          .filter(next -> KeyAttributeType.compare(next, TOO_LARGE) < 0);
    }
    if (key instanceof byte[] bytes) {
      return Optional.<Object>of(Arrays.copyOf(bytes, bytes.length + 1))
          .filter(next -> bytes.length < MOST_BYTES);
    }
    String text = (String) key;
    return Optional.<Object>of(text + '\0')
        .filter(next -> text.getBytes(UTF_8).length < MOST_BYTES)
        .filter(next -> UTF_8.newEncoder().canEncode(text));
  }

  /**
   * Finds the cuts {@code c1 < c2 < … < ck} by which readers share the keys above one and up to
   * another: the first goes on after {@code after}, up to {@code c1}; each other reads from the
   * {@link #next} of a cut up to the cut that follows, the last up to {@code high}. So each key is
   * in one range and only one, and no range is without possible keys.
   *
   * <p>The ranges are about equal parts of the numbers, or of the strings or bytes that look like
   * the keys seen. Where the keys themselves crowd, a range has more of them.
   *
   * @param after the last key that has been read; no cut is this or below
   * @param high the last key to read; no cut is this or above
   * @param parts how many ranges to make at most, up to a million
   * @param seen some keys, such as those of the last page
   * @return at most {@code parts - 1} cuts, each with a next; fewer where there is no room, and
   *     none if there is nothing between
   */
  public static List<Object> cuts(Object after, Object high, int parts, Collection<?> seen) {
    if (KeyAttributeType.compare(after, high) >= 0) {
      return List.of();
    }
    List<Object> cuts = new ArrayList<>();
    Object last = after;
    for (Object cut : between(after, high, parts, seen)) {
      // Whatever is proposed, what passes here leaves no gap.
      boolean inside =
          KeyAttributeType.compare(last, cut) < 0 && KeyAttributeType.compare(cut, high) < 0;
      if (inside && next(cut).isPresent()) {
        cuts.add(cut);
        last = cut;
      }
    }
    return cuts;
  }

  private static List<?> between(Object after, Object high, int parts, Collection<?> seen) {
    if (after instanceof BigDecimal low) {
      return numbers(low, (BigDecimal) high, parts);
    }
    KeyInterpolator keys = new KeyInterpolator(symbols(after), symbols(high));
    // A long page teaches no more than some of it.
    int every = seen.size() / 200 + 1;
    int index = 0;
    for (Object key : seen) {
      if (index++ % every == 0) {
        keys.learn(symbols(key));
      }
    }
    Stream<int[]> cuts = keys.cuts(parts).stream();
    return after instanceof String
        ? cuts.map(cut -> new String(cut, 0, cut.length)).toList()
        : cuts.map(KeyRange::bytes).toList();
  }

  private static int[] symbols(Object key) {
    if (key instanceof String text) {
      return text.codePoints().toArray();
    }
    byte[] bytes = (byte[]) key;
    int[] symbols = new int[bytes.length];
    Arrays.setAll(symbols, i -> Byte.toUnsignedInt(bytes[i]));
    return symbols;
  }

  private static byte[] bytes(int[] symbols) {
    byte[] bytes = new byte[symbols.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) symbols[i];
    }
    return bytes;
  }

  /** Returns numbers of few digits: a part is wrong by a hundredth at most. */
  private static List<BigDecimal> numbers(BigDecimal low, BigDecimal high, int parts) {
    BigDecimal part = high.subtract(low).divide(BigDecimal.valueOf(parts), MathContext.DECIMAL128);
    int scale = part.scale() - part.precision() + 3;
    List<BigDecimal> numbers = new ArrayList<>();
    for (int i = 1; i < parts; i++) {
      BigDecimal exact = low.add(part.multiply(BigDecimal.valueOf(i)));
      numbers.add(atLeast(exact.setScale(scale, RoundingMode.CEILING)).stripTrailingZeros());
    }
    return numbers;
  }

  /** Returns the smallest number that DynamoDB can hold and that is not below another. */
  private static BigDecimal atLeast(BigDecimal exact) {
    BigDecimal number = exact.round(UP);
    if (number.abs().compareTo(LEAST) >= 0) {
      return number;
    }
    return number.signum() > 0 ? LEAST : BigDecimal.ZERO;
  }
}
