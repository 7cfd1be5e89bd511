package org.dynocopy.store.dynamo.credentials;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.json.Json;

/**
 * The fields of a JSON object with secrets. No text of it, nor of what is no JSON, gets into an
 * exception.
 *
 * @param texts the fields that have a text or a number, by their names in small letters
 */
record SecretJson(Map<String, String> texts) {

  /** Reads an object; nothing if it is none. */
  static Optional<SecretJson> of(byte[] bytes) {
    Map<String, String> texts = new HashMap<>();
    try (JsonParser json = Json.parser(bytes, 0, bytes.length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName().toLowerCase(Locale.ROOT);
        JsonToken value = json.nextToken();
        if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
          texts.put(name, json.getText());
        }
        json.skipChildren();
      }
      return Optional.of(new SecretJson(texts));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Returns a text that is there and not empty. */
  Optional<String> text(String name) {
    return Optional.ofNullable(texts.get(name.toLowerCase(Locale.ROOT)))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  /** Returns a time, if it is one as in {@code 2026-11-30T12:00:00Z}. */
  Optional<Instant> time(String name) {
    try {
      return text(name).map(text -> Instant.parse(text.replace("UTC", "Z")));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
