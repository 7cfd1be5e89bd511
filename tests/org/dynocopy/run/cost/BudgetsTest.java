package org.dynocopy.run.cost;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.dynocopy.capacity.Billing;
import org.dynocopy.capacity.Meter;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.Deletion;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.limits.JobLimits;
import org.dynocopy.spec.limits.Prices;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.store.Stores;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.wiring.DefaultStores;
import org.dynocopy.testing.FilledRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which jobs a budget refuses before anything is done. */
class BudgetsTest {

  private static final Location HERE = Location.NOWHERE;

  private final Stores stores = new DefaultStores();
  private final TableInfo info =
      FilledRecord.with(FilledRecord.of(TableInfo.class), "billing", Billing.ON_DEMAND);
  private final Meter meter = stores.tables().meter(FilledRecord.of(TableRef.class), info);

  @AfterEach
  void close() {
    stores.close();
  }

  /** A million units cost 1 dollar. */
  private static JobLimits budget(double dollars) {
    return new JobBuilder("run", HERE)
        .prices(new Prices(1, 1), HERE)
        .budget(dollars, HERE)
        .allowed();
  }

  /** What takes so many read and write units in any case, and ten times as many perhaps. */
  private Estimate estimate(double read, double write) {
    ExpectedUsage least = new ExpectedUsage(meter, Map.of("", read), Map.of("", write));
    ExpectedUsage all = new ExpectedUsage(meter, Map.of("", 10 * read), Map.of("", 10 * write));
    return new Estimate(100, 1, true, 1, 1, List.of(all), List.of(least), 0, 0, List.of());
  }

  private double dollars(double read, double write) {
    return estimate(read, write).leastDollars(budget(1)).orElseThrow();
  }

  @Test
  void jobsOfOneBudgetCostTogetherWhatItAllows() {
    double each = dollars(2e6, 3e6);
    JobLimits may = budget(2.5 * each);
    Budgets budgets = new Budgets();
    for (int jobs = 1; jobs <= 2; jobs++) {
      budgets.add(may, estimate(2e6, 3e6));
      assertThatCode(budgets::check).doesNotThrowAnyException();
    }
    budgets.add(may, estimate(2e6, 3e6));
    assertThatThrownBy(budgets::check)
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("all 3 jobs together would cost about")
        .hasMessageContaining("300 items, 60,000,000.0 RCU, 90,000,000.0 WCU");
  }

  @Test
  void budgetsOfTheRunAndOfTheJobBothHold() {
    double cost = dollars(1e6, 1e6);
    for (double other : new double[] {0.5, 2}) {
      Deletion job =
          FilledRecord.with(
              FilledRecord.of(Deletion.class), "allowance", budget((2.5 - other) * cost));
      JobLimits may = job.with(budget(other * cost)).allowance();
      Budgets budgets = new Budgets();
      budgets.add(may, estimate(1e6, 1e6));
      assertThatThrownBy(budgets::check).hasMessageContaining("it would cost about");
    }
  }

  @Test
  void jobsOfOtherBudgetsDoNotCount() {
    double each = dollars(1e6, 0);
    Budgets budgets = new Budgets();
    for (int jobs = 0; jobs < 3; jobs++) {
      budgets.add(budget(1.5 * each), estimate(1e6, 0));
    }
    assertThatCode(budgets::check).doesNotThrowAnyException();
  }
}
