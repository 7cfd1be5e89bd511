package org.dynocopy.testing.servers;

import java.net.URI;
import java.time.Duration;
import org.dynocopy.scripts.DynamoLocal;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The servers that the tests share. Each starts when it is first asked for and ends with the JVM.
 */
public final class TestServers {

  /** The region of every test table; the servers keep a database for each. */
  public static final String REGION = "us-east-1";

  private static final StaticCredentialsProvider ANYONE =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

  /** Whatever proxies whoever runs the tests has set. */
  public static final ProxyConfiguration DIRECT =
      ProxyConfiguration.builder()
          .useEnvironmentVariableValues(false)
          .useSystemPropertyValues(false)
          .build();

  private TestServers() {}

  private static final class First {
    static final URI ENDPOINT = DynamoLocal.start().endpoint();
  }

  private static final class Second {
    static final URI ENDPOINT = DynamoLocal.start().endpoint();
  }

  // No holder class: out of its initialiser, "npm is missing" would be an error and not a skipped
  // test.
  private static Dynalite dynalite;

  /** A DynamoDB Local. */
  public static URI first() {
    return First.ENDPOINT;
  }

  /** Another DynamoDB Local. */
  public static URI second() {
    return Second.ENDPOINT;
  }

  /** A dynalite: a second opinion. The test that asks for it is skipped where npm is missing. */
  public static synchronized URI dynalite() {
    if (dynalite == null) {
      dynalite = Dynalite.start();
    }
    return dynalite.endpoint();
  }

  /** The SDK's client, which retries nothing, and waits for long where the machine is busy. */
  public static DynamoDbClient client(URI endpoint) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.of(REGION))
        .credentialsProvider(ANYONE)
        .httpClientBuilder(
            Apache5HttpClient.builder()
                .proxyConfiguration(DIRECT)
                .connectionTimeout(Duration.ofMinutes(1))
                .connectionAcquisitionTimeout(Duration.ofMinutes(3))
                .socketTimeout(Duration.ofMinutes(3)))
        .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
        .build();
  }
}
