package org.dynocopy.spec.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.Problem;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.junit.jupiter.api.Test;

class JobLimitsTest {

  private static final Rate FAST = new Rate(500, false);
  private static final Rate SLOW = new Rate(5, false);

  private final Budget small = new Budget(1, Location.NOWHERE);
  private final Budget large = new Budget(20, Location.NOWHERE);
  private final JobLimits recipe =
      JobLimits.ALL
          .withRead(FAST)
          .withWrite(FAST)
          .withPrices(new Prices(1, 2))
          .withBudget(large)
          .withPatience(RetryPolicy.of("attempts=8,cap=20s"));

  @Test
  void whatIsSaidWinsButBothBudgetsHold() {
    JobLimits said =
        JobLimits.ALL
            .withWrite(SLOW)
            .withPrices(new Prices(3, 4))
            .withBudget(small)
            .withPatience(RetryPolicy.of("cap=2s"));
    JobLimits both = said.over(recipe);
    assertThat(both.read()).contains(FAST);
    assertThat(both.write()).contains(SLOW);
    assertThat(both.prices()).contains(new Prices(3, 4));
    assertThat(both.budgets()).containsExactly(small, large);
    assertThat(both.patience())
        .isEqualTo(RetryPolicy.USUAL.withAttempts(8).withCap(Duration.ofSeconds(2)));
  }

  @Test
  void whatIsNotSaidStays() {
    assertThat(JobLimits.ALL.over(recipe)).isEqualTo(recipe);
    assertThat(recipe.over(JobLimits.ALL)).isEqualTo(recipe);
  }

  private static Location line(int line, int column) {
    return new Location("r.groovy", line, column, 1, "x");
  }

  private static CopySpecBuilder builder() {
    return new CopySpecBuilder(Optional.empty(), line(1, 1));
  }

  private static List<Problem> problems(String retry) {
    CopySpecBuilder builder =
        builder().retry(RetryPolicy.of(retry), line(4, 1), part -> part(part));
    try {
      assertThat(builder.allowed().patience()).isEqualTo(RetryPolicy.of(retry));
      return List.of();
    } catch (InvalidJobException e) {
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
    for (RetryPolicy short_ :
        List.of(
            RetryPolicy.USUAL.withBase(Duration.ofNanos(999_999)),
            RetryPolicy.USUAL.withCap(Duration.ofNanos(999_999)),
            RetryPolicy.USUAL.withGiveUpAfter(Duration.ofNanos(999_999)))) {
      CopySpecBuilder builder = builder().retry(short_, line(4, 1), JobLimitsTest::part);
      assertThatThrownBy(builder::allowed)
          .hasMessageContaining("`retry` takes times of 1 ms at least");
    }
  }

  @Test
  void everythingThatIsAllowedArrivesWithItsPlace() {
    CopySpecBuilder builder =
        builder()
            .readRate(5, line(2, 1))
            .writeRate("50%", line(3, 1))
            .prices(new Prices(1, 2), line(4, 1))
            .budget(3, line(5, 1))
            .retry(RetryPolicy.of("attempts=8"), line(6, 1), JobLimitsTest::part)
            .failIfEmpty(line(7, 1));
    JobLimits all = builder.allowed();
    assertThat(all.read()).contains(new Rate(5, false));
    assertThat(all.write()).contains(new Rate(50, true));
    assertThat(all.prices()).contains(new Prices(1, 2));
    assertThat(all.budgets()).extracting(Budget::dollars).containsExactly(3.0);
    assertThat(all.budgets()).extracting(Budget::at).containsExactly(line(5, 1));
    assertThat(all.patience()).isEqualTo(RetryPolicy.of("attempts=8"));
    assertThat(all.failIfEmpty()).isTrue();
    assertThat(builder().allowed()).isEqualTo(JobLimits.ALL);
    List<String> words =
        List.of("rate read", "rate write", "prices", "budget", "retry", "failIfEmpty");
    assertThat(words)
        .extracting(builder::at)
        .containsExactly(line(2, 1), line(3, 1), line(4, 1), line(5, 1), line(6, 1), line(7, 1));
  }

  @Test
  void mistakesAreInTheOrderOfLinesAndColumns() {
    CopySpecBuilder builder =
        builder()
            .writeRate("none", line(3, 9))
            .readRate(0, line(3, 2))
            .budget(0, line(2, 5))
            .problem(line(3, 5), "found by the recipe");
    assertThatThrownBy(builder::allowed)
        .isInstanceOfSatisfying(
            InvalidJobException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::at)
                    .containsExactly(line(2, 5), line(3, 2), line(3, 5), line(3, 9)));
  }
}
