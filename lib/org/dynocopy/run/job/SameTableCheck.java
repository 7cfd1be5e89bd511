package org.dynocopy.run.job;

import java.util.Optional;
import org.dynocopy.core.StoreException;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableInfo;

/** Refuses what would copy a table over itself, by whatever names it is called. */
public final class SameTableCheck {

  private SameTableCheck() {}

  /**
   * Returns why two tables cannot be source and target, if that is so.
   *
   * @param written whether the target is written: replicas can be compared, but not copied
   * @throws StoreException if that cannot be found out
   */
  public static Optional<String> refused(Table source, Table target, boolean written)
      throws StoreException {
    TableInfo to = target.info();
    return switch (source.relation(target)) {
      case SAME ->
          Optional.of("source and target are the same table, " + to.arn() + " at " + to.endpoint());
      case REPLICAS ->
          written
              ? Optional.of(
                  "source and target are replicas of one global table, "
                      + source.info().arn()
                      + " and "
                      + to.arn()
                      + ": what is written to or deleted from one is so in the other, too")
              : Optional.empty();
      case OTHERS -> Optional.empty();
    };
  }
}
