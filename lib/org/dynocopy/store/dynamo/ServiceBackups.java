package org.dynocopy.store.dynamo;

import java.util.Optional;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.TableRef;
import org.dynocopy.store.dynamo.schema.Schema;

/** The backups, exports and imports that DynamoDB itself makes of tables. */
public final class ServiceBackups {

  private ServiceBackups() {}

  /** Makes an on-demand backup; returns its ARN, or nothing where the service makes none. */
  public static Optional<String> create(OpenTable table)
      throws StoreException, InterruptedException {
    return Optional.empty();
  }

  /** Exports a table to S3, and returns a sentence that says where. */
  public static String export(OpenTable table, String place)
      throws StoreException, InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** Makes a table of an on-demand backup, and waits until it can be used. */
  public static void restore(String arn, TableRef to, Connections connections)
      throws StoreException, InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** Makes a table of an export in S3, and waits until it can be used. */
  public static void importFrom(String place, TableRef to, Schema schema, Connections connections)
      throws StoreException, InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** Deletes a table that was only made on the way. */
  public static void drop(TableRef table, Connections connections) throws StoreException {
    throw new UnsupportedOperationException();
  }
}
