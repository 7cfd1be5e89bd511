package org.dynocopy.run.cost;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.dynocopy.core.Item;
import org.dynocopy.core.StoreException;
import org.dynocopy.item.ItemMap;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableReading;

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

  /** What tells by which attribute items expire in the table that is written, or made. */
  public interface Attribute {
    /**
     * Returns it, if they do.
     *
     * @throws StoreException if the table cannot be asked
     */
    Optional<String> get() throws StoreException;
  }

  /** What reads some of the items. */
  private interface Sample {
    List<Item> get() throws StoreException, InterruptedException;
  }

  private final Attribute attribute;
  private final boolean stream;
  private final Sample sample;
  private final boolean ofFile;

  private Expiry(Attribute attribute, Optional<String> stream, Sample sample, boolean ofFile) {
    this.attribute = attribute;
    this.stream = stream.isPresent();
    this.sample = sample;
    this.ofFile = ofFile;
  }

  /**
   * Returns that of items of a table.
   *
   * @param to the table that is written, or the one that it will be like
   * @param stream what is to be said of the stream there
   */
  public static Expiry ofTable(Table to, Optional<String> stream, TableReading reading) {
    return new Expiry(to::timeToLive, stream, () -> reading.sample().items(), false);
  }

  /**
   * Returns that of the items of a file.
   *
   * @param sample reads some of them
   */
  public static Expiry ofFile(Attribute to, Optional<String> stream, Supplier<List<Item>> sample) {
    return new Expiry(to, stream, sample::get, true);
  }

  /** Returns a sentence for a person who is asked, by a sample that is read for it. */
  public Optional<String> sentence() throws InterruptedException {
    return of(sample);
  }

  /** Returns the same by a sample that was read of the table; a file has its own. */
  public Optional<String> sentence(List<Item> sampled) {
    try {
      return of(ofFile ? sample : () -> sampled);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nothing is waited for", e);
    }
  }

  private Optional<String> of(Sample some) throws InterruptedException {
    try {
      Optional<String> name = attribute.get();
      return name.isEmpty() ? name : of(name.get(), some.get());
    } catch (StoreException e) {
      return Optional.of("Whether items have expired cannot be seen: " + e.getMessage() + ".");
    }
  }

  private Optional<String> of(String name, List<Item> items) throws StoreException {
    long now = Instant.now().getEpochSecond();
    long oldest = now - ChronoUnit.DAYS.getDuration().getSeconds() * OLDEST_DAYS;
    long expired = 0;
    for (Item item : items) {
      if (isBetween(item, name, oldest, now)) {
        expired++;
      }
    }
    return expired == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                "%,d of %,d sampled items have expired by their `%s`: the service deletes them soon"
                    + " after they are written%s.",
                expired,
                items.size(),
                name,
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
}
