package org.dynocopy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.dynocopy.Dynocopy;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.servers.AwsBox;
import org.dynocopy.servers.AwsBox.Asked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Two accounts, behind the proxy of a company: who signs, and where each table is asked for. */
@Execution(ExecutionMode.CONCURRENT)
class AccountsTest {

  private static final String REGION = AwsBox.REGIONS.get(0);
  private static final int ITEMS = 40;

  @TempDir static Path folder;
  private static AwsBox box;

  @BeforeAll
  static void start() throws Exception {
    box = new AwsBox(folder, Optional.of("ann:p%40ss"));
    try (DynamoDbClient one = box.client(REGION, AwsBox.ONE)) {
      create(one, "users");
      for (int i = 0; i < ITEMS; i++) {
        String id = "u" + i;
        one.putItem(r -> r.tableName("users").item(Map.of("id", AttributeValue.fromS(id))));
      }
    }
    Files.createDirectories(folder.resolve(".aws/sso/cache"));
    Files.createDirectories(folder.resolve(".aws/login/cache"));
    Files.writeString(folder.resolve("web.token"), "web-token");
    String hour = Instant.now().plus(Duration.ofHours(1)).toString();
    Files.writeString(
        folder.resolve(".aws/sso/cache/" + digest("SHA-1", "corp") + ".json"),
        "{\"accessToken\": \"sso-token\", \"expiresAt\": \"" + hour + "\"}");
    Files.writeString(
        folder.resolve(".aws/login/cache/" + digest("SHA-256", "arn:login") + ".json"),
        """
        {"accessToken": {"accessKeyId": "%s", "secretAccessKey": "secret", "sessionToken": "any",
        "accountId": "%s", "expiresAt": "%s"}, "clientId": "c", "refreshToken": "r",
        "dpopKey": "k", "tokenType": "aws_sigv4", "identityToken": "i"}
        """
            .formatted(AwsBox.key(AwsBox.ONE), AwsBox.ONE, hour));
    Files.writeString(folder.resolve(".aws/config"), config());
  }

  @AfterAll
  static void stop() {
    box.close();
  }

  private static String digest(String algorithm, String text) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes()));
  }

  private static void create(DynamoDbClient client, String table) {
    client.createTable(
        r ->
            r.tableName(table)
                .attributeDefinitions(a -> a.attributeName("id").attributeType("S"))
                .keySchema(k -> k.attributeName("id").keyType("HASH"))
                .billingMode("PAY_PER_REQUEST"));
  }

  private static String config() {
    return """
    [profile keys]
    region = eu-west-1
    aws_access_key_id = %1$s
    aws_secret_access_key = secret
    [profile role]
    region = eu-west-1
    role_arn = arn:aws:iam::111111111111:role/reader
    source_profile = keys
    [profile two]
    region = eu-west-1
    role_arn = arn:aws:iam::222222222222:role/writer
    source_profile = role
    [profile chain]
    region = eu-west-1
    role_arn = arn:aws:iam::111111111111:role/back
    source_profile = two
    [profile process]
    region = eu-west-1
    credential_process = echo '{"Version": 1, "AccessKeyId": "%1$s", "SecretAccessKey": "s"}'
    [profile sso]
    region = eu-west-1
    sso_session = corp
    sso_account_id = 111111111111
    sso_role_name = reader
    [sso-session corp]
    sso_region = us-west-2
    sso_start_url = https://corp.awsapps.com/start
    [profile signedout]
    region = eu-west-1
    sso_session = gone
    sso_account_id = 111111111111
    sso_role_name = reader
    [sso-session gone]
    sso_region = us-west-2
    sso_start_url = https://gone.awsapps.com/start
    [profile login]
    region = eu-west-1
    login_session = arn:login
    [profile web]
    region = eu-west-1
    role_arn = arn:aws:iam::111111111111:role/web
    web_identity_token_file = %2$s/web.token
    [profile mfa]
    region = eu-west-1
    role_arn = arn:aws:iam::111111111111:role/mfa
    source_profile = keys
    mfa_serial = arn:aws:iam::111111111111:mfa/ann
    [profile denied]
    region = eu-west-1
    role_arn = arn:aws:iam::111111111111:role/denied
    source_profile = keys
    [profile away]
    region = eu-east-1
    role_arn = arn:aws:iam::111111111111:role/away
    source_profile = keys
    """
        .formatted(AwsBox.key(AwsBox.ONE), folder);
  }

  private static Cli.Result run(Map<String, String> variables, String... words) throws Exception {
    Map<String, String> all = new HashMap<>(box.variables());
    all.putAll(variables);
    return Cli.await(Cli.start(folder, all, List.of(), words), folder);
  }

  private static int count(String account, String table) {
    try (DynamoDbClient client = box.client(REGION, account)) {
      return client.scan(r -> r.tableName(table)).count();
    }
  }

  /** Each way copies, by its own environment, into a table of the other account. */
  @Test
  void everyWayToSignInCopiesThroughTheProxyAlone() throws Exception {
    List<String> ways = List.of("keys", "role", "chain", "process", "sso", "login", "web");
    StringBuilder recipe = new StringBuilder();
    try (DynamoDbClient two = box.client(REGION, AwsBox.TWO)) {
      for (String way : ways) {
        create(two, "from-" + way);
        recipe.append("copy { from '%1$s:users'; to 'two:from-%1$s' }\n".formatted(way));
      }
    }
    Path file = Files.writeString(folder.resolve("ways.groovy"), recipe);
    Cli.Result result = run(Map.of(), file.toString(), "--yes");
    assertThat(result.err()).contains("from-web");
    assertThat(result.exitCode()).as(result.err()).isZero();
    for (String way : ways) {
      assertThat(count(AwsBox.TWO, "from-" + way)).as(way).isEqualTo(ITEMS);
    }
    assertThat(box.asked())
        .extracting(Asked::host)
        .contains("sts.eu-west-1.amazonaws.com", "portal.sso.us-west-2.amazonaws.com");
    assertOwnHosts();
  }

  private static void assertOwnHosts() {
    assertThat(box.asked())
        .filteredOn(asked -> asked.host().contains(".ddb."))
        .isNotEmpty()
        .allSatisfy(asked -> assertThat(asked.host()).startsWith(asked.account()));
  }

  /** The one who signs may use a table of another account, whose policy lets him. */
  @Test
  void eachTableIsAskedForAtTheHostOfItsOwnAccount() throws Exception {
    try (DynamoDbClient two = box.client(REGION, AwsBox.TWO);
        DynamoDbClient one = box.client(REGION, AwsBox.ONE)) {
      create(two, "shared");
      create(one, "mirror");
    }
    String from = AwsBox.arn(REGION, AwsBox.ONE, "users");
    String shared = AwsBox.arn(REGION, AwsBox.TWO, "shared");
    int before = box.asked().size();
    Cli.Result arns = run(Map.of(), "copy", from, shared, "--profile", "role", "--yes");
    assertThat(arns.exitCode()).as(arns.err()).isZero();
    assertThat(count(AwsBox.TWO, "shared")).isEqualTo(ITEMS);
    assertThat(box.asked().subList(before, box.asked().size()))
        .filteredOn(asked -> asked.operation().matches("Scan|BatchWriteItem"))
        .extracting(Asked::host)
        .contains(
            AwsBox.ONE + ".ddb.eu-west-1.amazonaws.com",
            AwsBox.TWO + ".ddb.eu-west-1.amazonaws.com");
    Cli.Result name = run(Map.of(), "copy", shared, "mirror", "--profile", "keys", "--yes");
    assertThat(name.exitCode()).as(name.err()).isZero();
    assertThat(count(AwsBox.ONE, "mirror")).isEqualTo(ITEMS);
    assertOwnHosts();
  }

  /** A wrong code is asked for again; the right one is asked for once, for both of its tables. */
  @Test
  void codeOfADeviceIsAskedAtATerminal() throws Exception {
    Terminal.assumePossible();
    try (DynamoDbClient one = box.client(REGION, AwsBox.ONE)) {
      create(one, "by-code");
    }
    Map<String, String> variables = new HashMap<>(box.variables());
    variables.put("TERM", "xterm");
    String[] words = {"copy", "mfa:users", "mfa:by-code", "--yes"};
    try (Terminal terminal = Terminal.start(folder, variables, words)) {
      String question = "code of arn:aws:iam::111111111111:mfa/ann, for the AWS profile mfa: ";
      terminal.until(question).type("000000\n");
      terminal.until(question + "\r\n" + question).type("123456\n");
      assertThat(terminal.exitCode()).as("" + terminal.said()).isZero();
      assertThat(terminal.said().toString().split(question, -1)).hasSize(3);
    }
    assertThat(count(AwsBox.ONE, "by-code")).isEqualTo(ITEMS);
  }

  /** Says, of each environment, why it cannot be asked. */
  static final class Probe {
    public static void main(String... environments) {
      for (String environment : environments) {
        try {
          System.out.println(environment + " has " + Dynocopy.tables(environment));
        } catch (StoreException | InvalidPlanException e) {
          System.out.println(environment + ": " + e.getMessage());
        }
      }
    }
  }

  private static List<String> probe(
      Map<String, String> variables, List<String> options, String... environments)
      throws Exception {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
    words.addAll(options);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName()));
    words.addAll(List.of(environments));
    ProcessBuilder process = new ProcessBuilder(words).redirectErrorStream(true);
    process.environment().keySet().retainAll(List.of("PATH"));
    process.environment().put("HOME", folder.toString());
    process.environment().putAll(variables);
    Process probing = process.start();
    return new String(probing.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .toList();
  }

  @Test
  void eachFailureOfASignInSaysWhoFailedAndWhatHelps() throws Exception {
    List<String> said =
        probe(box.variables(), List.of(), "signedout", "mfa", "denied", "away", "gone", "keys");
    assertThat(said)
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo(
                        "signedout: the AWS profile `signedout` is not signed in, or no longer:"
                            + " run `aws sso login --profile signedout`"),
            line ->
                assertThat(line)
                    .startsWith(
                        "mfa: the AWS profile `mfa` wants a code of the MFA device"
                            + " arn:aws:iam::111111111111:mfa/ann: start this at a terminal")
                    .contains("`aws configure export-credentials --profile mfa --format env`"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "denied: the role arn:aws:iam::111111111111:role/denied of the AWS profile"
                            + " `denied` cannot be assumed: AccessDenied: User:"
                            + " arn:aws:iam::111111111111:user/u is not authorized to perform:"
                            + " sts:AssumeRole"),
            line ->
                assertThat(line)
                    .contains("https://sts.eu-east-1.amazonaws.com does not answer, the proxy 127")
                    .endsWith("answers with HTTP 502"),
            line -> assertThat(line).contains("unknown environment `gone`"),
            line -> assertThat(line).startsWith("keys has ["));
  }

  @Test
  void proxyIsNamedInEachUsualFormAndIsTheOneThatFails() throws Exception {
    Map<String, String> variables = new HashMap<>(box.variables());
    String proxy = "the proxy 127.0.0.1:" + box.port() + " answers with HTTP 407";
    variables.put("HTTPS_PROXY", "http://ann:wrong@127.0.0.1:" + box.port());
    assertThat(probe(variables, List.of(), "keys", "role"))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("keys: keys: " + proxy),
            line -> assertThat(line).contains("sts.eu-west-1.amazonaws.com").endsWith(proxy));
    variables.remove("HTTPS_PROXY");
    List<String> properties =
        List.of(
            "-Dhttps.proxyHost=127.0.0.1",
            "-Dhttps.proxyPort=" + box.port(),
            "-Dhttps.proxyUser=ann",
            "-Dhttps.proxyPassword=p@ss");
    assertThat(probe(variables, properties, "role"))
        .satisfiesExactly(line -> assertThat(line).startsWith("role has ["));
    variables.remove("AWS_CA_BUNDLE");
    assertThat(probe(variables, properties, "role"))
        .satisfiesExactly(
            line -> assertThat(line).contains("sts.eu-west-1").contains("AWS_CA_BUNDLE"));
  }

  @Test
  void stoppedCopyGoesOnWithOtherCredentialsAndAnotherHost() throws Exception {
    try (DynamoDbClient two = box.client(REGION, AwsBox.TWO)) {
      create(two, "resumed");
    }
    String target = AwsBox.arn(REGION, AwsBox.TWO, "resumed");
    String[] words = {"copy", "users", target, "--yes", "--resume", "it.checkpoint"};
    Map<String, String> variables = new HashMap<>(box.variables());
    variables.put("AWS_PROFILE", "keys");
    Process slow = Cli.start(folder, variables, List.of(), with(words, "--rate-write", "5"));
    while (slow.isAlive() && count(AwsBox.TWO, "resumed") < 5) {
      Thread.sleep(20);
    }
    slow.destroy();
    assertThat(slow.waitFor()).isEqualTo(143);
    assertThat(folder.resolve("it.checkpoint")).exists();
    words[1] = AwsBox.arn(REGION, AwsBox.ONE, "users");
    Cli.Result resumed = run(Map.of("AWS_PROFILE", "role", "AWS_USE_FIPS_ENDPOINT", "true"), words);
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(count(AwsBox.TWO, "resumed")).isEqualTo(ITEMS);
    assertThat(box.asked())
        .extracting(Asked::host)
        .contains("dynamodb-fips.eu-west-1.amazonaws.com");
  }

  private static String[] with(String[] words, String... more) {
    return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new);
  }
}
