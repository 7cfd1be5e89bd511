package org.dynocopy.run.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.core.StoreException;
import org.dynocopy.run.job.NotedRecord;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.store.ServiceBackups;
import org.dynocopy.store.Table;
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
    Thread.sleep(2); // names have the milliseconds
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

  /** A service that answers with the backup of a name, or makes one. */
  private static final class Service implements ServiceBackups {
    private final List<String> made = new ArrayList<>();
    private boolean killed = true;

    @Override
    public boolean offered(Table table) {
      return true;
    }

    @Override
    public Optional<String> create(Table table, String name, boolean perhapsMade)
        throws StoreException {
      if (!perhapsMade || !made.contains(name)) {
        made.add(name);
      }
      if (killed) {
        throw new StoreException(StoreException.Kind.REFUSED, "killed before it was noted");
      }
      return Optional.of(name);
    }

    @Override
    public Contents look(String arn, TableRef to) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void restore(String arn, TableRef to, boolean perhapsMade) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void drop(TableRef table) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void backupOfAKilledTryDoesNotStandForANewOne() throws Exception {
    Service service = new Service();
    TargetBackups first = tries();
    assertThatThrownBy(() -> first.make(service, null)).hasMessageContaining("killed");
    // What is removed is noted anew by the next try, and may have come since.
    service.killed = false;
    tries().make(service, null);
    assertThat(service.made).hasSize(2);
  }
}
