package org.dynocopy.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.dynocopy.json.Json;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeJsonTest {

  private static String write(Object value) {
    byte[] bytes = Json.bytes(json -> AttributeJson.write(json, value));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static Object read(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (JsonParser json = new Bounded(Json.parser(bytes, 0, bytes.length))) {
      json.nextToken();
      Object value = AttributeJson.read(json);
      assertThat(json.nextToken()).as("read to its end").isNull();
      return value;
    }
  }

  /** Ends what would read for ever. */
  private static final class Bounded extends JsonParserDelegate {
    private int tokens;

    Bounded(JsonParser json) {
      super(json);
    }

    @Override
    public JsonToken nextToken() throws IOException {
      if (tokens++ > 100_000) {
        throw new AssertionError("reads for ever");
      }
      return super.nextToken();
    }
  }

  /** A random value that DynamoDB has, as it is read. */
  private static Object value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 10 : 8)) {
      case 0 -> text(random);
      case 1 -> number(random);
      case 2 -> binary(random);
      case 3 -> random.nextBoolean();
      case 4 -> null;
      case 5 -> set(random, () -> text(random));
      case 6 -> set(random, () -> number(random));
      case 7 -> set(random, () -> ByteBuffer.wrap(binary(random)));
      case 8 -> {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(value(random, depth - 1));
        }
        yield list;
      }
      default -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          map.put(text(random), value(random, depth - 1));
        }
        yield map;
      }
    };
  }

  private static String text(Random random) {
    int[] points = random.ints(random.nextInt(12), 0, 0x10ffff).toArray();
    StringBuilder text = new StringBuilder();
    for (int point : points) {
      boolean surrogate = point >= 0xd800 && point <= 0xdfff;
      text.appendCodePoint(surrogate || random.nextBoolean() ? point % 0x80 : point);
    }
    return text.toString();
  }

  private static BigDecimal number(Random random) {
    BigInteger digits = new BigInteger(random.nextInt(126), random);
    BigDecimal number = new BigDecimal(digits, random.nextInt(200) - 100);
    return random.nextBoolean() ? number : number.negate();
  }

  private static byte[] binary(Random random) {
    byte[] bytes = new byte[random.nextInt(10)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Set<Object> set(Random random, Supplier<Object> element) {
    Set<Object> set = new LinkedHashSet<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      set.add(element.get());
    }
    return set;
  }

  /** Arrays are not equal to their copies, buffers are. */
  private static Object comparable(Object value) {
    if (value instanceof byte[] bytes) {
      return List.of("bytes", ByteBuffer.wrap(bytes));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(v -> Arrays.asList(comparable(v))).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> all = new LinkedHashMap<>();
      map.forEach((k, v) -> all.put(k, comparable(v)));
      return all;
    }
    return value;
  }

  @Test
  void everyValueComesBackAsItWasWritten() {
    Cases.forAll(
        3_000,
        random -> {
          Object value = value(random, 4);
          assertThat(comparable(read(write(value)))).isEqualTo(comparable(value));
        });
  }

  @Test
  void everyTypeIsWrittenAsTheServiceReadsIt() {
    assertThat(write("ä\"")).isEqualTo("{\"S\":\"ä\\\"\"}");
    assertThat(write(new StringBuilder("x"))).isEqualTo("{\"S\":\"x\"}");
    assertThat(write("")).isEqualTo("{\"S\":\"\"}");
    assertThat(write(null)).isEqualTo("{\"NULL\":true}");
    assertThat(write(false)).isEqualTo("{\"BOOL\":false}");
    assertThat(write(new byte[] {0, -1})).isEqualTo("{\"B\":\"AP8=\"}");
    assertThat(write(ByteBuffer.wrap(new byte[] {0, -1}))).isEqualTo("{\"B\":\"AP8=\"}");
    assertThat(write(List.of())).isEqualTo("{\"L\":[]}");
    assertThat(write(List.of("a", 1))).isEqualTo("{\"L\":[{\"S\":\"a\"},{\"N\":\"1\"}]}");
    assertThat(write(Map.of())).isEqualTo("{\"M\":{}}");
    assertThat(write(Map.of("a", 1))).isEqualTo("{\"M\":{\"a\":{\"N\":\"1\"}}}");
    assertThat(write(Set.of("a"))).isEqualTo("{\"SS\":[\"a\"]}");
    assertThat(write(Set.of(1.5))).isEqualTo("{\"NS\":[\"1.5\"]}");
    assertThat(write(Set.of(new byte[] {1}))).isEqualTo("{\"BS\":[\"AQ==\"]}");
  }

  @Test
  void numbersKeepEveryDigit() throws IOException {
    String digits = "12345678901234567890123456789012345678";
    assertThat(read("{\"N\":\"" + digits + "\"}")).isEqualTo(new BigDecimal(digits));
    assertThat(read("{\"N\":\"1.0\"}")).hasToString("1.0");
    assertThat(AttributeJson.number(new BigDecimal(digits))).isEqualTo(digits);
    assertThat(AttributeJson.number(new BigInteger(digits))).isEqualTo(digits);
    assertThat(AttributeJson.number(Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
    assertThat(AttributeJson.number((short) 7)).isEqualTo("7");
    assertThat(AttributeJson.number(0.1)).isEqualTo("0.1");
    assertThat(AttributeJson.number(0.1f)).isEqualTo("0.1");
  }

  @Test
  void whatDynamoDbCannotHaveIsRefused() {
    Set<Object> mixed = new LinkedHashSet<>(List.of("a", 1));
    for (Object value :
        List.of(new Object(), 'c', Double.NaN, Float.POSITIVE_INFINITY, mixed, Set.of(true))) {
      assertThatThrownBy(() -> write(value)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5",
        "[]",
        "null",
        "{}",
        "{\"X\":1}",
        "{\"S\":\"a\",\"N\":\"1\"}",
        "{\"L\":5}",
        "{\"L\":null}",
        "{\"L\":[1]}",
        "{\"M\":[]}",
        "{\"M\":null}",
        "{\"M\":{\"a\":1}}",
        "{\"SS\":5}",
        "{\"NS\":null}",
        "{\"BS\":{}}",
        "{\"B\":\"%\"}",
        "{\"BOOL\":1}",
        "{\"S\":null}",
        "{\"S\":5}",
        "{\"S\":{}}",
        "{\"N\":5}",
        "{\"N\":null}",
        "{\"N\":true}",
        "{\"N\":\"\"}",
        "{\"N\":\"one\"}",
        "{\"N\":\"0x10\"}",
        "{\"N\":\"NaN\"}",
        "{\"N\":\"1e99999999999\"}",
        "{\"B\":5}",
        "{\"B\":null}",
        "{\"NULL\":false}",
        "{\"NULL\":null}",
        "{\"NULL\":\"true\"}",
        "{\"SS\":[null]}",
        "{\"SS\":[5]}",
        "{\"NS\":[5]}",
        "{\"NS\":[\"x\"]}",
        "{\"BS\":[5]}",
      })
  void whatIsNoAttributeIsRefused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
  }
}
