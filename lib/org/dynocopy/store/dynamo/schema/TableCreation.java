package org.dynocopy.store.dynamo.schema;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dynocopy.store.SchemaDiff;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsUnavailableException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoverySpecification;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;

/** Makes a table of a schema, and says where it could not. */
final class TableCreation {

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final DynamoDbClient client;
  private final String table;
  private final List<String> notes = new ArrayList<>();

  /** What the endpoint has taken; empty if another run has sent it. */
  private Optional<CreateTableRequest> created = Optional.empty();

  TableCreation(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  void create(Schema schema, Consumer<TableDescription> made) {
    created = Optional.of(send(request(schema.table()), made));
  }

  List<String> complete(Schema schema, boolean recovery) {
    await("active", this::isActive);
    schema
        .recovery()
        .filter(wanted -> recovery && Boolean.TRUE.equals(wanted.pointInTimeRecoveryEnabled()))
        .ifPresent(this::enableRecovery);
    sayWhatWasPassedOver(created.orElseGet(() -> request(schema.table())));
    return List.copyOf(notes);
  }

  private CreateTableRequest request(CreateTableRequest schema) {
    CreateTableRequest request =
        SdkModels.copy(SdkModels.without(schema, "WarmThroughput"), CreateTableRequest.builder())
            .tableName(table)
            .build();
    String region = client.serviceClientConfiguration().region().id();
    Optional<String> key = Encryption.key(request);
    if (key.isPresent() && !Encryption.region(key.get()).orElse(region).equals(region)) {
      notes.add(Encryption.notCarried(key.get(), "it is not of " + region));
      return Encryption.withoutKey(request);
    }
    return request;
  }

  /** Sends the request, less what the endpoint refuses by name, and returns what was taken. */
  private CreateTableRequest send(CreateTableRequest wanted, Consumer<TableDescription> made) {
    CreateTableRequest request = wanted;
    while (true) {
      try {
        // Not every server describes what it has made.
        Optional.ofNullable(client.createTable(request).tableDescription()).ifPresent(made);
        return request;
      } catch (DynamoDbException e) {
        UnsupportedFeatures.Extra extra =
            UnsupportedFeatures.refused(request, e).orElseThrow(() -> e);
        Optional<String> key = Encryption.key(request);
        if (extra.member().equals(UnsupportedFeatures.ENCRYPTION)
            && UnsupportedFeatures.denies(e)
            && !isForeign(key)) {
          // Someone else may use the key: a weaker one must not be chosen unasked.
          throw e;
        }
        if (extra.member().equals(UnsupportedFeatures.ENCRYPTION) && key.isPresent()) {
          notes.add(Encryption.notCarried(key.get(), UnsupportedFeatures.reason(e)));
          request = Encryption.withoutKey(request);
        } else {
          notes.add(refusal(extra.name(), e));
          request = SdkModels.without(request, extra.member());
        }
      }
    }
  }

  /** Returns whether a key is of another account, which can have no use for it here. */
  private boolean isForeign(Optional<String> key) {
    Optional<String> owner = key.flatMap(Encryption::account);
    return owner.isPresent()
        && AccountLookup.of(client).filter(a -> !owner.get().equals(a)).isPresent();
  }

  private static String refusal(String what, DynamoDbException e) {
    return what + ": the endpoint refuses it (" + UnsupportedFeatures.reason(e) + ")";
  }

  private boolean isActive() {
    try {
      TableDescription now = client.describeTable(r -> r.tableName(table)).table();
      return now.tableStatus() == TableStatus.ACTIVE
          && Stream.concat(
                  now.globalSecondaryIndexes().stream().map(index -> index.indexStatus()),
                  now.vectorIndexes().stream().map(index -> index.indexStatus()))
              .allMatch(status -> status == null || status == IndexStatus.ACTIVE);
    } catch (ResourceNotFoundException e) {
      // The description of a new table is eventually consistent.
      return false;
    }
  }

  private void enableRecovery(PointInTimeRecoverySpecification recovery) {
    try {
      await(
          "ready for point-in-time recovery",
          () -> {
            try {
              client.updateContinuousBackups(
                  r -> r.tableName(table).pointInTimeRecoverySpecification(recovery));
              return true;
            } catch (ContinuousBackupsUnavailableException e) {
              // The service is still enabling backups of the new table.
              return false;
            }
          });
    } catch (DynamoDbException e) {
      sayRefusal("point-in-time recovery", e);
    }
  }

  /** Some endpoints take a member and pass over it: only what is read back is there. */
  private void sayWhatWasPassedOver(CreateTableRequest sent) {
    Schema found = new SchemaReader(client).read(table, false);
    CreateTableRequest told = sent.toBuilder().tags(found.table().tags()).build();
    Schema wanted = new Schema(told, found.timeToLive(), found.recovery(), List.of());
    SchemaDiff diff = SchemaComparison.of(wanted, found);
    diff.differences().forEach(line -> notes.add(line + " (the endpoint passes over it)"));
    // The service may tell tags only later.
    if (!found.table().tags().containsAll(sent.tags())) {
      notes.add("tags: sent, but the endpoint does not tell them yet");
    }
  }

  List<String> enableTimeToLive(Schema schema) {
    schema
        .timeToLive()
        .filter(timeToLive -> Boolean.TRUE.equals(timeToLive.enabled()))
        .ifPresent(this::enable);
    return List.copyOf(notes);
  }

  private void enable(TimeToLiveSpecification timeToLive) {
    try {
      TimeToLiveSpecification now = new SchemaReader(client).timeToLive(table);
      // The service refuses to enable what is enabled.
      boolean on = now != null && now.enabled();
      if (on && !now.equals(timeToLive)) {
        String attribute = now.attributeName();
        notes.add("TTL: somebody has turned it on by `" + attribute + "` meanwhile, which stays");
      } else if (!on) {
        client.updateTimeToLive(r -> r.tableName(table).timeToLiveSpecification(timeToLive));
      }
    } catch (DynamoDbException e) {
      sayRefusal("TTL", e);
    }
  }

  private void sayRefusal(String what, DynamoDbException e) {
    if (!UnsupportedFeatures.is(e)) {
      throw e;
    }
    notes.add(refusal(what, e));
  }

  private void await(String state, BooleanSupplier reached) {
    Instant end = Instant.now().plus(LIMIT);
    long pause = FIRST_PAUSE_MILLIS;
    while (!reached.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw SdkClientException.create(
            "the new table `"
                + table
                + "` is not "
                + state
                + " after "
                + LIMIT.toMinutes()
                + " min");
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw AbortedException.create("interrupted while `" + table + "` was created", e);
      }
      pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
    }
  }
}
