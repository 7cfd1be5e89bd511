package org.dynocopy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What needs a process of its own: variables, signals, a small heap, no connection. */
@Execution(ExecutionMode.CONCURRENT)
class ProcessTest {

  private static String source;

  @TempDir private Path folder;

  @BeforeAll
  static void fill() {
    source = Tables.on(TestServers.first()).key("id", "S").create();
    Tables.fill(TestServers.first(), source, 500);
  }

  private Cli.Result run(Map<String, String> variables, String... args) throws Exception {
    return Cli.await(Cli.start(folder, variables, List.of(), args), folder);
  }

  @Test
  void awsVariablesSayWhereAndWho() throws Exception {
    String target = Tables.on(TestServers.first()).key("id", "S").create();
    Cli.Result result =
        run(
            Map.of(
                "AWS_ENDPOINT_URL_DYNAMODB", TestServers.first().toString(),
                "AWS_ENDPOINT_URL", "http://127.0.0.1:1",
                "AWS_DEFAULT_REGION", TestServers.REGION,
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local"),
            "copy",
            source,
            target);
    assertThat(result.err()).contains("500 read = 0 filtered + 500 written");
    assertThat(result.exitCode()).isZero();
  }

  /** What is configured for AWS is nothing to a database in the same process. */
  @Test
  void embeddedDatabaseIsFoundWhateverIsConfigured() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("config"),
            """
            [default]
            region = ap-southeast-2
            use_fips_endpoint = true
            use_dualstack_endpoint = true
            ca_bundle = /nowhere/certificates.pem
            endpoint_url = http://127.0.0.1:1
            account_id_endpoint_mode = required
            [profile corp]
            role_arn = arn:aws:iam::111111111111:role/nobody
            source_profile = default
            """);
    Map<String, String> variables = new HashMap<>();
    variables.put("AWS_CONFIG_FILE", config.toString());
    variables.put("AWS_PROFILE", "corp");
    variables.put("AWS_REGION", "evil.com/#");
    variables.put("AWS_USE_FIPS_ENDPOINT", "true");
    variables.put("AWS_USE_DUALSTACK_ENDPOINT", "true");
    variables.put("AWS_CA_BUNDLE", "/nowhere/certificates.pem");
    variables.put("AWS_ACCOUNT_ID_ENDPOINT_MODE", "required");
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1");
    variables.put("AWS_WEB_IDENTITY_TOKEN_FILE", "/nowhere/token");
    variables.put("AWS_ROLE_ARN", "arn:aws:iam::111111111111:role/nobody");
    variables.put("HTTPS_PROXY", "http://127.0.0.1:1");
    variables.put("HTTP_PROXY", "http://127.0.0.1:1");
    List<String> embedded = List.of("-Ddynocopy.embedded=" + TestServers.first());
    Process process =
        Cli.start(folder, variables, embedded, "query", "embedded:" + source, "--count");
    Cli.Result result = Cli.await(process, folder);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).isEqualTo("500\n");
  }

  @Test
  void profilesAreEnvironments() throws Exception {
    String target = Tables.on(TestServers.first()).key("id", "S").create();
    Path config = folder.resolve("config");
    Files.writeString(
        config,
        """
        [profile acme-prod]
        region = %1$s
        endpoint_url = %2$s
        aws_access_key_id = local
        aws_secret_access_key = local
        [profile acme-dev]
        region = %1$s
        endpoint_url = %2$s
        aws_access_key_id = local
        aws_secret_access_key = local
        """
            .formatted(TestServers.REGION, TestServers.first()));
    Map<String, String> variables = Map.of("AWS_CONFIG_FILE", config.toString());
    Cli.Result result = run(variables, "copy", "acme-prod:" + source, "acme-dev:" + target);
    assertThat(result.err()).contains("500 read = 0 filtered + 500 written");
    assertThat(result.exitCode()).isZero();

    Cli.Result byVariable =
        run(
            Map.of("AWS_CONFIG_FILE", config.toString(), "AWS_PROFILE", "acme-dev"),
            "copy",
            source,
            target);
    assertThat(byVariable.err()).contains("500 read = 0 filtered + 500 written");
    Cli.Result byOption = run(variables, "copy", source, target, "--profile", "acme-dev");
    assertThat(byOption.err()).contains("500 read = 0 filtered + 500 written");

    Cli.Result unknown = run(variables, "copy", "acme-prd:" + source, "acme-dev:" + target);
    assertThat(unknown.err())
        .contains("FROM: unknown environment `acme-prd`")
        .contains("Did you mean `acme-prod`?");
    assertThat(unknown.exitCode()).isEqualTo(2);
  }

  @Test
  void withoutCredentialsOrRegionItSaysSo() throws Exception {
    Cli.Result noRegion = run(Map.of(), "copy", "users", "users2");
    assertThat(noRegion.err()).contains("no region for `default`").doesNotContain("\tat ");
    assertThat(noRegion.exitCode()).isEqualTo(2);
    Cli.Result nobody = run(Map.of("AWS_REGION", "eu-west-1"), "copy", "users", "users2");
    assertThat(nobody.err()).contains("no credentials for `default`").doesNotContain("\tat ");
    assertThat(nobody.exitCode()).isEqualTo(3);
  }

  @Test
  void expiredCredentialsAreNamed() throws Exception {
    try (FaultProxy proxy =
        new FaultProxy(
            TestServers.first(),
            (operation, number) ->
                request -> request.error(400, "ExpiredTokenException", "it has expired"))) {
      Cli.Result result =
          run(
              Map.of("AWS_ENDPOINT_URL", proxy.endpoint().toString()),
              "copy",
              source,
              source + "x");
      assertThat(result.err()).contains("Renew the credentials of `default`");
      assertThat(result.exitCode()).isEqualTo(3);
    }
  }

  @Test
  void aRecipeWithThreeMistakesShowsAllAndOpensNoConnection() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Files.writeString(
          folder.resolve("nightly.groovy"),
          """
          env("prod") { endpoint "http://127.0.0.1:%d" }
          copy {
            form "prod:users"
            to "prod:users2"
            segments "eight"
            where gsi: "byTenant", pkk: "t1"
          }
          """
              .formatted(listening.getLocalPort()));
      Cli.Result result = run(Map.of(), "nightly.groovy");
      assertThat(result.err())
          .contains("nightly.groovy:3:3: ", "  3 |   form \"prod:users\"", "    |   ^^^^")
          .contains("nightly.groovy:5:12: ", "nightly.groovy:6:26: ");
      assertThat(result.exitCode()).isEqualTo(2);
      listening.setSoTimeout(1);
      org.junit.jupiter.api.Assertions.assertThrows(
          SocketTimeoutException.class, listening::accept);
    }
  }

  @Test
  void anInterruptEndsItWithTheLedgerTold() throws Exception {
    String target = Tables.on(TestServers.first()).key("id", "S").create();
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicInteger taken = new AtomicInteger();
    Fault counted =
        request -> {
          taken.addAndGet(request.puts());
          Fault.NONE.happen(request);
        };
    // It is interrupted while this one is under way, and waits for it; none after it is taken.
    Fault third =
        request -> {
          interrupted.await();
          counted.after(Duration.ofSeconds(1)).happen(request);
        };
    try (FaultProxy proxy =
        new FaultProxy(
            TestServers.first(),
            (operation, number) ->
                !operation.equals("BatchWriteItem")
                    ? Fault.NONE
                    : number < 3 ? counted : number == 3 ? third : Fault.FAILED)) {
      Process process =
          Cli.start(
              folder,
              Map.of("AWS_ENDPOINT_URL", proxy.endpoint().toString()),
              List.of(),
              "copy",
              source,
              target,
              "--writers",
              "1");
      while (proxy.requests("BatchWriteItem") < 3) {
        TimeUnit.MILLISECONDS.sleep(20);
        assertThat(process.isAlive()).isTrue();
      }
      new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor();
      interrupted.countDown();
      Cli.Result result = Cli.await(process, folder);
      assertThat(result.err()).contains("interrupted");
      assertThat(result.exitCode()).isEqualTo(130);
      Cli.Ledger ledger = result.ledger();
      assertThat(TableComparison.items(TestServers.first(), target)).hasSize(ledger.written());
      assertThat(ledger.written()).isEqualTo(taken.get());
      // Of what was read by then, all may be written.
      assertThat(ledger.read())
          .isEqualTo(ledger.written() + ledger.unsettled())
          .isLessThanOrEqualTo(500);
    }
  }

  /** 500 MB, which is four times the heap. */
  @Test
  void aSmallHeapCopiesALargeTable() throws Exception {
    String from = Tables.on(TestServers.first()).key("id", "S").create();
    String to = Tables.on(TestServers.first()).key("id", "S").create();
    byte[] random = new byte[195_000];
    new Random(1).nextBytes(random);
    String text = java.util.HexFormat.of().formatHex(random);
    for (int i = 0; i < 1_300; i += 10) {
      int first = i;
      Tables.put(
          TestServers.first(),
          from,
          IntStream.range(first, first + 10)
              .mapToObj(
                  n ->
                      Map.of(
                          "id", AttributeValue.fromS("item " + n),
                          "text", AttributeValue.fromS(n + text)))
              .toList());
    }
    Cli.Result result =
        Cli.await(
            Cli.start(
                folder,
                Map.of(
                    "AWS_ENDPOINT_URL",
                    TestServers.first().toString(),
                    "AWS_REGION",
                    TestServers.REGION),
                List.of("-Xmx128m"),
                "copy",
                from,
                to,
                "--segments",
                "100"),
            folder);
    assertThat(result.err()).contains("1,300 read = 0 filtered + 1,300 written", "507.");
    assertThat(result.exitCode()).isZero();
  }
}
