package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.dynocopy.cli.Cli;
import org.dynocopy.servers.FaultProxy;
import org.dynocopy.servers.FaultProxy.Fault;
import org.dynocopy.servers.Tables;
import org.dynocopy.servers.TestServers;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
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
}
