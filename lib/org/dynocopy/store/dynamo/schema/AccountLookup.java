package org.dynocopy.store.dynamo.schema;

import java.util.Optional;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Finds out whose tables a client works with. */
final class AccountLookup {

  private AccountLookup() {}

  /** Returns the account of the credentials, or else that of a table which is there, if known. */
  static Optional<String> of(DynamoDbClient client) {
    Optional<String> account = ofCredentials(client);
    return account.isPresent() ? account : ofTable(client);
  }

  private static Optional<String> ofCredentials(DynamoDbClient client) {
    try {
      return client
          .serviceClientConfiguration()
          .credentialsProvider()
          .resolveIdentity()
          .join()
          .accountId();
    } catch (CompletionException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> ofTable(DynamoDbClient client) {
    try {
      return client.listTables(r -> r.limit(1)).tableNames().stream()
          .findFirst()
          .map(name -> client.describeTable(r -> r.tableName(name)).table().tableArn())
          .flatMap(Encryption::account);
    } catch (DynamoDbException e) {
      return Optional.empty();
    }
  }
}
