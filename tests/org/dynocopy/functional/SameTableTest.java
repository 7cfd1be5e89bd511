package org.dynocopy.functional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.OtherServer;
import org.dynocopy.testing.servers.OtherServer.Lack;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;

/** A table that is source and target by two names, and two tables that look like one. */
class SameTableTest {

  private static final URI SERVER = TestServers.first();
  private static final int ITEMS = 3;

  @TempDir private Path folder;

  private static String filled() {
    String table = Tables.on(SERVER).key("id", "S").create();
    Tables.fill(SERVER, table, ITEMS);
    return table;
  }

  private static String environment(String name, URI server, String region, String key) {
    return """
    env("%s") { endpoint "%s"; region "%s"; credentials "%s", "secret" }
    """
        .formatted(name, server, region, key);
  }

  private Cli.Result run(String environments, String job) throws IOException {
    Path recipe = folder.resolve("recipe.groovy");
    Files.writeString(recipe, environments + job);
    return Cli.run(recipe.toString(), "--yes");
  }

  private static void assertUntouched(URI server, String table) {
    assertThat(TableComparison.items(server, table)).hasSize(ITEMS);
  }

  @Test
  void oneServerByTwoAddressesIsRefused() throws IOException {
    String table = filled();
    try (FaultProxy other = new FaultProxy(SERVER, (operation, number) -> Fault.NONE)) {
      String both =
          environment("a", SERVER, TestServers.REGION, "local")
              + environment("b", other.endpoint(), TestServers.REGION, "local");
      String ab = "\"a:%1$s\"; to \"b:%1$s\"".formatted(table);
      for (String job :
          List.of(
              "copy { from " + ab + "; replace(truncateFirst: true) }",
              "copy { from " + ab + "; replace() }",
              "copy { from " + ab + " }",
              "copy { from " + ab + "; createTarget() }",
              "verify { from " + ab + "; full(); repair(deleteExtra: true) }")) {
        Cli.Result result = run(both, job);
        assertThat(result.err()).contains("source and target are the same table");
        assertThat(result.exitCode()).isEqualTo(2);
        assertUntouched(SERVER, table);
      }
    }
  }

  @Test
  void tableOfAServerWithoutArnsIsCopied() throws IOException {
    String from = filled();
    String to = Tables.on(SERVER).key("id", "S").create();
    Set<Lack> lacks = EnumSet.of(Lack.ARNS, Lack.TABLE_IDS);
    try (FaultProxy other = OtherServer.before(SERVER, lacks)) {
      String both =
          environment("a", other.endpoint(), TestServers.REGION, "local")
              + environment("b", SERVER, TestServers.REGION, "local");
      Cli.Result result = run(both, "copy { from 'a:%s'; to 'b:%s' }".formatted(from, to));
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertUntouched(SERVER, to);
    }
  }

  /** Where tables have no ids, transactions tell whether two addresses are of one database. */
  @Test
  void serverWithoutTransactionsByTwoAddressesIsRefused() throws IOException {
    String table = filled();
    FaultProxy.Faults without =
        (operation, number) ->
            operation.equals("TransactWriteItems")
                ? request -> request.error(400, "UnknownOperationException", "")
                : Fault.NONE;
    try (FaultProxy one = new FaultProxy(SERVER, without);
        FaultProxy other = new FaultProxy(SERVER, without)) {
      String both =
          environment("a", one.endpoint(), TestServers.REGION, "local")
              + environment("b", other.endpoint(), TestServers.REGION, "local");
      String ab = "\"a:%1$s\"; to \"b:%1$s\"".formatted(table);
      Cli.Result result = run(both, "copy { from " + ab + "; replace(truncateFirst: true) }");
      assertThat(result.err()).contains("source and target are the same table");
      assertThat(result.exitCode()).isEqualTo(2);
      assertUntouched(SERVER, table);
    }
  }

  /** DynamoDB Local has a database for each access key and region, all with the same ARNs. */
  @Test
  void databasesBehindOneAddressAreTwo() throws IOException {
    String table = filled();
    for (String[] database :
        List.of(new String[] {"us-east-1", "other"}, new String[] {"eu-west-1", "local"})) {
      // The same time, to the millisecond.
      try (FaultProxy server = new FaultProxy(SERVER, described("\"CreationDateTime\":1.5,"))) {
        String both =
            environment("a", server.endpoint(), TestServers.REGION, "local")
                + environment("b", server.endpoint(), database[0], database[1]);
        String job = "copy { from \"a:%1$s\"; to \"b:%1$s\"; createTarget() }".formatted(table);
        for (int run = 0; run < 2; run++) {
          Cli.Result result = run(both, job);
          assertThat(result.err()).contains(ITEMS + " written");
          assertThat(result.exitCode()).isZero();
        }
      }
    }
  }

  @Test
  void serversWithTablesOfOneNameAndTimeAreTwo() throws IOException {
    String table = filled();
    try (DynamoDbClient client = TestServers.client(TestServers.second())) {
      client.createTable(
          r ->
              r.tableName(table + "-twin")
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                  .attributeDefinitions(d -> d.attributeName("id").attributeType("S")));
    }
    String described = "\"CreationDateTime\":1.5,\"TableArn\":\"arn:aws:dynamodb:x:1:table/y\",";
    try (FaultProxy one = new FaultProxy(SERVER, described(described));
        FaultProxy other = new FaultProxy(TestServers.second(), described(described))) {
      String both =
          environment("a", one.endpoint(), TestServers.REGION, "local")
              + environment("b", other.endpoint(), TestServers.REGION, "local");
      Cli.Result result =
          run(both, "copy { from \"a:%1$s\"; to \"b:%1$s-twin\" }".formatted(table));
      assertThat(result.err()).contains(ITEMS + " written");
    }
  }

  @Test
  void replicasAreComparedButNotCopied() throws IOException {
    String table = filled();
    String here = "\"TableArn\":\"arn:aws:dynamodb:us-east-1:1:table/t\",\"TableId\":\"one\",";
    String there = "\"TableArn\":\"arn:aws:dynamodb:eu-west-1:1:table/t\",\"TableId\":\"two\",";
    String replicas =
        "\"Replicas\":[{\"RegionName\":\"eu-west-1\"},{\"RegionName\":\"us-east-1\"}],";
    String databases =
        environment("a", SERVER, "us-east-1", "local")
            + environment("b", SERVER, "eu-west-1", "local");
    run(databases, "copy { from \"a:%1$s\"; to \"b:%1$s\"; createTarget() }".formatted(table));
    try (FaultProxy one = new FaultProxy(SERVER, described(here + replicas));
        FaultProxy other = new FaultProxy(SERVER, described(there + replicas));
        FaultProxy old = new FaultProxy(SERVER, described(here));
        FaultProxy oldOther = new FaultProxy(SERVER, described(there))) {
      for (List<FaultProxy> servers : List.of(List.of(one, other), List.of(old, oldOther))) {
        String both =
            environment("a", servers.get(0).endpoint(), "us-east-1", "local")
                + environment("b", servers.get(1).endpoint(), "eu-west-1", "local");
        String ab = "\"a:%1$s\"; to \"b:%1$s\"".formatted(table);
        for (String job :
            List.of(
                "copy { from " + ab + "; replace(truncateFirst: true) }",
                "verify { from " + ab + "; full(); repair() }")) {
          Cli.Result result = run(both, job);
          assertThat(result.err()).contains("source and target are replicas of one global table");
          assertThat(result.exitCode()).isEqualTo(2);
        }
        Cli.Result compared = run(both, "verify { from " + ab + "; full() }");
        assertThat(compared.err()).doesNotContain("replicas of one");
      }
    }
    assertUntouched(SERVER, table);
  }

  /**
   * Describes tables with other members; the global tables of 2017 have a description of their own.
   */
  private static FaultProxy.Faults described(String members) {
    return (operation, number) ->
        switch (operation) {
          case "DescribeTable" ->
              request -> {
                String told = new String(request.forward(request.body()).body(), UTF_8);
                for (String member : List.of("CreationDateTime\":[^,]*,", "TableArn\":[^,]*,")) {
                  if (members.contains(member.substring(0, member.indexOf('"')))) {
                    told = told.replaceFirst("\"" + member, "");
                  }
                }
                String changed = told.replaceFirst("\\{\"Table\":\\{", "$0" + members);
                request.answer(told.contains("\"Table\"") ? 200 : 400, changed.getBytes(UTF_8));
              };
          case "DescribeGlobalTable" ->
              request ->
                  request.answer(
                      200,
                      "{\"GlobalTableDescription\":{\"ReplicationGroup\":[{\"RegionName\":\"eu-west-1\"}]}}"
                          .getBytes(UTF_8));
          default -> Fault.NONE;
        };
  }
}
