package org.dynocopy.store.dynamo.wire;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.http.ResponseTooLargeException;

/**
 * An answer of the service, cut into slices and not decoded: only where items begin and end is
 * looked for.
 *
 * <p>It has at most 16 MB of data ({@code BatchGetItem}) or 1 MB ({@code Scan} and {@code Query}),
 * of which JSON makes six times as much where all are control characters ({@code "\u0001"}), nine
 * times of empty strings in lists, and 67 times of numbers as 1E-130, which come with all their
 * zeros: so less than 128 MB, which is what a transport reads in a large heap.
 *
 * @param items the items of a Scan or a Query, or those that BatchGetItem found
 * @param count how many items the service says it sent; -1 if it does not say
 * @param scanned how many it looked at; -1 if it does not say
 * @param lastKey the LastEvaluatedKey: where to read on
 * @param unprocessed the items or keys of a batch that were not processed
 * @param tellsUnprocessed whether it tells them at all, as the service's answers to batches do
 * @param capacity the capacity consumed
 * @param bytes how many bytes the whole answer has
 */
public record SlicedResponse(
    List<Item> items,
    long count,
    long scanned,
    Optional<Position> lastKey,
    List<Item> unprocessed,
    boolean tellsUnprocessed,
    ResponseCapacity capacity,
    int bytes) {

  /**
   * How many items an answer may have. Each has objects of its own: a page in each of eight readers
   * takes an eighth of the heap. In 800 MB of it there is room for any page.
   */
  public static final long MOST_ITEMS = mostItems(Runtime.getRuntime().maxMemory());

  static long mostItems(long heap) {
    long most = heap / 8 / 8 / 128;
    return most < 100_000 ? most : 1_000_000;
  }

  /**
   * Cuts an answer.
   *
   * @throws StoreException if it is not what the service sends
   */
  public static SlicedResponse of(byte[] bytes) throws StoreException {
    try {
      return new ResponseSlicer(bytes).answer();
    } catch (ResponseTooLargeException e) {
      throw new StoreException(Kind.REFUSED, e.getMessage(), e);
    } catch (IOException e) {
      throw new StoreException(
          Kind.UNAVAILABLE, "an answer is not DynamoDB's JSON: " + e.getMessage(), e);
    }
  }

  /**
   * Returns this answer to a batch.
   *
   * @throws StoreException if it does not tell what was unprocessed: it is not the service's, and
   *     perhaps nothing was done
   */
  public SlicedResponse toBatch() throws StoreException {
    if (!tellsUnprocessed) {
      throw new StoreException(
          Kind.UNAVAILABLE, "an answer to a batch does not tell what was unprocessed");
    }
    return this;
  }

  /** Returns this answer as one that took so many units. */
  public SlicedResponse taking(double estimate) {
    ResponseCapacity taken =
        new ResponseCapacity(capacity.told(), estimate, capacity.indexUnits(), 0);
    return new SlicedResponse(
        items, count, scanned, lastKey, unprocessed, tellsUnprocessed, taken, bytes);
  }

  /** Returns the capacity units consumed. */
  public double units() {
    return capacity.units();
  }

  /**
   * Checks a page of a Scan or a Query. The service says how many items it looked at and sent: what
   * is missing here is lost.
   *
   * @param split what messages call the part that is read
   * @param after the ExclusiveStartKey: a server that goes on after it again would never end
   * @param found how many items it has
   * @param filtered whether it may have looked at more
   * @throws StoreException if this is no page that the service sends
   */
  public void check(String split, Optional<Position> after, int found, boolean filtered)
      throws StoreException {
    if (count != found || scanned < count || !filtered && scanned > count) {
      throw new StoreException(
          Kind.REFUSED,
          split
              + ": an answer says that it looked at "
              + scanned
              + " items and sends "
              + count
              + ", but it has "
              + found);
    }
    if (scanned > 0
        && lastKey.isPresent()
        && after.isPresent()
        && Arrays.equals(lastKey.get().token(), after.get().token())) {
      throw new StoreException(
          Kind.REFUSED,
          split
              + ": an answer looked at "
              + scanned
              + " items, and goes on after the same key as before: to read on would never end");
    }
  }
}
