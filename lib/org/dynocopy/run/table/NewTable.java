package org.dynocopy.run.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.core.StoreException;
import org.dynocopy.files.FileReason;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.run.resume.ResumePoint;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.state.TableNote;
import org.dynocopy.store.Stores;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.TableSchema;

/**
 * A table that a job makes where there is none. What is still to be done to it is noted on the disk
 * before it is made and until all is done, so that the next run of the same job finishes what a
 * killed one has begun. A table that somebody else has made is not touched.
 */
public final class NewTable {

  /** How long the service may take to say when a table was made, and clocks may differ. */
  private static final Duration MADE_WITHIN = Duration.ofMinutes(15);

  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(2);

  private final TableRef table;
  private final String job;
  private final Stores stores;
  private final Path file;

  /** What is to be done to a table that this run, or one before it, has made. */
  private Optional<TableNote> note = Optional.empty();

  /**
   * Names a table.
   *
   * @param job what makes it, the same text in each run
   */
  public NewTable(TableRef table, String job, Stores stores) {
    this.table = table;
    this.job = job;
    this.stores = stores;
    String whole = table.environment().name() + " " + table.table();
    this.file =
        WorkingFolder.file(
            "making-" + table.name() + "-" + ResumePoint.digest(whole.getBytes(UTF_8)) + ".json");
  }

  /**
   * Looks whether a table that is there was begun by a run of this job, which did not finish it.
   */
  public boolean isBegun(TableInfo found) {
    note = TableNote.read(file).filter(was -> was.job().equals(job) && isOf(was, found));
    return note.isPresent();
  }

  /** Returns a sentence if a run of another job has begun this table and not finished it. */
  public Optional<String> begunByOthers(TableInfo found) {
    return TableNote.read(file)
        .filter(was -> !was.job().equals(job) && isOf(was, found))
        .map(
            was ->
                "`"
                    + table
                    + "` was made by another job, which was stopped: "
                    + was.job()
                    + ". Run that again: it turns on what is still missing of the table's"
                    + " settings");
  }

  private boolean isOf(TableNote was, TableInfo found) {
    if (was.table().isPresent()) {
      return was.table().get().equals(found.uniqueText());
    }
    // It was killed before it had the answer: then the table is as it was asked for, and was made
    // in that moment.
    TableSchema wanted = schema(was);
    Instant earliest = was.begun().minus(CLOCKS_DIFFER);
    Instant latest = was.begun().plus(MADE_WITHIN);
    return wanted.keyNames().equals(found.keyNames())
        && wanted.indexNames().equals(found.indexes().keySet())
        && found.created().filter(at -> at.isAfter(earliest) && at.isBefore(latest)).isPresent();
  }

  private TableSchema schema(TableNote of) {
    return stores.tables().schema(file.toString(), of.schema());
  }

  /**
   * Makes the table and waits until it can be used.
   *
   * @return what could not be made so, a sentence each
   */
  public List<String> make(TableSchema schema) throws StoreException {
    keep(new TableNote(job, Instant.now(), Optional.empty(), true, schema.json()));
    List<String> notes;
    try {
      notes =
          stores
              .tables()
              .create(
                  table,
                  schema,
                  made -> {
                    try {
                      keep(note.orElseThrow().made(made));
                    } catch (StoreException e) {
                      throw new UncheckedIOException(new IOException(e.getMessage(), e));
                    }
                  });
    } catch (UncheckedIOException e) {
      throw cannotNote(e.getCause());
    } catch (StoreException e) {
      forgetIfNotMade(e);
      throw e;
    }
    keep(note.orElseThrow().recovered());
    return notes;
  }

  /**
   * What was refused was not begun: the same table, made by someone else within minutes, is not
   * this job's. A request without an answer may have made it, or may be under way still.
   */
  private void forgetIfNotMade(StoreException failure) {
    boolean answered = failure.kind() != StoreException.Kind.UNAVAILABLE;
    if (!answered || note.orElseThrow().table().isPresent()) {
      return;
    }
    try {
      if (stores.tables().find(table).isEmpty()) {
        Files.deleteIfExists(file);
        note = Optional.empty();
      }
    } catch (StoreException | IOException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * Goes on with a table that {@link #isBegun}, until it can be used.
   *
   * @return what could not be made so, a sentence each
   */
  public List<String> goOn(TableInfo found) throws StoreException {
    TableNote was = note.orElseThrow();
    keep(was.made(found.uniqueText()));
    List<String> notes = stores.tables().complete(table, schema(was), was.recovery());
    keep(note.orElseThrow().recovered());
    return notes;
  }

  /**
   * Does what would have disturbed a copy, and is done when that is complete: only now may items
   * expire. Does nothing to a table that was there before.
   *
   * @return what could not be made so, a sentence each
   */
  public List<String> finish(Table made) throws StoreException {
    if (note.isEmpty()) {
      return List.of();
    }
    List<String> notes = new ArrayList<>(made.enableTimeToLive(schema(note.get())));
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      notes.add(file + " cannot be deleted: " + FileReason.of(e));
    }
    return notes;
  }

  private void keep(TableNote now) throws StoreException {
    try {
      now.write(file);
      note = Optional.of(now);
    } catch (IOException e) {
      throw cannotNote(e);
    }
  }

  private StoreException cannotNote(IOException e) {
    return new StoreException(
        StoreException.Kind.REFUSED,
        "cannot note in " + file + " what is to be done to `" + table + "`: " + e.getMessage(),
        e);
  }
}
