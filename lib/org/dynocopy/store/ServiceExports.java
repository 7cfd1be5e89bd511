package org.dynocopy.store;

import org.dynocopy.core.StoreException;
import org.dynocopy.spec.place.TableRef;

/**
 * The exports to S3 that a service itself makes of its tables, and the tables that it makes of
 * them. A place is {@code bucket/prefix}.
 */
public interface ServiceExports {

  /**
   * Exports a table as it is now, and waits until that is done.
   *
   * @param token by which the service knows a request that was made before, some hours ago at the
   *     most: it makes no second export then
   * @return a sentence that says where the export is
   * @throws StoreException if it could not be made
   */
  String export(Table table, String place, String token)
      throws StoreException, InterruptedException;

  /**
   * Makes a table of an export, and waits until it can be used. It is on-demand, and has no indexes
   * but the keys and the encryption of another table: it is read once.
   *
   * @param place one export, see {@link org.dynocopy.spec.place.S3Ref#isExport}
   * @param to the table to make
   * @param like what it is like
   * @throws StoreException if it could not be made, or not every item is in it
   */
  void importFrom(String place, TableRef to, TableSchema like)
      throws StoreException, InterruptedException;
}
