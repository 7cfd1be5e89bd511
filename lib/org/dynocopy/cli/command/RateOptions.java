package org.dynocopy.cli.command;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.build.JobLimitsBuilder;
import org.dynocopy.spec.limits.JobLimits;
import org.dynocopy.spec.limits.Prices;
import org.dynocopy.spec.limits.RetryPolicy;
import picocli.CommandLine.Option;

/** How fast tables may be used, for how many dollars, and how long requests are tried again. */
public final class RateOptions {

  private static final Pattern PRICES =
      Pattern.compile("read=(\\d{1,9}(?:\\.\\d+)?),write=(\\d{1,9}(?:\\.\\d+)?)");

  @Option(
      names = "--rate-read",
      paramLabel = "N|N%",
      description =
          "Read each table and index no faster than N units a second, or than a "
              + "percentage of its provisioned or warm throughput.")
  private Optional<String> read = Optional.empty();

  @Option(
      names = "--rate-write",
      paramLabel = "N|N%",
      description = "Write each table and index no faster, likewise.")
  private Optional<String> write = Optional.empty();

  @Option(
      names = "--prices",
      paramLabel = "read=N,write=N",
      description = "Dollars for a million units; by default the region's on-demand prices.")
  private Optional<String> prices = Optional.empty();

  @Option(
      names = "--budget",
      paramLabel = "DOLLARS",
      description = "Spend no more: refuse what will cost more, and stop before it does.")
  private Optional<Double> budget = Optional.empty();

  @Option(
      names = "--retry",
      paramLabel = "PART=VALUE,...",
      description =
          "How long requests are tried again: attempts=N in a row, throttling apart; base=50ms and"
              + " cap=20s, the most that the first wait and any wait take; giveUpAfter=15m without"
              + " any progress. These times are the defaults.")
  private Optional<String> retry = Optional.empty();

  @Option(
      names = "--fail-if-empty",
      description = "End with exit code 1 where nothing was selected.")
  private boolean failIfEmpty;

  /** Says it to a job. */
  void say(JobLimitsBuilder<?> job) {
    read.ifPresent(rate -> job.readRate(rate, Location.option("--rate-read")));
    write.ifPresent(rate -> job.writeRate(rate, Location.option("--rate-write")));
    prices.ifPresent(text -> prices(job, text));
    budget.ifPresent(dollars -> job.budget(dollars, Location.option("--budget")));
    retry.ifPresent(text -> retry(job, text));
    if (failIfEmpty) {
      job.failIfEmpty(Location.option("--fail-if-empty"));
    }
  }

  /**
   * Says it to jobs that a recipe has made: it wins over what they say, but for their budgets,
   * which hold, too. The budget said here is one for all of them.
   */
  public List<Job> over(List<Job> jobs) {
    JobBuilder said = new JobBuilder("run", Location.NOWHERE);
    say(said);
    JobLimits allowed = said.allowed();
    return jobs.stream().map(job -> job.with(allowed)).toList();
  }

  /** Returns how patient jobs are to be, as far as that is said. */
  public RetryPolicy patience() {
    JobBuilder said = new JobBuilder("run", Location.NOWHERE);
    retry.ifPresent(text -> retry(said, text));
    return said.allowed().patience();
  }

  private static void retry(JobLimitsBuilder<?> job, String text) {
    Location at = Location.option("--retry");
    try {
      job.retry(RetryPolicy.of(text), at, part -> at);
    } catch (IllegalArgumentException e) {
      job.problem(at, e.getMessage());
    }
  }

  private static void prices(JobLimitsBuilder<?> job, String text) {
    Location at = Location.option("--prices");
    Matcher parts = PRICES.matcher(text);
    if (parts.matches()) {
      job.prices(
          new Prices(Double.parseDouble(parts.group(1)), Double.parseDouble(parts.group(2))), at);
    } else {
      job.problem(
          at,
          "takes dollars for a million units, as in `--prices read=0.125,write=0.625`, not `"
              + text
              + "`");
    }
  }
}
