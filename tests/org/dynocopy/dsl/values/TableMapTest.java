package org.dynocopy.dsl.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a filter sees of an item: it can change nothing of it, at any depth. */
class TableMapTest {

  private static final Map<String, Object> ITEM =
      Map.of(
          "list", List.of(1, List.of(2), Map.of("list", List.of(3))),
          "set", Set.of("a"),
          "map", Map.of("list", List.of(4), "set", Set.of(5)),
          "bytes", ByteBuffer.wrap(new byte[] {1}));

  @SuppressWarnings("unchecked")
  private static void assertFixed(Object value) {
    if (value instanceof Collection<?> several) {
      several.forEach(TableMapTest::assertFixed);
      assertThatThrownBy(() -> ((Collection<Object>) several).add("x"))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(several::clear).isInstanceOf(UnsupportedOperationException.class);
    } else if (value instanceof Map<?, ?> map) {
      map.keySet().forEach(name -> assertFixed(map.get(name)));
      assertThatThrownBy(() -> ((Map<Object, Object>) map).put("x", "x"))
          .isInstanceOf(UnsupportedOperationException.class);
    } else if (value instanceof ByteBuffer bytes) {
      assertThat(bytes.isReadOnly()).isTrue();
    }
  }

  @Test
  void nothingOfAnItemCanBeChanged() {
    TableMap item = new TableMap(ITEM);
    assertFixed(item);
    assertThat(item).isEqualTo(ITEM);
    Map<String, Object> copy = item.clone();
    copy.put("more", 1);
    assertThat(item).isEqualTo(ITEM);
  }

  @Test
  void mapsWithNullUnderOtherNamesAreOthers() {
    Map<String, Object> one = Collections.singletonMap("a", null);
    Map<String, Object> other = Collections.singletonMap("b", null);
    assertThat(Comparison.same(one, other)).isFalse();
    assertThat(Comparison.same(one, Collections.singletonMap("a", null))).isTrue();
    assertThat(Comparison.same(List.of(one), List.of(other))).isFalse();
  }
}
