package org.dynocopy.store.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.core.Backoff;
import org.dynocopy.core.Item;
import org.dynocopy.core.Source;
import org.dynocopy.core.StoreException;
import org.dynocopy.engine.flow.Retry;

/** The items of a backup as a source: a split for each file. */
public final class BackupSource implements Source, AutoCloseable {

  private static final LineSplit.Parser LINES =
      (bytes, offset, length, number) -> ItemLine.find(bytes, offset, length);

  private final List<LineSplit> splits;

  /** Makes a source of a backup that has been checked. */
  public BackupSource(BackupFiles backup) {
    this.splits = backup.files().stream().map(file -> new LineSplit(file, LINES)).toList();
  }

  /** Returns the first items of a backup that has been checked, so many at most. */
  public static List<Item> sample(BackupFiles backup, int most) {
    try (BackupSource source = new BackupSource(backup)) {
      List<Item> first = new ArrayList<>();
      for (Split split : source.splits()) {
        first.addAll(split.read(Optional.empty(), Retry.alone(Backoff.DEFAULT)).items());
        if (first.size() >= most) {
          break;
        }
      }
      return first.subList(0, Math.min(most, first.size()));
    } catch (IOException | StoreException e) {
      // It was read to its end a moment ago: the run will say what is wrong now.
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
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
