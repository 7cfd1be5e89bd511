package org.dynocopy.store.dynamo.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.dynocopy.core.Page.Position;
import org.dynocopy.spec.ServerFilter;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;

class RequestJsonTest {

  private static String text(RequestJson request) {
    return RequestJson.from(request.open(), Optional.empty()).toString();
  }

  private static ServerFilter filter(
      String expression, Map<String, String> names, Map<String, Object> values) {
    return new ServerFilter(expression, new TreeMap<>(names), new TreeMap<>(values));
  }

  @Test
  void attributesAreNamedByPlaceholdersWhateverTheyAreCalled() {
    RequestJson request = new RequestJson().project(List.of("status", "a.b[0]", "\"ä\\"));
    assertThat(text(request))
        .isEqualTo(
            "{\"ProjectionExpression\":\"#dynocopy0,#dynocopy1,#dynocopy2\","
                + "\"ExpressionAttributeNames\":{\"#dynocopy0\":\"status\","
                + "\"#dynocopy1\":\"a.b[0]\",\"#dynocopy2\":\"\\\"ä\\\\\"}}");
  }

  @Test
  void projectionOfNothingAsksForEverything() {
    assertThat(text(new RequestJson().with("Segment", 3).with("ConsistentRead", true)))
        .isEqualTo("{\"Segment\":3,\"ConsistentRead\":true}");
  }

  @Test
  void usersFilterStandsBesideOwnNamesAndValues() {
    RequestJson request =
        new RequestJson()
            .filter(Optional.of(filter("#s = :v", Map.of("#s", "status"), Map.of(":v", "x"))));
    String name = request.name("id");
    String value = request.value(new BigDecimal("1.50"));
    request.with("KeyConditionExpression", name + " = " + value);
    assertThat(name).isNotEqualTo("#s");
    assertThat(text(request))
        .contains("\"FilterExpression\":\"#s = :v\"")
        .contains("\"#s\":\"status\"")
        .contains("\"" + name + "\":\"id\"")
        .contains("\":v\":{\"S\":\"x\"}")
        .contains("\"" + value + "\":{\"N\":\"1.50\"}");
  }

  @Test
  void noTwoPlaceholdersAreTheSame() {
    Cases.forAll(
        200,
        random -> {
          RequestJson request = new RequestJson();
          TreeMap<String, String> expected = new TreeMap<>();
          for (int i = random.nextInt(6); i > 0; i--) {
            expected.put("#u" + i, "user" + i);
          }
          if (random.nextBoolean()) {
            request.filter(Optional.of(filter("x", expected, Map.of())));
          } else {
            expected.clear();
          }
          for (int i = 1 + random.nextInt(6); i > 0; i--) {
            expected.put(request.name("own" + i), "own" + i);
          }
          String json = text(request);
          int from = json.indexOf("\"ExpressionAttributeNames\":") + 27;
          expected.forEach(
              (name, attribute) ->
                  assertThat(json.substring(from))
                      .contains("\"" + name + "\":\"" + attribute + "\""));
        });
  }

  @Test
  void requestReadsOnAfterAPositionByItsVeryBytes() {
    byte[] open = new RequestJson().with("TableName", "t").open();
    byte[] token = "{\"id\" :{\"N\":\"1.0\"}}".getBytes(StandardCharsets.UTF_8);
    RequestBody body = RequestJson.from(open, Optional.of(new Position(token)));
    assertThat(body)
        .hasToString("{\"TableName\":\"t\",\"ExclusiveStartKey\":{\"id\" :{\"N\":\"1.0\"}}}");
  }

  @Test
  void textIsQuotedAsJson() {
    assertThat(RequestJson.quoted("a\"ä\n"))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("\"a\\\"ä\\n\"");
  }
}
