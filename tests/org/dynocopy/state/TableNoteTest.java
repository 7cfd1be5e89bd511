package org.dynocopy.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.testing.FilledRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is noted of a table that is being made, for the run that goes on. */
class TableNoteTest {

  @TempDir private Path folder;

  @Test
  void everyNoteIsReadAsItWasWritten() throws Exception {
    Path file = folder.resolve("making.json");
    assertThat(TableNote.read(file)).isEmpty();
    TableNote filled = FilledRecord.of(TableNote.class);
    List<TableNote> notes = new ArrayList<>(FilledRecord.others(filled).values());
    notes.add(FilledRecord.with(filled, "table", Optional.empty()));
    notes.add(FilledRecord.with(filled, "job", "copy \"a\"\n\u00e4"));
    for (TableNote note : notes) {
      note.write(file);
      assertThat(TableNote.read(file)).contains(note);
    }
  }

  @Test
  void noteOfTheNextStepIsOtherwiseTheSame() {
    TableNote note = FilledRecord.of(TableNote.class);
    assertThat(FilledRecord.differences(note, note.made("id"))).isEqualTo(Set.of("table"));
    assertThat(note.made("id").table()).contains("id");
    assertThat(FilledRecord.differences(note, note.recovered())).isEqualTo(Set.of("recovery"));
    assertThat(note.recovered().recovery()).isFalse();
  }

  @Test
  void whatIsNoNoteIsRefused() throws Exception {
    Path file = folder.resolve("making.json");
    FilledRecord.of(TableNote.class).write(file);
    String whole = Files.readString(file);
    for (String text :
        List.of(
            "",
            "{}",
            whole.substring(0, whole.length() / 2),
            whole.replaceFirst(
                "\"dynocopyTable\":\\{\"N\":\"1\"", "\"dynocopyTable\":{\"N\":\"2\""),
            whole.replace("recovery", "other"))) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> TableNote.read(file))
          .as(text)
          .isInstanceOf(InvalidJobException.class)
          .hasMessageContaining("cannot be read");
    }
  }
}
