package org.dynocopy.store.dynamo.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.dynocopy.core.Item;
import org.dynocopy.http.Origin;
import org.dynocopy.http.Transport.Header;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** The SDK's own signer is what decides. */
class SignatureTest {

  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();
  private static final List<String> HOSTS =
      List.of("dynamodb.eu-west-1.amazonaws.com", "localhost", "127.0.0.1", "[::1]", "a-b.c");
  private static final List<String> REGIONS = List.of("eu-west-1", "us-gov-east-1", "cn-north-1");

  private static <T> T oneOf(List<T> these, Random random) {
    return these.get(random.nextInt(these.size()));
  }

  private static String text(Random random, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(most); i > 0; i--) {
      text.append((char) ('!' + random.nextInt(94)));
    }
    return text.toString();
  }

  private static URI endpoint(Random random) {
    String port = oneOf(List.of("", ":80", ":443", ":8000", ":65535"), random);
    return URI.create(
        oneOf(List.of("http", "https"), random)
            + "://"
            + oneOf(HOSTS, random)
            + port
            + oneOf(List.of("/", "/dynamo-eu/", "/a/b"), random));
  }

  private static AwsCredentialsIdentity identity(Random random) {
    String key = text(random, 20);
    String secret = text(random, 100);
    return random.nextBoolean()
        ? AwsCredentialsIdentity.create(key, secret)
        : AwsSessionCredentialsIdentity.create(key, secret, text(random, 2_000));
  }

  private static RequestBody body(Random random) {
    RequestBody body = new RequestBody();
    for (int i = random.nextInt(6); i > 0; i--) {
      byte[] bytes = new byte[random.nextInt(5_000)];
      random.nextBytes(bytes);
      int from = random.nextInt(bytes.length + 1);
      body.add(new Item(bytes, from, random.nextInt(bytes.length - from + 1)));
    }
    return body;
  }

  private static Map<String, String> theirs(
      URI endpoint,
      String region,
      Clock clock,
      String operation,
      RequestBody body,
      AwsCredentialsIdentity identity) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint)
            .encodedPath(endpoint.getPath())
            .putHeader("Content-Type", "application/x-amz-json-1.0")
            .putHeader("Content-Length", Long.toString(body.length()))
            .putHeader("X-Amz-Target", "DynamoDB_20120810." + operation)
            .build();
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    SIGNER
        .sign(
            to ->
                to.identity(identity)
                    .request(request)
                    .payload(body::newStream)
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "dynamodb")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(HttpSigner.SIGNING_CLOCK, clock))
        .request()
        .forEachHeader((name, values) -> headers.put(name, String.join(",", values)));
    return headers;
  }

  /** One signature signs several requests, of different days and people, as a long run does. */
  @Test
  void headersAreThoseOfTheSdksSigner() {
    Cases.forAll(
        300,
        random -> {
          String region = oneOf(REGIONS, random);
          Moments clock = new Moments(random);
          Signature signature = new Signature(region, clock);
          AwsCredentialsIdentity identity = identity(random);
          for (int i = 0; i < 5; i++) {
            URI endpoint = endpoint(random);
            RequestBody body = body(random);
            String operation = oneOf(List.of("Scan", "Query", "BatchWriteItem"), random);
            Map<String, String> ours = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (Header header :
                signature.sign(
                    Origin.of(endpoint), endpoint.getPath(), operation, body, identity)) {
              assertThat(ours.put(header.name(), header.value())).isNull();
            }
            assertThat(ours)
                .containsExactlyInAnyOrderEntriesOf(
                    theirs(endpoint, region, clock, operation, body, identity));
            clock.go();
            identity = random.nextBoolean() ? identity : identity(random);
          }
        });
  }

  /** A clock that stands still until it is set forward, by a millisecond or by days, or back. */
  private static final class Moments extends Clock {
    private final Random random;
    private Instant now;

    Moments(Random random) {
      this.random = random;
      // Never back to before 1970, where seconds are rounded the other way.
      now = Instant.ofEpochSecond(1_000_000L + random.nextInt(Integer.MAX_VALUE));
    }

    void go() {
      now = now.plusMillis(oneOf(List.of(0, 1, 999, 60_000, 86_400_000, -86_400_000), random));
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      throw new UnsupportedOperationException("the clock of a test has one zone");
    }
  }

  /** The SDK's client corrects its clock by itself: tables would be found, and no item read. */
  @Test
  void followsTheServersClockWhereOursIsFarFromIt() {
    Clock ours = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);
    Signature signature = new Signature("eu-west-1", ours);
    assertThat(dateOf(signature)).isEqualTo("20261122T120000Z");
    signature.follow(Optional.of("Sun, 22 Nov 2026 12:01:00 GMT"));
    assertThat(dateOf(signature)).as("near enough").isEqualTo("20261122T120000Z");
    signature.follow(Optional.of("Sun, 22 Nov 2026 11:30:00 GMT"));
    assertThat(dateOf(signature)).isEqualTo("20261122T113000Z");
    signature.follow(Optional.empty());
    assertThat(dateOf(signature)).isEqualTo("20261122T113000Z");
    signature.follow(Optional.of("half past nine"));
    assertThat(dateOf(signature)).isEqualTo("20261122T120000Z");
  }

  private static String dateOf(Signature signature) {
    return signature
        .sign(
            Origin.of(URI.create("https://localhost")),
            "/",
            "Scan",
            new RequestBody().add("{}"),
            AwsCredentialsIdentity.create("key", "secret"))
        .stream()
        .filter(header -> header.name().equals("x-amz-date"))
        .map(Header::value)
        .findFirst()
        .orElseThrow();
  }
}
