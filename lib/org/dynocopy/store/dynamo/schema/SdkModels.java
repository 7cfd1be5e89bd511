package org.dynocopy.store.dynamo.schema;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Walks the SDK's models by the list of members that each has of itself, so that a member which the
 * service gets tomorrow is carried too. Names are those of the API.
 */
final class SdkModels {

  private SdkModels() {}

  /** Returns the members that are set, in the API's order. */
  static Map<String, Object> members(SdkPojo model) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (SdkField<?> field : model.sdkFields()) {
      Object value = field.getValueOrDefault(model);
      if (value != null && !(value instanceof SdkAutoConstructList)) {
        members.put(field.locationName(), value);
      }
    }
    return members;
  }

  /**
   * Copies what two models have in common: of a description, what a request takes. Some servers
   * describe what a table does not have as an empty list, which no request takes: it is left out.
   */
  static <B extends SdkPojo> B copy(SdkPojo from, B builder) {
    Map<String, Object> members = members(from);
    members.values().removeIf(value -> value instanceof List<?> list && list.isEmpty());
    for (SdkField<?> field : builder.sdkFields()) {
      if (members.containsKey(field.locationName())) {
        field.set(builder, as(field, members.get(field.locationName())));
      }
    }
    return builder;
  }

  private static Object as(SdkField<?> field, Object value) {
    if (value instanceof SdkPojo model) {
      return built(copy(model, field.constructor().get()));
    }
    return value instanceof List<?> list
        ? list.stream().map(element -> as(element(field), element)).toList()
        : value;
  }

  /** Returns what the elements of a list are. */
  static SdkField<?> element(SdkField<?> list) {
    return list.getTrait(ListTrait.class).memberFieldInfo();
  }

  /** Builds a model of a builder, of which only the SDK's reflection knows what it builds. */
  static Object built(SdkPojo builder) {
    return ((Buildable) builder).build();
  }

  /** Writes a model, a list or a plain value as JSON. */
  static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof SdkPojo model) {
      json.writeStartObject();
      for (Map.Entry<String, Object> member : members(model).entrySet()) {
        json.writeFieldName(member.getKey());
        write(json, member.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(json, element);
      }
      json.writeEndArray();
    } else if (value instanceof Boolean bool) {
      json.writeBoolean(bool);
    } else if (value instanceof Number number) {
      json.writeNumber(number.toString());
    } else {
      json.writeString(value.toString());
    }
  }

  /**
   * Returns a value as users read it, {@code tenant HASH, id RANGE} or {@code INCLUDE a, b}. Models
   * in a list have an order; names in a list have none and are sorted.
   */
  static String text(Object value) {
    if (value instanceof SdkPojo model) {
      return members(model).values().stream()
          .map(SdkModels::text)
          .filter(text -> !text.isEmpty())
          .collect(Collectors.joining(" "));
    }
    if (value instanceof List<?> list) {
      Stream<String> texts = list.stream().map(SdkModels::text);
      boolean names = list.stream().allMatch(String.class::isInstance);
      return (names ? texts.sorted() : texts).collect(Collectors.joining(", "));
    }
    return String.valueOf(value);
  }

  /** Returns the request without a member, in the table and in its GSIs. */
  static CreateTableRequest without(CreateTableRequest request, String member) {
    CreateTableRequest.Builder less = request.toBuilder();
    unset(less, member);
    if (request.hasGlobalSecondaryIndexes()) {
      less.globalSecondaryIndexes(
          request.globalSecondaryIndexes().stream()
              .map(
                  index -> {
                    GlobalSecondaryIndex.Builder lesser = index.toBuilder();
                    unset(lesser, member);
                    return lesser.build();
                  })
              .toList());
    }
    return less.build();
  }

  private static void unset(SdkPojo builder, String member) {
    if (builder.sdkFieldNameToField().containsKey(member)) {
      builder.sdkFieldNameToField().get(member).set(builder, null);
    }
  }

  /** Returns a member's name as words: {@code TableClass} is {@code table class}. */
  static String words(String member) {
    return member.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
