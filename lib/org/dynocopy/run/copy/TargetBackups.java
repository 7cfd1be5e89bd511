package org.dynocopy.run.copy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.core.StoreException;
import org.dynocopy.files.Timestamp;
import org.dynocopy.run.job.JobRecord;
import org.dynocopy.run.job.WorkingFiles;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.store.ServiceBackups;
import org.dynocopy.store.Table;
import org.dynocopy.store.file.FileStore;

/**
 * The backups that the tries of one job make of a table before they remove items of it. Each try
 * makes one of what is there by then, and the first that was finished has all that any of them
 * removes: that is the one that matters.
 */
final class TargetBackups {

  private static final String BEGUN = "backup begun ";
  private static final String MADE = "backup ";

  private final JobRecord record;
  private final TableRef table;
  private final List<String> before = new ArrayList<>();
  private Optional<String> mine = Optional.empty();
  private String place = "";

  TargetBackups(JobRecord record, TableRef table) {
    this.record = record;
    this.table = table;
    for (Optional<String> made = record.note(MADE + 1);
        made.isPresent();
        made = record.note(MADE + (before.size() + 1))) {
      before.add(made.get());
    }
  }

  private String begun() {
    return BEGUN + (before.size() + 1);
  }

  /** Returns whether an earlier try has begun a backup and, as far as is known, not finished it. */
  private boolean isBegun() {
    return record.note(begun()).isPresent();
  }

  /**
   * Returns the file for a backup: that of a try that was killed while it made it, or a new one.
   */
  Path file() throws StoreException {
    boolean begun = isBegun();
    Path file = Path.of(begin(WorkingFiles.backup(table).toString()));
    if (begun && isWhole(file)) {
      // What is noted of it is gone with its process, so there will be another one.
      String what = file + " at " + Timestamp.text(Instant.now());
      record.note(MADE + (before.size() + 1), what);
      before.add(what);
      return file();
    }
    return file;
  }

  private static boolean isWhole(Path file) throws StoreException {
    try (FileStore store = new FileStore(file)) {
      return store.recover().isPresent();
    }
  }

  /**
   * Has the service make one, and waits for it. One that a killed try has begun does not count: it
   * would lack what came to the table since, and is noted to be removed.
   */
  Optional<String> make(ServiceBackups service, Table to)
      throws StoreException, InterruptedException {
    String name = Timestamp.after("dynocopy");
    record.note(begun(), name);
    Optional<String> arn = service.create(to, name, false);
    if (arn.isPresent()) {
      made(arn.get());
    }
    return arn;
  }

  private String begin(String fresh) throws StoreException {
    Optional<String> was = record.note(begun());
    if (was.isEmpty()) {
      record.note(begun(), fresh);
    }
    return was.orElse(fresh);
  }

  /** Notes that a backup is finished. */
  void made(String where) throws StoreException {
    place = where;
    String what = where + " at " + Timestamp.text(Instant.now());
    record.note(MADE + (before.size() + 1), what);
    mine = Optional.of(what);
  }

  /** Returns what is gone, where not everything was done, and what has it. */
  String gone(long items) {
    String what = String.format("%,d items were removed from %s before it ended", items, table);
    return items == 0 || place.isEmpty() ? what : what + ": they are in " + place;
  }

  /** Returns which backup matters, where earlier tries have made some. */
  List<String> notes() {
    if (before.isEmpty()) {
      return List.of();
    }
    List<String> later = new ArrayList<>(before.subList(1, before.size()));
    mine.ifPresent(later::add);
    return List.of(
        table
            + " as it was before this run removed anything is in the backup "
            + before.get(0)
            + (later.isEmpty()
                ? ""
                : "; what was left of it then, in " + String.join(", ", later)));
  }
}
