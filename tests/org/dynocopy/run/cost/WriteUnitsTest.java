package org.dynocopy.run.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.dynocopy.core.Item;
import org.dynocopy.store.KeyAttributeType;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.TableInfo.Index;
import org.dynocopy.store.TableInfo.Key;
import org.dynocopy.testing.FilledRecord;
import org.junit.jupiter.api.Test;

/** What is written of an item: to its table, and to each index that it is in. */
class WriteUnitsTest {

  private static final Key ID = new Key("id", KeyAttributeType.S);
  private static final Key AT = new Key("at", KeyAttributeType.N);

  private static TableInfo table(Index... indexes) {
    TableInfo table = FilledRecord.with(FilledRecord.of(TableInfo.class), "keys", List.of(ID));
    table = FilledRecord.with(FilledRecord.with(table, "items", 10L), "bytes", 10_240L);
    Map<String, Index> all = new TreeMap<>();
    for (Index index : indexes) {
      all.put(index.name(), index);
    }
    return FilledRecord.with(table, "indexes", all);
  }

  private static Index index(String name, boolean global, boolean all) {
    Index index = FilledRecord.of(Index.class);
    index = FilledRecord.with(FilledRecord.with(index, "name", name), "global", global);
    index = FilledRecord.with(FilledRecord.with(index, "projectsAll", all), "sort", List.of(AT));
    index = FilledRecord.with(FilledRecord.with(index, "items", 10L), "bytes", 10_240L);
    index = FilledRecord.with(index, "attributes", Set.of());
    return FilledRecord.with(index, "partition", List.of(ID));
  }

  private static Item item(String attribute) {
    String text = "\"text\":{\"S\":\"" + "x".repeat(2_500) + "\"}";
    return Item.of("{\"id\":{\"S\":\"a\"},\"" + attribute + "\":{\"N\":\"1\"}," + text + "}");
  }

  private static Map<String, Double> units(Item item, TableInfo table) {
    return new WriteUnits(List.of(item), any -> true).of(table, 1, 2_520);
  }

  /** What a local index takes is taken from its table's throughput. */
  @Test
  void localIndexSharesTheThroughputOfItsTable() {
    Index local = index("local", false, true);
    Index global = index("global", true, true);
    TableInfo table = table(local, global);
    Map<String, Double> units = units(item("at"), table);
    assertThat(units.keySet()).containsExactlyInAnyOrder("", "global");
    assertThat(units.get("")).isCloseTo(6, offset(0.1));
    assertThat(units.get("global")).isCloseTo(3, offset(0.1));
    Map<String, Double> removal = WriteUnits.ofRemoval(table, 0.5);
    assertThat(removal.keySet()).containsExactlyInAnyOrder("", "global");
    assertThat(removal.get("")).isEqualTo(2 * removal.get("global"));
    assertThat(removal.get("global"))
        .isEqualTo(WriteUnits.ofRemoval(table(global), 0.5).get("global"));
  }

  @Test
  void onlyWhatAnIndexProjectsAndHasItsKeysIsWrittenThere() {
    TableInfo table = table(index("all", true, true), index("keys", true, false));
    Map<String, Double> units = units(item("at"), table);
    assertThat(units.get("keys")).isCloseTo(1, offset(0.1));
    assertThat(units.get("all")).isCloseTo(3, offset(0.1));
    assertThat(units(item("other"), table)).containsEntry("keys", 0.0).containsEntry("all", 0.0);
  }
}
