package org.dynocopy.store.dynamo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.dynocopy.item.SameValue;
import org.dynocopy.store.KeyAttributeType;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTypeTest {

  private static final byte[] BYTES = {0, 1, -1};

  @Test
  void numberAndItsTextAreTheSameKeyOfTypeN() {
    for (Object value :
        List.of(42, 42L, "42", " 42 ", new BigInteger("42"), new BigDecimal("42"))) {
      assertThat(KeyAttributeType.N.of(value)).contains(new BigDecimal("42"));
    }
    assertThat(KeyAttributeType.N.of(1.5)).contains(new BigDecimal("1.5"));
    String digits = "12345678901234567890123456789012345678";
    assertThat(KeyAttributeType.N.of(digits)).contains(new BigDecimal(digits));
    assertThat(KeyAttributeType.N.of("-1.5e-100")).contains(new BigDecimal("-1.5e-100"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "one", "1 2", "0x10", "NaN", "1,5", "1_000"})
  void textThatIsNoNumberIsNoKeyOfTypeN(String text) {
    assertThat(KeyAttributeType.N.of(text)).isEmpty();
  }

  @Test
  void bytesAndNumbersThatAreNoneAreNoKeysOfTypeN() {
    assertThat(KeyAttributeType.N.of(BYTES)).isEmpty();
    assertThat(KeyAttributeType.N.of(Double.NaN)).isEmpty();
    assertThat(KeyAttributeType.N.of(Double.POSITIVE_INFINITY)).isEmpty();
  }

  @Test
  void numberAndItsTextAreTheSameKeyOfTypeS() {
    assertThat(KeyAttributeType.S.of("42")).contains("42");
    assertThat(KeyAttributeType.S.of(42)).contains("42");
    assertThat(KeyAttributeType.S.of(new StringBuilder(" x "))).contains(" x ");
    assertThat(KeyAttributeType.S.of(BYTES)).isEmpty();
  }

  @Test
  void bytesAndTheirBase64AreTheSameKeyOfTypeB() {
    assertThat(KeyAttributeType.B.of(BYTES)).get().isEqualTo(BYTES);
    assertThat(KeyAttributeType.B.of("AAH/")).get().isEqualTo(BYTES);
    assertThat(KeyAttributeType.B.of(" AAH/ ")).get().isEqualTo(BYTES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "AAH_", "A", "AA=A", "ä"})
  void textThatIsNotBase64IsNoKeyOfTypeB(String text) {
    assertThat(KeyAttributeType.B.of(text)).isEmpty();
  }

  @Test
  void numbersAreNoKeysOfTypeB() {
    assertThat(KeyAttributeType.B.of(42)).isEmpty();
  }

  @Test
  void equalNumbersAreEqualKeysHoweverTheyAreWritten() {
    Cases.forAll(
        2_000,
        random -> {
          BigInteger digits = new BigInteger(1 + random.nextInt(100), random);
          BigDecimal number = new BigDecimal(digits, random.nextInt(60) - 30);
          BigDecimal same = number.setScale(number.scale() + random.nextInt(10));
          assertThat(SameValue.canonical(same)).isEqualTo(SameValue.canonical(number));
          BigDecimal next = number.add(new BigDecimal(BigInteger.ONE, number.scale()));
          assertThat(SameValue.canonical(next)).isNotEqualTo(SameValue.canonical(number));
        });
    assertThat(SameValue.canonical(new BigDecimal("0.00")))
        .isEqualTo(SameValue.canonical(new BigDecimal("0")))
        .isEqualTo(SameValue.canonical(new BigDecimal("-0E+3")));
  }

  @Test
  void equalBytesAreEqualKeysAndTextIsItself() {
    assertThat(SameValue.canonical(BYTES)).isEqualTo(SameValue.canonical(BYTES.clone()));
    assertThat(SameValue.canonical(BYTES)).isEqualTo(ByteBuffer.wrap(BYTES));
    assertThat(SameValue.canonical("a")).isEqualTo("a");
  }

  @Test
  void stringsAreInTheOrderOfTheirUtf8() {
    int[] symbols = {0, 'A', 'a', 0x7f, 0x80, 0x7ff, 0x800, 0xe000, 0xffff, 0x10000, 0x10ffff};
    List<String> all = Arrays.stream(symbols).mapToObj(Character::toString).toList();
    Cases.forAll(
        5_000,
        random -> {
          String[] keys = {"", ""};
          for (int i = random.nextInt(6); i > 0; i--) {
            String symbol = all.get(random.nextInt(all.size()));
            keys[0] += symbol;
            keys[1] += random.nextInt(3) > 0 ? symbol : all.get(random.nextInt(all.size()));
          }
          int order = Arrays.compareUnsigned(keys[0].getBytes(UTF_8), keys[1].getBytes(UTF_8));
          assertThat(Integer.signum(KeyAttributeType.compare(keys[0], keys[1])))
              .isEqualTo(Integer.signum(order));
        });
    assertThat(KeyAttributeType.compare(Character.toString(0x10000), "\uffff")).isPositive();
    assertThat(KeyAttributeType.compare("a", "aa")).isNegative();
  }

  @Test
  void numbersAreInTheOrderOfTheirValuesAndBytesAreUnsigned() {
    assertThat(KeyAttributeType.compare(new BigDecimal("9"), new BigDecimal("10"))).isNegative();
    assertThat(KeyAttributeType.compare(new BigDecimal("-9"), new BigDecimal("-10"))).isPositive();
    assertThat(KeyAttributeType.compare(new BigDecimal("1.0"), new BigDecimal("1"))).isZero();
    assertThat(KeyAttributeType.compare(new byte[] {127}, new byte[] {-128})).isNegative();
    assertThat(KeyAttributeType.compare(new byte[] {1}, new byte[] {1, 0})).isNegative();
    assertThat(KeyAttributeType.compare(BYTES, BYTES.clone())).isZero();
  }
}
