package org.dynocopy.store.dynamo;

import java.util.Optional;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.store.ServiceBackups;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.dynamo.client.Connection;
import org.dynocopy.store.dynamo.client.Connections;
import org.dynocopy.store.dynamo.client.Poller;
import org.dynocopy.store.dynamo.table.TableDescriber;
import software.amazon.awssdk.services.dynamodb.model.BackupDescription;
import software.amazon.awssdk.services.dynamodb.model.BackupStatus;
import software.amazon.awssdk.services.dynamodb.model.BackupSummary;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ListBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.SourceTableDetails;

/**
 * The on-demand backups that DynamoDB itself makes of tables.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/BackupRestore.html">Backup
 *     and restore for DynamoDB</a>
 */
final class OnDemandBackups implements ServiceBackups {

  private final Connections connections;
  private final Poller waiting;

  OnDemandBackups(Connections connections, Poller waiting) {
    this.connections = connections;
    this.waiting = waiting;
  }

  /**
   * {@inheritDoc}
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListBackups.html">ListBackups</a>
   */
  @Override
  public boolean offered(Table table) {
    try {
      return ((DynamoTable) table)
          .connection()
          .askIfOffered(
              "ListBackups",
              client -> client.listBackups(r -> r.tableName(table.info().name()).limit(1)))
          .isPresent();
    } catch (StoreException e) {
      // Perhaps one may not list them, and may make them: CreateBackup tells.
      return true;
    }
  }

  /**
   * {@inheritDoc}
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateBackup.html">CreateBackup</a>
   */
  @Override
  public Optional<String> create(Table table, String name, boolean perhapsMade)
      throws StoreException, InterruptedException {
    Connection connection = ((DynamoTable) table).connection();
    Optional<String> made =
        perhapsMade ? find(connection, table.info().name(), name) : Optional.empty();
    Optional<String> arn =
        made.isPresent()
            ? made
            : connection.askIfOffered(
                "CreateBackup",
                client ->
                    client
                        .createBackup(r -> r.tableName(table.info().name()).backupName(name))
                        .backupDetails()
                        .backupArn());
    if (arn.isPresent()) {
      await(connection, arn.get());
    }
    return arn;
  }

  /** The latest come last, and it was the last thing that the run did. */
  private static Optional<String> find(Connection connection, String table, String name)
      throws StoreException {
    String[] after = {null};
    do {
      Optional<ListBackupsResponse> page =
          connection.askIfOffered(
              "ListBackups",
              client ->
                  client.listBackups(r -> r.tableName(table).exclusiveStartBackupArn(after[0])));
      Optional<String> found =
          page.stream()
              .flatMap(some -> some.backupSummaries().stream())
              .filter(backup -> name.equals(backup.backupName()))
              .map(BackupSummary::backupArn)
              .findFirst();
      if (found.isPresent()) {
        return found;
      }
      after[0] = page.map(ListBackupsResponse::lastEvaluatedBackupArn).orElse(null);
    } while (after[0] != null);
    return Optional.empty();
  }

  private void await(Connection connection, String arn)
      throws StoreException, InterruptedException {
    BackupStatus status =
        waiting.until(
            "the backup " + arn,
            () ->
                Optional.of(describe(connection, arn).backupDetails().backupStatus())
                    .filter(now -> now != BackupStatus.CREATING));
    if (status != BackupStatus.AVAILABLE) {
      throw connection.refused("the backup " + arn + " is " + status);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeBackup.html">DescribeBackup</a>
   */
  @Override
  public Contents look(String arn, TableRef to) throws StoreException {
    Connection connection = connections.to(to.environment());
    BackupDescription backup = describe(connection, arn);
    if (backup.backupDetails().backupStatus() != BackupStatus.AVAILABLE) {
      throw connection.refused(
          "the backup " + arn + " is " + backup.backupDetails().backupStatusAsString());
    }
    SourceTableDetails table = backup.sourceTableDetails();
    long items = table.itemCount() == null ? 0 : table.itemCount();
    return new Contents(
        table.keySchema().stream().map(KeySchemaElement::attributeName).toList(), items);
  }

  private static BackupDescription describe(Connection connection, String arn)
      throws StoreException {
    return connection
        .askIfOffered(
            "DescribeBackup",
            client -> client.describeBackup(r -> r.backupArn(arn)).backupDescription())
        .orElseThrow(() -> connection.refused("this endpoint makes no backups: use `file:`"));
  }

  /**
   * {@inheritDoc}
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableFromBackup.html">RestoreTableFromBackup</a>
   */
  @Override
  public void restore(String arn, TableRef to, boolean perhapsMade)
      throws StoreException, InterruptedException {
    Connection connection = connections.to(to.environment());
    if (!perhapsMade || TableDescriber.find(connection, to.table()).isEmpty()) {
      connection.ask(
          "RestoreTableFromBackup",
          client ->
              client.restoreTableFromBackup(r -> r.backupArn(arn).targetTableName(to.name())));
    }
    String status =
        waiting.until(
            "the new table `" + to + "`",
            () ->
                TableDescriber.find(connection, to.table())
                    .map(TableInfo::status)
                    .filter(now -> !now.equals("CREATING")));
    if (!status.equals("ACTIVE")) {
      throw new StoreException(Kind.REFUSED, "the new table `" + to + "` is " + status);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html">DeleteTable</a>
   */
  @Override
  public void drop(TableRef table) throws StoreException, InterruptedException {
    Connection connection = connections.to(table.environment());
    connection.ask("DeleteTable", client -> client.deleteTable(r -> r.tableName(table.table())));
    waiting.until(
        "the end of `" + table + "`",
        () ->
            TableDescriber.find(connection, table.table()).isPresent()
                ? Optional.empty()
                : Optional.of(table));
  }
}
