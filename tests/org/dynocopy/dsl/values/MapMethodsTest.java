package org.dynocopy.dsl.values;

import static org.assertj.core.api.Assertions.assertThat;

import groovy.lang.Closure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A map has one entry for a key, whatever type of Java that key comes in. */
class MapMethodsTest {

  private static final List<List<Object>> SAME =
      List.of(
          List.of(7, 7L, new BigDecimal("7.0"), BigInteger.valueOf(7), 7.0, (short) 7),
          List.of("k", 'k'));

  /** Returns its last argument, as whatever function it stands for. */
  private static Closure<Object> always(Object value) {
    return new Closure<>(null) {
      private static final long serialVersionUID = 1;

      @Override
      public Object call(Object... arguments) {
        return value;
      }
    };
  }

  private static Object call(Map<?, ?> map, String method, Object... arguments) {
    return Calls.call(map, method, false, arguments);
  }

  @Test
  void everyMethodFindsTheKeyThatIsThere() {
    for (List<Object> keys : SAME) {
      for (Object there : keys) {
        for (Object asked : keys) {
          Map<Object, Object> map = new HashMap<>(Map.of(there, "old"));
          String what = there.getClass() + " asked by " + asked.getClass();
          assertThat(call(map, "get", asked)).as(what).isEqualTo("old");
          assertThat(call(map, "getAt", asked)).as(what).isEqualTo("old");
          assertThat(call(map, "getOrDefault", asked, "none")).as(what).isEqualTo("old");
          assertThat(call(map, "containsKey", asked)).as(what).isEqualTo(true);
          assertThat(call(map, "putIfAbsent", asked, "new")).as(what).isEqualTo("old");
          assertThat(call(map, "computeIfAbsent", asked, always("new"))).as(what).isEqualTo("old");
          assertThat(call(map, "computeIfPresent", asked, always("1"))).as(what).isEqualTo("1");
          assertThat(call(map, "compute", asked, always("2"))).as(what).isEqualTo("2");
          assertThat(call(map, "merge", asked, "3", always("4"))).as(what).isEqualTo("4");
          assertThat(call(map, "put", asked, "5")).as(what).isEqualTo("4");
          call(map, "putAt", asked, "6");
          assertThat(map).as(what).isEqualTo(Map.of(there, "6"));
          assertThat(call(map, "remove", asked)).as(what).isEqualTo("6");
          assertThat(map).as(what).isEmpty();
        }
      }
    }
  }
}
