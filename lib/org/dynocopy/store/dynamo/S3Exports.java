package org.dynocopy.store.dynamo;

import java.util.List;
import java.util.Optional;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.store.ServiceExports;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.TableSchema;
import org.dynocopy.store.dynamo.client.Connection;
import org.dynocopy.store.dynamo.client.Connections;
import org.dynocopy.store.dynamo.client.Poller;
import org.dynocopy.store.dynamo.schema.Schema;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ExportDescription;
import software.amazon.awssdk.services.dynamodb.model.ExportFormat;
import software.amazon.awssdk.services.dynamodb.model.ExportStatus;
import software.amazon.awssdk.services.dynamodb.model.ImportStatus;
import software.amazon.awssdk.services.dynamodb.model.ImportTableDescription;
import software.amazon.awssdk.services.dynamodb.model.ImportTableRequest;
import software.amazon.awssdk.services.dynamodb.model.InputCompressionType;
import software.amazon.awssdk.services.dynamodb.model.InputFormat;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryUnavailableException;
import software.amazon.awssdk.services.dynamodb.model.TableCreationParameters;

/**
 * The exports to S3 that DynamoDB itself makes of tables, and the tables that it makes of them. A
 * place is {@code bucket/prefix}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3forDynamoDB.html">Integrating
 *     DynamoDB with Amazon S3</a>
 */
final class S3Exports implements ServiceExports {

  private final Connections connections;
  private final Poller waiting;

  S3Exports(Connections connections, Poller waiting) {
    this.connections = connections;
    this.waiting = waiting;
  }

  /**
   * {@inheritDoc}
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExportTableToPointInTime.html">ExportTableToPointInTime</a>
   */
  @Override
  public String export(Table table, String place, String token)
      throws StoreException, InterruptedException {
    Connection connection = ((DynamoTable) table).connection();
    String arn = begin(connection, table.info(), place, token);
    ExportDescription done =
        waiting.until(
            "the export " + arn,
            () ->
                Optional.of(
                        connection.ask(
                            "DescribeExport",
                            client ->
                                client.describeExport(r -> r.exportArn(arn)).exportDescription()))
                    .filter(now -> now.exportStatus() != ExportStatus.IN_PROGRESS));
    if (done.exportStatus() != ExportStatus.COMPLETED) {
      throw connection.refused(
          "the export "
              + arn
              + ended(done.exportStatus(), done.failureCode(), done.failureMessage()));
    }
    String folder =
        String.join("/", List.of(place.replaceFirst("/+$", ""), "AWSDynamoDB", id(arn)));
    return String.format(
        "exported %,d items of %s to s3://%s", done.itemCount(), table.info().name(), folder);
  }

  private static String begin(Connection connection, TableInfo table, String place, String token)
      throws StoreException {
    return connection
        .askIfOffered(
            "ExportTableToPointInTime",
            client -> {
              try {
                return client
                    .exportTableToPointInTime(
                        r ->
                            r.tableArn(table.arn())
                                .s3Bucket(bucket(place))
                                .s3Prefix(prefix(place))
                                .clientToken(token)
                                .exportFormat(ExportFormat.DYNAMODB_JSON))
                    .exportDescription()
                    .exportArn();
              } catch (PointInTimeRecoveryUnavailableException e) {
                throw new StoreException(Kind.REFUSED, noRecovery(connection, table), e);
              }
            })
        .orElseThrow(() -> connection.refused("this endpoint makes no exports: use `file:`"));
  }

  private static String noRecovery(Connection connection, TableInfo table) {
    return connection.environment().name()
        + ": only a table with point-in-time recovery can be exported to S3: turn it on (`aws"
        + " dynamodb update-continuous-backups --table-name "
        + table.name()
        + " --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true`), or back up"
        + " to `file:`";
  }

  /**
   * {@inheritDoc}
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ImportTable.html">ImportTable</a>
   */
  @Override
  public void importFrom(String place, TableRef to, TableSchema like)
      throws StoreException, InterruptedException {
    Connection connection = connections.to(to.environment());
    ImportTableRequest request = request(place, to, Schema.of(like));
    String arn =
        connection
            .askIfOffered(
                "ImportTable",
                client -> client.importTable(request).importTableDescription().importArn())
            .orElseThrow(() -> connection.refused("this endpoint makes no imports: use `file:`"));
    ImportTableDescription done =
        waiting.until(
            "the new table `" + to + "`, the import " + arn,
            () ->
                Optional.of(
                        connection.ask(
                            "DescribeImport",
                            client ->
                                client
                                    .describeImport(r -> r.importArn(arn))
                                    .importTableDescription()))
                    .filter(now -> isFinal(now.importStatus())));
    check(connection, to, done);
  }

  private static ImportTableRequest request(String place, TableRef to, Schema like) {
    List<String> keys = like.keyNames();
    TableCreationParameters table =
        TableCreationParameters.builder()
            .tableName(to.table())
            .keySchema(like.table().keySchema())
            .attributeDefinitions(
                like.table().attributeDefinitions().stream()
                    .filter(attribute -> keys.contains(attribute.attributeName()))
                    .toList())
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .sseSpecification(like.table().sseSpecification())
            .build();
    String data = prefix(place).replaceFirst("/data$", "") + "/data/";
    return ImportTableRequest.builder()
        .s3BucketSource(s3 -> s3.s3Bucket(bucket(place)).s3KeyPrefix(data))
        .inputFormat(InputFormat.DYNAMODB_JSON)
        .inputCompressionType(InputCompressionType.GZIP)
        .tableCreationParameters(table)
        .build();
  }

  private static boolean isFinal(ImportStatus status) {
    return status != ImportStatus.IN_PROGRESS && status != ImportStatus.CANCELLING;
  }

  private static void check(Connection connection, TableRef to, ImportTableDescription done)
      throws StoreException {
    long errors = done.errorCount() == null ? 0 : done.errorCount();
    if (done.importStatus() == ImportStatus.COMPLETED && errors == 0) {
      return;
    }
    throw connection.refused(
        String.format(
            "the import %s%s; of %,d items %,d are in `%s`, with %,d errors: see the log group %s."
                + " Delete the table",
            done.importArn(),
            ended(done.importStatus(), done.failureCode(), done.failureMessage()),
            done.processedItemCount(),
            done.importedItemCount(),
            to,
            errors,
            done.cloudWatchLogGroupArn()));
  }

  private static String ended(Object status, String code, String message) {
    return " is "
        + status
        + (code == null ? "" : " (" + code + (message == null ? "" : ": " + message) + ")");
  }

  private static String id(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  private static String bucket(String place) {
    return place.replaceFirst("/.*$", "");
  }

  /** Returns what stands before a key, or nothing. */
  private static String prefix(String place) {
    String prefix = place.replaceFirst("^[^/]*/*", "").replaceFirst("/+$", "");
    return prefix.isEmpty() ? null : prefix;
  }
}
