package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** A table that a copy is to make, and does not. */
class NewTableTest {

  private static final URI SERVER = TestServers.first();

  /** Somebody else makes one like it a moment later, and does not want its items to expire. */
  @Test
  void tableWhoseCreationWasRefusedIsNotThisJobsLater() {
    String source = Tables.on(SERVER).key("id", "S").create();
    String target = source + "-refused";
    Tables.fill(SERVER, source, 3);
    FaultProxy.Faults refusing =
        (operation, number) ->
            operation.equals("CreateTable") && number == 1
                ? request -> request.error(400, "AccessDeniedException", "not allowed")
                : Fault.NONE;
    try (FaultProxy proxy = new FaultProxy(SERVER, refusing);
        DynamoDbClient client = TestServers.client(SERVER)) {
      client.updateTimeToLive(
          r ->
              r.tableName(source)
                  .timeToLiveSpecification(t -> t.enabled(true).attributeName("until")));
      String[] copy = {
        "copy",
        source,
        target,
        "--create-target",
        "--endpoint-url",
        proxy.endpoint().toString(),
        "--region",
        TestServers.REGION
      };
      Cli.Result refused = Cli.run(copy);
      assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
      assertThat(refused.err()).contains("AccessDenied");
      client.createTable(
          r ->
              r.tableName(target)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                  .attributeDefinitions(
                      a -> a.attributeName("id").attributeType(ScalarAttributeType.S)));
      Cli.Result copied = Cli.run(copy);
      assertThat(copied.exitCode()).as(copied.err()).isZero();
      assertThat(
              client
                  .describeTimeToLive(r -> r.tableName(target))
                  .timeToLiveDescription()
                  .timeToLiveStatusAsString())
          .isEqualTo("DISABLED");
    }
  }

  /**
   * A copy that makes its target is ended before its first item, another one of the same tables
   * comes along, and it is run again: only that one lets the items expire, when all are there.
   */
  @ParameterizedTest
  @ValueSource(strings = {"", "--pk item_1", "--filter attribute_exists(id)"})
  void itemsExpireOnlyWhenTheJobThatMadeTheTableHasEnded(String part) {
    String source = Tables.on(SERVER).key("id", "S").create();
    String target = source + "-made";
    Tables.put(SERVER, source, List.of(Map.of("id", AttributeValue.fromS("item_1"))));
    FaultProxy.Faults denied =
        (operation, number) ->
            operation.equals("BatchWriteItem") && number == 1 ? Fault.DENIED : Fault.NONE;
    try (FaultProxy proxy = new FaultProxy(SERVER, denied);
        DynamoDbClient client = TestServers.client(SERVER)) {
      client.updateTimeToLive(
          r ->
              r.tableName(source)
                  .timeToLiveSpecification(t -> t.enabled(true).attributeName("until")));
      String copy =
          String.format(
              "copy %s %s --create-target --endpoint-url %s --region us-east-1 ",
              source, target, proxy.endpoint());
      assertThat(Cli.run((copy + part).split(" ")).exitCode()).isEqualTo(3);
      assertThat(expiry(client, target)).isEqualTo("DISABLED");
      for (String other : List.of("", "--pk item_1", "--filter attribute_exists(id)")) {
        if (!other.equals(part)) {
          Cli.Result result = Cli.run((copy + other).split(" "));
          assertThat(result.exitCode()).as(result.err()).isZero();
          assertThat(result.err()).contains("was made by another job, which was stopped: copy ");
          assertThat(expiry(client, target)).as(other).isEqualTo("DISABLED");
        }
      }
      Cli.Result result = Cli.run((copy + part).split(" "));
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.err()).doesNotContain("another job");
      assertThat(expiry(client, target)).startsWith("ENABL");
      assertThat(Cli.run((copy + part).split(" ")).err()).doesNotContain("another job");
    }
  }

  @Test
  void schemaIsNotClonedOverATable() {
    String source = Tables.on(SERVER).key("id", "S").create();
    String target = Tables.on(SERVER).key("other", "N").create();
    Cli.Result result =
        Cli.run(
            "schema",
            "clone",
            source,
            target,
            "--endpoint-url",
            SERVER.toString(),
            "--region",
            TestServers.REGION);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err())
        .contains("there is a table `" + target + "` already: compare them by `schema diff`");
  }

  private static String expiry(DynamoDbClient client, String table) {
    return client
        .describeTimeToLive(r -> r.tableName(table))
        .timeToLiveDescription()
        .timeToLiveStatusAsString();
  }
}
