package org.dynocopy.store;

import java.util.List;
import java.util.Optional;
import org.dynocopy.core.StoreException;
import org.dynocopy.spec.place.TableRef;

/** The backups that a service itself makes of its tables, and the tables that it makes of them. */
public interface ServiceBackups {

  /** What a restored table does not get from its backup. */
  String NOT_RESTORED =
      "the service restores no TTL, tags, stream, auto scaling, point-in-time recovery, deletion"
          + " protection, policies or alarms: set up what is needed";

  /**
   * What a backup says of itself.
   *
   * @param keyNames the key attributes of its table, the partition key's first
   * @param items about how many items it has
   */
  record Contents(List<String> keyNames, long items) {}

  /** Returns whether the endpoint makes backups: servers for tests do not. */
  boolean offered(Table table);

  /**
   * Backs a table up, and waits until the backup can be restored.
   *
   * @param name what the backup is called
   * @param perhapsMade whether a run that was killed may have begun one of that name, which is
   *     waited for then
   * @return its ARN; nothing where the endpoint makes no backups
   * @throws StoreException if it could not be made
   */
  Optional<String> create(Table table, String name, boolean perhapsMade)
      throws StoreException, InterruptedException;

  /**
   * Looks at a backup.
   *
   * @param to a table of the environment to look in
   * @throws StoreException if there is none, or it cannot be restored
   */
  Contents look(String arn, TableRef to) throws StoreException;

  /**
   * Makes a table of a backup, and waits until it can be used.
   *
   * @param perhapsMade whether a run that was killed may have begun that very table, which is
   *     waited for then
   */
  void restore(String arn, TableRef to, boolean perhapsMade)
      throws StoreException, InterruptedException;

  /** Deletes a table that was only made on the way, and waits until it is gone. */
  void drop(TableRef table) throws StoreException, InterruptedException;
}
