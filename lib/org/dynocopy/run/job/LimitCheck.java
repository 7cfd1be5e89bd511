package org.dynocopy.run.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.capacity.Meter;
import org.dynocopy.capacity.Pricing;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.Problem;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.limits.Budget;
import org.dynocopy.spec.limits.JobLimits;
import org.dynocopy.spec.limits.Rate;
import org.dynocopy.store.Table;

/** Checks what a job may take of its tables against what is known of them. */
public final class LimitCheck {

  private final Job job;
  private final List<Problem> problems = new ArrayList<>();

  private LimitCheck(Job job) {
    this.job = job;
  }

  /**
   * Checks a job that reads tables and writes one, perhaps one of them.
   *
   * @throws InvalidJobException if a rate is a percentage of an unknown capacity, or there is a
   *     budget and no price
   */
  public static void check(Job job, List<Table> read, Optional<Table> written) {
    check(job, read, written, written.map(Table::meter));
  }

  /**
   * Checks the same of a job that perhaps makes the table.
   *
   * @param meter what counts what is written, also to a table that is still to be made
   */
  public static void check(
      Job job, List<Table> read, Optional<Table> written, Optional<Meter> meter) {
    LimitCheck permission = new LimitCheck(job);
    JobLimits allowance = job.allowance();
    read.forEach(
        table -> {
          permission.rate(table.meter(), allowance.read(), JobLimits.READ);
          permission.budget(table.meter(), false);
        });
    meter.ifPresent(to -> permission.budget(to, true));
    written.ifPresent(table -> permission.rate(table.meter(), allowance.write(), JobLimits.WRITE));
    if (written.isEmpty()) {
      // Only copies and restores, which can make their table, get here with a rate of writes.
      permission.unmade(allowance.write(), JobLimits.WRITE);
      if (job instanceof Copy copy && copy.verify().isPresent()) {
        permission.unmade(allowance.read(), JobLimits.READ);
      }
    }
    if (!permission.problems.isEmpty()) {
      throw new InvalidJobException(permission.problems);
    }
  }

  private void unmade(Optional<Rate> rate, String word) {
    if (rate.filter(Rate::percent).isPresent()) {
      String message =
          "`"
              + word
              + "` is "
              + rate.get()
              + ", but the table is still to be made: give capacity units a second, as 500";
      problems.add(new Problem(at(word), message));
    }
  }

  private void rate(Meter meter, Optional<Rate> rate, String word) {
    Optional<String> unknown = rate.flatMap(meter.limits()::unknown);
    if (unknown.isPresent()) {
      String of = unknown.get().isEmpty() ? "" : " index `" + unknown.get() + "` of";
      String message =
          "`"
              + word
              + "` is "
              + rate.get()
              + ", but it is not known what"
              + of
              + " `"
              + meter.name()
              + "` can do: it is on-demand without a warm throughput. Give capacity units a second,"
              + " as 500";
      problems.add(new Problem(at(word), message));
    }
  }

  private void budget(Meter meter, boolean writing) {
    Pricing tariff = meter.tariff(job.allowance());
    if (tariff.dollars(1, writing ? 1 : 0).isEmpty()) {
      String none = tariff.noBudget(meter.name());
      for (Budget budget : job.allowance().budgets()) {
        Problem problem = new Problem(budget.at(), none);
        if (!problems.contains(problem)) {
          problems.add(problem);
        }
      }
    }
  }

  private Location at(String word) {
    return job.words().at(word);
  }
}
