package org.dynocopy.store.dynamo.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.Page.Position;
import org.dynocopy.engine.StoreException;
import org.dynocopy.engine.StoreException.Kind;
import org.dynocopy.plan.DecimalText;
import org.dynocopy.shape.ReplicationAttributes;

/**
 * An answer of the service, cut into slices and not decoded: only where items begin and end is
 * looked for.
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
public record Answer(
    List<Item> items,
    long count,
    long scanned,
    Optional<Position> lastKey,
    List<Item> unprocessed,
    boolean tellsUnprocessed,
    Capacity capacity,
    int bytes) {

  /** How many items an answer may have. In 800 MB of heap there is room for any page. */
  public static final long MOST_ITEMS = AnswerMemory.MOST_ITEMS;

  /**
   * Cuts an answer.
   *
   * @throws StoreException if it is not what the service sends
   */
  public static Answer of(byte[] bytes) throws StoreException {
    try {
      return new Cutter(bytes).answer();
    } catch (OversizeException e) {
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
  public Answer toBatch() throws StoreException {
    if (!tellsUnprocessed) {
      throw new StoreException(
          Kind.UNAVAILABLE, "an answer to a batch does not tell what was unprocessed");
    }
    return this;
  }

  /** Returns this answer as one that took so many units. */
  public Answer taking(double estimate) {
    Capacity taken = new Capacity(capacity.told(), estimate, capacity.indexUnits(), 0);
    return new Answer(items, count, scanned, lastKey, unprocessed, tellsUnprocessed, taken, bytes);
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

  /** Walks through an answer once. */
  private static final class Cutter {
    private final byte[] bytes;
    private final JsonScan json;
    private final List<Item> items = new ArrayList<>();
    private final List<Item> unprocessed = new ArrayList<>();
    private long slices;
    private boolean tellsUnprocessed;
    private long count = -1;
    private long scanned = -1;
    private Optional<Position> lastKey = Optional.empty();
    private boolean tellsUnits;
    private double units;
    private double vectorBytes;
    private final Map<String, Double> indexUnits = new HashMap<>();

    Cutter(byte[] bytes) {
      this.bytes = bytes;
      this.json = new JsonScan(bytes);
    }

    Answer answer() throws IOException {
      eachField(
          name -> {
            switch (name) {
              case "Items" -> slices(items);
              case "Responses" -> eachField(table -> slices(items));
              case "Count" -> count = whole();
              case "ScannedCount" -> scanned = whole();
              case "LastEvaluatedKey" -> lastKey = lastKey();
              case "ConsumedCapacity" -> consumed();
              case "UnprocessedItems" -> unprocessed(table -> unprocessedPuts());
              case "UnprocessedKeys" -> unprocessed(table -> unprocessedKeys());
              default -> json.skip();
            }
          });
      json.end();
      if (json.replication) {
        ReplicationAttributes.expect();
      }
      Capacity capacity = new Capacity(tellsUnits, units, indexUnits, vectorBytes);
      return new Answer(
          items, count, scanned, lastKey, unprocessed, tellsUnprocessed, capacity, bytes.length);
    }

    /** Passes over the value of a field. */
    private interface Field {
      void named(String name) throws IOException;
    }

    /** Passes over an element of an array. */
    private interface Element {
      void run() throws IOException;
    }

    private void eachField(Field field) throws IOException {
      if (json.open('{', '}')) {
        do {
          field.named(json.name());
        } while (json.next('}'));
      }
    }

    private void eachElement(Element element) throws IOException {
      if (json.open('[', ']')) {
        do {
          element.run();
        } while (json.next(']'));
      }
    }

    private void slices(List<Item> into) throws IOException {
      eachElement(() -> into.add(slice()));
    }

    private Item slice() throws IOException {
      // One more may be the key to go on after.
      if (slices++ > MOST_ITEMS) {
        throw AnswerMemory.tooManyItems();
      }
      json.peek();
      int from = json.at();
      json.skipObject();
      return new Item(bytes, from, json.at() - from);
    }

    private long whole() throws IOException {
      String number = json.number();
      try {
        return DecimalText.parse(number).longValueExact();
      } catch (ArithmeticException | NumberFormatException e) {
        throw new IOException("no whole number: " + number, e);
      }
    }

    private Optional<Position> lastKey() throws IOException {
      if (json.peek() != '{') {
        json.expectNull();
        return Optional.empty();
      }
      Item key = slice();
      // Copied: a position outlives its page.
      byte[] token = Arrays.copyOfRange(bytes, key.offset(), key.offset() + key.length());
      return Optional.of(new Position(token));
    }

    /** One object, or in a batch an array of one for each table. */
    private void consumed() throws IOException {
      if (json.peek() == '[') {
        eachElement(this::consumed);
        return;
      }
      eachField(
          name -> {
            switch (name) {
              case "CapacityUnits" -> {
                units += number();
                tellsUnits = true;
              }
              case "GlobalSecondaryIndexes" -> eachField(this::consumedByIndex);
              case "VectorIndexes" -> eachField(this::writtenToVectors);
              default -> json.skip();
            }
          });
    }

    /** {@code {"CapacityUnits":1.0, …}} of an index. */
    private void consumedByIndex(String index) throws IOException {
      if (indexUnits.size() > 1_000) {
        throw new IOException("it names more than 1,000 indexes");
      }
      eachField(
          name -> {
            if (name.equals("CapacityUnits")) {
              indexUnits.merge(index, number(), Double::sum);
            } else {
              json.skip();
            }
          });
    }

    /** {@code {"VectorWriteRequestBytes":4125.0}} of an index. */
    private void writtenToVectors(String index) throws IOException {
      eachField(
          name -> {
            if (name.equals("VectorWriteRequestBytes")) {
              vectorBytes += number();
            } else {
              json.skip();
            }
          });
    }

    private double number() throws IOException {
      return Double.parseDouble(json.number());
    }

    private void unprocessed(Field ofTable) throws IOException {
      tellsUnprocessed = true;
      eachField(ofTable);
    }

    /** {@code [{"PutRequest":{"Item":{…}}}, …]}. */
    private void unprocessedPuts() throws IOException {
      eachElement(() -> eachField(put -> eachField(item -> unprocessed.add(slice()))));
    }

    /** {@code {"Keys":[{…}, …], "ConsistentRead":true}}. */
    private void unprocessedKeys() throws IOException {
      eachField(
          name -> {
            if (name.equals("Keys")) {
              slices(unprocessed);
            } else {
              json.skip();
            }
          });
    }
  }
}
