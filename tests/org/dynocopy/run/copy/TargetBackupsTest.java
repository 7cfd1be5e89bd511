package org.dynocopy.run.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.dynocopy.run.job.NotedRecord;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.spec.place.TableRef;
import org.junit.jupiter.api.Test;

/** Which of the backups counts that killed tries of a replacement have made. */
class TargetBackupsTest {

  private static final TableRef TABLE = new TableRef(Environment.named("a"), "users", "a:users");

  private final NotedRecord record = new NotedRecord();

  private TargetBackups tries() {
    return new TargetBackups(record, TABLE);
  }

  @Test
  void firstFinishedBackupIsNamedAsTheOneThatMatters() throws Exception {
    TargetBackups first = tries();
    Path begun = first.file();
    // Killed before it was whole: the next try makes the same file.
    TargetBackups second = tries();
    assertThat(second.file()).isEqualTo(begun);
    second.made("first.jsonl.gz");
    assertThat(second.notes()).isEmpty();
    assertThat(second.gone(7))
        .isEqualTo("7 items were removed from a:users before it ended: they are in first.jsonl.gz");
    // Killed while it removed: what is left is backed up once more, into another file.
    TargetBackups third = tries();
    assertThat(third.file()).isNotEqualTo(begun);
    third.made("second.jsonl.gz");
    assertThat(third.notes())
        .singleElement()
        .asString()
        .matches(
            "a:users as it was before this run removed anything is in the backup"
                + " first\\.jsonl\\.gz at \\S+; what was left of it then, in second\\.jsonl\\.gz"
                + " at \\S+");
    // A try that goes on without a backup of its own still names it.
    assertThat(tries().notes()).singleElement().asString().contains("the backup first.jsonl.gz");
  }
}
