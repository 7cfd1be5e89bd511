package org.dynocopy.store.dynamo;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.Page.Position;
import org.dynocopy.engine.StoreException;
import org.dynocopy.engine.StoreException.Kind;
import org.dynocopy.shape.Json;

/**
 * An answer of the service, cut into slices and not decoded: the JSON parser only finds where items
 * begin and end.
 *
 * @param items the items of a Scan or a Query, or those that BatchGetItem found
 * @param count how many items the service says it sent; -1 if it does not say
 * @param scanned how many it looked at; -1 if it does not say
 * @param lastKey the LastEvaluatedKey: where to read on
 * @param unprocessed the items or keys of a batch that were not processed
 * @param tellsUnprocessed whether it tells them at all, as the service's answers to batches do
 * @param units the capacity consumed
 * @param bytes how many bytes the whole answer has
 */
record Answer(
    List<Item> items,
    long count,
    long scanned,
    Optional<Position> lastKey,
    List<Item> unprocessed,
    boolean tellsUnprocessed,
    double units,
    int bytes) {

  /**
   * Cuts an answer.
   *
   * @throws StoreException if it is not what the service sends
   */
  static Answer of(byte[] bytes) throws StoreException {
    try (JsonParser json = Json.parser(bytes, 0, bytes.length)) {
      return new Cutter(bytes, json).answer();
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
  Answer toBatch() throws StoreException {
    if (!tellsUnprocessed) {
      throw new StoreException(
          Kind.UNAVAILABLE, "an answer to a batch does not tell what was unprocessed");
    }
    return this;
  }

  /** Walks through an answer once. */
  private static final class Cutter {
    private final byte[] bytes;
    private final JsonParser json;
    private final List<Item> items = new ArrayList<>();
    private final List<Item> unprocessed = new ArrayList<>();
    private boolean tellsUnprocessed;
    private long count = -1;
    private long scanned = -1;
    private Optional<Position> lastKey = Optional.empty();
    private double units;

    Cutter(byte[] bytes, JsonParser json) {
      this.bytes = bytes;
      this.json = json;
    }

    Answer answer() throws IOException {
      json.nextToken();
      expect(JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "Items" -> slices(items);
          case "Responses" -> eachField(() -> slices(items));
          case "Count" -> count = json.getLongValue();
          case "ScannedCount" -> scanned = json.getLongValue();
          case "LastEvaluatedKey" -> lastKey = lastKey();
          case "ConsumedCapacity" -> consumed();
          case "UnprocessedItems" -> unprocessed(this::unprocessedPuts);
          case "UnprocessedKeys" -> unprocessed(this::unprocessedKeys);
          default -> json.skipChildren();
        }
      }
      expect(JsonToken.END_OBJECT);
      if (json.nextToken() != null) {
        throw new IOException("it goes on after its end");
      }
      return new Answer(
          items, count, scanned, lastKey, unprocessed, tellsUnprocessed, units, bytes.length);
    }

    private interface Step {
      void run() throws IOException;
    }

    /** Runs the step at the value of each field of an object. */
    private void eachField(Step step) throws IOException {
      expect(JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        json.nextToken();
        step.run();
      }
    }

    private void eachElement(Step step) throws IOException {
      expect(JsonToken.START_ARRAY);
      while (json.nextToken() != JsonToken.END_ARRAY) {
        step.run();
      }
    }

    private void slices(List<Item> into) throws IOException {
      eachElement(() -> into.add(slice()));
    }

    private void expect(JsonToken token) throws IOException {
      if (json.currentToken() != token) {
        throw new IOException("no " + token + " at byte " + json.currentLocation().getByteOffset());
      }
    }

    private Item slice() throws IOException {
      expect(JsonToken.START_OBJECT);
      int from = (int) json.currentTokenLocation().getByteOffset();
      json.skipChildren();
      int to = (int) json.currentLocation().getByteOffset();
      return new Item(bytes, from, to - from);
    }

    private Optional<Position> lastKey() throws IOException {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      Item key = slice();
      // Copied: a position outlives its page.
      byte[] token = Arrays.copyOfRange(bytes, key.offset(), key.offset() + key.length());
      return Optional.of(new Position(token));
    }

    /** One object, or in a batch an array of one for each table. */
    private void consumed() throws IOException {
      if (json.currentToken() == JsonToken.START_ARRAY) {
        eachElement(this::consumed);
        return;
      }
      eachField(
          () -> {
            if (json.currentName().equals("CapacityUnits")) {
              units += json.getDoubleValue();
            }
            json.skipChildren();
          });
    }

    private void unprocessed(Step ofTable) throws IOException {
      tellsUnprocessed = true;
      eachField(ofTable);
    }

    /** {@code [{"PutRequest":{"Item":{…}}}, …]}. */
    private void unprocessedPuts() throws IOException {
      eachElement(() -> eachField(() -> eachField(() -> unprocessed.add(slice()))));
    }

    /** {@code {"Keys":[{…}, …], "ConsistentRead":true}}. */
    private void unprocessedKeys() throws IOException {
      eachField(
          () -> {
            if (json.currentName().equals("Keys")) {
              slices(unprocessed);
            } else {
              json.skipChildren();
            }
          });
    }
  }
}
