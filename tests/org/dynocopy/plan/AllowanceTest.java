package org.dynocopy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AllowanceTest {

  private static final Rate FAST = new Rate(500, false);
  private static final Rate SLOW = new Rate(5, false);

  private final Budget small = new Budget(1, Location.NOWHERE);
  private final Budget large = new Budget(20, Location.NOWHERE);
  private final Allowance recipe =
      Allowance.ALL
          .withRead(FAST)
          .withWrite(FAST)
          .withPrices(new Prices(1, 2))
          .withBudget(large)
          .withPatience(Patience.of("attempts=8,cap=20s"));

  @Test
  void whatIsSaidWinsButBothBudgetsHold() {
    Allowance said =
        Allowance.ALL
            .withWrite(SLOW)
            .withPrices(new Prices(3, 4))
            .withBudget(small)
            .withPatience(Patience.of("cap=2s"));
    Allowance both = said.over(recipe);
    assertThat(both.read()).contains(FAST);
    assertThat(both.write()).contains(SLOW);
    assertThat(both.prices()).contains(new Prices(3, 4));
    assertThat(both.budgets()).containsExactly(small, large);
    assertThat(both.patience())
        .isEqualTo(Patience.USUAL.withAttempts(8).withCap(Duration.ofSeconds(2)));
  }

  @Test
  void whatIsNotSaidStays() {
    assertThat(Allowance.ALL.over(recipe)).isEqualTo(recipe);
    assertThat(recipe.over(Allowance.ALL)).isEqualTo(recipe);
  }
}
