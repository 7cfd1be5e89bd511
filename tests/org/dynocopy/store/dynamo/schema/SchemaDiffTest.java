package org.dynocopy.store.dynamo.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dynocopy.store.SchemaDiff;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.Tag;

class SchemaDiffTest {

  /** A plain value, which is not a name: a string, a number, a boolean. */
  private static final Pattern LEAF = Pattern.compile("(?<=[:\\[,] )(\"[^\"]*\"|\\d+|true)");

  private static Schema changed(Schema schema, Consumer<CreateTableRequest.Builder> change) {
    CreateTableRequest.Builder table = schema.table().toBuilder();
    change.accept(table);
    return new Schema(table.build(), schema.timeToLive(), schema.recovery(), schema.notes());
  }

  private static List<String> differences(Schema a, Schema b) {
    return SchemaComparison.of(a, b).differences();
  }

  @ParameterizedTest(name = "{index}")
  @ValueSource(strings = {FullSchema.ON_DEMAND, FullSchema.PROVISIONED})
  void everySingleChangeIsFound(String json) {
    String text = json.replaceAll("(?s),\\s*\"Notes\".*]", "");
    Schema schema = Schema.parse("", text);
    assertThat(SchemaComparison.of(schema, schema)).isEqualTo(new SchemaDiff(List.of(), List.of()));
    int changes = 0;
    for (Matcher leaf = LEAF.matcher(text); leaf.find(); changes++) {
      String other = other(leaf.group());
      String with = text.substring(0, leaf.start()) + other + text.substring(leaf.end());
      SchemaDiff diff = SchemaComparison.of(schema, Schema.parse("", with));
      boolean grows = text.substring(0, leaf.start()).matches("(?s).*UnitsPerSecond\" : ");
      assertThat(grows ? diff.notes() : diff.differences())
          .as("%s at %d", other, leaf.start())
          .isNotEmpty();
    }
    assertThat(changes).isGreaterThanOrEqualTo(25);
  }

  private static String other(String value) {
    return switch (value) {
      case "true" -> "false";
      case "\"PROVISIONED\"" -> "\"PAY_PER_REQUEST\"";
      default -> value.replaceFirst("\"?$", "2$0");
    };
  }

  @Test
  void linesTellWhatWasAndWhatIs() {
    Schema a = FullSchema.onDemand();
    String text =
        FullSchema.ON_DEMAND
            .replace("\"INCLUDE\"", "\"ALL\"")
            .replaceAll(",\\s*\"NonKeyAttributes\".*", "")
            .replace("\"team\"", "\"crew\"")
            .replace(" : 7", " : 35")
            .replace("\"expires\"", "\"gone\"")
            .replace("\"NEW_IMAGE\"", "\"KEYS_ONLY\"")
            .replace("\"bySense\"", "\"byTaste\"")
            .replace(" : 100", " : -1")
            .replace("STANDARD_INFREQUENT_ACCESS", "STANDARD")
            .replace("key/1", "key/2");
    assertThat(differences(a, Schema.parse("", text)))
        .containsExactlyInAnyOrder(
            "GSI byTenant: projection INCLUDE mail, name -> ALL",
            "tags: team a -> (none)",
            "tags: crew (none) -> a",
            "point-in-time recovery: 7 days -> 35 days",
            "TTL: expires -> gone",
            "stream: NEW_IMAGE -> KEYS_ONLY",
            "vector index bySense: vector attribute sense; search schema tenant FILTER; projection"
                + " ALL; dimensions 256; distance function COSINE -> (none)",
            "vector index byTaste: (none) -> vector attribute sense; search schema tenant FILTER;"
                + " projection ALL; dimensions 256; distance function COSINE",
            "on-demand limits: 100/200 -> none/200",
            "table class: STANDARD_INFREQUENT_ACCESS -> STANDARD",
            "KMS key: arn:aws:kms:eu-west-1:111122223333:key/1 ->"
                + " arn:aws:kms:eu-west-1:111122223333:key/2");
  }

  @Test
  void billingIsComparedInWords() {
    Schema a = FullSchema.provisioned();
    Schema b = changed(a, t -> t.billingMode(BillingMode.PAY_PER_REQUEST));
    assertThat(differences(a, b))
        .containsExactly(
            "billing: provisioned 1/2 -> on-demand", "GSI byMail: throughput 3/4 -> (none)");
  }

  @Test
  void indexThatOneHasNotIsShownAsAWhole() {
    Schema a = FullSchema.provisioned();
    Schema b =
        changed(a, t -> t.globalSecondaryIndexes(List.of()).localSecondaryIndexes(List.of()));
    assertThat(differences(a, b))
        .containsExactly(
            "GSI byMail: key schema mail HASH; projection ALL; throughput 3/4 -> (none)",
            "LSI perMail: key schema id HASH, mail RANGE; projection KEYS_ONLY -> (none)");
  }

  @Test
  void absenceMeansTheDefault() {
    Schema a = FullSchema.provisioned();
    Schema b =
        changed(
            a,
            t ->
                t.billingMode((String) null)
                    .tableClass("STANDARD")
                    .deletionProtectionEnabled(false)
                    .streamSpecification(s -> s.streamEnabled(false))
                    .sseSpecification(s -> s.enabled(false)));
    Schema c =
        changed(
            FullSchema.onDemand(),
            t -> t.onDemandThroughput(o -> o.maxReadRequestUnits(100L).maxWriteRequestUnits(-1L)));
    Schema d =
        changed(
            c,
            t ->
                t.onDemandThroughput(o -> o.maxReadRequestUnits(100L))
                    .provisionedThroughput(p -> p.readCapacityUnits(0L).writeCapacityUnits(0L)));
    assertThat(differences(a, b)).isEmpty();
    assertThat(differences(c, d)).isEmpty();
  }

  @Test
  void orderMattersInKeysAlone() {
    Schema a = FullSchema.onDemand();
    Schema shuffled =
        changed(
            a,
            t ->
                t.attributeDefinitions(reversed(a.table().attributeDefinitions()))
                    .tags(reversed(a.table().tags())));
    Schema otherKey =
        Schema.parse(
            "",
            FullSchema.ON_DEMAND.replaceFirst(
                "(?s)\"year\"(.{10,40}RANGE.{10,60})\"day\"(.{10,40}RANGE)",
                "\"day\"$1\"year\"$2"));
    String names = FullSchema.ON_DEMAND.replace("\"mail\", \"name\"", "\"name\", \"mail\"");
    assertThat(differences(a, shuffled)).isEmpty();
    assertThat(differences(a, Schema.parse("", names))).isEmpty();
    assertThat(differences(a, otherKey))
        .containsExactly(
            "GSI byTenant: key schema tenant HASH, region HASH, year RANGE, day RANGE ->"
                + " tenant HASH, region HASH, day RANGE, year RANGE");
  }

  private static <T> List<T> reversed(List<T> list) {
    List<T> reversed = new ArrayList<>(list);
    Collections.reverse(reversed);
    return reversed;
  }

  @Test
  void whatOneEndpointDoesNotTellIsANote() {
    Schema a = FullSchema.onDemand();
    CreateTableRequest.Builder table = a.table().toBuilder();
    table.tags((Collection<Tag>) null);
    table.warmThroughput(w -> w.readUnitsPerSecond(24000L).writeUnitsPerSecond(4000L));
    table.sseSpecification(
        s ->
            s.enabled(true)
                .sseType("KMS")
                .kmsMasterKeyId("arn:aws:kms:eu-west-1:444455556666:key/9"));
    Schema b = new Schema(table.build(), Optional.empty(), Optional.empty(), List.of("TTL: no"));
    SchemaDiff diff = SchemaComparison.of(a, b);
    assertThat(diff.differences()).isEmpty();
    assertThat(diff.notes())
        .containsExactlyInAnyOrder(
            "TTL: no",
            "TTL: expires -> (not told), not compared",
            "point-in-time recovery: 7 days -> (not told), not compared",
            "tags: stage; team a -> (not told), not compared",
            "warm throughput: 12000/4000 -> 24000/4000",
            "KMS key: arn:aws:kms:eu-west-1:111122223333:key/1 ->"
                + " arn:aws:kms:eu-west-1:444455556666:key/9");
  }
}
