package org.dynocopy.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.dynocopy.core.Item;
import org.dynocopy.shape.Slices;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.RandomJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemMapTest {

  private static ItemMap map(String json) throws IOException {
    return new ItemMap(Item.of(json));
  }

  @Test
  void attributesBytesAreTheirSourceWhereverTheItemIsInItsPage() {
    Cases.forAll(
        1_000,
        random -> {
          RandomJson json = new RandomJson(random, true);
          List<String> values = new ArrayList<>();
          StringBuilder text = new StringBuilder("{" + json.space());
          int attributes = random.nextInt(12);
          for (int i = 0; i < attributes; i++) {
            values.add(json.value(3));
            text.append(i == 0 ? "" : "," + json.space());
            text.append("\"é" + i + "\"" + json.space() + ":" + json.space() + values.get(i));
            text.append(json.space());
          }
          text.append("}");
          ItemMap map =
              new ItemMap(
                  Slices.within(json.item(3, 1), text.toString(), json.item(2, 1) + "garbage"));
          assertThat(map.keySet()).hasSize(attributes);
          for (int i = 0; i < attributes; i++) {
            assertThat(map.bytes("é" + i)).hasToString(values.get(i));
            assertThat(map.containsKey("é" + i)).isTrue();
          }
        });
  }

  @Test
  void attributesAreDecodedWhenTheyAreAskedFor() throws IOException {
    ItemMap map = map("{\"a\":{\"N\":\"1.0\"},\"bad\":{\"X\":true},\"b\":{\"L\":[{\"S\":\"x\"}]}}");
    assertThat(map.get("a")).isEqualTo(new BigDecimal("1.0"));
    assertThat(map.get("b")).isEqualTo(List.of("x"));
    assertThat(map).hasSize(3);
    assertThat(map.containsKey("bad")).isTrue();
    assertThatThrownBy(() -> map.get("bad")).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void attributesStandInTheOrderOfTheItem() throws IOException {
    assertThat(map("{\"z\":{\"S\":\"1\"},\"a\":{\"S\":\"2\"},\"m\":{\"S\":\"3\"}}"))
        .containsExactly(Map.entry("z", "1"), Map.entry("a", "2"), Map.entry("m", "3"));
  }

  @Test
  void absentAttributeIsNullAndSoIsOneOfTypeNull() throws IOException {
    ItemMap map = map("{\"n\":{\"NULL\":true}}");
    assertThat(map.get("n")).isNull();
    assertThat(map.get("absent")).isNull();
    assertThat(map.get(42)).isNull();
    assertThat(map.bytes("absent")).isNull();
    assertThat(map.containsKey("n")).isTrue();
    assertThat(map.containsKey("absent")).isFalse();
  }

  @Test
  void attributesThatAreReadAndAbsentAreKnown() throws IOException {
    ItemMap map = map("{\"n\":{\"NULL\":true},\"m\":{\"M\":{}}}");
    assertThat(map.absent()).isEmpty();
    map.get("n");
    map.bytes("bytes");
    ((Map<?, ?>) map.get("m")).get("nested");
    assertThat(map.absent()).isEmpty();
    map.get("ttl");
    map.containsKey("email");
    map.getOrDefault("ttl", 0);
    assertThat(map.absent()).containsExactly("email", "ttl");
  }

  @Test
  void namesAreUnescapedAndMayCollide() throws IOException {
    StringBuilder json = new StringBuilder("{\"\\u00e4\\\"\":{\"S\":\"x\"}");
    List<String> colliding = List.of("AaAa", "BBBB", "AaBB", "BBAa");
    for (String name : colliding) {
      json.append(",\"" + name + "\":{\"S\":\"" + name + "\"}");
    }
    for (int i = 0; i < 20_000; i++) {
      json.append(",\"attribute" + i + "\":{\"N\":\"" + i + "\"}");
    }
    ItemMap map = map(json.append("}").toString());
    assertThat(map.get("ä\"")).isEqualTo("x");
    colliding.forEach(name -> assertThat(map.get(name)).isEqualTo(name));
    assertThat(map.get("attribute19999")).isEqualTo(new BigDecimal("19999"));
  }

  @Test
  @SuppressWarnings("unchecked")
  void nothingOfItCanBeChanged() throws IOException {
    ItemMap map =
        map("{\"a\":{\"S\":\"x\"},\"l\":{\"L\":[]},\"m\":{\"M\":{}},\"s\":{\"SS\":[\"a\"]}}");
    Iterator<Map.Entry<String, Object>> entries = map.entrySet().iterator();
    Map.Entry<String, Object> entry = entries.next();
    List<ThrowingCallable> changes =
        List.of(
            () -> map.put("a", "y"),
            () -> map.putAll(Map.of("b", "y")),
            () -> map.remove("a"),
            map::clear,
            () -> map.keySet().remove("a"),
            () -> map.values().clear(),
            () -> entry.setValue("y"),
            entries::remove,
            () -> ((List<Object>) map.get("l")).add("y"),
            () -> ((Map<String, Object>) map.get("m")).put("b", "y"),
            () -> ((Set<Object>) map.get("s")).add("y"));
    for (ThrowingCallable change : changes) {
      assertThatThrownBy(change).isInstanceOf(UnsupportedOperationException.class);
    }
    assertThatThrownBy(() -> map.put("a", "y")).hasMessageContaining("`a`");
    assertThat(map.get("a")).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "5", "\"x\"", "{\"a\":{\"S\":\"x\"}", "{\"a\"", "{a:1}", "null"})
  void whatIsNoItemIsRefused(String text) {
    assertThatThrownBy(() -> map(text)).isInstanceOf(IOException.class);
  }

  @Test
  void sameItemsAreSoHoweverTheyAreWritten() throws Exception {
    Item one =
        Item.of(
            "{\"a\":{\"M\":{\"n\":{\"N\":\"1.0\"},\"b\":{\"B\":\"AAE=\"}}},\"s\":{\"NS\":[\"1\",\"2.50\"]}}");
    Item same =
        Item.of(
            "{\"s\":{\"NS\":[\"2.5\",\"1.00\"]},\"a\":{\"M\":{\"b\":{\"B\":\"AAE=\"},\"n\":{\"N\":\"1\"}}}}");
    Item list = Item.of("{\"a\":{\"L\":[{\"S\":\"x\"},{\"S\":\"y\"}]}}");
    Item turned = Item.of("{\"a\":{\"L\":[{\"S\":\"y\"},{\"S\":\"x\"}]}}");
    assertThat(ItemMap.same(one, same)).isTrue();
    assertThat(ItemMap.same(one, list)).isFalse();
    assertThat(ItemMap.same(list, turned)).isFalse();
    assertThat(ItemMap.same(Item.of("{\"a\":{\"S\":\"1\"}}"), Item.of("{\"a\":{\"N\":\"1\"}}")))
        .isFalse();
  }
}
