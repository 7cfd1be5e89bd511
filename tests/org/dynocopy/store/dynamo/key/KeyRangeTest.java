package org.dynocopy.store.dynamo.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.dynocopy.store.KeyAttributeType;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Execution(ExecutionMode.CONCURRENT)
class KeyRangeTest {

  private static final BigDecimal LEAST = new BigDecimal("1E-130");
  private static final BigDecimal MOST =
      new BigDecimal("9.9999999999999999999999999999999999999E+125");

  /** Sets of symbols to make strings of: few, so that keys are often near each other. */
  private static final List<int[]> ALPHABETS =
      List.of(
          new int[] {'0', '1'},
          new int[] {0, 1, 'a'},
          "0123456789abcdef-".codePoints().toArray(),
          new int[] {0, 'z', 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff});

  // next

  @ParameterizedTest
  @CsvSource({
    "0, 1E-130",
    "-1E-130, 0",
    "1E-130, 1.0000000000000000000000000000000000001E-130",
    "-1.0000000000000000000000000000000000001E-130, -1E-130",
    "-1E-129, -9.9999999999999999999999999999999999999E-130",
    "1, 1.0000000000000000000000000000000000001",
    "1.00, 1.0000000000000000000000000000000000001",
    "-1, -0.99999999999999999999999999999999999999",
    "-1E+2, -99.999999999999999999999999999999999999",
    "99999999999999999999999999999999999999, 1E+38",
    "-1E+38, -99999999999999999999999999999999999999",
    "1E+38, 100000000000000000000000000000000000010",
    "-9.9999999999999999999999999999999999999E+125, -9.9999999999999999999999999999999999998E+125"
  })
  void nextNumber(BigDecimal number, BigDecimal next) {
    assertThat((BigDecimal) KeyRange.next(number).orElseThrow()).isEqualByComparingTo(next);
  }

  @Test
  void nothingIsAboveTheLargestNumber() {
    assertThat(KeyRange.next(MOST)).isEmpty();
    assertThat(KeyRange.next(new BigDecimal("9.9999999999999999999999999999999999998E+125")))
        .hasValueSatisfying(next -> assertThat((BigDecimal) next).isEqualByComparingTo(MOST));
  }

  @Test
  void nextOfStringOrBytesHasOneMoreIfItMay() {
    assertThat(KeyRange.next("a")).contains("a\0");
    assertThat(KeyRange.next(new byte[] {-1})).get().isEqualTo(new byte[] {-1, 0});
    assertThat(KeyRange.next("é".repeat(511) + "a")).isPresent();
    assertThat(KeyRange.next("é".repeat(512))).isEmpty();
    assertThat(KeyRange.next(new byte[1023])).isPresent();
    assertThat(KeyRange.next(new byte[1024])).isEmpty();
    assertThat(KeyRange.next("a\ud800")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(KeyAttributeType.class)
  void noKeyIsBetweenOneAndItsNext(KeyAttributeType type) {
    Cases.forAll(
        3_000,
        random -> {
          Object key = key(type, random);
          Object other = near(key, random);
          Object next = KeyRange.next(key).orElse(null);
          if (next != null) {
            assertKey(next);
            assertThat(KeyAttributeType.compare(key, next)).isNegative();
            assertThat(KeyAttributeType.compare(other, key) > 0)
                .isEqualTo(KeyAttributeType.compare(other, next) >= 0);
          }
        });
  }

  @Test
  void nextNumberIsOneMoreInThirtyEightDigits() {
    Cases.forAll(
        3_000,
        random -> {
          BigDecimal number = (BigDecimal) key(KeyAttributeType.N, random);
          if (number.signum() != 0 && number.compareTo(MOST) < 0) {
            BigDecimal full = number.setScale(number.scale() + 38 - number.precision());
            boolean shrinks = full.unscaledValue().equals(BigInteger.TEN.pow(37).negate());
            BigDecimal next =
                full.add(BigDecimal.ONE.movePointLeft(full.scale() + (shrinks ? 1 : 0)));
            if (next.abs().compareTo(LEAST) < 0) {
              next = BigDecimal.ZERO;
            }
            assertThat((BigDecimal) KeyRange.next(number).orElseThrow()).isEqualByComparingTo(next);
          }
        });
  }

  // cuts

  @ParameterizedTest
  @EnumSource(KeyAttributeType.class)
  void everyKeyIsInOneRangeOnly(KeyAttributeType type) {
    Cases.forAll(
        3_000,
        random -> {
          Object one = key(type, random);
          Object other = random.nextBoolean() ? near(one, random) : key(type, random);
          boolean ordered = KeyAttributeType.compare(one, other) <= 0;
          Object after = ordered ? one : other;
          Object high = ordered ? other : one;
          List<Object> seen = new ArrayList<>();
          for (int i = random.nextInt(10); i > 0; i--) {
            seen.add(random.nextBoolean() ? near(after, random) : key(type, random));
          }
          int parts = 1 + random.nextInt(9);
          List<Object> cuts = KeyRange.cuts(after, high, parts, seen);

          assertThat(cuts).hasSizeLessThan(parts);
          List<Object> bounds = new ArrayList<>(cuts);
          bounds.add(0, after);
          bounds.add(high);
          if (!cuts.isEmpty()) {
            for (int i = 1; i < bounds.size(); i++) {
              assertKey(bounds.get(i));
              assertThat(KeyAttributeType.compare(bounds.get(i - 1), bounds.get(i))).isNegative();
            }
          }
          for (Object bound : List.copyOf(bounds)) {
            KeyRange.next(bound).ifPresent(bounds::add);
            bounds.add(near(bound, random));
          }
          for (Object key : bounds) {
            boolean wanted =
                KeyAttributeType.compare(after, key) < 0
                    && KeyAttributeType.compare(key, high) <= 0;
            assertThat(readers(after, cuts, high, key)).isEqualTo(wanted ? 1 : 0);
          }
        });
  }

  /** Returns how many of the readers meet the key. */
  private static int readers(Object after, List<Object> cuts, Object high, Object key) {
    int readers = 0;
    for (int i = 0; i <= cuts.size(); i++) {
      boolean above =
          i == 0
              ? KeyAttributeType.compare(key, after) > 0
              : KeyAttributeType.compare(key, KeyRange.next(cuts.get(i - 1)).orElseThrow()) >= 0;
      Object to = i < cuts.size() ? cuts.get(i) : high;
      readers += above && KeyAttributeType.compare(key, to) <= 0 ? 1 : 0;
    }
    return readers;
  }

  @Test
  void hexIdsAreDividedEvenly() {
    assertEven(random -> HexFormat.of().toHexDigits(random.nextLong()));
    assertEven(random -> "user-" + HexFormat.of().toHexDigits(random.nextLong()));
    assertEven(random -> HexFormat.of().toHexDigits(random.nextInt()) + "#Some TITLE, wxyz ÄÖÜ €");
  }

  @Test
  void decimalIdsAreDividedEvenly() {
    assertEven(random -> "%010d".formatted(random.nextInt(1_000_000_000)));
    assertEven(random -> "%06d".formatted(random.nextInt(2013)));
    assertEven(random -> "order/%04d/%04d".formatted(random.nextInt(7000), random.nextInt(9999)));
  }

  @Test
  void idsOfManyLettersAreDividedEvenly() {
    String letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    assertEven(random -> text(letters.codePoints().toArray(), 20, random));
    assertEven(random -> text(ALPHABETS.get(3), 20, random));
    assertEven(random -> new UUID(random.nextLong(), random.nextLong()).toString());
  }

  @Test
  void bytesAreDividedEvenly() {
    assertEven(random -> bytes(random, 16));
    assertEven(random -> new BigInteger(40, random).setBit(64).toByteArray());
    assertEven(random -> HexFormat.of().toHexDigits(random.nextLong()).getBytes(UTF_8));
  }

  @Test
  void timesAreDividedEvenly() {
    Instant start = Instant.parse("2026-03-01T00:00:00Z");
    for (int days : new int[] {1, 7, 30, 300, 3000}) {
      assertEven(random -> start.plusSeconds(random.nextInt(days * 86_400)).toString());
      assertEven(
          random ->
              BigDecimal.valueOf(start.toEpochMilli() + random.nextInt(days * 86_400) * 1000L));
    }
  }

  @Test
  void numbersAreDividedEvenly() {
    assertEven(random -> BigDecimal.valueOf(random.nextInt()));
    assertEven(random -> BigDecimal.valueOf(random.nextDouble() - 0.5));
    assertEven(random -> BigDecimal.valueOf(random.nextInt(20_000)));
  }

  /** Holds that no part has more than two and a half times its share of the keys still to read. */
  private static void assertEven(Function<Random, Object> ids) {
    Cases.forAll(
        1,
        random -> {
          List<Object> keys = new ArrayList<>();
          for (int i = 0; i < 10_000; i++) {
            keys.add(ids.apply(random));
          }
          keys.sort(KeyAttributeType::compare);
          Object after = keys.get(499);
          Object high = keys.get(keys.size() - 1);
          List<Object> cuts = KeyRange.cuts(after, high, 8, keys.subList(0, 500));
          int[] shares = new int[cuts.size() + 1];
          for (Object key : keys.subList(500, keys.size())) {
            long below =
                cuts.stream().filter(cut -> KeyAttributeType.compare(cut, key) < 0).count();
            shares[(int) below]++;
          }
          assertThat(shares).as("between the cuts %s", cuts).hasSize(8);
          int most = Arrays.stream(shares).max().orElseThrow();
          assertThat(most).as("of %s", Arrays.toString(shares)).isLessThan(9500 / 8 * 5 / 2);
        });
  }

  @Test
  void cutsAreShort() {
    assertThat(KeyRange.cuts("0000000000", "9999999999", 2, List.of())).containsExactly("5");
    assertThat(KeyRange.cuts("id-00000000", "id-ffffffff", 4, List.of("id-9abcdef0")))
        .containsExactly("id-4", "id-8", "id-c");
    assertThat(KeyRange.cuts(new BigDecimal("0.123456789"), new BigDecimal("1000"), 2, List.of()))
        .containsExactly(new BigDecimal("501"));
    assertThat(KeyRange.cuts(BigDecimal.ZERO, BigDecimal.TEN, 4, List.of()))
        .containsExactly(new BigDecimal("2.5"), new BigDecimal("5"), new BigDecimal("7.5"));
  }

  @Test
  void cutsFollowTheKeysSeenAtTheirPlace() {
    List<String> letters = IntStream.rangeClosed('a', 'z').mapToObj(Character::toString).toList();
    assertThat(KeyRange.cuts("aa", "zz", 2, letters)).containsExactly("n");
    assertThat(KeyRange.cuts("00", "39", 3, List.of())).containsExactly("13", "26");
    // What is far behind does not matter.
    assertThat(KeyRange.cuts("0".repeat(12) + "#XYZ", "9".repeat(12) + "#XYZ", 2, List.of()))
        .containsExactly("5");
  }

  @Test
  void thereIsNoCutWhereThereIsNoKeyBetween() {
    Cases.forAll(
        1_000,
        random -> {
          for (KeyAttributeType type : KeyAttributeType.values()) {
            Object key = key(type, random);
            Object high = KeyRange.next(key).orElse(key);
            assertThat(KeyRange.cuts(key, high, 8, List.of(key, high))).isEmpty();
            assertThat(KeyRange.cuts(high, key, 8, List.of(key, high))).isEmpty();
            assertThat(KeyRange.cuts(key, key, 8, List.of(key, high))).isEmpty();
            assertThat(KeyRange.cuts(key, key(type, random), 1, List.of())).isEmpty();
          }
        });
  }

  @Test
  void numberBetweenTwoThatAreNextButOneIsTheCut() {
    Cases.forAll(
        1_000,
        random -> {
          BigDecimal after = (BigDecimal) key(KeyAttributeType.N, random);
          // Next to zero, the cut would be nearer to it than a number can be.
          if (after.abs().compareTo(LEAST.multiply(BigDecimal.TEN)) > 0
              && after.compareTo(MOST) < 0) {
            BigDecimal between = (BigDecimal) KeyRange.next(after).orElseThrow();
            BigDecimal high = (BigDecimal) KeyRange.next(between).orElse(between);
            assertThat(KeyRange.cuts(after, high, 99, List.of()))
                .hasSize(between.equals(high) ? 0 : 1);
          }
        });
  }

  @Test
  void cutWithoutNextIsLeftOut() {
    String prefix = "a".repeat(1022);
    assertThat(KeyRange.cuts(prefix + "00", prefix + "99", 10, List.of())).hasSize(9);
    assertThat(KeyRange.cuts(prefix + "00", prefix + "99", 40, List.of()))
        .hasSize(9)
        .allSatisfy(cut -> assertThat((String) cut).hasSize(1023));
  }

  @Test
  void noCutIsHalfOfaPair() {
    Cases.forAll(
        5_000,
        random -> {
          int[] odd = {'a', 'b', '?', 0xd83d, 0xde00, 0xdbff, 0xe000, 0xffff, 0x1f600};
          String one = text(odd, random.nextInt(5), random);
          String other = text(odd, random.nextInt(5), random);
          boolean ordered = KeyAttributeType.compare(one, other) <= 0;
          Object after = ordered ? one : other;
          Object high = ordered ? other : one;
          Object last = after;
          for (Object cut : KeyRange.cuts(after, high, 5, List.of(text(odd, 9, random)))) {
            assertKey(cut);
            assertThat(KeyAttributeType.compare(last, cut)).isNegative();
            assertThat(KeyAttributeType.compare(cut, high)).isNegative();
            last = cut;
          }
        });
  }

  // Keys of any kind, and keys that are all but the same as others.

  private static Object key(KeyAttributeType type, Random random) {
    return switch (type) {
      case S -> string(random);
      case N -> number(random);
      case B -> binary(random);
    };
  }

  private static String string(Random random) {
    String prefix = random.nextInt(4) == 0 ? "x".repeat(1010) : "";
    int[] alphabet = ALPHABETS.get(random.nextInt(ALPHABETS.size()));
    return fit(prefix + text(alphabet, 1 + random.nextInt(8), random));
  }

  private static String text(int[] alphabet, int length, Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
    }
    return text.toString();
  }

  /** Cuts a string to what is allowed. */
  private static String fit(String text) {
    String fit = text;
    while (fit.getBytes(UTF_8).length > 1024) {
      fit = fit.substring(0, fit.offsetByCodePoints(fit.length(), -1));
    }
    return fit;
  }

  private static byte[] binary(Random random) {
    byte[] key =
        bytes(random, random.nextInt(4) == 0 ? 1020 + random.nextInt(5) : 1 + random.nextInt(6));
    byte[] usual = {0, 1, 127, -128, -1};
    for (int i = 0; i < key.length; i++) {
      // The long ones have a long prefix in common.
      key[i] = i < key.length - 6 ? 7 : random.nextInt(3) == 0 ? key[i] : usual[random.nextInt(5)];
    }
    return key;
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static BigDecimal number(Random random) {
    BigDecimal number =
        switch (random.nextInt(6)) {
          case 0 -> BigDecimal.valueOf(random.nextInt(21) - 10);
          case 1 -> BigDecimal.ONE.scaleByPowerOfTen(random.nextInt(256) - 130);
          case 2 -> random.nextBoolean() ? LEAST : MOST;
          case 3 -> fit(new BigDecimal(new BigInteger(126, random), random.nextInt(300) - 130));
          case 4 ->
              BigDecimal.TEN.pow(38).subtract(BigDecimal.ONE).movePointLeft(random.nextInt(99));
          default -> BigDecimal.valueOf(random.nextInt(), random.nextInt(6));
        };
    return random.nextBoolean() ? number : number.negate();
  }

  /** Rounds a number to what is allowed. */
  private static BigDecimal fit(BigDecimal exact) {
    BigDecimal number = exact.round(new MathContext(38, RoundingMode.HALF_EVEN));
    if (number.abs().compareTo(MOST) > 0) {
      return MOST;
    }
    return number.abs().compareTo(LEAST) < 0 ? BigDecimal.ZERO : number;
  }

  private static Object near(Object key, Random random) {
    if (key instanceof BigDecimal number) {
      int least = number.scale() - number.precision();
      BigDecimal digit = BigDecimal.valueOf(random.nextInt(19) - 9, least + random.nextInt(42));
      return fit(number.add(digit));
    }
    if (key instanceof String text) {
      int[] alphabet = ALPHABETS.get(random.nextInt(ALPHABETS.size()));
      int length = Math.max(0, text.codePointCount(0, text.length()) - random.nextInt(3));
      String prefix = text.substring(0, text.offsetByCodePoints(0, length));
      String near = fit(prefix + text(alphabet, random.nextInt(4), random));
      return near.isEmpty() ? "\0" : near;
    }
    byte[] bytes = (byte[]) key;
    int length = Math.max(1, Math.min(1024, bytes.length + random.nextInt(7) - 3));
    byte[] near = Arrays.copyOf(bytes, length);
    near[length - 1] += (byte) (random.nextInt(3) - 1);
    return near;
  }

  /** Holds that DynamoDB takes it for a key. */
  private static void assertKey(Object key) {
    if (key instanceof BigDecimal number) {
      assertThat(number.stripTrailingZeros().precision()).isLessThanOrEqualTo(38);
      assertThat(number.signum() == 0 || number.abs().compareTo(LEAST) >= 0).isTrue();
      assertThat(number.abs()).isLessThanOrEqualTo(MOST);
    } else if (key instanceof String text) {
      assertThat(new String(text.getBytes(UTF_8), UTF_8)).isEqualTo(text).isNotEmpty();
      assertThat(text.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(1024);
    } else {
      assertThat((byte[]) key).hasSizeBetween(1, 1024);
    }
  }
}
