package org.dynocopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircleTest {

  private static byte[] position(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  @ParameterizedTest
  @CsvSource({"0,1", "0,2", "1,1", "5,3", "100,1", "100,77", "1000,1000"})
  void circleIsNoticedWithinThreeTimesItsWay(int before, int length) {
    Circle circle = new Circle();
    int pages = 0;
    while (!circle.closes(position(pages < before ? pages : before + (pages - before) % length))) {
      pages++;
      assertThat(pages).isLessThanOrEqualTo(3 * (before + length));
    }
    assertThat(pages).isGreaterThanOrEqualTo(before + length);
  }

  @Test
  void positionsThatGoOnAreNone() {
    Circle circle = new Circle();
    for (int i = 0; i < 100_000; i++) {
      assertThat(circle.closes(position(i))).isFalse();
    }
  }
}
