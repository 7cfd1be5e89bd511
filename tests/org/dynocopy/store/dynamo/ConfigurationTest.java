package org.dynocopy.store.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.http.Transport;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.store.dynamo.client.Connection;
import org.dynocopy.store.dynamo.credentials.CheckedCredentials;
import org.dynocopy.store.dynamo.credentials.TokenFiles;
import org.dynocopy.store.dynamo.table.TableDescriber;
import org.dynocopy.store.dynamo.wire.DataPlaneClient;
import org.dynocopy.store.dynamo.wire.RequestBody;
import org.dynocopy.store.dynamo.wire.ServerOmissions;
import org.dynocopy.testing.servers.AwsProfiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.Crc32MismatchException;
import software.amazon.awssdk.core.exception.NonRetryableException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sso.auth.ExpiredTokenException;
import software.amazon.awssdk.services.sso.model.UnauthorizedException;
import software.amazon.awssdk.services.sts.model.StsException;

/** What users set up for AWS, and what becomes of it where it is wrong: always a sentence. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ConfigurationTest {

  private static final String FILE = "aws.configFile";
  private static final String USUAL = "aws.profile";
  private static final String OTHER_FILE = "aws.sharedCredentialsFile";
  private static final String CLASS_NAME = "(?s).*\\b\\w+(Exception|Error|Provider\\w*)\\b.*";

  @TempDir private static Path folder;

  @BeforeEach
  void profiles() {
    System.setProperty(FILE, folder.resolve("config").toString());
    System.setProperty(OTHER_FILE, folder.resolve("none").toString());
  }

  @AfterEach
  void clear() {
    System.clearProperty(USUAL);
    System.clearProperty(FILE);
    System.clearProperty(OTHER_FILE);
  }

  @BeforeAll
  static void write() throws IOException {
    Files.writeString(folder.resolve("config"), AwsProfiles.WRONG);
  }

  private static Throwable told(ThrowingCallable call) {
    Throwable failure = catchThrowable(call);
    assertThat(failure)
        .isInstanceOfAny(StoreException.class, InvalidJobException.class)
        .extracting(Throwable::getMessage)
        .asString()
        .hasLineCount(1)
        .hasSizeBetween(10, 600)
        .doesNotMatch(CLASS_NAME)
        .doesNotContain("s3cr3t", "null", "software.amazon", "java.");
    return failure;
  }

  private static Throwable describe(Environment there) {
    return told(
        () -> {
          try (Connection connection = Connection.open(there)) {
            TableDescriber.describe(
                connection, new TableRef(there, "users", "users"), Location.NOWHERE, "");
          }
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "failing | the credential_process of the AWS profile `failing` failed: exit code 7, vault:"
            + " sealed ask ops",
        "verbose | the credential_process of the AWS profile `verbose` failed: exit code 4, warning"
            + " warning",
        "asking | the credential_process of the AWS profile `asking` failed: exit code 5, no code",
        "debugging | the credential_process of the AWS profile `debugging` failed: exit code 6,"
            + " gave SecretAccessKey: …",
        "wrapped | the session token has a line break or another control character. Look at the"
            + " credential_process of the AWS profile `wrapped`, which gave these credentials",
        "unserved | services of the AWS profile `unserved`: the AWS configuration has no section"
            + " [services lost]",
        "served | endpoint_url of dynamodb in the services of the AWS profile `served`:"
            + " `http://dynamodb_local:8000` is not an endpoint",
        "chatty | what it writes is not JSON with Version 1, AccessKeyId and SecretAccessKey",
        "partial | what it writes is not JSON with Version 1, AccessKeyId and SecretAccessKey",
        "orphan | there is no AWS profile `chaty`, which `orphan` names as its source_profile. Did"
            + " you mean `chatty`?",
        "circle | source_profile leads in a circle: circle -> other -> circle",
        "loggedout | the AWS profile `loggedout` is not signed in, or no longer: run `aws login"
            + " --profile loggedout`",
        "malformed | what it writes is not JSON with Version 1, AccessKeyId and SecretAccessKey",
        "version | what it writes is not JSON with Version 1, AccessKeyId and SecretAccessKey",
        "dated | what it writes is not JSON with Version 1, AccessKeyId and SecretAccessKey",
        "ended | the credential_process of the AWS profile `ended` gives credentials that ended at"
            + " 2020-01-01T00:00:00Z, while the clock of this machine says 20",
        "notsigned | the AWS profile `notsigned` is not signed in, or no longer: run `aws sso login"
            + " --profile notsigned`",
        "nosession | the AWS profile `nosession` names the sso-session `lost`, but the AWS"
            + " configuration has no section [sso-session lost]",
        "nostart | the AWS profile `nostart` cannot sign in: it has no sso_start_url (`aws"
            + " configure sso --profile nostart` gives it one)",
        "ssoregion | there is no region `eu-wst-1` (sso_region of the AWS profile `ssoregion`). Did"
            + " you mean `eu-west-1`?",
        "unsourced | the AWS profile `unsourced` has a role_arn and neither a source_profile nor a"
            + " credential_source or a web_identity_token_file: one of them says who assumes the"
            + " role",
        "tokenalone | the AWS profile `tokenalone` has a web_identity_token_file and no role_arn:"
            + " add the role that is assumed by it",
        "sourcealone | the AWS profile `sourcealone` has a source_profile and no role_arn",
        "keyless | the AWS profile `keyless` has a credential_source and no role_arn",
        "named | the AWS profile `named` has credential_source = Ec2, which is none of Environment,"
            + " EcsContainer and Ec2InstanceMetadata",
        "both | the AWS profile `both` has a role_arn and both a source_profile and a"
            + " credential_source: one of them says who assumes the role",
        "long | the AWS profile `long` has duration_seconds = 1h, which is no number from 900 to"
            + " 43200",
        "chained | there is no region `evil.com/#` (of the AWS profile `elsewhere`).",
        "typo | there is no region `eu-wst-1` (of the AWS profile `typo`). Did you mean"
            + " `eu-west-1`?",
        "evil | there is no region `evil.com/#` (of the AWS profile `evil`).",
        "nobody | there is no AWS profile `nobody`.",
        "underscore | endpoint_url of the AWS profile `underscore`: `http://dynamodb_local:8000` is"
            + " not an endpoint",
        "port | endpoint_url of the AWS profile `port`: `http://127.0.0.1:99999` is not an"
            + " endpoint",
        "fips | maybe",
        "retries | often",
      })
  void profileThatIsWrongIsToldWithWhatHelps(String profile, String sentence) {
    Environment there = Environment.named("prod").withProfile(Optional.of(profile));
    assertThat(describe(there)).hasMessageContaining(sentence);
  }

  @Test
  void commandThatOthersCouldHaveWrittenIsNotRun(@TempDir Path own) throws Exception {
    Path ran = own.resolve("ran");
    Path file = own.resolve("config");
    Files.writeString(
        file, "[profile p]\nregion=eu-west-1\ncredential_process = touch %s\n".formatted(ran));
    Environment there = Environment.named("prod").withProfile(Optional.of("p"));
    for (String property : List.of(FILE, OTHER_FILE)) {
      System.setProperty(property, file.toString());
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
      assertThat(describe(there))
          .isInstanceOf(InvalidJobException.class)
          .hasMessageContaining("the credential_process of the AWS profile `p` is not run: " + file)
          .hasMessageEndingWith("look at what is in it, and run `chmod go-w " + file + "`");
      assertThat(ran).doesNotExist();
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(describe(there)).hasMessageContaining("what it writes is not JSON");
    assertThat(ran).exists();
  }

  @Test
  void folderInThePlaceOfProfilesIsNamed(@TempDir Path own) {
    System.setProperty(OTHER_FILE, own.toString());
    Environment there = Environment.named("prod").withProfile(Optional.of("nobody"));
    assertThat(describe(there))
        .hasMessageEndingWith("`nobody`. " + own + " cannot be read: it is a folder.");
  }

  @Test
  void tokenThatIsADeviceOrTooLargeIsNotRead(@TempDir Path logins) throws Exception {
    System.setProperty("aws.loginCacheDirectory", logins.toString());
    try {
      Path token = TokenFiles.login("arn:nowhere");
      Files.write(token, new byte[(1 << 20) + 1]);
      Environment there = Environment.named("prod").withProfile(Optional.of("loggedout"));
      assertThat(describe(there)).hasMessageContaining(token + " cannot be read: it is too large");
      Files.delete(token);
      Files.createSymbolicLink(token, Path.of("/dev/zero"));
      assertThat(describe(there)).hasMessageContaining(token + " cannot be read: it is a pipe");
      Files.delete(token);
    } finally {
      System.clearProperty("aws.loginCacheDirectory");
    }
  }

  private static final String REGIONS =
      """
      [default]
      region = eu-north-1
      aws_access_key_id = a
      aws_secret_access_key = s
      [profile keys]
      aws_access_key_id = a
      aws_secret_access_key = s
      [profile role]
      role_arn = arn:aws:iam::111111111111:role/r
      source_profile = source
      [profile source]
      region = ap-south-1
      aws_access_key_id = a
      aws_secret_access_key = s
      [profile west]
      region = us-west-2
      aws_access_key_id = a
      aws_secret_access_key = s
      """;

  /** Else a deletion could find a table of the same name elsewhere. */
  @ParameterizedTest
  @ValueSource(strings = {"keys", "role"})
  void regionOfAnotherProfileIsNeverTaken(String profile) throws Exception {
    assumeNoRegion();
    System.setProperty(FILE, Files.writeString(folder.resolve("regions"), REGIONS).toString());
    System.setProperty("aws.disableEc2Metadata", "true");
    Environment there = Environment.named(profile).withProfile(Optional.of(profile));
    try {
      assertThat(describe(there))
          .isInstanceOf(InvalidJobException.class)
          .hasMessageStartingWith("no region for `" + profile + "`: ")
          .hasMessageContaining("`region` of the AWS profile `" + profile + "`");
      System.setProperty(USUAL, "west");
      assertThat(describe(there)).hasMessageStartingWith("no region for `" + profile + "`: ");
      System.setProperty(USUAL, profile);
      assertThat(describe(Environment.named("default")))
          .hasMessageContaining("`region` of the AWS profile `" + profile + "`");
    } finally {
      System.clearProperty("aws.disableEc2Metadata");
    }
  }

  /** The order that the manual gives. */
  @Test
  void regionIsThatOfTheFirstSourceThatHasOne() throws Exception {
    assumeNoRegion();
    System.setProperty(FILE, Files.writeString(folder.resolve("regions"), REGIONS).toString());
    Environment usual = Environment.named("default");
    Environment west = Environment.named("west").withProfile(Optional.of("west"));
    Environment keys = Environment.named("keys").withProfile(Optional.of("keys"));
    assertThat(region(usual)).isEqualTo("eu-north-1");
    assertThat(region(west)).isEqualTo("us-west-2");
    System.setProperty(USUAL, "west");
    assertThat(region(usual)).isEqualTo("us-west-2");
    System.setProperty("aws.region", "sa-east-1");
    try {
      assertThat(region(usual)).isEqualTo("sa-east-1");
      assertThat(region(keys)).isEqualTo("sa-east-1");
      assertThat(region(west)).isEqualTo("us-west-2");
      assertThat(region(west.withRegion(Optional.of("eu-west-3")))).isEqualTo("eu-west-3");
    } finally {
      System.clearProperty("aws.region");
    }
  }

  private static void assumeNoRegion() {
    assumeTrue(
        Stream.of("AWS_REGION", "AWS_DEFAULT_REGION").allMatch(name -> System.getenv(name) == null)
            && System.getProperty("aws.region") == null,
        "a region in a variable counts");
  }

  private static String region(Environment there) throws StoreException {
    try (Connection connection = Connection.open(there)) {
      return connection.region();
    }
  }

  private static Throwable describeByUsual(String profile, Map<String, String> more) {
    assumeTrue(System.getenv("AWS_ACCESS_KEY_ID") == null, "access keys come before profiles");
    Map<String, String> keys = new HashMap<>();
    for (String name : List.of("aws.accessKeyId", "aws.secretAccessKey")) {
      keys.put(name, System.clearProperty(name));
    }
    System.setProperty(USUAL, profile);
    more.forEach(System::setProperty);
    try {
      return describe(Environment.named("default").withRegion(Optional.of("eu-west-1")));
    } finally {
      more.keySet().forEach(System::clearProperty);
      keys.values().removeIf(Objects::isNull);
      System.getProperties().putAll(keys);
    }
  }

  /** As one with letters beyond ASCII where a job is started without a locale. */
  @Test
  void fileOfProfilesThatIsNoPathIsTold() {
    System.setProperty(FILE, "no\0path");
    assertThat(describe(Environment.named("prod").withProfile(Optional.of("p"))))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("path` is not a path here: Nul character not allowed");
  }

  @Test
  void profileOfTheVariableThatIsMissingIsTold() {
    assertThat(describeByUsual("chaty", Map.of()))
        .isInstanceOf(InvalidJobException.class)
        .hasMessage(
            "there is no AWS profile `chaty`, which AWS_PROFILE names. Did you mean `chatty`?");
  }

  @Test
  void halfOfTheAccessKeysIsTold() {
    assertThat(describeByUsual("bare", Map.of("aws.accessKeyId", "AKIA")))
        .hasMessage(
            "no credentials for `default`: set both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
  }

  /** Else another identity would sign than the one that was half set. */
  @Test
  void halfOfAWebIdentityIsTold() {
    String both = ": set both AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE, or neither: ";
    assertThat(describeByUsual("bare", Map.of("aws.webIdentityTokenFile", "/nowhere/token")))
        .hasMessage("no credentials for `default`" + both + "AWS_ROLE_ARN is missing");
    assertThat(describeByUsual("bare", Map.of("aws.roleArn", "arn:aws:iam::111111111111:role/r")))
        .hasMessage(
            "no credentials for `default`" + both + "AWS_WEB_IDENTITY_TOKEN_FILE is missing");
    assertThat(describeByUsual("tokenalone", Map.of()))
        .hasMessageContaining("has a web_identity_token_file and no role_arn");
  }

  @Test
  void serverOnThisMachineThatIsNotThereIsToldWithHowToStartOne() {
    Environment there =
        Environment.named("local").withEndpoint(Optional.of(URI.create("http://localhost:1")));
    assertThat(describe(there))
        .hasMessageStartingWith("local: http://localhost:1 does not answer (Connection refused).")
        .hasMessageContaining("Start a DynamoDB there: `./jbang scripts/DynamoLocal.java 1`, or")
        .hasMessageContaining("`docker run -p 127.0.0.1:1:8000 amazon/dynamodb-local`");
  }

  /** `default` is no name that a user has chosen: the profile of the variable is. */
  @ParameterizedTest
  @ValueSource(strings = {"port", "known"})
  void profileOfTheVariableIsNamedInMessages(String profile) throws Exception {
    Path file = folder.resolve("named");
    Files.writeString(
        file,
        "[profile port]\nendpoint_url = http://127.0.0.1:1\naws_access_key_id = a\n"
            + "aws_secret_access_key = s\n[profile known]\nendpoint_url = http://127.0.0.1:1\n"
            + "credential_process = echo '{\"Version\": 1, \"AccessKeyId\": \"a\","
            + " \"SecretAccessKey\": \"s\"}'\n");
    System.setProperty(FILE, file.toString());
    assertThat(describeByUsual(profile, Map.of()))
        .hasMessageStartingWith(profile + ": http://127.0.0.1:1 does not answer");
  }

  /** It takes anyone, so that a profile that was left over is no reason to refuse. */
  @Test
  void serverOnThisMachineNeedsNoProfile() throws Exception {
    System.setProperty(USUAL, "left-over");
    try (Connection connection =
        Connection.open(
            Environment.named("local")
                .withEndpoint(Optional.of(URI.create("http://127.0.0.1:1"))))) {
      assertThat(connection.region()).isNotEmpty();
    }
  }

  /** Else another identity would sign than the one that was set. */
  @Test
  void usualProfileThatFailsIsNotPassedOverForAnother() {
    assertThat(describeByUsual("failing", Map.of()))
        .hasMessageContaining("the AWS profile `failing` failed: exit code 7, vault: sealed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"eu-wst-1", "Europe", "evil.com/#", "eu-west", " ", "aws-global"})
  void regionThatCannotBeIsRefusedBeforeAnythingIsAsked(String region) {
    Environment there = Environment.named("prod").withRegion(Optional.of(region));
    assertThat(describe(there))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("there is no region `" + region + "`");
  }

  @ParameterizedTest
  @ValueSource(strings = {"eu-west-9", "nz-central-1", "us-gov-east-2", "cn-north-1"})
  void regionThatThisSdkDoesNotKnowYetIsTaken(String region) throws Exception {
    Environment there =
        new Environment(
            "prod",
            Optional.of(region),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Environment.Keys("a", "s")),
            "",
            false,
            Optional.empty());
    try (Connection connection = Connection.open(there)) {
      assertThat(connection.region()).isEqualTo(region);
    }
  }

  /** All exceptions of the JDK that code of the SDK's may let through, and the SDK's own. */
  private static List<Exception> exceptions() throws Exception {
    List<Exception> all = new ArrayList<>();
    Path base = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.base");
    List<Path> classes;
    try (Stream<Path> files = Files.walk(base)) {
      classes =
          files.filter(f -> f.toString().matches(".*/(java|javax)/.*Exception.class")).toList();
    }
    for (Path file : classes) {
      String name = base.relativize(file).toString().replace('/', '.').replace(".class", "");
      Class<?> type = Class.forName(name);
      boolean usual =
          RuntimeException.class.isAssignableFrom(type) || IOException.class.isAssignableFrom(type);
      if (usual
          && Modifier.isPublic(type.getModifiers())
          && !Modifier.isAbstract(type.getModifiers())) {
        for (Constructor<?> one : type.getConstructors()) {
          if (one.getParameterCount() == 0) {
            all.add((Exception) one.newInstance());
          } else if (List.of(one.getParameterTypes()).equals(List.of(String.class))) {
            all.add((Exception) one.newInstance("java.net.ConnectException: it is so"));
          }
        }
      }
    }
    IOException cause = new IOException();
    all.add(new UncheckedIOException(cause));
    all.add(new CompletionException(new RuntimeException(cause)));
    all.add(SdkClientException.create(null, cause));
    all.add(SdkClientException.create("java.io.IOException", new IllegalStateException()));
    all.add(AbortedException.create(null));
    all.add(ApiCallTimeoutException.create(1));
    all.add(ApiCallAttemptTimeoutException.create(1));
    all.add(Crc32MismatchException.create(null, cause));
    all.add(NonRetryableException.create(null, cause));
    all.add(RetryableException.create(null, cause));
    all.add(SdkServiceException.builder().statusCode(500).build());
    all.add(AwsServiceException.builder().statusCode(400).build());
    all.add(StsException.builder().message("no (Service: Sts, Status Code: 403)").build());
    all.add(ExpiredTokenException.builder().build());
    all.add(UnauthorizedException.builder().build());
    return all;
  }

  private static RuntimeException unchecked(Exception e) {
    return e instanceof RuntimeException r ? r : SdkClientException.create(e.toString(), e);
  }

  private static Connection connection() throws StoreException {
    Environment there =
        Environment.named("prod")
            .withRegion(Optional.of("eu-west-1"))
            .withEndpoint(Optional.of(URI.create("http://127.0.0.1:1")));
    return Connection.open(there);
  }

  private static FakeService service(Exception e) {
    return new FakeService(
        (operation, body) -> {
          if (e instanceof IOException io) {
            throw io;
          }
          throw unchecked(e);
        });
  }

  @Test
  void everyExceptionOfTheSdkAndTheJdkEndsInASentence() throws Exception {
    List<Exception> all = exceptions();
    assertThat(all).hasSizeGreaterThan(150);
    AtomicReference<Exception> failure = new AtomicReference<>();
    AwsCredentialsProvider failing =
        new CheckedCredentials(
            () -> {
              throw unchecked(failure.get());
            },
            "ask someone",
            e -> CheckedCredentials.because("nobody signs for `prod`", e));
    try (Connection connection = connection();
        DynamoDbClient client = client(connection.endpoint(), failing)) {
      for (Exception e : all) {
        failure.set(e);
        told(
            () ->
                connection.ask(
                    "DescribeTable",
                    ignored -> {
                      throw unchecked(e);
                    }));
        DataPlaneClient unsigned =
            new DataPlaneClient(
                "prod",
                connection.endpoint(),
                "eu-west-1",
                failing,
                Transport.by(null),
                new ServerOmissions("prod"),
                DataPlaneClient.SignerCheck.NONE);
        told(() -> unsigned.call("Scan", new RequestBody()));
        // The SDK's client passes on what its credentials throw, or replaces it by its own.
        assertThat(told(() -> connection.ask("ListTables", ignored -> client.listTables())))
            .hasMessageContaining("nobody signs for `prod`");
        told(() -> service(e).wire().call("Scan", new RequestBody()));
      }
    }
  }

  private static DynamoDbClient client(URI endpoint, AwsCredentialsProvider signer) {
    return DynamoDbClient.builder()
        .region(Region.EU_WEST_1)
        .endpointOverride(endpoint)
        .credentialsProvider(signer)
        .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
        .build();
  }
}
