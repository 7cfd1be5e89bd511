package org.dynocopy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.dynocopy.testing.servers.AwsBox;
import org.dynocopy.testing.servers.AwsBox.Asked;
import org.dynocopy.testing.servers.AwsSessions.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** One table has many hosts, and settings of the SDK's to choose among them. */
@Execution(ExecutionMode.CONCURRENT)
class EndpointsTest {

  private static final String VPC = "vpce-0123-abcd.dynamodb.eu-west-1.vpce.amazonaws.com";
  private static final int ITEMS = 1_000;

  @TempDir private Path folder;

  /**
   * A way to say which host is meant.
   *
   * @param properties variables, by their names as properties of Java's
   * @param options options of the command
   * @param host a pattern for the host
   */
  private record Way(Map<String, String> properties, List<String> options, String host) {}

  private static final String FIPS = "aws.useFipsEndpoint";
  private static final String DUAL_STACK = "aws.useDualstackEndpoint";
  private static final String FIPS_HOST = "dynamodb-fips\\.eu-west-1\\.amazonaws\\.com";
  private static final String DUAL_HOST = "(\\d{12}\\.ddb|dynamodb)\\.eu-west-1\\.api\\.aws";

  private static final List<Way> OTHERS =
      List.of(
          new Way(
              Map.of(FIPS, "true", DUAL_STACK, "true"),
              List.of(),
              "dynamodb-fips\\.eu-west-1\\.api\\.aws"),
          new Way(Map.of(), List.of("--profile", "fips"), FIPS_HOST),
          new Way(Map.of(), List.of("--profile", "dual"), DUAL_HOST),
          new Way(Map.of(), List.of("--profile", "vpc"), VPC));

  private static final List<Way> STOPPED =
      List.of(
          new Way(Map.of(FIPS, "true"), List.of(), FIPS_HOST),
          new Way(Map.of(), List.of("--endpoint-url", "https://" + VPC), VPC),
          new Way(Map.of(DUAL_STACK, "true"), List.of(), DUAL_HOST));

  private static final Way LAST =
      new Way(Map.of(), List.of(), "(\\d{12}\\.ddb|dynamodb)\\.eu-west-1\\.amazonaws\\.com");

  /** Both planes use the host that was configured, and a copy goes on at another host. */
  @Test
  void copyGoesOnAtWhicheverHostOfItsTables() throws Exception {
    try (AwsBox box = new AwsBox(folder, Optional.empty());
        Commands commands = Commands.start(folder, box.variables());
        DynamoDbClient client = box.client(AwsBox.REGIONS.get(0), AwsBox.ONE)) {
      AccountTables.create(client, "source", ITEMS);
      AccountTables.create(client, "target", 0);
      signIn(box);
      for (Way way : OTHERS) {
        int before = box.asked().size();
        assertThat(start(commands, way, "query", "source", "--head", "1").join().exitCode())
            .isZero();
        assertAsked(box, before, way, "DescribeTable", "Scan");
      }
      for (Way way : STOPPED) {
        int before = box.asked().size();
        int had = AccountTables.count(client, "target");
        Session session = signIn(box);
        // Slow enough to be stopped, and not to be tried again then.
        CompletableFuture<Cli.Result> copy =
            copy(commands, way, "--rate-write", "100", "--retry", "attempts=1");
        while (!copy.isDone() && AccountTables.count(client, "target") < had + 20) {
          Thread.sleep(50);
        }
        box.sessions().end(session);
        assertThat(copy.join().exitCode()).as(way + copy.join().err()).isEqualTo(3);
        assertAsked(box, before, way, "DescribeTable", "Scan", "BatchWriteItem");
      }
      signIn(box);
      int before = box.asked().size();
      Cli.Result result = copy(commands, LAST).join();
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.err()).contains("goes on where it was stopped");
      assertAsked(box, before, LAST, "DescribeTable", "Scan", "BatchWriteItem");
      assertThat(AccountTables.count(client, "target")).isEqualTo(ITEMS);
      assertThat(Secrets.found(box.sessions().secrets(), commands.said(), folder)).isEmpty();
    }
  }

  private static void assertAsked(AwsBox box, int since, Way way, String... operations) {
    assertThat(box.asked().subList(since, box.asked().size()))
        .as(way.toString())
        .allMatch(asked -> asked.host().matches(way.host()))
        .extracting(Asked::operation)
        .contains(operations);
  }

  private static CompletableFuture<Cli.Result> copy(Commands commands, Way way, String... options) {
    List<String> words =
        new ArrayList<>(List.of("copy", "source", "target", "--yes", "--resume", "it.checkpoint"));
    words.addAll(List.of(options));
    return start(commands, way, words.toArray(String[]::new));
  }

  private static CompletableFuture<Cli.Result> start(Commands commands, Way way, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(way.options());
    return commands.start(way.properties(), all.toArray(String[]::new));
  }

  /** Gives all profiles a new session. */
  private Session signIn(AwsBox box) throws IOException {
    Session session = box.sessions().begin(AwsBox.ONE);
    String keys =
        """
        region = eu-west-1
        aws_access_key_id = %s
        aws_secret_access_key = %s
        aws_session_token = %s
        """
            .formatted(session.key(), session.secret(), session.token());
    Files.createDirectories(folder.resolve(".aws"));
    Files.writeString(
        folder.resolve(".aws/config"),
        String.join(
            "\n",
            "[default]",
            keys,
            "[profile fips]",
            keys + "use_fips_endpoint = true",
            "[profile dual]",
            keys + "use_dualstack_endpoint = true",
            "[profile vpc]",
            keys + "endpoint_url = https://" + VPC));
    return session;
  }
}
