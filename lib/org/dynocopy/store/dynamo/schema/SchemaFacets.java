package org.dynocopy.store.dynamo.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoverySpecification;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.TableClass;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;
import software.amazon.awssdk.services.dynamodb.model.WarmThroughput;

/**
 * A schema as things with facets, {@code GSI byTenant} with its {@code projection}, each in words
 * and with defaults filled in: two schemas that mean the same have equal facts.
 */
final class SchemaFacets {

  static final String WARM = "warm throughput";
  static final String KEY = "KMS key";
  private static final String TAGS = "tags";
  private static final String TIME_TO_LIVE = "TTL";
  private static final String RECOVERY = "point-in-time recovery";

  /** Things that are absent where they are not told, which does not mean that there are none. */
  static final Set<String> UNTOLD = Set.of(WARM, KEY, TAGS, TIME_TO_LIVE, RECOVERY);

  private static final String NO_LIMITS = "none/none";

  /** The service's default. */
  private static final int RECOVERY_DAYS = 35;

  private final Map<String, Map<String, String>> things = new LinkedHashMap<>();

  private SchemaFacets() {}

  static Map<String, Map<String, String>> of(Schema schema) {
    SchemaFacets facts = new SchemaFacets();
    facts.table(schema.table());
    facts.indexes(schema.table());
    facts.warmth(schema.table());
    if (schema.table().hasTags()) {
      Map<String, String> tags = new TreeMap<>();
      for (Tag tag : schema.table().tags()) {
        tags.put(String.valueOf(tag.key()), tag.value());
      }
      facts.things.put(TAGS, tags);
    }
    schema.timeToLive().ifPresent(ttl -> facts.one(TIME_TO_LIVE, timeToLive(ttl)));
    schema.recovery().ifPresent(recovery -> facts.one(RECOVERY, recovery(recovery)));
    return facts.things;
  }

  private void one(String thing, String value) {
    things.put(thing, Map.of("", String.valueOf(value)));
  }

  private void table(CreateTableRequest table) {
    one("key", SdkModels.text(table.keySchema()));
    Map<String, String> attributes = new TreeMap<>();
    for (AttributeDefinition attribute : table.attributeDefinitions()) {
      attributes.put(String.valueOf(attribute.attributeName()), attribute.attributeTypeAsString());
    }
    things.put("attributes", attributes);
    boolean onDemand = table.billingMode() == BillingMode.PAY_PER_REQUEST;
    one("billing", onDemand ? "on-demand" : "provisioned " + units(table.provisionedThroughput()));
    one("on-demand limits", limits(table.onDemandThroughput()));
    one("table class", or(table.tableClassAsString(), TableClass.STANDARD.toString()));
    boolean encrypted =
        table.sseSpecification() != null && Boolean.TRUE.equals(table.sseSpecification().enabled());
    one(
        "encryption",
        encrypted ? or(table.sseSpecification().sseTypeAsString(), "KMS") : "AWS owned key");
    Encryption.key(table).ifPresent(key -> one(KEY, key));
    one("stream", stream(table.streamSpecification()));
    one(
        "deletion protection",
        Boolean.TRUE.equals(table.deletionProtectionEnabled()) ? "on" : "off");
  }

  private void indexes(CreateTableRequest table) {
    boolean onDemand = table.billingMode() == BillingMode.PAY_PER_REQUEST;
    for (GlobalSecondaryIndex index : table.globalSecondaryIndexes()) {
      Map<String, String> facets = index("GSI", index);
      if (!onDemand) {
        facets.put("throughput", units(index.provisionedThroughput()));
      }
      if (!limits(index.onDemandThroughput()).equals(NO_LIMITS)) {
        facets.put("on-demand limits", limits(index.onDemandThroughput()));
      }
    }
    table.localSecondaryIndexes().forEach(index -> index("LSI", index));
    table.vectorIndexes().forEach(index -> index("vector index", index));
  }

  private Map<String, String> index(String kind, SdkPojo index) {
    Map<String, Object> members = SdkModels.members(index);
    Map<String, String> facets = new LinkedHashMap<>();
    things.put(kind + " " + members.remove("IndexName"), facets);
    members.keySet().removeIf(member -> member.endsWith("Throughput"));
    members.forEach((member, value) -> facets.put(SdkModels.words(member), SdkModels.text(value)));
    return facets;
  }

  /** It is seldom set: it is what a table has grown to. */
  private void warmth(CreateTableRequest table) {
    Map<String, String> facets = new LinkedHashMap<>();
    if (table.warmThroughput() != null) {
      facets.put("", units(table.warmThroughput()));
    }
    for (GlobalSecondaryIndex index : table.globalSecondaryIndexes()) {
      if (index.warmThroughput() != null) {
        facets.put("GSI " + index.indexName(), units(index.warmThroughput()));
      }
    }
    if (!facets.isEmpty()) {
      things.put(WARM, facets);
    }
  }

  private static String units(ProvisionedThroughput units) {
    return units == null ? "0/0" : units.readCapacityUnits() + "/" + units.writeCapacityUnits();
  }

  private static String units(WarmThroughput units) {
    return units.readUnitsPerSecond() + "/" + units.writeUnitsPerSecond();
  }

  private static String limits(OnDemandThroughput limits) {
    return limits == null
        ? NO_LIMITS
        : limit(limits.maxReadRequestUnits()) + "/" + limit(limits.maxWriteRequestUnits());
  }

  /** The service says -1 where there is no limit. */
  private static String limit(Long units) {
    return units == null || units < 0 ? "none" : units.toString();
  }

  private static String stream(StreamSpecification stream) {
    return stream == null || !Boolean.TRUE.equals(stream.streamEnabled())
        ? "off"
        : stream.streamViewTypeAsString();
  }

  private static String timeToLive(TimeToLiveSpecification ttl) {
    return Boolean.TRUE.equals(ttl.enabled()) ? ttl.attributeName() : "off";
  }

  private static String recovery(PointInTimeRecoverySpecification recovery) {
    Integer days = recovery.recoveryPeriodInDays();
    return Boolean.TRUE.equals(recovery.pointInTimeRecoveryEnabled())
        ? (days == null ? RECOVERY_DAYS : days) + " days"
        : "off";
  }

  private static String or(String value, String other) {
    return value == null ? other : value;
  }
}
