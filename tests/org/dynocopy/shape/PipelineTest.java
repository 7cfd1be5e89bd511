package org.dynocopy.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.dynocopy.core.Item;
import org.dynocopy.core.Shaper;
import org.dynocopy.core.ShapingException;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.Shape;
import org.dynocopy.spec.ShapeStep;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.RandomJson;
import org.junit.jupiter.api.Test;

class PipelineTest {

  private static final Item ITEM =
      Item.of("{\"id\":{\"S\":\"u1\"},\"n\":{\"N\":\"1.0\"},\"b\":{\"B\":\"AP8=\"}}");

  private static ClientFilter filter(ClientFilter.Test test) {
    return new ClientFilter(test, Location.NOWHERE);
  }

  private static Shaper filtering(ClientFilter.Test... tests) {
    List<ShapeStep> filters = new ArrayList<>();
    for (ClientFilter.Test test : tests) {
      filters.add(filter(test));
    }
    return Pipeline.of(new Shape(filters), List.of("id", "n"));
  }

  @Test
  void itemThatIsKeptIsTheVeryItemThatWasRead() {
    Cases.forAll(
        200,
        random -> {
          Item item = Item.of(new RandomJson(random, true).item(random.nextInt(10), 3));
          Shaper shaper = filtering(map -> map.values().size() >= 0);
          assertThat(shaper.shape(item).get()).isSameAs(item);
        });
  }

  @Test
  void itemPassesAllFiltersAndTheFirstRefusalEndsThem() throws Exception {
    List<String> asked = new ArrayList<>();
    assertThat(
            filtering(
                    item -> asked.add("one"), item -> !asked.add("two"), item -> asked.add("three"))
                .shape(ITEM))
        .isEmpty();
    assertThat(asked).containsExactly("one", "two");
    assertThat(filtering(item -> true, item -> item.get("id").equals("u1")).shape(ITEM))
        .contains(ITEM);
  }

  @Test
  void withoutFiltersEverythingPasses() {
    assertThat(Pipeline.of(Shape.NONE, List.of("id"))).isSameAs(Shaper.NONE);
  }

  @Test
  void failureTellsTheItemsKeyAndWhatWentWrong() {
    IllegalArgumentException cause = new IllegalArgumentException("no such thing");
    Shaper shaper =
        filtering(
            item -> {
              throw cause;
            });
    assertThatThrownBy(() -> shaper.shape(ITEM))
        .hasMessage("no such thing (item id=u1, n=1.0)")
        .hasCause(cause);
  }

  @Test
  void failureWithoutAMessageTellsItsType() {
    Shaper shaper = filtering(item -> failing());
    assertThatThrownBy(() -> shaper.shape(ITEM))
        .message()
        .contains("(item id=u1, n=1.0)")
        .contains("UnsupportedOperationException")
        .doesNotContain("null (item");
  }

  private static boolean failing() {
    throw new UnsupportedOperationException();
  }

  private static Shaper failingWithKey(String name) {
    return Pipeline.of(Shape.NONE.then(filter(item -> failing())), List.of(name));
  }

  @Test
  void binaryKeyIsToldByItsBytes() {
    Shaper shaper = failingWithKey("b");
    assertThatThrownBy(() -> shaper.shape(ITEM)).hasMessageContaining("b=AP8=");
  }

  @Test
  void itemWithoutTheKeyIsToldAllTheSame() {
    Shaper shaper = failingWithKey("absent");
    assertThatThrownBy(() -> shaper.shape(ITEM)).hasMessageContaining("absent=null");
  }

  /** An item on which code runs too deep is the item's; no memory is the run's. */
  @Test
  void errorsOfTheMachineEndTheRunButForDepth() {
    Location at = new Location("r.groovy", 3, 1, 1, "x");
    for (Error error : List.of(new StackOverflowError("deep"), new OutOfMemoryError("heap"))) {
      ClientFilter.Test test =
          item -> {
            throw error;
          };
      Shaper shaper = Pipeline.of(Shape.NONE.then(new ClientFilter(test, at)), List.of("id"));
      boolean ends = error instanceof OutOfMemoryError;
      assertThatThrownBy(() -> shaper.shape(ITEM))
          .isInstanceOf(ends ? StoreException.class : ShapingException.class)
          .hasCause(error)
          .hasMessage(
              ends
                  ? "r.groovy:3:1: the filter (item id=u1) failed: " + error
                  : "deep (item id=u1)");
    }
  }
}
