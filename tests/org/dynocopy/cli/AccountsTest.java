package org.dynocopy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dynocopy.testing.servers.AwsBox;
import org.dynocopy.testing.servers.AwsBox.Asked;
import org.dynocopy.testing.servers.AwsHome;
import org.dynocopy.testing.servers.AwsMetadata;
import org.dynocopy.testing.servers.AwsSessions.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Two accounts, behind the proxy of a company: who signs, and where each table is asked for. One
 * test after the other: they set the services' clock, and the properties of one process.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("accounts")
class AccountsTest {

  private static final String REGION = AwsBox.REGIONS.get(0);
  private static final int ITEMS = 1_000;
  private static final int FEW = 40;
  private static final String CONTAINER = "aws.containerCredentialsFullUri";

  @TempDir static Path folder;
  private static AwsBox box;
  private static AwsMetadata metadata;
  private static AwsHome home;
  private static Commands commands;
  private static Map<String, DynamoDbClient> clients;

  @BeforeAll
  static void start() throws Exception {
    box = new AwsBox(folder, Optional.of("ann:p%40ss-of-ann"));
    metadata = new AwsMetadata(box.sessions());
    home = new AwsHome(folder, box, metadata);
    Map<String, String> variables = new HashMap<>(box.variables());
    variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", metadata.url() + "/v1/credentials");
    variables.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", metadata.token());
    variables.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.url());
    commands = Commands.start(folder, variables);
    clients =
        Map.of(
            AwsBox.ONE, box.client(REGION, AwsBox.ONE), AwsBox.TWO, box.client(REGION, AwsBox.TWO));
    AccountTables.create(clients.get(AwsBox.ONE), "users", ITEMS);
    AccountTables.create(clients.get(AwsBox.ONE), "few", FEW);
  }

  @AfterEach
  void resetServices() throws Exception {
    box.sessions().live(Duration.ofHours(1));
    box.clock().set(Duration.ZERO, true);
    home.signIn();
  }

  /** Whatever was run before: what it printed, and the files that it has left. */
  @AfterAll
  static void stop() throws Exception {
    commands.close();
    clients.values().forEach(DynamoDbClient::close);
    metadata.close();
    box.close();
    assertThat(Secrets.found(box.sessions().secrets(), commands.said(), folder)).isEmpty();
  }

  private static void create(String account, String... tables) {
    Stream.of(tables).forEach(table -> AccountTables.create(clients.get(account), table, 0));
  }

  private static int count(String account, String table) {
    return AccountTables.count(clients.get(account), table);
  }

  private static void assertDone(Cli.Result result) {
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  /** Each way copies, by its own environment, into a table of the other account. */
  @Test
  void everyWayToSignInCopiesThroughTheProxyAlone() throws Exception {
    List<String> ways =
        List.of(
            "keys",
            "role",
            "chain",
            "process",
            "sso",
            "oldsso",
            "overrole",
            "login",
            "web",
            "container",
            "instance",
            "variables");
    StringBuilder recipe = new StringBuilder();
    for (String way : ways) {
      create(AwsBox.TWO, "from-" + way);
      recipe.append("copy { from '%1$s:users'; to 'two:from-%1$s' }\n".formatted(way));
    }
    Path file = Files.writeString(folder.resolve("ways.groovy"), recipe);
    int before = box.asked().size();
    assertDone(commands.run(keys(AwsBox.ONE), file.toString(), "--yes", "--json"));
    for (String way : ways) {
      assertThat(count(AwsBox.TWO, "from-" + way)).as(way).isEqualTo(ITEMS);
    }
    List<Asked> asked = box.asked().subList(before, box.asked().size());
    assertThat(asked)
        .extracting(Asked::host)
        .contains("sts.eu-west-1.amazonaws.com", "portal.sso.us-west-2.amazonaws.com");
    assertThat(asked)
        .filteredOn(one -> one.operation().matches("Scan|BatchWriteItem"))
        .hasSizeGreaterThan(ways.size() * ITEMS / 25)
        .allSatisfy(
            one ->
                assertThat(one)
                    .isIn(
                        one.operation().equals("Scan")
                            ? ownHosts("Scan", AwsBox.ONE)
                            : ownHosts("BatchWriteItem", AwsBox.TWO)));
  }

  /** That of the region is anyone's, for credentials that do not say their account. */
  private static List<Asked> ownHosts(String operation, String account) {
    return Stream.of(account + ".ddb", "dynamodb")
        .map(host -> new Asked(host + ".eu-west-1.amazonaws.com", operation, account, account))
        .toList();
  }

  private static Map<String, String> keys(String account) {
    return Map.of("aws.accessKeyId", AwsBox.key(account), "aws.secretAccessKey", "of-a-test");
  }

  /**
   * The first one that is set signs: keys, a web identity, a profile, the container, the instance.
   */
  @Test
  void environmentWithoutAProfileTakesTheFirstThatIsSet() {
    Map<String, Map<String, String>> ways =
        Map.of(
            "keys", keys(AwsBox.ONE),
            "web",
                Map.of(
                    "aws.webIdentityTokenFile",
                    folder + "/.aws/web.token",
                    "aws.roleArn",
                    "arn:aws:iam::111111111111:role/web"),
            "profile", Map.of("aws.profile", "sso"),
            "container", Map.of(),
            "instance", Map.of(CONTAINER, ""));
    ways.forEach(
        (way, properties) -> {
          create(AwsBox.TWO, "of-" + way);
          assertDone(
              commands.run(
                  properties, "copy", "few", "two:of-" + way, "--region", REGION, "--yes"));
          assertThat(count(AwsBox.TWO, "of-" + way)).as(way).isEqualTo(FEW);
        });
  }

  /** The one who signs may use a table of another account, whose policy lets him. */
  @Test
  void eachTableIsAskedForAtTheHostOfItsOwnAccount() {
    create(AwsBox.TWO, "shared");
    create(AwsBox.ONE, "mirror");
    String from = AwsBox.arn(REGION, AwsBox.ONE, "few");
    String shared = AwsBox.arn(REGION, AwsBox.TWO, "shared");
    int before = box.asked().size();
    assertDone(commands.run("copy", from, shared, "--profile", "role", "--yes"));
    assertThat(count(AwsBox.TWO, "shared")).isEqualTo(FEW);
    assertThat(box.asked().subList(before, box.asked().size()))
        .filteredOn(asked -> asked.operation().matches("Scan|BatchWriteItem"))
        .extracting(Asked::host)
        .contains(
            AwsBox.ONE + ".ddb.eu-west-1.amazonaws.com",
            AwsBox.TWO + ".ddb.eu-west-1.amazonaws.com");
    assertDone(commands.run("copy", shared, "mirror", "--profile", "keys", "--yes"));
    assertThat(count(AwsBox.ONE, "mirror")).isEqualTo(FEW);
    assertThat(box.asked())
        .filteredOn(asked -> asked.host().contains(".ddb."))
        .isNotEmpty()
        .allSatisfy(asked -> assertThat(asked.host()).startsWith(asked.account()));
  }

  /**
   * Tokens that live for two seconds, in a copy that takes longer: {@code
   * -Ddynocopy.renewal.seconds=60} has it take a minute.
   */
  @Test
  void copyRenewsShortLivedTokensAndUsesNoneAfterItsEnd() throws Exception {
    int seconds = Integer.getInteger("dynocopy.renewal.seconds", 4);
    List<String> ways =
        List.of(
            "role", "chain", "process", "sso", "overrole", "login", "web", "container", "instance");
    create(AwsBox.TWO, ways.stream().map(way -> "renewed-" + way).toArray(String[]::new));
    int rate = 20;
    AccountTables.create(clients.get(AwsBox.ONE), "slow", rate * seconds);
    // What is loaded for the first time takes its time.
    ways.forEach(way -> assertDone(commands.run("query", way + ":slow", "--limit", "1")));
    box.sessions().live(Duration.ofSeconds(2));
    home.signIn();
    long before = box.sessions().count();
    int lateBefore = box.sessions().late().size();
    List<CompletableFuture<Cli.Result>> copies =
        ways.stream()
            .map(
                way ->
                    commands.start(
                        Map.of(),
                        "copy",
                        way + ":slow",
                        "two:renewed-" + way,
                        "--rate-write",
                        "" + rate,
                        "--yes"))
            .toList();
    copies.forEach(copy -> assertDone(copy.join()));
    for (String way : ways) {
      assertThat(count(AwsBox.TWO, "renewed-" + way)).as(way).isEqualTo(rate * seconds);
    }
    // A machine that stalls for half a second may sign a little late: that is refused, and made
    // again.
    assertThat(box.sessions().late().size() - lateBefore).isLessThan(5);
    assertThat(box.sessions().count() - before).isGreaterThan(ways.size() * 3L);
    assertThat(box.asked())
        .extracting(Asked::operation)
        .contains("CreateToken", "CreateOAuth2Token");
  }

  /** A wrong code is asked for again; the right one is good for both tables, and the role on it. */
  @Test
  void codeOfADeviceIsAskedOnceAndKeptForTheSession() throws Exception {
    Terminal.assumePossible();
    create(AwsBox.ONE, "by-code");
    create(AwsBox.TWO, "on-code");
    Map<String, String> variables = new HashMap<>(box.variables());
    variables.put("TERM", "xterm");
    variables.put("AWS_ACCESS_KEY_ID", AwsBox.key(AwsBox.ONE));
    variables.put("AWS_SECRET_ACCESS_KEY", "of-a-test");
    Path recipe =
        Files.writeString(
            folder.resolve("codes.groovy"),
            "copy { from 'mfa:few'; to 'mfa:by-code' }\n"
                + "copy { from 'mfa:few'; to 'onmfa:on-code' }");
    try (Terminal terminal = Terminal.start(folder, variables, recipe.toString(), "--yes")) {
      String question = "MFA code for the AWS profile `mfa` (arn:aws:iam::111111111111:mfa/ann): ";
      terminal.until(question).type("000000\n");
      terminal.until("; try again (2 of 3)\r\n" + question).type("739215\n");
      assertThat(terminal.exitCode()).as("" + terminal.said()).isZero();
      assertThat(terminal.said().toString().split(Pattern.quote(question), -1)).hasSize(3);
      assertThat(terminal.said()).doesNotContain("739215");
    }
    assertThat(count(AwsBox.ONE, "by-code")).isEqualTo(FEW);
    assertThat(count(AwsBox.TWO, "on-code")).isEqualTo(FEW);
  }

  /** As the message says that asks for a code where nobody can be asked. */
  @Test
  void sessionThatWasExportedToAFileSignsInPlaceOfItsProfile() throws Exception {
    Session session = box.sessions().begin(AwsBox.ONE);
    Path file = folder.resolve(".aws/session.json");
    Files.writeString(
        file,
        """
        {"Version": 1, "AccessKeyId": "%s", "SecretAccessKey": "%s", "SessionToken": "%s",
        "Expiration": "2099-01-01T00:00:00+00:00"}
        """
            .formatted(session.key(), session.secret(), session.token()));
    home.add(
        """
        [profile exported]
        region = eu-west-1
        credential_process = cat %s
        [profile onexported]
        region = eu-west-1
        role_arn = arn:aws:iam::222222222222:role/onmfa
        source_profile = exported
        """
            .formatted(file));
    assertDone(commands.run("query", "exported:few", "--limit", "1"));
    assertDone(commands.run("query", "few", "--limit", "1", "--profile", "exported"));
    create(AwsBox.TWO, "of-exported");
    assertDone(commands.run("query", "onexported:of-exported", "--limit", "1"));
  }

  /** Its keys are those of a person, who has to get others. */
  @Test
  void copyWhoseSessionEndsGoesOnByAnotherWayAndHost() throws Exception {
    create(AwsBox.TWO, "resumed");
    Session session = box.sessions().begin(AwsBox.ONE);
    home.add(
        """
        [profile person]
        region = eu-west-1
        aws_access_key_id = %s
        aws_secret_access_key = %s
        aws_session_token = %s
        """
            .formatted(session.key(), session.secret(), session.token()));
    String target = AwsBox.arn(REGION, AwsBox.TWO, "resumed");
    CompletableFuture<Cli.Result> copy =
        commands.start(
            Map.of(),
            "copy",
            "users",
            target,
            "--profile",
            "person",
            "--rate-write",
            "100",
            "--yes",
            "--resume",
            "it.checkpoint");
    while (!copy.isDone() && count(AwsBox.TWO, "resumed") < 50) {
      Thread.sleep(100);
    }
    box.sessions().end(session);
    Cli.Result ended = copy.join();
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(3);
    assertThat(ended.err())
        .contains(
            "ExpiredTokenException: The security token included in the request is expired. Put"
                + " access keys with a new aws_session_token into the AWS profile `person`, and run"
                + " the same command again");
    assertThat(count(AwsBox.TWO, "resumed")).isLessThan(ITEMS);
    Cli.Result resumed =
        commands.run(
            Map.of("aws.profile", "sso", "aws.useFipsEndpoint", "true"),
            "copy",
            AwsBox.arn(REGION, AwsBox.ONE, "users"),
            target,
            "--yes",
            "--resume",
            "it.checkpoint");
    assertDone(resumed);
    assertThat(resumed.err()).contains("goes on where it was stopped");
    assertThat(count(AwsBox.TWO, "resumed")).isEqualTo(ITEMS);
    assertThat(box.asked())
        .extracting(Asked::host)
        .contains("dynamodb-fips.eu-west-1.amazonaws.com");
  }

  /** As where someone signs in anew, to another account, while it runs. */
  @Test
  void credentialsThatChangeTheAccountWriteNothingThere() throws Exception {
    create(AwsBox.ONE, "kept");
    create(AwsBox.TWO, "kept");
    Path given = folder.resolve(".aws/given.json");
    home.add(
        """
        [profile changing]
        region = eu-west-1
        credential_process = cat %s
        """
            .formatted(given));
    give(given, AwsBox.ONE);
    CompletableFuture<Cli.Result> copy =
        commands.start(
            Map.of(), "copy", "keys:users", "changing:kept", "--rate-write", "100", "--yes");
    while (!copy.isDone()) {
      give(given, count(AwsBox.ONE, "kept") < 50 ? AwsBox.ONE : AwsBox.TWO);
      Thread.sleep(100);
    }
    assertThat(count(AwsBox.TWO, "kept")).isZero();
    assertRefusedAtEnd(copy.join());
    give(given, AwsBox.ONE);
    assertDone(commands.run("copy", "keys:users", "changing:kept", "--yes"));
    assertThat(count(AwsBox.ONE, "kept")).isEqualTo(ITEMS);
  }

  private static void assertRefusedAtEnd(Cli.Result result) {
    assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
    assertThat(result.err())
        .contains(
            "changing: the credentials have changed, and those of now are of another account: their"
                + " `kept` is "
                + AwsBox.arn(REGION, AwsBox.TWO, "kept")
                + ", and not "
                + AwsBox.arn(REGION, AwsBox.ONE, "kept")
                + ". Sign in as before, and run the same command again");
  }

  /** Writes what a process gives, which ends so soon that it is asked for again. */
  private static void give(Path file, String account) throws IOException {
    Path next =
        Files.writeString(
            file.resolveSibling("next.json"),
            """
            {"Version": 1, "AccessKeyId": "%s", "SecretAccessKey": "of-a-test", "SessionToken": "t",
            "Expiration": "%s"}
            """
                .formatted(AwsBox.key(account), Instant.now().plusSeconds(4)));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void clockThatIsWrongIsCorrectedByTheServers() {
    create(AwsBox.TWO, "skewed");
    box.clock().set(Duration.ofHours(-2), true);
    assertDone(commands.run("copy", "role:few", "two:skewed", "--yes"));
    assertThat(count(AwsBox.TWO, "skewed")).isEqualTo(FEW);
  }

  /**
   * One sentence, which names who is meant and what helps, and an exit code that says whether
   * anything was asked.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "signedout | 3 | the AWS profile `signedout` is not signed in, or no longer: run `aws sso"
            + " login --profile signedout`",
        "ssoended | 3 | the AWS profile `ssoended` is not signed in, or no longer: run `aws sso"
            + " login --profile ssoended`",
        "ssodenied | 3 | the AWS profile `ssodenied` cannot sign in: ForbiddenException: No access."
            + " Ask whether you are given the role `denied` (sso_role_name) of the account"
            + " 111111111111 (sso_account_id)",
        "refused | 3 | the AWS profile `refused` is not signed in, or no longer: run `aws login"
            + " --profile refused`",
        "mfa | 3 | the AWS profile `mfa` wants a code of the MFA device"
            + " arn:aws:iam::111111111111:mfa/ann, and there is no terminal to ask for it. Start"
            + " this at a terminal; or run `aws configure export-credentials --profile mfa"
            + " >session.json` at one, and use in place of `mfa` an AWS profile",
        "onmfa | 3 | the AWS profile `mfa` wants a code of the MFA device",
        "denied | 3 | the role arn:aws:iam::111111111111:role/denied of the AWS profile `denied`"
            + " cannot be assumed: AccessDenied: User: arn:aws:iam::111111111111:user/u is not"
            + " authorized to perform: sts:AssumeRole on resource:"
            + " arn:aws:iam::111111111111:role/denied",
        "unknown | 3 | unknown: DescribeTable: UnrecognizedClientException: The security token"
            + " included is invalid. Give the AWS profile `unknown` other access keys (`aws"
            + " configure --profile unknown`), and run the same command again",
        "onunknown | 3 | the role arn:aws:iam::111111111111:role/r of the AWS profile `onunknown`"
            + " cannot be assumed: InvalidClientTokenId: The security token included in the request"
            + " is invalid. Give the AWS profile `unknown` other access keys (`aws configure"
            + " --profile unknown`)",
        "away | 3 | the role arn:aws:iam::111111111111:role/away of the AWS profile `away` cannot"
            + " be assumed: https://sts.eu-east-1.amazonaws.com does not answer, the proxy"
            + " 127.0.0.1:",
        "away | 3 | HTTP 502 to the request for sts.eu-east-1.amazonaws.com:443. No region"
            + " `eu-east-1` is known here. Did you mean `ap-east-1`?",
        "webended | 3 | the role arn:aws:iam::111111111111:role/web of the AWS profile `webended`"
            + " cannot be assumed by the token",
        "gone | 2 | unknown environment `gone`",
      })
  void signInThatFailsSaysWhoFailedAndWhatHelps(String profile, int exitCode, String sentence)
      throws Exception {
    assertRefused(commands.run(keys(AwsBox.ONE), "query", profile + ":few"), exitCode, sentence);
  }

  private static void assertRefused(Cli.Result result, int exitCode, String sentence) {
    assertThat(result.err()).contains(sentence).matches("[^:]+: .*\n");
    assertThat(result.exitCode()).isEqualTo(exitCode);
  }

  /** The message has the time of this machine: the user alone can set its clock. */
  @Test
  void clockOfWhichNoServerTellsTheTimeIsNamed() {
    box.clock().set(Duration.ofHours(2), false);
    for (String way : List.of("keys", "role")) {
      Cli.Result result = commands.run("query", way + ":few");
      assertRefused(result, 3, "Signature expired: ");
      assertThat(result.err()).contains(". The clock of this machine says 20", ": set it right");
    }
  }

  @Test
  void policyThatDeniesIsToldWithActionTableAndIdentity() {
    Cli.Result denied = commands.run("query", "sso:denied-x");
    assertThat(denied.err())
        .endsWith(
            ". README.md lists the actions that each command needs, under \"What it needs to be"
                + " allowed\"\n");
    assertRefused(
        denied,
        3,
        "sso: DescribeTable: AccessDeniedException: User:"
            + " arn:aws:sts::111111111111:assumed-role/reader/s is not authorized to perform:"
            + " dynamodb:DescribeTable on resource:"
            + " arn:aws:dynamodb:eu-west-1:111111111111:table/denied-x because");
  }

  /** A profile may be set up for another region or account than its user believes. */
  @Test
  void questionBeforeADeletionNamesRegionAndAccount() {
    create(AwsBox.TWO, "asked-for");
    Cli.Result asked = commands.run("truncate", "two:asked-for");
    assertThat(asked.exitCode()).as(asked.err()).isEqualTo(2);
    assertThat(asked.err())
        .contains("will be deleted from `two:asked-for` (eu-west-1, account 222222222222).");
  }

  /** What a process or a URL has of them; {@link #stop} looks for them all. */
  @Test
  void secretInTheWrongPlaceIsNotShown() throws Exception {
    String secret = box.sessions().secret("leak-");
    home.add(
        """
        [profile leaking]
        region = eu-west-1
        credential_process = echo '{"Version": 1, "AccessKeyId": "a", "SecretAccessKey": %1$s}'
        [profile leakingexit]
        region = eu-west-1
        credential_process = sh -c 'echo %1$s; echo sealed >&2; exit 3'
        [profile leakingurl]
        region = eu-west-1
        endpoint_url = http://ann:%1$s@127.0.0.1:1
        aws_access_key_id = a
        aws_secret_access_key = %1$s
        """
            .formatted(secret));
    Path broken =
        Files.writeString(
            folder.resolve(".aws/broken"),
            "[profile leakingkey]\naws_access_key_id = a\naws_secret_access_key =\n" + secret);
    for (String profile : List.of("leaking", "leakingexit", "leakingurl", "leakingkey")) {
      Map<String, String> more =
          profile.equals("leakingkey")
              ? Map.of("aws.configFile", broken.toString())
              : Map.of("aws.maxAttempts", "1");
      Cli.Result result = commands.run(more, "query", profile + ":few");
      assertThat(result.exitCode()).as(result.err()).isIn(2, 3);
      assertThat(result.err()).contains(profile.equals("leakingkey") ? "broken:4" : profile);
      assertThat(result.err()).doesNotContain(secret).doesNotContain("\tat ");
    }
    String url = "http://ann:" + secret + "@127.0.0.1:1";
    Map<String, String> once = Map.of("aws.maxAttempts", "1");
    assertThat(commands.run(once, "query", "few", "--endpoint-url", url).exitCode()).isIn(2, 3);
    Map<String, String> container = Map.of(CONTAINER, "http://ann:" + secret + "@127.0.0.1:1/v1");
    Cli.Result given = commands.run(container, "query", "few", "--region", REGION);
    assertThat(given.exitCode()).as(given.err()).isEqualTo(3);
    Path recipe =
        Files.writeString(
            folder.resolve("own.groovy"),
            """
            env("own") {
              credentials "%s", new File("%s").text
              region "eu-west-1"
            }
            copy { from "own:few"; to "own:nowhere" }
            """
                .formatted(
                    AwsBox.key(AwsBox.ONE), Files.writeString(folder.resolve(".aws/k"), secret)));
    assertThat(commands.run(recipe.toString(), "--yes", "--json").exitCode()).isIn(2, 3);
  }

  @Test
  void searchForSecretsFindsThem() throws Exception {
    Path leak = Files.createDirectories(folder.resolve(".aws/leak"));
    Files.writeString(leak.resolve("run.jsonl"), "{\"a\": \"czNjcjN0\"}");
    List<String> found = Secrets.found(List.of("s3cr3t"), List.of("as s3cr3t as"), leak);
    assertThat(found).hasSize(2);
  }

  /**
   * In small letters, without a scheme, by Java's properties; with hosts that are not behind it.
   */
  @Test
  void proxyIsNamedInEachUsualFormAndIsTheOneThatFails() throws Exception {
    String at = "127.0.0.1:" + box.port();
    String proxy =
        "the proxy %1$s answers with HTTP 407: it wants a user and a password, as in HTTPS_PROXY=http://user:password@%1$s"
            .formatted(at);
    Map<String, String> variables =
        Map.of(
            "https_proxy", "127.0.0.1:" + box.port(), "NO_PROXY", ".us-west-2.amazonaws.com:443");
    Map<String, String> properties =
        Map.of(
            "https.proxyHost", "127.0.0.1",
            "https.proxyPort", "" + box.port(),
            "https.proxyUser", "ann",
            "https.proxyPassword", "p@ss-of-ann");
    home.add(
        """
        [profile bundled]
        region = eu-west-1
        ca_bundle = %1$s
        role_arn = arn:aws:iam::111111111111:role/reader
        source_profile = keys
        """
            .formatted(box.certificate()));
    try (Commands others = Commands.start(folder, variables)) {
      assertRefused(others.run("query", "keys:few"), 3, "keys: " + proxy);
      Cli.Result role = others.run("query", "role:few");
      assertRefused(role, 3, "https://sts.eu-west-1.amazonaws.com does not answer, " + proxy);
      role = others.run(properties, "query", "role:few");
      assertRefused(role, 3, "https://sts.eu-west-1.amazonaws.com does not answer");
      assertThat(role.err()).contains("set AWS_CA_BUNDLE to a file with its certificate");
      assertDone(others.run(properties, "query", "bundled:few"));
      assertRefused(
          others.run(properties, "query", "nobundle:few"),
          2,
          "ca_bundle of the AWS profile `nobundle`: /nowhere/ca.pem cannot be read: no such file");
      assertRefused(
          others.run(properties, "query", "badbundle:few"),
          2,
          "ca_bundle of the AWS profile `badbundle`: /dev/null has no certificates: they are"
              + " expected as PEM");
      assertRefused(
          others.run(Map.of("aws.maxAttempts", "1"), "query", "west:few"),
          3,
          "west: https://dynamodb.us-west-2.amazonaws.com does not answer");
      assertThat(box.connects()).doesNotContain("dynamodb.us-west-2.amazonaws.com");
      Map<String, String> gone =
          Map.of("https.proxyHost", "127.0.0.1", "https.proxyPort", "1", "aws.maxAttempts", "1");
      assertRefused(
          others.run(gone, "query", "keys:few"),
          3,
          "does not answer (the proxy 127.0.0.1:1 does not answer: Connection refused)");
    }
    // The variable counts before the profile, as for the AWS CLI.
    assertDone(commands.run("query", "nobundle:few"));
  }
}
