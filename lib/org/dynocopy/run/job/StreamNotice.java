package org.dynocopy.run.job;

import java.util.Optional;
import java.util.OptionalLong;
import org.dynocopy.store.TableInfo;

/** Says what a job sets off by the stream of the table that it writes. */
public final class StreamNotice {

  private StreamNotice() {}

  /**
   * Returns a sentence, if the table has a stream.
   *
   * @param table the table that is written
   * @param name what messages call it
   * @param items how many items are written or removed at most, if that is known
   * @param change what happens to them, {@code written}
   */
  public static Optional<String> of(
      TableInfo table, Object name, OptionalLong items, String change) {
    return of(table.stream(), name, items, change);
  }

  /**
   * Returns the same of a table that is still to be made.
   *
   * @param stream what the records of its stream show, if it will have one
   */
  public static Optional<String> of(
      Optional<String> stream, Object name, OptionalLong items, String change) {
    String each = "one for each item that is " + change;
    String records =
        items.isPresent() && items.getAsLong() > 0
            ? String.format("up to about %,d records, %s", items.getAsLong(), each)
            : "a record for each item that is " + change;
    return stream.map(
        view ->
            "`"
                + name
                + "` has a stream ("
                + view
                + "): it gets "
                + records
                + ", and what reads it, such as triggers, acts on each.");
  }
}
