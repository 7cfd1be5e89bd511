package org.dynocopy.store.dynamo.schema;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dynocopy.store.SchemaDiff;
import org.dynocopy.store.TableSchema;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoverySpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;

/**
 * What a table is, without its items and its name.
 *
 * <p>Not part of a schema, as it belongs to an account rather than to a table: auto scaling,
 * replicas, the resource policy, alarms, Kinesis streams, contributor insights. Those that DynamoDB
 * tells of are notes.
 *
 * @param table what CreateTable takes; without {@code Tags}, the endpoint did not tell them
 * @param timeToLive the TTL attribute, or that there is none; empty if the endpoint did not tell
 * @param recovery point-in-time recovery, on or off; empty if the endpoint did not tell
 * @param notes a sentence for each thing that the endpoint did not tell
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html">CreateTable</a>
 */
public record Schema(
    CreateTableRequest table,
    Optional<TimeToLiveSpecification> timeToLive,
    Optional<PointInTimeRecoverySpecification> recovery,
    List<String> notes)
    implements TableSchema {

  /** Makes a schema; a name that the request has is left out. */
  public Schema {
    table = table.toBuilder().tableName(null).build();
    notes = List.copyOf(notes);
  }

  /** Returns a schema as one of DynamoDB's: what is from elsewhere is read as its JSON. */
  public static Schema of(TableSchema schema) {
    return schema instanceof Schema own ? own : parse("a schema", schema.json());
  }

  @Override
  public List<String> keyNames() {
    return table.keySchema().stream().map(KeySchemaElement::attributeName).toList();
  }

  @Override
  public Set<String> indexNames() {
    Set<String> names = new LinkedHashSet<>();
    table.globalSecondaryIndexes().forEach(index -> names.add(index.indexName()));
    table.localSecondaryIndexes().forEach(index -> names.add(index.indexName()));
    return names;
  }

  @Override
  public Optional<String> stream() {
    return Optional.ofNullable(table.streamSpecification())
        .filter(stream -> Boolean.TRUE.equals(stream.streamEnabled()))
        .map(StreamSpecification::streamViewTypeAsString);
  }

  @Override
  public Optional<String> expiryAttribute() {
    return timeToLive
        .filter(ttl -> Boolean.TRUE.equals(ttl.enabled()))
        .map(TimeToLiveSpecification::attributeName);
  }

  /**
   * Returns the schema as JSON, for people, files and other tools.
   *
   * <p>Its members are what the AWS command line takes, one for each command:
   *
   * <pre>
   * aws dynamodb create-table --table-name users --cli-input-json "$(jq .CreateTable users.json)"
   * </pre>
   *
   * and so {@code TimeToLiveSpecification} for update-time-to-live and {@code
   * PointInTimeRecoverySpecification} for update-continuous-backups. A {@code WarmThroughput} in it
   * costs money if it is sent so; {@link Schemas#create} does not send it.
   */
  @Override
  public String json() {
    return SchemaFile.write(this);
  }

  /**
   * Reads what {@link #json()} has written.
   *
   * @param file its name, for messages
   * @param json its text
   * @throws org.dynocopy.diagnostic.InvalidJobException if it is not a schema; points at the place
   */
  public static Schema parse(String file, String json) {
    return SchemaFile.read(file, json);
  }

  @Override
  public SchemaDiff diff(TableSchema other) {
    return SchemaComparison.of(this, of(other));
  }

  /** Returns the JSON. */
  @Override
  public String toString() {
    return json();
  }
}
