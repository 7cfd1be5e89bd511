package org.dynocopy.store.dynamo;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class WarmUpTest {

  /** When it fails at a start, nothing is printed. */
  @Test
  void describesATableWithoutAService() {
    assertThatCode(WarmUp::run).doesNotThrowAnyException();
  }
}
