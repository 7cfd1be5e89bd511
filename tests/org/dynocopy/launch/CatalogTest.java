package org.dynocopy.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dynocopy.launch.Command.Result;
import org.dynocopy.scripts.DynamoLocal;
import org.dynocopy.testing.ProcessVariables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * What users do who have JBang but no clone: they add the catalog and run its aliases. Both do it
 * on one machine, where JBang compiles what they run only once.
 */
@ResourceLock("jbang")
@Execution(ExecutionMode.CONCURRENT)
class CatalogTest {
  private static final Path PROJECT = Path.of("").toAbsolutePath();
  private static final String TABLE = "users";
  private static final int ITEMS = 3;
  private static final String RECIPE =
      """
      param "endpoint", required: true

      env("here") { endpoint param("endpoint"); region "eu-west-1" }
      env("there") { endpoint param("endpoint"); region "eu-central-1" }

      copy { from "here:users"; to "there:users" }
      """;

  @TempDir private static Path machine;
  private static Path elsewhere;

  @BeforeAll
  static void setUp() throws Exception {
    elsewhere = Files.createDirectory(machine.resolve("elsewhere"));
    JbangJar.publish(machine.resolve("maven"));
  }

  @Test
  void runsFromACatalogOnDisk() throws Exception {
    copies(PROJECT.resolve("jbang-catalog.json").toString());
  }

  @Test
  void runsFromACatalogOnTheWeb() throws Exception {
    try (var host = new FileServer(PROJECT)) {
      copies(host.url() + "/jbang-catalog.json");

      var parts =
          Files.readAllLines(PROJECT.resolve("dynocopy.java")).stream()
              .filter(line -> line.startsWith("//SOURCES "))
              .map(line -> line.replace("//SOURCES ", "/"))
              .collect(Collectors.toList());
      parts.addAll(List.of("/jbang-catalog.json", "/dynocopy.java"));
      assertThat(host.requested()).containsExactlyInAnyOrderElementsOf(parts);
    }
  }

  @Test
  void theListOfSourcesIsComplete() throws Exception {
    var check = new Command(List.of("scripts/sources", "--check"), PROJECT, ProcessVariables.all());
    assertThat(check.run()).isEqualTo(new Result(0, "", ""));
  }

  /** Adds the catalog, then runs a recipe that copies a few items from one region to another. */
  private void copies(String catalog) throws Exception {
    succeeds("catalog", "add", "--force", "--global", "--name", "org", catalog);
    assertThat(succeeds("dynocopy@org", "--version").out()).startsWith("dynocopy ");

    Files.writeString(elsewhere.resolve("recipe.groovy"), RECIPE);
    try (var local = DynamoLocal.start();
        var source = client(local, Region.EU_WEST_1);
        var target = client(local, Region.EU_CENTRAL_1)) {
      createTable(source);
      createTable(target);
      for (int item = 0; item < ITEMS; item++) {
        var id = Map.of("id", AttributeValue.fromS("user " + item));
        source.putItem(put -> put.tableName(TABLE).item(id));
      }

      succeeds("dynocopy@org", "recipe.groovy", "--yes", "--param", "endpoint=" + local.endpoint());

      assertThat(target.scan(scan -> scan.tableName(TABLE)).count()).isEqualTo(ITEMS);
    }
  }

  /** Runs JBang on a machine of its own, but for the user's Maven repository. */
  private Result succeeds(String... arguments) throws Exception {
    try (var central = new FileServer(machine.resolve("maven"))) {
      var result =
          Command.jbang(arguments)
              .in(elsewhere)
              .with("JBANG_CACHE_DIR", null)
              .with("JBANG_DIR", machine.resolve("jbang"))
              .with("JBANG_MAVEN_CENTRAL", central.url())
              .with("AWS_CONFIG_FILE", machine.resolve("none"))
              .with("AWS_SHARED_CREDENTIALS_FILE", machine.resolve("none"))
              .with("AWS_ACCESS_KEY_ID", "local")
              .with("AWS_SECRET_ACCESS_KEY", "local")
              .run();
      assertThat(result.exitCode()).as(result.err()).isZero();
      return result;
    }
  }

  private static DynamoDbClient client(DynamoLocal local, Region region) {
    var credentials = AwsBasicCredentials.create("local", "local");
    return DynamoDbClient.builder()
        .endpointOverride(local.endpoint())
        .region(region)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .httpClientBuilder(Apache5HttpClient.builder().proxyConfiguration(TestServers.DIRECT))
        .build();
  }

  private static void createTable(DynamoDbClient dynamo) {
    var id = AttributeDefinition.builder().attributeName("id").attributeType(ScalarAttributeType.S);
    var key = KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH);
    dynamo.createTable(
        table ->
            table
                .tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(id.build())
                .keySchema(key.build()));
  }
}
