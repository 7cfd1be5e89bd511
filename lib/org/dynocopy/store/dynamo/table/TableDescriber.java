package org.dynocopy.store.dynamo.table;

import static software.amazon.awssdk.services.dynamodb.model.KeyType.HASH;
import static software.amazon.awssdk.services.dynamodb.model.KeyType.RANGE;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dynocopy.capacity.Pricing;
import org.dynocopy.capacity.Throughput;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.Suggestions;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.store.KeyAttributeType;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.dynamo.client.Connection;
import org.dynocopy.store.dynamo.client.EndpointProbe;
import org.dynocopy.store.dynamo.wire.ServerOmissions;
import org.dynocopy.store.dynamo.wire.ServerOmissions.Omission;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Looks at tables, through the SDK's client. */
public final class TableDescriber {

  private TableDescriber() {}

  /**
   * Describes a table.
   *
   * @param connection the table's environment
   * @param table the table
   * @param at where it is named, for the message
   * @param advice a sentence for the case that it is missing, or nothing
   * @throws InvalidJobException if there is no such table
   * @throws StoreException if it cannot be asked for
   */
  public static TableInfo describe(
      Connection connection, TableRef table, Location at, String advice) throws StoreException {
    Optional<TableInfo> found = find(connection, table.table());
    if (found.isEmpty()) {
      String missing = unknown(connection, table);
      String end = missing.matches("(?s).*[.?]") ? " " : ". ";
      throw new InvalidJobException(at, advice.isEmpty() ? missing : missing + end + advice);
    }
    return found.get();
  }

  /** Describes a table, if there is one of this name. */
  public static Optional<TableInfo> find(Connection connection, String name) throws StoreException {
    return find(connection, name, request -> {});
  }

  /**
   * Describes a table, if there is one of this name.
   *
   * @param with what is particular about the request
   */
  public static Optional<TableInfo> find(
      Connection connection, String name, Consumer<AwsRequestOverrideConfiguration.Builder> with)
      throws StoreException {
    EndpointProbe.Seen seen = new EndpointProbe.Seen();
    TableDescription table;
    try {
      table =
          connection
              .client()
              .describeTable(r -> r.tableName(name).overrideConfiguration(with.andThen(seen::of)))
              .table();
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      throw connection.failure("DescribeTable", e);
    }
    return Optional.of(info(connection, name, table, seen.endpoint().orElseThrow()));
  }

  private static String unknown(Connection connection, TableRef table) {
    String where =
        "`"
            + table.environment().name()
            + "` ("
            + connection.endpoint()
            + ", "
            + connection.region()
            + ")";
    String missing = "there is no table `" + table.table() + "` in " + where;
    try {
      List<String> names = TableLister.of(connection.client());
      return missing
          + ". "
          + Suggestions.there(table.table(), names, 8)
          + "."
          + Suggestions.suggestion(table.table(), names);
    } catch (RuntimeException e) {
      // The names are a courtesy: without the right to list them the message is still true.
      return missing;
    }
  }

  private static TableInfo info(
      Connection connection, String name, TableDescription table, URI endpoint)
      throws StoreException {
    if (table == null || table.tableStatus() == null) {
      throw new StoreException(
          Kind.REFUSED, connection.environment().name() + ": " + endpoint + " is not DynamoDB");
    }
    notice(table, connection.omissions(), endpoint);
    Map<String, KeyAttributeType> types = types(connection, table);
    Map<String, TableInfo.Index> indexes = new LinkedHashMap<>();
    for (GlobalSecondaryIndexDescription i : table.globalSecondaryIndexes()) {
      indexes.put(
          i.indexName(),
          index(
              i.indexName(),
              true,
              i.keySchema(),
              types,
              i.projection(),
              i.itemCount(),
              i.indexSizeBytes(),
              CapacityReader.of(table, i)));
    }
    for (LocalSecondaryIndexDescription i : table.localSecondaryIndexes()) {
      indexes.put(
          i.indexName(),
          index(
              i.indexName(),
              false,
              i.keySchema(),
              types,
              i.projection(),
              i.itemCount(),
              i.indexSizeBytes(),
              Optional.empty()));
    }
    return new TableInfo(
        name,
        Objects.requireNonNullElse(table.tableArn(), ""),
        table.tableId() == null ? "" : table.tableId(),
        Optional.ofNullable(table.creationDateTime()),
        endpoint,
        connection.region(),
        table.tableStatusAsString(),
        Stream.concat(
                keys(table.keySchema(), HASH, types).stream(),
                keys(table.keySchema(), RANGE, types).stream())
            .toList(),
        indexes,
        count(table.itemCount()),
        count(table.tableSizeBytes()),
        CapacityReader.of(table, connection.region()),
        Optional.ofNullable(table.streamSpecification())
            .filter(stream -> Boolean.TRUE.equals(stream.streamEnabled()))
            .map(stream -> stream.streamViewTypeAsString()),
        replicas(table, connection.region()));
  }

  /** Notes what other servers leave out; the service itself gives no count of a new table. */
  private static void notice(TableDescription table, ServerOmissions omissions, URI endpoint) {
    if (table.tableId() == null && table.creationDateTime() == null) {
      omissions.notice(Omission.TABLE_IDENTITY);
    }
    if (table.itemCount() == null && !Pricing.isOfAws(endpoint)) {
      omissions.notice(Omission.ITEM_COUNTS);
    }
  }

  private static Map<String, KeyAttributeType> types(Connection connection, TableDescription table)
      throws StoreException {
    Map<String, KeyAttributeType> types =
        table.attributeDefinitions().stream()
            .collect(
                Collectors.toMap(
                    a -> a.attributeName(),
                    a -> KeyAttributeType.valueOf(a.attributeTypeAsString())));
    Optional<String> untyped =
        Stream.of(
                Stream.of(table.keySchema()),
                table.globalSecondaryIndexes().stream().map(index -> index.keySchema()),
                table.localSecondaryIndexes().stream().map(index -> index.keySchema()))
            .flatMap(schemas -> schemas)
            .flatMap(List::stream)
            .map(KeySchemaElement::attributeName)
            .filter(name -> !types.containsKey(name))
            .findFirst();
    if (untyped.isPresent()) {
      throw connection.refused(
          "the server does not tell of which type the key attribute `"
              + untyped.get()
              + "` of `"
              + table.tableName()
              + "` is");
    }
    return types;
  }

  /** The service tells the ARN of a replica only where it is in another account. */
  private static List<String> replicas(TableDescription table, String region) {
    return table.replicas().stream()
        .filter(replica -> replica.regionName() != null || replica.replicaArn() != null)
        .map(
            replica ->
                replica.replicaArn() != null
                    ? replica.replicaArn()
                    : inRegion(
                        Objects.requireNonNullElse(table.tableArn(), ""), replica.regionName()))
        .filter(arn -> !arn.equals(table.tableArn()))
        .toList();
  }

  /** Returns a table's ARN with another region. */
  public static String inRegion(String arn, String region) {
    String[] parts = arn.split(":", 5);
    if (parts.length > 3) {
      parts[3] = region;
    }
    return String.join(":", parts);
  }

  private static TableInfo.Index index(
      String name,
      boolean global,
      List<KeySchemaElement> schema,
      Map<String, KeyAttributeType> types,
      Projection projection,
      Long items,
      Long bytes,
      Optional<Throughput> throughput) {
    return new TableInfo.Index(
        name,
        global,
        keys(schema, HASH, types),
        keys(schema, RANGE, types),
        // Whole items are fetched where it is not told that the index has them.
        projection != null && projection.projectionType() == ProjectionType.ALL,
        projection == null ? Set.of() : Set.copyOf(projection.nonKeyAttributes()),
        count(items),
        count(bytes),
        throughput);
  }

  /** The service leaves out what it has not counted yet. */
  private static long count(Long counted) {
    return counted == null ? 0 : counted;
  }

  private static List<TableInfo.Key> keys(
      List<KeySchemaElement> schema,
      software.amazon.awssdk.services.dynamodb.model.KeyType role,
      Map<String, KeyAttributeType> types) {
    return schema.stream()
        .filter(k -> k.keyType() == role)
        .map(k -> new TableInfo.Key(k.attributeName(), types.get(k.attributeName())))
        .toList();
  }
}
