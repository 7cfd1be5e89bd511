package org.dynocopy.store.dynamo.key;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.item.AttributeJson;
import org.dynocopy.json.Json;
import org.dynocopy.spec.KeyCondition.SortWord;
import org.dynocopy.store.dynamo.key.QueryKeys.SortCondition;

/**
 * A range of the sort keys of a partition key that was cut, as a checkpoint keeps it.
 *
 * @param low its lower end; empty where it begins with what is selected
 * @param high its upper end; empty where it ends with what is selected
 * @param highest the highest sort key when the partition key was cut
 * @param end whether this is what came above that key
 */
public record RangePart(Optional<Object> low, Optional<Object> high, Object highest, boolean end) {

  /** Returns the part that {@link #json} has written. */
  public static RangePart of(byte[] text) {
    try (JsonParser json = Json.parser(text, 0, text.length)) {
      json.nextToken();
      Map<?, ?> part = (Map<?, ?>) AttributeJson.read(json);
      return new RangePart(
          Optional.ofNullable(part.get("low")),
          Optional.ofNullable(part.get("high")),
          part.get("highest"),
          (Boolean) part.get("end"));
    } catch (IOException | ClassCastException | NullPointerException e) {
      throw new IllegalArgumentException("not a range of sort keys", e);
    }
  }

  /** Returns it as an attribute in DynamoDB's JSON. */
  public byte[] json() {
    Map<String, Object> part = new HashMap<>(Map.of("highest", highest, "end", end));
    low.ifPresent(key -> part.put("low", key));
    high.ifPresent(key -> part.put("high", key));
    return Json.bytes(json -> AttributeJson.write(json, part));
  }

  /** Returns the upper end of a range of keys. */
  public static Optional<Object> high(QueryKeys range) {
    return range
        .condition()
        .filter(c -> c.word() == SortWord.BETWEEN || c.word() == SortWord.AT_MOST)
        .map(c -> c.values().get(c.values().size() - 1));
  }

  /** Returns what is selected with this range as the condition. */
  public QueryKeys of(QueryKeys selected) {
    if (low.isPresent()) {
      return high.isPresent()
          ? selected.between(low.get(), high.get())
          : selected.with(SortWord.AT_LEAST, List.of(low.get()));
    }
    return high.isPresent() ? upTo(high.get(), selected) : selected;
  }

  private static QueryKeys upTo(Object high, QueryKeys selected) {
    SortWord word = selected.condition().map(SortCondition::word).orElse(SortWord.AT_MOST);
    List<Object> values = selected.condition().map(SortCondition::values).orElse(List.of(high));
    return switch (word) {
      case AT_MOST, LESS -> selected.with(SortWord.AT_MOST, List.of(high));
      case AT_LEAST, BETWEEN, BEGINS -> selected.between(values.get(0), high);
      // Where nothing can be said to be just above, some of the other ranges is read twice.
      case GREATER ->
          KeyRange.next(values.get(0)).map(low -> selected.between(low, high)).orElse(selected);
      case EQUALS -> selected;
    };
  }
}
