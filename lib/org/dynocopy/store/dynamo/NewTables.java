package org.dynocopy.store.dynamo;

import java.util.List;
import java.util.function.Consumer;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.TableRef;
import org.dynocopy.store.dynamo.schema.Schema;
import org.dynocopy.store.dynamo.schema.Schemas;

/** Makes tables. */
public final class NewTables {

  private NewTables() {}

  /**
   * Makes a table and waits until it can be used.
   *
   * @param made gets the {@link TableInfo#uniqueText} of the new table as soon as there is one
   * @return what could not be made so, a sentence each
   */
  public static List<String> create(
      TableRef table, Schema schema, Connections connections, Consumer<String> made)
      throws StoreException {
    return connections
        .to(table.environment())
        .ask(
            "CreateTable",
            client ->
                Schemas.create(
                    client,
                    table.table(),
                    schema,
                    now ->
                        made.accept(
                            TableInfo.uniqueText(
                                now.tableArn(), now.tableId(), now.creationDateTime()))));
  }

  /**
   * Waits until a table can be used that another run has begun to make, and completes it but for
   * its TTL.
   *
   * @param recovery whether to turn on point-in-time recovery, if the schema has it
   * @return what could not be made so, a sentence each
   */
  public static List<String> complete(
      TableRef table, Schema schema, boolean recovery, Connections connections)
      throws StoreException {
    return connections
        .to(table.environment())
        .ask("DescribeTable", client -> Schemas.complete(client, table.table(), schema, recovery));
  }
}
