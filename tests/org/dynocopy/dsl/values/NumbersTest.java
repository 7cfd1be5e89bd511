package org.dynocopy.dsl.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;

/** Numbers of recipes lose no digit, however many they have. */
class NumbersTest {

  private static BigDecimal number(Random random, int mostDigits) {
    int bits = 1 + random.nextInt(mostDigits * 3);
    BigInteger digits = new BigInteger(bits, random).setBit(0);
    return new BigDecimal(random.nextBoolean() ? digits : digits.negate(), random.nextInt(20) - 10);
  }

  private static BigDecimal decimal(Object value) {
    return new BigDecimal(value.toString());
  }

  private static void same(Object is, BigDecimal wanted, BigDecimal... of) {
    assertThat(decimal(is)).as("%s", (Object) of).isEqualByComparingTo(wanted);
  }

  @Test
  void whatIsCalculatedBackIsTheNumberItWas() {
    Cases.forAll(
        500,
        random -> {
          BigDecimal a = number(random, 38);
          BigDecimal b = number(random, 100);
          same(Numbers.minus(Numbers.plus(b, a), a), b, a, b);
          same(Numbers.div(Numbers.multiply(b, a), a), b, a, b);
          same(Numbers.div(b, 1), b, b);
          same(Numbers.negative(Numbers.negative(b)), b, b);
          Object whole = Numbers.intdiv(b, a);
          Object rest = Numbers.remainder(b, a);
          same(Numbers.plus(Numbers.multiply(whole, a), rest), b, a, b);
          assertThat(decimal(rest).abs()).isLessThan(a.abs());
        });
  }
}
