package org.dynocopy.spec.place;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableRefTest {

  private static final TableRef PATTERN =
      new TableRef(Environment.named("prod"), "acme-*-v1", "prod:*-v1");

  @Test
  void starIsWhatIsBetweenBeginningAndEnd() {
    assertThat(PATTERN.isPattern()).isTrue();
    assertThat(PATTERN.star("acme-users-v1")).contains("users");
    assertThat(PATTERN.star("acme--v1")).contains("");
    assertThat(PATTERN.star("acme-users-v2")).isEmpty();
    assertThat(PATTERN.star("other-users-v1")).isEmpty();
  }

  /** The beginning and the end may look alike, but each letter counts once. */
  @Test
  void beginningAndEndDoNotOverlap() {
    TableRef pattern = new TableRef(Environment.named("prod"), "aba*aba", "prod:aba*aba");
    assertThat(pattern.star("aba")).isEmpty();
    assertThat(pattern.star("ababa")).isEmpty();
    assertThat(pattern.star("abaaba")).contains("");
  }

  @Test
  void tableOfAPatternHasTheStarFilledIn() {
    TableRef users = PATTERN.with("users");
    assertThat(users.isPattern()).isFalse();
    assertThat(users.table()).isEqualTo("acme-users-v1");
    assertThat(users).hasToString("prod:users-v1");
  }
}
