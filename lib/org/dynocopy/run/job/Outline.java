package org.dynocopy.run.job;

import java.util.List;
import java.util.Optional;
import org.dynocopy.spec.Replay;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.TableReading;

/**
 * Collects what a job would do, as {@link JobRun#describe} passes it, for people or for programs.
 */
public interface Outline {

  /** Says what it is called. */
  void title(String title);

  /**
   * Says of one table what is read of it, and how.
   *
   * @param readers how many parts are read at once
   */
  void reading(TableReading reading, int readers);

  /** Says the same of a copy, and where to the items go. */
  void copy(TableReading reading, Target target);

  /**
   * The table that a copy writes.
   *
   * @param ref what it is called
   * @param info what it says of itself, or will
   * @param made whether it will be made like the source
   */
  record Target(TableRef ref, TableInfo info, boolean made) {}

  /** Says what is read to be compared; each side has the word {@code from} or {@code to}. */
  void sides(List<Side> sides);

  /**
   * A table that is compared.
   *
   * @param word which side it is
   */
  record Side(String word, TableReading reading) {}

  /**
   * Says which dead letters are written again, and where to.
   *
   * @param items how many there are
   * @param broken how many lines of the file are none
   * @param notes a sentence each, for people
   */
  void letters(Replay replay, long items, long broken, List<String> notes);

  /** Says what a table will be made of, as JSON. */
  void schema(String json);

  /**
   * Says something to people.
   *
   * @param word what it is about, {@code write}; empty for more of the line before
   */
  void line(String word, String text);

  /** Says it where there is something to say. */
  default void line(String word, Optional<String> text) {
    text.ifPresent(some -> line(word, some));
  }

  /** Says something to programs. */
  void field(String name, String value);

  /** Says to programs whether something is so. */
  void field(String name, boolean value);

  /** Says a number to programs. */
  void field(String name, long value);
}
