package org.dynocopy.store.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.http.TrustStore;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.store.dynamo.client.Connection;
import org.dynocopy.store.dynamo.credentials.ContainerCredentials;
import org.dynocopy.store.dynamo.credentials.InstanceMetadata;
import org.dynocopy.store.dynamo.credentials.MetadataClient;
import org.dynocopy.store.dynamo.wire.SignInException;
import org.dynocopy.testing.servers.AwsBox;
import org.dynocopy.testing.servers.AwsMetadata;
import org.dynocopy.testing.servers.AwsMetadata.Instead;
import org.dynocopy.testing.servers.AwsSessions;
import org.dynocopy.testing.servers.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;

/** The credentials that a container and an instance give, and all that they may answer instead. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class MetadataTest {

  private static final String ROLES = "/latest/meta-data/iam/security-credentials/";
  private static final String PAGE = "<html><body>Sign in to the network of Acme</body></html>";

  @TempDir Path folder;
  private final AwsSessions sessions = new AwsSessions();
  private final AwsMetadata metadata = new AwsMetadata(sessions);
  private final MetadataClient client = new MetadataClient(TrustStore.of(Optional.empty()));

  @BeforeEach
  void address() {
    set(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI, metadata.url() + "/v1/credentials");
    set(SdkSystemSetting.AWS_CONTAINER_AUTHORIZATION_TOKEN, metadata.token());
    set(SdkSystemSetting.AWS_EC2_METADATA_SERVICE_ENDPOINT, metadata.url());
    set(SdkSystemSetting.AWS_EC2_METADATA_DISABLED, "false");
  }

  @AfterEach
  void close() {
    metadata.close();
    for (SdkSystemSetting one : SdkSystemSetting.values()) {
      boolean here = one.name().contains("METADATA") || one.name().contains("CONTAINER");
      if (here) {
        System.clearProperty(one.property());
      }
    }
  }

  private static void set(SdkSystemSetting setting, String value) {
    System.setProperty(setting.property(), value);
  }

  private AwsCredentialsProvider container() {
    return ContainerCredentials.provider(client);
  }

  private AwsCredentialsProvider instance() {
    return new InstanceMetadata(client).provider();
  }

  private static void assertFails(AwsCredentialsProvider provider, String sentence) {
    Throwable failure = catchThrowable(provider::resolveCredentials);
    assertThat(failure)
        .isInstanceOfAny(SignInException.class, InvalidJobException.class)
        .hasMessageContaining(sentence)
        .extracting(Throwable::getMessage)
        .asString()
        .hasLineCount(1)
        .doesNotContain("Exception", "null", "<html>", "s3cr3t");
  }

  private void assertIsOurs(AwsCredentials credentials) {
    assertThat(sessions.secrets()).contains(credentials.secretAccessKey());
    assertThat(credentials.expirationTime()).isPresent();
  }

  @Test
  void containerAndInstanceGiveSessionsThatEnd() throws Exception {
    assertIsOurs(container().resolveCredentials());
    assertIsOurs(instance().resolveCredentials());
    assertThat(new InstanceMetadata(client).region()).isEqualTo(AwsBox.REGIONS.get(0));
  }

  @Test
  void tokenOfAContainerIsReadFromItsFileEachTime() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), metadata.token() + "\n");
    set(SdkSystemSetting.AWS_CONTAINER_AUTHORIZATION_TOKEN, "of yesterday");
    set(SdkSystemSetting.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE, file.toString());
    assertIsOurs(container().resolveCredentials());
    Files.writeString(file, "of yesterday");
    assertFails(container(), metadata.url() + " answers with HTTP 401: the token is not the right");
    Files.writeString(file, metadata.token() + "\r\nX-Evil: 1");
    assertFails(
        container(), "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: the token has more than one line");
    Files.delete(file);
    assertFails(
        container(),
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: " + file + " cannot be read: no such file");
  }

  /** ECS has a path at an address of its own. */
  @Test
  void relativeAddressIsThatOfEcs() {
    set(SdkSystemSetting.AWS_CONTAINER_SERVICE_ENDPOINT, metadata.url());
    set(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, "/v1/credentials");
    set(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI, "");
    assertIsOurs(container().resolveCredentials());
  }

  /** Behind an address it would be another host. */
  @ParameterizedTest
  @ValueSource(strings = {"@192.0.2.1/v1", ".evil.example/v1", ":99/v1", "v1"})
  void relativeAddressThatIsNoPathIsRefused(String path) {
    set(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, path);
    assertFails(
        container(),
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: this is not a path as `/v2/credentials");
  }

  /** The token is for the agent alone, and for nobody who listens on the way. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://192.0.2.1/v1/credentials",
        "http://user:s3cr3t@192.0.2.1/v1/credentials",
        "ftp://127.0.0.1/v1",
        "http://127.0.0.1:99999/v1",
        "v1/credentials",
        "http://a b/",
      })
  void addressThatIsNotNearAndNotEncryptedIsRefused(String uri) {
    set(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI, uri);
    assertFails(
        container(),
        "AWS_CONTAINER_CREDENTIALS_FULL_URI: this is not a URL with https, nor one of this"
            + " machine");
  }

  /** Of both services, and of each of the requests. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404 | | answers with HTTP 404",
        "403 | {\"message\": \"no role for you\"} | answers with HTTP 403: no role for you",
        "401 | s3cr3t | answers with HTTP 401",
        "500 | s3cr3t | answers with HTTP 500",
        "200 | s3cr3t | answers with no JSON, as a proxy may",
        "200 | " + PAGE + " | answers with no JSON, as a proxy may",
        "200 | {} | answers with no AccessKeyId",
        "200 | {\"AccessKeyId\":\"a\",\"Token\":\"s3cr3t\"} | answers with no SecretAccessKey",
        "200 | {\"Code\":\"AssumeRoleUnauthorizedAccess\"} | answers with the code"
            + " AssumeRoleUnauth",
        "200 | {\"AccessKeyId\":\"a\",\"SecretAccessKey\":\"s3cr3t\",\"Token\":\"s3cr3t\","
            + "\"Expiration\":\"2020-01-01T00:00:00Z\"} | answers with credentials that ended at"
            + " 2020-01-01T00:00:00Z, while the clock of this machine says 20",
      })
  void whatElseTheServicesAnswerIsToldInASentence(int status, String body, String sentence) {
    Instead instead = new Instead(status, body == null ? "" : body);
    metadata.answer(Map.of("/v1/credentials", instead, ROLES + "reader", instead));
    assertFails(container(), "the container gives no credentials: " + metadata.url());
    assertFails(container(), metadata.url() + " " + sentence);
    assertFails(instance(), "the EC2 instance gives no credentials: " + metadata.url());
    assertFails(instance(), metadata.url() + " " + sentence);
  }

  @Test
  void instanceWithoutARoleOrBehindAPortalSaysSo() {
    metadata.answer(Map.of(ROLES, new Instead(404, "")));
    assertFails(instance(), metadata.url() + " knows no role: attach one to the instance");
    metadata.answer(Map.of(ROLES, new Instead(200, PAGE)));
    assertFails(instance(), metadata.url() + " answers with no name of a role");
    metadata.answer(Map.of("/latest/api/token", new Instead(200, PAGE)));
    assertFails(instance(), metadata.url() + " answers with no token, as a proxy may");
    set(SdkSystemSetting.AWS_EC2_METADATA_DISABLED, "true");
    assertFails(instance(), "AWS_EC2_METADATA_DISABLED is set");
  }

  /** Version 1 of the service wants no token, and has none. */
  @Test
  void oldServiceIsAskedWithoutATokenUnlessThatIsForbidden() {
    Instead credentials = new Instead(200, sessions.begin(AwsBox.ONE).json("Token"));
    metadata.answer(
        Map.of(
            "/latest/api/token",
            new Instead(404, ""),
            ROLES,
            new Instead(200, "reader"),
            ROLES + "reader",
            credentials));
    assertIsOurs(instance().resolveCredentials());
    set(SdkSystemSetting.AWS_EC2_METADATA_V1_DISABLED, "true");
    assertFails(instance(), metadata.url() + " answers with HTTP 404");
  }

  /** As in a container whose hop limit is one: only version 1 gets through. */
  @Test
  void instanceIsAskedWithoutATokenWhereNoneComes() throws Exception {
    Instead credentials = new Instead(200, sessions.begin(AwsBox.ONE).json("Token"));
    Map<String, Instead> withoutToken =
        Map.of(
            "/latest/api/token",
            AwsMetadata.NOTHING,
            ROLES,
            new Instead(200, "reader"),
            ROLES + "reader",
            credentials);
    metadata.answer(withoutToken);
    assertIsOurs(instance().resolveCredentials());
    set(SdkSystemSetting.AWS_EC2_METADATA_V1_DISABLED, "true");
    assertFails(instance(), metadata.url() + " does not answer: the connection ended");
  }

  @Test
  void requestThatIsLostIsSentOnceMore() {
    metadata.lose(1);
    assertIsOurs(instance().resolveCredentials());
    metadata.lose(1);
    assertIsOurs(container().resolveCredentials());
    metadata.lose(2);
    assertFails(container(), metadata.url() + " does not answer: the connection ended");
  }

  /** Where nothing listens, nothing is asked twice. */
  @Test
  void serviceThatIsNotThereIsNotAskedAgain() throws Exception {
    metadata.close();
    assertFails(instance(), metadata.url() + " does not answer: Connection refused");
  }

  /** What does not answer is asked twice, for a second each time. */
  @Test
  void serviceThatDoesNotAnswerIsNotWaitedFor() throws Exception {
    try (ScriptedServer silent =
        new ScriptedServer(
            with -> {
              with.hear();
              Thread.sleep(60_000);
            })) {
      String url = "http://127.0.0.1:" + silent.port();
      set(SdkSystemSetting.AWS_EC2_METADATA_SERVICE_ENDPOINT, url);
      set(SdkSystemSetting.AWS_EC2_METADATA_V1_DISABLED, "true");
      set(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI, url + "/v1");
      Instant begun = Instant.now();
      assertFails(instance(), "the EC2 instance gives no credentials: " + url + " does not answer");
      assertFails(container(), "the container gives no credentials: " + url + " does not answer");
      assertThat(begun.plusSeconds(50)).isAfter(Instant.now());
      assertThat(silent.connections()).isEqualTo(4);
    }
  }

  @Test
  void regionThatNothingSaysIsThatOfTheInstance() throws Exception {
    assumeTrue(System.getenv("AWS_REGION") == null, "the variable says one");
    String region = System.clearProperty(SdkSystemSetting.AWS_REGION.property());
    Environment nowhere =
        new Environment(
            "prod",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Environment.Keys("a", "s")),
            "",
            false,
            Optional.empty());
    assertThat(region(nowhere)).isEqualTo(AwsBox.REGIONS.get(0));
    metadata.answer(Map.of("/latest/meta-data/placement/region", new Instead(404, "")));
    assertThat(catchThrowable(() -> region(nowhere)))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageStartingWith("no region for `prod`: give it by --region");
    if (region != null) {
      set(SdkSystemSetting.AWS_REGION, region);
    }
  }

  private static String region(Environment environment) throws StoreException {
    try (Connection connection = Connection.open(environment)) {
      return connection.region();
    }
  }
}
