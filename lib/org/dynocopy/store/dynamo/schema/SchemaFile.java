package org.dynocopy.store.dynamo.schema;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.Suggestions;
import org.dynocopy.json.Json;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoverySpecification;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;

/** Writes a schema as JSON and reads it back, pointing at the place where it is wrong. */
final class SchemaFile {

  private static final String TABLE = "CreateTable";
  private static final String TIME_TO_LIVE = "TimeToLiveSpecification";
  private static final String RECOVERY = "PointInTimeRecoverySpecification";
  private static final String NOTES = "Notes";

  private final String file;
  private final String text;
  private final JsonParser json;

  private SchemaFile(String file, String text, JsonParser json) {
    this.file = file;
    this.text = text;
    this.json = json;
  }

  static String write(Schema schema) {
    byte[] bytes =
        Json.bytes(
            json -> {
              json.useDefaultPrettyPrinter();
              json.writeStartObject();
              json.writeFieldName(TABLE);
              SdkModels.write(json, schema.table());
              if (schema.timeToLive().isPresent()) {
                json.writeFieldName(TIME_TO_LIVE);
                SdkModels.write(json, schema.timeToLive().get());
              }
              if (schema.recovery().isPresent()) {
                json.writeFieldName(RECOVERY);
                SdkModels.write(json, schema.recovery().get());
              }
              if (!schema.notes().isEmpty()) {
                json.writeFieldName(NOTES);
                SdkModels.write(json, schema.notes());
              }
              json.writeEndObject();
            });
    return new String(bytes, StandardCharsets.UTF_8) + "\n";
  }

  static Schema read(String file, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (JsonParser json = Json.parser(bytes, 0, bytes.length)) {
      return new SchemaFile(file, text, json).schema();
    } catch (JsonProcessingException e) {
      throw new InvalidJobException(
          at(file, text, e.getLocation(), 1), "this is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory does not fail", e);
    }
  }

  private Schema schema() throws IOException {
    CreateTableRequest.Builder table = CreateTableRequest.builder();
    Optional<TimeToLiveSpecification> timeToLive = Optional.empty();
    Optional<PointInTimeRecoverySpecification> recovery = Optional.empty();
    List<String> notes = new ArrayList<>();
    json.nextToken();
    expect(JsonToken.START_OBJECT, "a schema is an object");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      switch (json.currentName()) {
        case TABLE -> model(table);
        case TIME_TO_LIVE ->
            timeToLive = Optional.of(model(TimeToLiveSpecification.builder()).build());
        case RECOVERY ->
            recovery = Optional.of(model(PointInTimeRecoverySpecification.builder()).build());
        case NOTES -> {
          json.nextToken();
          expect(JsonToken.START_ARRAY, "`Notes` is an array");
          while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(JsonToken.VALUE_STRING, "a note is a string");
            notes.add(json.getText());
          }
        }
        default -> throw unknown(List.of(TABLE, TIME_TO_LIVE, RECOVERY, NOTES));
      }
    }
    CreateTableRequest request = table.build();
    if (!request.hasKeySchema() || !request.hasAttributeDefinitions()) {
      throw problem("`CreateTable` with `KeySchema` and `AttributeDefinitions` is missing");
    }
    if (json.nextToken() != null) {
      throw problem("the schema has ended before this");
    }
    return new Schema(request, timeToLive, recovery, notes);
  }

  /** Reads the object that comes next into a builder. */
  private <B extends SdkPojo> B model(B builder) throws IOException {
    String name = json.currentName();
    json.nextToken();
    members(name, builder);
    return builder;
  }

  private void members(String name, SdkPojo builder) throws IOException {
    expect(JsonToken.START_OBJECT, "`" + name + "` is an object");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      SdkField<?> field = builder.sdkFieldNameToField().get(json.currentName());
      if (field == null) {
        throw unknown(builder.sdkFieldNameToField().keySet());
      }
      if (json.nextToken() != JsonToken.VALUE_NULL) {
        field.set(builder, value(field.locationName(), field));
      }
    }
  }

  private Object value(String name, SdkField<?> field) throws IOException {
    switch (MarshallingKnownType.from(field.marshallingType().getTargetClass())) {
      case SDK_POJO -> {
        SdkPojo builder = field.constructor().get();
        members(name, builder);
        return SdkModels.built(builder);
      }
      case LIST -> {
        expect(JsonToken.START_ARRAY, "`" + name + "` is an array");
        List<Object> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(name, SdkModels.element(field)));
        }
        return list;
      }
      case LONG -> {
        expect(JsonToken.VALUE_NUMBER_INT, "`" + name + "` is a whole number");
        return json.getLongValue();
      }
      case INTEGER -> {
        expect(JsonToken.VALUE_NUMBER_INT, "`" + name + "` is a whole number");
        return json.getIntValue();
      }
      case BOOLEAN -> {
        if (json.currentToken() != JsonToken.VALUE_FALSE) {
          expect(JsonToken.VALUE_TRUE, "`" + name + "` is true or false");
        }
        return json.getBooleanValue();
      }
      default -> {
        expect(JsonToken.VALUE_STRING, "`" + name + "` is a string");
        return json.getText();
      }
    }
  }

  private void expect(JsonToken token, String sentence) throws IOException {
    if (json.currentToken() != token) {
      throw problem(sentence);
    }
  }

  private InvalidJobException unknown(Collection<String> names) throws IOException {
    String name = json.currentName();
    return problem("unknown member `" + name + "`." + Suggestions.suggestion(name, names));
  }

  /** A mistake at the current token. */
  private InvalidJobException problem(String sentence) throws IOException {
    JsonToken token = json.currentToken();
    boolean quoted = token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING;
    int length = token == null ? 1 : json.getTextLength() + (quoted ? 2 : 0);
    return new InvalidJobException(at(file, text, json.currentTokenLocation(), length), sentence);
  }

  private static Location at(String file, String text, JsonLocation place, int length) {
    int line = Math.max(1, place.getLineNr());
    String shown = text.lines().skip(line - 1L).findFirst().orElse("");
    return new Location(file, line, Math.max(1, place.getColumnNr()), length, shown);
  }
}
