package org.dynocopy.run.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.store.TableInfo;
import org.dynocopy.testing.FilledRecord;
import org.junit.jupiter.api.Test;

/** What must be the same for a run to go on from a checkpoint. */
class ResumePointTest {

  private String target(TableInfo to) {
    return ResumePoint.of("restore", Map.of(), to, true, Location.NOWHERE).plan().get("to");
  }

  private void assertAnother(TableInfo table, Set<String> parts) {
    for (Map.Entry<String, TableInfo> other : FilledRecord.others(table).entrySet()) {
      assertThat(target(other.getValue()).equals(target(table)))
          .as(other.getKey())
          .isEqualTo(!parts.contains(other.getKey()));
    }
  }

  /** A table has several addresses; one that nothing else tells apart is known by them. */
  @Test
  void tableIsKnownByWhateverTellsItApart() {
    TableInfo table = FilledRecord.of(TableInfo.class);
    assertAnother(table, Set.of("arn", "id", "created", "region"));
    TableInfo nameless = FilledRecord.with(table, "id", "");
    assertAnother(nameless, Set.of("arn", "id", "created", "region"));
    TableInfo ageless = FilledRecord.with(nameless, "created", Optional.empty());
    assertAnother(ageless, Set.of("arn", "id", "created", "region", "endpoint"));
  }
}
