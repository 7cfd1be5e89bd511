package org.dynocopy.capacity;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.core.RateAllocator.Demand;
import org.dynocopy.core.StoreException;
import org.dynocopy.spec.limits.JobLimits;
import org.dynocopy.spec.limits.Rate;

/**
 * Counts what requests to one table consume, and holds them to the rates that are in force: each
 * request reserves what it will probably consume before it is sent, of the table and of each index
 * that it concerns. Shared by all readers and writers of the table in this process.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html">Capacity
 *     unit consumption</a>
 */
public final class Meter {

  /** How long to sleep at most before a rate that may have changed is asked again. */
  private static final long MOST_NANOS = Duration.ofMillis(100).toNanos();

  private static final long LEAST_NANOS = Duration.ofMillis(1).toNanos();

  private final Meters meters;
  private final String name;
  private final Pricing tariff;
  private final KnownThroughput limits;
  private final CapacityTrackers reads;
  private final CapacityTrackers writes;

  Meter(
      Meters meters,
      String identity,
      String name,
      Pricing tariff,
      Optional<Throughput> table,
      Map<String, Optional<Throughput>> globalIndexes) {
    this.meters = meters;
    this.name = name;
    this.tariff = tariff;
    limits = new KnownThroughput(table, globalIndexes);
    reads = CapacityTrackers.of(limits.parts(), part -> leased(identity, part, true));
    writes = CapacityTrackers.of(limits.parts(), part -> leased(identity, part, false));
  }

  private Optional<Demand> leased(String table, String part, boolean reading) {
    Demand all = new Demand(table, part, reading, Double.POSITIVE_INFINITY);
    return meters.allocator().map(any -> all);
  }

  /** Returns the table's name. */
  public String name() {
    return name;
  }

  /** Returns what its requests cost. */
  public Pricing tariff() {
    return tariff;
  }

  /**
   * Returns whether to ask what each index consumes: it has some and a rate is kept, or it has
   * vector indexes, which no total has.
   */
  public boolean tellsIndexes() {
    return writes.size() > 1 && writes.limited() || !tariff.vectorIndexes().isEmpty();
  }

  /** Returns what the table and its indexes can do in a second. */
  public KnownThroughput limits() {
    return limits;
  }

  /** Returns what its requests cost if a job says so, and else. */
  public Pricing tariff(JobLimits allowance) {
    return allowance.prices().map(tariff::with).orElse(tariff);
  }

  /** Sets what is in force; what a rate means nothing for is left unlimited. */
  synchronized void rates(Optional<Rate> read, Optional<Rate> write) {
    long now = meters.now();
    reads.rates(part -> rate(read, part, true), now);
    writes.rates(part -> rate(write, part, false), now);
  }

  private double rate(Optional<Rate> rate, String part, boolean reading) {
    return rate.flatMap(r -> limits.units(r, part, reading)).orElse(Double.POSITIVE_INFINITY);
  }

  /**
   * Returns what a request may weigh, so that it does not consume more at once than a bucket holds;
   * infinite without a rate.
   *
   * @param index the global index that is read; empty for the table itself
   */
  public double mostRead(String index) {
    return reads.limited() ? most(readsOf(index)) : Double.POSITIVE_INFINITY;
  }

  /** Returns the same for writes. */
  public double mostWrite() {
    return writes.limited() ? most(writes) : Double.POSITIVE_INFINITY;
  }

  private double most(CapacityTrackers flows) {
    renew(flows);
    synchronized (this) {
      return flows.most();
    }
  }

  private void renew(CapacityTrackers flows) {
    meters.allocator().ifPresent(allocator -> flows.renew(allocator, this, meters::now));
  }

  /** Returns what the busiest of the table and its indexes has consumed. */
  synchronized double busiest(boolean reading) {
    return (reading ? reads : writes).busiest();
  }

  /**
   * Prepares to read.
   *
   * @param index the global index; empty for the table itself, or a local index
   * @param weight what the request should consume, as far as the sender can tell
   */
  public Claim read(String index, double weight) {
    return new Claim(readsOf(index), weight, true);
  }

  private CapacityTrackers readsOf(String index) {
    return reads.only(reads.has(index) ? index : KnownThroughput.TABLE);
  }

  /** Prepares to write to the table, and so to its indexes. */
  public Claim write(double weight) {
    return new Claim(writes, weight, false);
  }

  /** Counts for the budgets of the job that runs what its earlier runs consumed of the table. */
  public void consumedBefore(double readUnits, double writeUnits) {
    meters.tally().consumedBefore(this, new CostTracker.Units(readUnits, writeUnits, 0));
  }

  /** What is sent. */
  @FunctionalInterface
  public interface Sending<T> {
    /** Sends it. */
    T send() throws StoreException;
  }

  /** What is read of an answer. */
  @FunctionalInterface
  public interface Consumption<T> {
    /** Returns what it says was consumed. */
    ConsumedUnits of(T answer);
  }

  /** A request's claim to capacity. Used by one thread at a time. */
  public final class Claim {
    private final CapacityTrackers flows;
    private final double weight;
    private final boolean reading;
    private final Map<CapacityTracker, Double> reserved = new LinkedHashMap<>();
    private double likely;

    private Claim(CapacityTrackers flows, double weight, boolean reading) {
      this.flows = flows;
      this.weight = weight;
      this.reading = reading;
      this.likely = weight;
    }

    /**
     * Says what the request should consume, where its weight is only the most that it can be: so
     * much counts if it has no answer.
     */
    public Claim likely(double weight) {
      likely = weight;
      return this;
    }

    /**
     * Returns zero if the request may be sent now, with its capacity reserved; else how long to
     * wait before asking again.
     */
    public Duration delay() {
      if (meters.paused()) {
        return Duration.ofNanos(MOST_NANOS);
      }
      renew(flows);
      synchronized (Meter.this) {
        long now = meters.now();
        double seconds = flows.wait(weight, now);
        if (seconds > 0) {
          double nanos = Math.min(MOST_NANOS, Math.max(LEAST_NANOS, seconds * 1e9));
          return Duration.ofNanos((long) nanos);
        }
        giveBack();
        flows.forEach((part, flow) -> reserve(flow, flow.expect(weight)));
        return Duration.ZERO;
      }
    }

    private void reserve(CapacityTracker flow, double units) {
      flow.reserve(units);
      reserved.put(flow, units);
    }

    /** Gives up what was reserved: the request is not sent. */
    public void giveUp() {
      synchronized (Meter.this) {
        giveBack();
      }
    }

    /** Gives back what was reserved for a request that consumed nothing, or was not sent. */
    private void giveBack() {
      reserved.forEach(CapacityTracker::giveBack);
      reserved.clear();
    }

    /**
     * Sends the request, and settles what it has consumed; what failed gives back what it reserved.
     *
     * @throws StoreException what it throws, or that the job's budget is used up
     */
    public <T> T send(Sending<T> request, Consumption<T> consumption) throws StoreException {
      CostTracker tally = meters.tally();
      double dollars = 0;
      CostTracker.Units used = CostTracker.Units.NONE;
      boolean settled = false;
      boolean unanswered = false;
      try {
        dollars = tally.send(Meter.this, expected(weight));
        T answer = request.send();
        ConsumedUnits consumed = consumption.of(answer);
        settle(consumed);
        settled = true;
        used = units(consumed.total(), consumed.vectorBytes());
        return answer;
      } catch (StoreException e) {
        unanswered = e.mayBeDone();
        throw e;
      } finally {
        if (unanswered) {
          tally.unanswered(Meter.this, expected(likely), dollars);
        } else {
          tally.answered(Meter.this, used, dollars);
        }
        if (!settled) {
          synchronized (Meter.this) {
            giveBack();
          }
        }
      }
    }

    private CostTracker.Units expected(double of) {
      synchronized (Meter.this) {
        return units(flows.expect(of), 0);
      }
    }

    private CostTracker.Units units(double units, double vectorBytes) {
      return reading
          ? new CostTracker.Units(units, 0, 0)
          : new CostTracker.Units(0, units, vectorBytes);
    }

    private void settle(ConsumedUnits consumed) {
      synchronized (Meter.this) {
        flows.forEach(
            (part, flow) -> {
              double units = consumed(consumed, part);
              if (!reserved.containsKey(flow)) {
                // Sent without having asked: it counts all the same.
                reserve(flow, 0);
              }
              flow.settle(reserved.get(flow), consumed.weight(), units);
            });
        reserved.clear();
      }
    }

    private double consumed(ConsumedUnits consumed, String part) {
      if (flows.size() == 1 || flows.limited() && !consumed.apart()) {
        return consumed.total();
      }
      return part.equals(KnownThroughput.TABLE)
          ? consumed.table()
          : consumed.indexes().getOrDefault(part, 0.0);
    }
  }
}
