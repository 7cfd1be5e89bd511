package org.dynocopy.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A checkpoint is found by these texts, in another JVM, where maps and sets have other orders. */
class KeyConditionTest {

  private static final List<String> NAMES = List.of("tenant", "day", "region", "kind");

  private static Map<String, Object> map(List<String> names) {
    Map<String, Object> map = new LinkedHashMap<>();
    names.forEach(name -> map.put(name, Map.of("of", name, "bytes", new byte[] {1, -1})));
    return map;
  }

  private static List<String> backwards() {
    return NAMES.stream().sorted(Collections.reverseOrder()).toList();
  }

  private static KeyCondition of(Object key) {
    return new KeyCondition(List.of(key), Optional.empty(), Optional.of("byTenant"));
  }

  @Test
  void theSameConditionHasTheSameTextInAnyOrder() {
    assertThat(of(map(NAMES)).text()).isEqualTo(of(map(backwards())).text());
    Set<String> forth = new LinkedHashSet<>(NAMES);
    Set<String> back = new LinkedHashSet<>(backwards());
    assertThat(KeyCondition.text(forth)).isEqualTo(KeyCondition.text(back));
    assertThat(new ServerFilter("#a IN :b", Map.of(), Map.of(":b", forth)).text())
        .isEqualTo(new ServerFilter("#a IN :b", Map.of(), Map.of(":b", back)).text());
  }

  @Test
  void anotherConditionHasAnotherText() {
    assertThat(of(new byte[] {1}).text()).isNotEqualTo(of(new byte[] {2}).text());
    assertThat(of("t1").text()).isNotEqualTo(of("t2").text());
    assertThat(KeyCondition.text(NAMES)).isNotEqualTo(KeyCondition.text(backwards()));
  }

  @Test
  void aSetOfBytesIsSaidByWhatIsInIt() {
    assertThat(KeyCondition.text(Set.of(new byte[] {10}))).isEqualTo("[0a]");
  }

  @Test
  void doesNotChangeWithTheCollectionsItWasMadeOf() {
    List<Object> keys = new ArrayList<>(List.of("t1"));
    KeyCondition condition =
        new KeyCondition(
            keys,
            Optional.of(new KeyCondition.Sort(KeyCondition.SortWord.EQUALS, keys)),
            Optional.empty());
    Map<String, Object> values = new LinkedHashMap<>(Map.of(":a", 1));
    Map<String, String> names = new LinkedHashMap<>(Map.of("#a", "a"));
    ServerFilter filter = new ServerFilter("#a = :a", names, values);
    String texts = condition.text() + filter.text();
    keys.add("t2");
    values.put(":b", null);
    names.put("#b", "b");
    assertThat(condition.text() + filter.text()).isEqualTo(texts);
  }
}
