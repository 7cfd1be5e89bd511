package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dynocopy.core.Item;
import org.dynocopy.item.ItemMap;
import org.dynocopy.item.NormalForm;
import org.dynocopy.item.SameValue;
import org.dynocopy.testing.ItemTexts;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Values are the same here if they are to the server: as values, as keys, as members of a set. */
@Execution(ExecutionMode.CONCURRENT)
class SameValueTest {

  private static final URI SERVER = TestServers.first();

  private static AttributeValue list(AttributeValue... elements) {
    return AttributeValue.fromL(List.of(elements));
  }

  private static AttributeValue numbers(String... set) {
    return AttributeValue.fromNs(List.of(set));
  }

  private static List<AttributeValue> values() {
    AttributeValue one = AttributeValue.fromN("1");
    AttributeValue same = AttributeValue.fromN("1.00");
    AttributeValue two = AttributeValue.fromN("2");
    SdkBytes zero = SdkBytes.fromByteArray(new byte[] {0});
    return List.of(
        one,
        same,
        two,
        AttributeValue.fromN("0.1e1"),
        AttributeValue.fromN("-1"),
        AttributeValue.fromN("0"),
        AttributeValue.fromN("-0.0"),
        AttributeValue.fromN("100"),
        AttributeValue.fromN("1E2"),
        AttributeValue.fromN("12345678901234567890123456789012345678"),
        AttributeValue.fromN("12345678901234567890123456789012345679"),
        AttributeValue.fromS("1"),
        AttributeValue.fromS("\u00e4"),
        AttributeValue.fromS("a\u0308"),
        AttributeValue.fromBool(true),
        AttributeValue.fromBool(false),
        AttributeValue.fromNul(true),
        AttributeValue.fromB(zero),
        AttributeValue.fromBs(List.of(zero)),
        numbers("1", "2"),
        numbers("2.0", "1.0"),
        numbers("1"),
        AttributeValue.fromSs(List.of("1", "2")),
        AttributeValue.fromSs(List.of("2", "1")),
        list(one, two),
        list(same, two),
        list(two, one),
        list(numbers("1", "2")),
        list(numbers("2", "1")),
        AttributeValue.fromM(Map.of("a", one, "b", two)),
        AttributeValue.fromM(Map.of("b", two, "a", same)),
        AttributeValue.fromM(Map.of("a", one)),
        AttributeValue.fromM(Map.of()));
  }

  private static Object canonical(AttributeValue value) throws IOException {
    return SameValue.canonical(new ItemMap(item(value)).get("v"));
  }

  private static String form(AttributeValue value) throws IOException {
    NormalForm form = new NormalForm();
    form.writeValue(new ItemMap(item(value)).bytes("v"));
    return HexFormat.of().formatHex(Arrays.copyOf(form.bytes(), form.length()));
  }

  private static Item item(AttributeValue value) {
    return new ItemTexts(new Random(1)).of(Map.of("v", value));
  }

  @Test
  void valuesAreTheSameIfTheServerFindsThemEqual() throws IOException {
    List<AttributeValue> values = values();
    String table = Tables.on(SERVER).key("id", "N").create();
    Tables.put(
        SERVER,
        table,
        IntStream.range(0, values.size())
            .mapToObj(i -> Map.of("id", AttributeValue.fromN("" + i), "v", values.get(i)))
            .toList());
    try (DynamoDbClient client = TestServers.client(SERVER)) {
      for (AttributeValue value : values) {
        Set<Integer> equal =
            client
                .scan(
                    r ->
                        r.tableName(table)
                            .filterExpression("v = :v")
                            .expressionAttributeValues(Map.of(":v", value)))
                .items()
                .stream()
                .map(item -> Integer.valueOf(item.get("id").n()))
                .collect(Collectors.toSet());
        for (int i = 0; i < values.size(); i++) {
          String what = value + " = " + values.get(i);
          boolean same = equal.contains(i);
          assertThat(Objects.equals(canonical(value), canonical(values.get(i))))
              .as(what)
              .isEqualTo(same);
          assertThat(form(value).equals(form(values.get(i)))).as(what).isEqualTo(same);
        }
      }
    }
  }

  private static Stream<Arguments> keys() {
    return Stream.of(
        arguments("N", values().stream().filter(v -> v.n() != null).toList()),
        arguments("S", values().stream().filter(v -> v.s() != null).toList()));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void keysAreTheSameIfTheServerHasOneItem(String type, List<AttributeValue> keys)
      throws IOException {
    String table = Tables.on(SERVER).key("id", type).create();
    try (DynamoDbClient client = TestServers.client(SERVER)) {
      for (AttributeValue key : keys) {
        client.putItem(r -> r.tableName(table).item(Map.of("id", key)));
      }
      Set<Object> different = new HashSet<>();
      for (AttributeValue key : keys) {
        different.add(canonical(key));
      }
      assertThat(client.scan(r -> r.tableName(table)).count()).isEqualTo(different.size());
    }
  }

  @Test
  void numbersAreTheSameIfTheServerTakesNoSetOfThem() throws IOException {
    String table = Tables.on(SERVER).key("id", "N").create();
    AttributeValue id = AttributeValue.fromN("1");
    List<AttributeValue> numbers = values().stream().filter(v -> v.n() != null).toList();
    try (DynamoDbClient client = TestServers.client(SERVER)) {
      for (AttributeValue one : numbers) {
        for (AttributeValue other : numbers) {
          boolean taken = true;
          try {
            Map<String, AttributeValue> item = Map.of("id", id, "set", numbers(one.n(), other.n()));
            client.putItem(r -> r.tableName(table).item(item));
          } catch (DynamoDbException e) {
            taken = false;
          }
          assertThat(canonical(one).equals(canonical(other)))
              .as(one.n() + ", " + other.n())
              .isEqualTo(!taken);
        }
      }
    }
  }
}
