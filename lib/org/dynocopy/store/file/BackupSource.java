package org.dynocopy.store.file;

import java.io.IOException;
import java.util.List;
import org.dynocopy.engine.Source;

/** The items of a backup as a source: a split for each file. */
public final class BackupSource implements Source, AutoCloseable {

  private static final LineSplit.Parser LINES =
      (bytes, offset, length, number) -> ItemLine.find(bytes, offset, length);

  private final List<LineSplit> splits;

  /** Makes a source of a backup that has been checked. */
  public BackupSource(BackupFiles backup) {
    this.splits = backup.files().stream().map(file -> new LineSplit(file, LINES)).toList();
  }

  @Override
  public List<Split> splits() {
    return List.copyOf(splits);
  }

  @Override
  public boolean resumable() {
    return true;
  }

  /** A file that another program made, or one of an index, may have a key twice. */
  @Override
  public boolean mayRepeatKeys() {
    return true;
  }

  /** Closes the files that were not read to their ends; to be called after the run. */
  @Override
  public void close() throws IOException {
    for (LineSplit split : splits) {
      split.close();
    }
  }
}
