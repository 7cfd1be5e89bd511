package org.dynocopy.store.dynamo.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page.Position;
import org.dynocopy.item.AttributeJson;
import org.dynocopy.json.Json;
import org.dynocopy.spec.ServerFilter;

/**
 * Writes the request of a Scan, a Query or a BatchGetItem. Attribute names always go through
 * placeholders: they may be reserved words or have dots.
 */
public final class RequestJson {

  private final Map<String, Object> fields = new LinkedHashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<String, Object> values = new LinkedHashMap<>();

  /** Sets a field to a string, a number or a boolean. */
  public RequestJson with(String field, Object value) {
    fields.put(field, value);
    return this;
  }

  /** Returns a placeholder that no user writes, for an attribute's name. */
  public String name(String attribute) {
    String placeholder = "#dynocopy" + names.size();
    names.put(placeholder, attribute);
    return placeholder;
  }

  /** Returns a placeholder for a value: a plain one, or an {@link Item} of its JSON. */
  public String value(Object value) {
    String placeholder = ":dynocopy" + values.size();
    values.put(placeholder, value);
    return placeholder;
  }

  /** Lets the service filter. */
  public RequestJson filter(Optional<ServerFilter> filter) {
    filter.ifPresent(
        f -> {
          with("FilterExpression", f.expression());
          values(f);
        });
    return this;
  }

  /** Says what a filter's names and values stand for. */
  public void values(ServerFilter filter) {
    names.putAll(filter.names());
    values.putAll(filter.values());
  }

  /** Asks for these attributes alone; for all if there are none. */
  public RequestJson project(Collection<String> attributes) {
    if (!attributes.isEmpty()) {
      with("ProjectionExpression", String.join(",", attributes.stream().map(this::name).toList()));
    }
    return this;
  }

  /** Returns the request's beginning, without the brace that ends it. */
  public byte[] open() {
    byte[] whole = Json.bytes(this::write);
    byte[] open = new byte[whole.length - 1];
    System.arraycopy(whole, 0, open, 0, open.length);
    return open;
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, Object> field : fields.entrySet()) {
      json.writeObjectField(field.getKey(), field.getValue());
    }
    if (!names.isEmpty()) {
      json.writeObjectFieldStart("ExpressionAttributeNames");
      for (Map.Entry<String, String> name : names.entrySet()) {
        json.writeStringField(name.getKey(), name.getValue());
      }
      json.writeEndObject();
    }
    if (!values.isEmpty()) {
      json.writeObjectFieldStart("ExpressionAttributeValues");
      for (Map.Entry<String, Object> value : values.entrySet()) {
        json.writeFieldName(value.getKey());
        if (value.getValue() instanceof Item bytes) {
          json.writeRawValue(bytes.toString());
        } else {
          AttributeJson.write(json, value.getValue());
        }
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  /** Ends a request that {@link #open} began, reading on after a position. */
  public static RequestBody from(byte[] open, Optional<Position> after) {
    return from(open, after, OptionalLong.empty());
  }

  /** Does the same, for a page that looks at so many items at most. */
  public static RequestBody from(byte[] open, Optional<Position> after, OptionalLong limit) {
    RequestBody body = new RequestBody().add(open);
    limit.ifPresent(items -> body.add(",\"Limit\":" + items));
    after.ifPresent(position -> body.add(",\"ExclusiveStartKey\":").add(position.token()));
    return body.add("}");
  }

  /** Returns a text as a JSON string. */
  public static byte[] quoted(String text) {
    return Json.bytes(json -> json.writeString(text));
  }
}
