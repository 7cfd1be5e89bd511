package org.dynocopy.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dynocopy.core.Item;
import org.dynocopy.core.Shaper;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.item.ItemMap;
import org.dynocopy.item.ItemSize;
import org.dynocopy.item.ReplicationAttributes;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.Shape;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.RandomJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts of items: those that pass, those that were read, and how large they are. */
class ItemPartsTest {

  private static ItemMap map(String json) throws IOException {
    return new ItemMap(Item.of(json));
  }

  /** What passes is as it was written, to the byte, in its order. */
  @Test
  void attributesThatAreWantedPassAsTheyAreWritten() {
    Cases.forAll(
        300,
        random -> {
          RandomJson json = new RandomJson(random, true);
          StringBuilder all = new StringBuilder("{");
          StringBuilder some = new StringBuilder("{");
          Set<String> wanted = new LinkedHashSet<>(Set.of("none"));
          for (int i = random.nextInt(6); i > 0; i--) {
            String one = "\"é\\\"" + i + "\":" + json.value(2);
            all.append(all.length() == 1 ? "" : " , ").append(one);
            if (random.nextBoolean()) {
              wanted.add("é\"" + i);
              some.append(some.length() == 1 ? "" : ",").append(one);
            }
          }
          ItemMap map = new ItemMap(Slices.within(json.item(2, 1), all + "}", "garbage"));
          assertThat(map.only(wanted)).hasToString(some + "}");
        });
  }

  private static Optional<Item> filtered(boolean keeps, List<String> project) throws Exception {
    Shaper shaper =
        Pipeline.of(
            Shape.NONE.then(new ClientFilter(item -> keeps, Location.NOWHERE)).projecting(project),
            List.of("id", "day"));
    return shaper.shape(
        Item.of(
            "{\"a\":{\"S\":\"1\"},\"id\":{\"S\":\"2\"},\"b\":{\"S\":\"3\"},\"day\":{\"N\":\"4\"}}"));
  }

  @Test
  void projectionHasTheKeysToo() throws Exception {
    assertThat(filtered(true, List.of("b")).orElseThrow())
        .hasToString("{\"id\":{\"S\":\"2\"},\"b\":{\"S\":\"3\"},\"day\":{\"N\":\"4\"}}");
    assertThat(filtered(true, List.of("id")).orElseThrow())
        .hasToString("{\"id\":{\"S\":\"2\"},\"day\":{\"N\":\"4\"}}");
    assertThat(new ItemMap(filtered(true, List.of()).orElseThrow())).hasSize(4);
    assertThat(filtered(false, List.of("b"))).isEmpty();
  }

  /** A filter's preview tells by it what an item lacks. */
  @Test
  void trackingMapNotesWhatIsReadOfIt() throws IOException {
    ItemMap map = map("{\"a\":{\"S\":\"1\"},\"b\":{\"S\":\"2\"},\"c\":{\"S\":\"3\"}}");
    map.get("a");
    ItemMap tracking = map.tracking();
    assertThat(tracking.read()).isEmpty();
    assertThat(tracking.readWhole()).isFalse();
    tracking.get("b");
    tracking.containsKey("c");
    tracking.get("d");
    tracking.containsKey("e");
    assertThat(tracking.read()).containsExactly("b", "c");
    assertThat(tracking.absent()).containsExactly("d", "e");
    assertThat(tracking.readWhole()).isFalse();
    assertThat(tracking.size()).isEqualTo(3);
    assertThat(tracking.readWhole()).isTrue();
    assertThat(tracking.read()).containsExactly("a", "b", "c");
    assertThat(map.tracking().read()).as("another one").isEmpty();
    assertThat(map.absent()).isEmpty();
  }

  @Test
  void itemsAreTheSameByTheirValues() throws IOException {
    String item = "{\"l\":{\"L\":[{\"N\":\"1\"},{\"BS\":[\"AA==\",\"AQ==\"]}]},\"m\":{\"M\":{%s}}}";
    ItemMap one = map(item.formatted("\"n\":{\"N\":\"10\"},\"z\":{\"NULL\":true}"));
    assertThat(one.same(map(item.formatted("\"z\":{\"NULL\":true},\"n\":{\"N\":\"1e1\"}"))))
        .isTrue();
    for (String other :
        List.of(
            "\"n\":{\"N\":\"10\"}",
            "\"n\":{\"N\":\"11\"},\"z\":{\"NULL\":true}",
            "\"n\":{\"N\":\"10\"},\"z\":{\"BOOL\":true}",
            "\"n\":{\"N\":\"10\"},\"y\":{\"NULL\":true}")) {
      assertThat(one.same(map(item.formatted(other)))).as(other).isFalse();
    }
    assertThat(one.same(map("{}"))).isFalse();
    assertThat(map("{}").same(map("{}"))).isTrue();
  }

  /** By the service's page of item sizes: three bytes for a list or map, one for an element. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"S\":\"\"} | 0",
        "{\"S\":\"aé文\"} | 6",
        "{\"B\":\"AAEC\"} | 3",
        "{\"BOOL\":false} | 1",
        "{\"NULL\":true} | 1",
        "{\"N\":\"0\"} | 2",
        "{\"N\":\"7\"} | 2",
        "{\"N\":\"77\"} | 2",
        "{\"N\":\"777\"} | 3",
        "{\"N\":\"-777\"} | 4",
        "{\"N\":\"7000\"} | 2",
        "{\"N\":\"0.0070\"} | 2",
        "{\"SS\":[\"ab\",\"c\"]} | 3",
        "{\"NS\":[\"7\",\"777\"]} | 5",
        "{\"BS\":[\"AAEC\",\"AA==\"]} | 4",
        "{\"L\":[]} | 3",
        "{\"L\":[{\"S\":\"ab\"},{\"BOOL\":true}]} | 8",
        "{\"M\":{}} | 3",
        "{\"M\":{\"né\":{\"S\":\"ab\"},\"k\":{\"L\":[{\"S\":\"c\"}]}}} | 16",
      })
  void itemIsAsLargeAsTheServiceCountsIt(String value, long bytes) throws IOException {
    ItemMap item = map("{\"name\":" + value + ",\"é\":{\"S\":\"xyz\"}}");
    assertThat(ItemSize.of(item, name -> true)).isEqualTo(4 + bytes + 2 + 3);
    assertThat(ItemSize.of(item, "name"::equals)).isEqualTo(4 + bytes);
    assertThat(ItemSize.of(item, name -> false)).isZero();
  }

  /** Wherever in its page the item is, and whatever else looks like one. */
  @Test
  void itemIsWithoutTheAttributesOfReplicas() throws IOException {
    String rest = "\"id\":{\"S\":\"a\"},\"t\":{\"M\":{\"aws:rep:own\":{\"S\":\"\\\"aws:rep:\"}}}";
    for (String before : List.of("", "{\"aws:rep:x\":{}}", "x".repeat(300))) {
      for (String after : List.of("", ",\"aws:rep:y\":{\"S\":\"b\"}}")) {
        Item plain = Slices.within(before, "{" + rest + "}", after);
        assertThat(ReplicationAttributes.without(plain)).isSameAs(plain);
        Item short_ = Slices.within(before, "{\"a\":{\"S\":\"aws:rep:\"}}", after);
        assertThat(ReplicationAttributes.without(short_)).isSameAs(short_);
        for (String item :
            List.of(
                "{\"aws:rep:deleting\":{\"BOOL\":false}," + rest + "}",
                "{" + rest + ",\"aws:rep:updatetime\":{\"N\":\"1\"}}")) {
          assertThat(ReplicationAttributes.without(Slices.within(before, item, after)))
              .hasToString("{" + rest + "}");
        }
      }
    }
    assertThat(ReplicationAttributes.without(Item.of("{\"aws:rep:a\":{\"S\":\"b\"}}")))
        .hasToString("{}");
    Item empty = Item.of("{}");
    assertThat(ReplicationAttributes.without(empty)).isSameAs(empty);
    assertThat(ReplicationAttributes.isOne("aws:rep:deleting")).isTrue();
    assertThat(ReplicationAttributes.isOne("aws:rep")).isFalse();
    assertThat(ReplicationAttributes.isOne("x:aws:rep:")).isFalse();
  }
}
