package org.dynocopy.job.cost;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.StoreException;
import org.dynocopy.job.Prepared;
import org.dynocopy.job.PreparedCopy;
import org.dynocopy.job.PreparedReplay;
import org.dynocopy.job.PreparedRestore;
import org.dynocopy.shape.ItemMap;

/**
 * Says how many of the items that are written have expired: the service will delete them again.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html">Time
 *     to live</a>
 */
public final class Expiry {

  /** What is older than so many days expires no more. */
  private static final long OLDEST_DAYS = 5 * 365;

  private Expiry() {}

  /** Returns a sentence for a person who is asked, by a sample that is read for it. */
  public static Optional<String> of(Prepared job) throws InterruptedException {
    return of(job, copy -> copy.reading().sample().items());
  }

  /** Returns the same for a job that writes the items of a file. */
  public static Optional<String> ofFile(Prepared job) {
    return job instanceof PreparedRestore || job instanceof PreparedReplay
        ? of(job, List.of())
        : Optional.empty();
  }

  /** Returns the same by a sample that was read of a copy. */
  static Optional<String> of(Prepared job, List<Item> sampled) {
    try {
      return of(job, copy -> sampled);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nothing is waited for", e);
    }
  }

  private interface Sample {
    List<Item> of(PreparedCopy copy) throws StoreException, InterruptedException;
  }

  private static Optional<String> of(Prepared job, Sample sample) throws InterruptedException {
    try {
      Optional<String> attribute = attribute(job);
      if (attribute.isEmpty()) {
        return Optional.empty();
      }
      List<Item> items =
          job instanceof PreparedCopy copy
              ? sample.of(copy)
              : job instanceof PreparedRestore restore
                  ? restore.sample()
                  : ((PreparedReplay) job).sample();
      return of(job, attribute.get(), items);
    } catch (StoreException e) {
      return Optional.of("Whether items have expired cannot be seen: " + e.getMessage() + ".");
    }
  }

  private static Optional<String> of(Prepared job, String attribute, List<Item> sample)
      throws StoreException {
    long now = Instant.now().getEpochSecond();
    long oldest = now - ChronoUnit.DAYS.getDuration().getSeconds() * OLDEST_DAYS;
    long expired = 0;
    for (Item item : sample) {
      if (isBetween(item, attribute, oldest, now)) {
        expired++;
      }
    }
    boolean stream = job.stream().isPresent();
    return expired == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                "%,d of %,d sampled items have expired by their `%s`: the service deletes them soon"
                    + " after they are written%s.",
                expired,
                sample.size(),
                attribute,
                stream ? ", which makes records in the stream, too" : ""));
  }

  private static boolean isBetween(Item item, String name, long oldest, long now)
      throws StoreException {
    try {
      return new ItemMap(item).get(name) instanceof BigDecimal time
          && time.compareTo(BigDecimal.valueOf(now)) < 0
          && time.compareTo(BigDecimal.valueOf(oldest)) > 0;
    } catch (IOException e) {
      throw new StoreException(StoreException.Kind.REFUSED, "not an item: " + e.getMessage(), e);
    }
  }

  /** Returns the attribute by which items expire in the table that is written, or made. */
  private static Optional<String> attribute(Prepared job) throws StoreException {
    if (job instanceof PreparedCopy copy) {
      return copy.target().orElse(copy.source()).timeToLive();
    }
    if (job instanceof PreparedRestore restore) {
      return restore.timeToLive();
    }
    return job instanceof PreparedReplay replay ? replay.table().timeToLive() : Optional.empty();
  }
}
