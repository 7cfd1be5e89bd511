package org.dynocopy.store.dynamo.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;

/** Lists tables to the end, if there is one. */
public final class TableLister {

  /** An account has at most 10,000, and 100 are named in an answer. */
  private static final int MOST_ANSWERS = 1_000;

  private TableLister() {}

  /**
   * Returns the names of all tables.
   *
   * @throws SdkClientException if the server does not come to an end, too
   */
  public static List<String> of(DynamoDbClient client) {
    List<String> names = new ArrayList<>();
    Set<String> ends = new HashSet<>();
    String after = null;
    do {
      String last = after;
      ListTablesResponse some = client.listTables(r -> r.exclusiveStartTableName(last));
      names.addAll(some.tableNames());
      after = some.lastEvaluatedTableName();
      if (after != null && (!ends.add(after) || ends.size() == MOST_ANSWERS)) {
        throw SdkClientException.create(
            "the server names tables without an end, " + names.size() + " so far");
      }
    } while (after != null);
    return names;
  }
}
