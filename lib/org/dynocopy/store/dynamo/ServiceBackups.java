package org.dynocopy.store.dynamo;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.dynocopy.engine.StoreException;
import org.dynocopy.engine.StoreException.Kind;
import org.dynocopy.files.Timestamp;
import org.dynocopy.plan.TableRef;
import software.amazon.awssdk.services.dynamodb.model.BackupDescription;
import software.amazon.awssdk.services.dynamodb.model.BackupStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.SourceTableDetails;

/**
 * The on-demand backups that DynamoDB itself makes of tables.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/BackupRestore.html">Backup
 *     and restore for DynamoDB</a>
 */
public final class ServiceBackups {

  /** What a restored table does not get from its backup. */
  public static final String NOT_RESTORED =
      "the service restores no TTL, tags, stream, auto scaling, point-in-time recovery, deletion"
          + " protection, policies or alarms: set up what is needed";

  private final Waiting waiting;

  /**
   * Makes nothing yet.
   *
   * @param said gets what is waited for, a sentence each
   */
  public ServiceBackups(Consumer<String> said) {
    this(new Waiting(Waiting.Pace.DEFAULT, said));
  }

  ServiceBackups(Waiting waiting) {
    this.waiting = waiting;
  }

  /**
   * Returns whether the endpoint makes backups: servers for tests do not.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListBackups.html">ListBackups</a>
   */
  public boolean offered(OpenTable table) {
    try {
      return table
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
   * Backs a table up, and waits until the backup can be restored.
   *
   * @return its ARN; nothing where the endpoint makes no backups
   * @throws StoreException if it could not be made
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateBackup.html">CreateBackup</a>
   */
  public Optional<String> create(OpenTable table) throws StoreException, InterruptedException {
    Connection connection = table.connection();
    String name = Timestamp.after("dynocopy");
    Optional<String> arn =
        connection.askIfOffered(
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
   * What a backup says of itself.
   *
   * @param keyNames the key attributes of its table, the partition key's first
   * @param items about how many items it has
   */
  public record Contents(List<String> keyNames, long items) {}

  /**
   * Looks at a backup.
   *
   * @param to a table of the environment to look in
   * @throws StoreException if there is none, or it cannot be restored
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeBackup.html">DescribeBackup</a>
   */
  public static Contents look(String arn, TableRef to, Connections connections)
      throws StoreException {
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
   * Makes a table of a backup, and waits until it can be used.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableFromBackup.html">RestoreTableFromBackup</a>
   */
  public void restore(String arn, TableRef to, Connections connections)
      throws StoreException, InterruptedException {
    Connection connection = connections.to(to.environment());
    connection.ask(
        "RestoreTableFromBackup",
        client -> client.restoreTableFromBackup(r -> r.backupArn(arn).targetTableName(to.name())));
    String status =
        waiting.until(
            "the new table `" + to + "`",
            () ->
                Tables.find(connection, to.table())
                    .map(TableInfo::status)
                    .filter(now -> !now.equals("CREATING")));
    if (!status.equals("ACTIVE")) {
      throw new StoreException(Kind.REFUSED, "the new table `" + to + "` is " + status);
    }
  }

  /**
   * Deletes a table that was only made on the way, and waits until it is gone.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html">DeleteTable</a>
   */
  public void drop(TableRef table, Connections connections)
      throws StoreException, InterruptedException {
    Connection connection = connections.to(table.environment());
    connection.ask("DeleteTable", client -> client.deleteTable(r -> r.tableName(table.table())));
    waiting.until(
        "the end of `" + table + "`",
        () ->
            Tables.find(connection, table.table()).isPresent()
                ? Optional.empty()
                : Optional.of(table));
  }
}
