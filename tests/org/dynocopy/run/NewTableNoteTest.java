package org.dynocopy.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.run.resume.ResumePoint;
import org.dynocopy.run.table.NewTable;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.state.TableNote;
import org.dynocopy.store.KeyAttributeType;
import org.dynocopy.store.Stores;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.wiring.DefaultStores;
import org.dynocopy.testing.FilledRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether a table that is found is the one that an earlier run has begun. */
class NewTableNoteTest {

  private static final String SCHEMA =
      """
      {"CreateTable": {"KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
      "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}]}}
      """;

  private static final Instant BEGUN = Instant.parse("2026-01-02T03:04:05Z");

  private final TableRef table = FilledRecord.of(TableRef.class);
  private final TableInfo filled = FilledRecord.of(TableInfo.class);
  private final Stores stores = new DefaultStores();
  private final Path file = file();

  @AfterEach
  void close() throws Exception {
    stores.close();
    Files.deleteIfExists(file);
  }

  private Path file() {
    String whole = table.environment().name() + " " + table.table();
    String digest = ResumePoint.digest(whole.getBytes(StandardCharsets.UTF_8));
    return WorkingFolder.file("making-" + table.name() + "-" + digest + ".json");
  }

  private void note(Optional<String> identity) throws Exception {
    new TableNote("copy a", BEGUN, identity, true, SCHEMA).write(file);
  }

  private TableInfo found(Duration later, String key, Map<String, TableInfo.Index> indexes) {
    TableInfo made =
        FilledRecord.with(filled, "keys", List.of(new TableInfo.Key(key, KeyAttributeType.S)));
    made = FilledRecord.with(made, "indexes", indexes);
    return FilledRecord.with(made, "created", Optional.of(BEGUN.plus(later)));
  }

  private boolean isBegun(TableInfo found) {
    boolean begun = new NewTable(table, "copy a", stores).isBegun(found);
    NewTable other = new NewTable(table, "copy b", stores);
    assertThat(other.isBegun(found)).isFalse();
    assertThat(other.begunByOthers(found).isPresent()).isEqualTo(begun);
    assertThat(new NewTable(table, "copy a", stores).begunByOthers(found)).isEmpty();
    return begun;
  }

  @Test
  void tableThatIsNotedByItsIdentityIsThatOne() throws Exception {
    TableInfo found = found(Duration.ofDays(9), "other", filled.indexes());
    assertThat(isBegun(found)).isFalse();
    note(Optional.of(found.uniqueText()));
    assertThat(isBegun(found)).isTrue();
    assertThat(isBegun(FilledRecord.with(found, "id", "anew"))).isFalse();
  }

  /** Else TTL would be turned on for a table that somebody else has made. */
  @Test
  void tableWithoutIdentityIsTheOneThatWasMadeThenLikeThat() throws Exception {
    note(Optional.empty());
    Map<Integer, Boolean> minutes =
        Map.of(-3, false, -1, true, 0, true, 14, true, 16, false, 60 * 24, false);
    minutes.forEach(
        (later, is) ->
            assertThat(isBegun(found(Duration.ofMinutes(later), "id", Map.of())))
                .as("%d minutes", later)
                .isEqualTo(is));
    assertThat(isBegun(found(Duration.ZERO, "other", Map.of()))).isFalse();
    assertThat(isBegun(found(Duration.ZERO, "id", filled.indexes()))).isFalse();
    TableInfo ageless =
        FilledRecord.with(found(Duration.ZERO, "id", Map.of()), "created", Optional.empty());
    assertThat(isBegun(ageless)).isFalse();
  }
}
