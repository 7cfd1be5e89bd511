package org.dynocopy.store.dynamo.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page.Position;
import org.dynocopy.diagnostic.DecimalText;
import org.dynocopy.http.ResponseTooLargeException;
import org.dynocopy.item.ReplicationAttributes;

/** Walks through an answer of the service once, and cuts it into slices. */
final class ResponseSlicer {
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

  ResponseSlicer(byte[] bytes) {
    this.bytes = bytes;
    this.json = new JsonScan(bytes);
  }

  SlicedResponse answer() throws IOException {
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
    ResponseCapacity capacity = new ResponseCapacity(tellsUnits, units, indexUnits, vectorBytes);
    return new SlicedResponse(
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
    if (slices++ > SlicedResponse.MOST_ITEMS) {
      throw new ResponseTooLargeException(
          "an answer has more than %,d items, which is more than was asked for"
              .formatted(SlicedResponse.MOST_ITEMS));
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

  /** {@code {"Keyboard":[{…}, …], "ConsistentRead":true}}. */
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
