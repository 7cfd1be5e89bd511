package org.dynocopy.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

  private static Location line(int line, int column) {
    return new Location("r.groovy", line, column, 1, "x");
  }

  private static PlanBuilder builder() {
    return new PlanBuilder(Optional.empty(), line(1, 1));
  }

  private static List<Problem> problems(String retry) {
    PlanBuilder builder = builder().retry(Patience.of(retry), line(4, 1), part -> part(part));
    try {
      assertThat(builder.allowed().patience()).isEqualTo(Patience.of(retry));
      return List.of();
    } catch (InvalidPlanException e) {
      return e.problems();
    }
  }

  private static Location part(String part) {
    return line(4, 2 + List.of("attempts", "base", "cap", "giveUpAfter").indexOf(part));
  }

  @Test
  void retryHasItsLimits() {
    for (String right :
        List.of("attempts=1", "base=1ms", "cap=1ms", "giveUpAfter=1ms", "base=2s,cap=2s")) {
      assertThat(problems(right)).as(right).isEmpty();
    }
    assertThat(problems("attempts=0"))
        .containsExactly(
            new Problem(part("attempts"), "`retry attempts` must be at least 1, not 0"));
    assertThat(problems("base=2001ms,cap=2s")).extracting(Problem::at).containsExactly(part("cap"));
    for (Patience short_ :
        List.of(
            Patience.USUAL.withBase(Duration.ofNanos(999_999)),
            Patience.USUAL.withCap(Duration.ofNanos(999_999)),
            Patience.USUAL.withGiveUpAfter(Duration.ofNanos(999_999)))) {
      PlanBuilder builder = builder().retry(short_, line(4, 1), AllowanceTest::part);
      assertThatThrownBy(builder::allowed)
          .hasMessageContaining("`retry` takes times of 1 ms at least");
    }
  }

  @Test
  void everythingThatIsAllowedArrivesWithItsPlace() {
    PlanBuilder builder =
        builder()
            .readRate(5, line(2, 1))
            .writeRate("50%", line(3, 1))
            .prices(new Prices(1, 2), line(4, 1))
            .budget(3, line(5, 1))
            .retry(Patience.of("attempts=8"), line(6, 1), AllowanceTest::part)
            .failIfEmpty(line(7, 1));
    Allowance all = builder.allowed();
    assertThat(all.read()).contains(new Rate(5, false));
    assertThat(all.write()).contains(new Rate(50, true));
    assertThat(all.prices()).contains(new Prices(1, 2));
    assertThat(all.budgets()).extracting(Budget::dollars).containsExactly(3.0);
    assertThat(all.budgets()).extracting(Budget::at).containsExactly(line(5, 1));
    assertThat(all.patience()).isEqualTo(Patience.of("attempts=8"));
    assertThat(all.failIfEmpty()).isTrue();
    assertThat(builder().allowed()).isEqualTo(Allowance.ALL);
    List<String> words =
        List.of("rate read", "rate write", "prices", "budget", "retry", "failIfEmpty");
    assertThat(words)
        .extracting(builder::at)
        .containsExactly(line(2, 1), line(3, 1), line(4, 1), line(5, 1), line(6, 1), line(7, 1));
  }

  @Test
  void mistakesAreInTheOrderOfLinesAndColumns() {
    PlanBuilder builder =
        builder()
            .writeRate("none", line(3, 9))
            .readRate(0, line(3, 2))
            .budget(0, line(2, 5))
            .problem(line(3, 5), "found by the recipe");
    assertThatThrownBy(builder::allowed)
        .isInstanceOfSatisfying(
            InvalidPlanException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::at)
                    .containsExactly(line(2, 5), line(3, 2), line(3, 5), line(3, 9)));
  }
}
