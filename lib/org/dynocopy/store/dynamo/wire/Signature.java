package org.dynocopy.store.dynamo.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.dynocopy.core.Item;
import org.dynocopy.http.Origin;
import org.dynocopy.http.Transport.Header;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Signs requests to DynamoDB with the same headers as the SDK's signer, but makes the key for a day
 * only once.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html">Signature
 *     Version 4</a>
 */
final class Signature {

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final long MOST_SKEW_MILLIS = Duration.ofMinutes(4).toMillis();
  private static final HexFormat HEX = HexFormat.of();
  private static final ThreadLocal<Digests> DIGESTS = ThreadLocal.withInitial(Digests::new);

  private final String region;
  private final Clock clock;
  private volatile Moment moment = new Moment(Long.MIN_VALUE, "", "");
  private volatile Key key = new Key("", "", null);

  /** How far the server's clock is ahead of ours, if that is so much that it refuses us. */
  private volatile long aheadMillis;

  Signature(String region, Clock clock) {
    this.region = region;
    this.clock = clock;
  }

  /** A second, how it is written, and the scope of what is signed on its day. */
  private record Moment(long second, String time, String scope) {}

  /** What signs the requests of a day in a region, made from one secret. */
  private record Key(String scope, String secret, SecretKeySpec derived) {}

  /** The JDK's algorithms, which are not for several threads. */
  private static final class Digests {
    private final MessageDigest sha256;
    private final Mac mac;
    private SecretKeySpec key;

    Digests() {
      try {
        sha256 = MessageDigest.getInstance("SHA-256");
        mac = Mac.getInstance("HmacSHA256");
      } catch (GeneralSecurityException e) {
        throw new AssertionError("every Java has SHA-256", e);
      }
    }

    String hash(List<Item> slices) {
      for (Item slice : slices) {
        sha256.update(slice.bytes(), slice.offset(), slice.length());
      }
      return HEX.formatHex(sha256.digest());
    }

    String hash(String text) {
      return HEX.formatHex(sha256.digest(text.getBytes(UTF_8)));
    }

    byte[] mac(SecretKeySpec by, String text) {
      try {
        if (by != key) {
          mac.init(by);
          key = by;
        }
      } catch (InvalidKeyException e) {
        throw new AssertionError("every array of bytes is a key", e);
      }
      return mac.doFinal(text.getBytes(UTF_8));
    }
  }

  /**
   * Follows the server's clock where ours is wrong, as the SDK does: a signature is good for five
   * minutes.
   *
   * @param date the {@code Date} of an answer, which says when it was made
   */
  void follow(Optional<String> date) {
    if (date.isEmpty()) {
      return;
    }
    try {
      Instant there = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.get()));
      long ahead = there.toEpochMilli() - clock.millis();
      aheadMillis = Math.abs(ahead) < MOST_SKEW_MILLIS ? 0 : ahead;
    } catch (DateTimeException e) {
      // Then it is not known what time it is there.
      aheadMillis = 0;
    }
  }

  /** Returns all headers of a {@code POST}, signed at this moment. */
  List<Header> sign(
      Origin origin,
      String path,
      String operation,
      RequestBody body,
      AwsCredentialsIdentity identity) {
    Digests digests = DIGESTS.get();
    Moment now = now();
    String hash = digests.hash(body.slices());
    List<Header> headers = new ArrayList<>(8);
    // In the order of their names, as they are signed.
    headers.add(new Header("content-length", Long.toString(body.length())));
    headers.add(new Header("content-type", "application/x-amz-json-1.0"));
    headers.add(new Header("host", origin.header()));
    headers.add(new Header("x-amz-content-sha256", hash));
    headers.add(new Header("x-amz-date", now.time));
    if (identity instanceof AwsSessionCredentialsIdentity session) {
      headers.add(new Header("x-amz-security-token", session.sessionToken().strip()));
    }
    headers.add(new Header("x-amz-target", "DynamoDB_20120810." + operation));
    StringBuilder request = new StringBuilder(512).append("POST\n").append(path).append("\n\n");
    StringBuilder names = new StringBuilder(128);
    for (Header header : headers) {
      request.append(header.name()).append(':').append(header.value()).append('\n');
      names.append(names.isEmpty() ? "" : ";").append(header.name());
    }
    request.append('\n').append(names).append('\n').append(hash);
    String toSign =
        ALGORITHM + "\n" + now.time + "\n" + now.scope + "\n" + digests.hash(request.toString());
    String signature =
        HEX.formatHex(
            digests.mac(key(now.scope, identity.secretAccessKey().strip(), digests), toSign));
    headers.add(
        new Header(
            "authorization",
            ALGORITHM
                + " Credential="
                + identity.accessKeyId().strip()
                + "/"
                + now.scope
                + ", SignedHeaders="
                + names
                + ", Signature="
                + signature));
    return headers;
  }

  private Moment now() {
    long second = (clock.millis() + aheadMillis) / 1_000;
    Moment known = moment;
    if (known.second != second) {
      String time = TIME.format(Instant.ofEpochSecond(second));
      String scope = time.substring(0, 8) + "/" + region + "/dynamodb/aws4_request";
      known = new Moment(second, time, scope);
      moment = known;
    }
    return known;
  }

  private SecretKeySpec key(String scope, String secret, Digests digests) {
    Key known = key;
    if (!known.scope.equals(scope) || !known.secret.equals(secret)) {
      SecretKeySpec derived = spec(("AWS4" + secret).getBytes(UTF_8));
      for (String part : scope.split("/")) {
        derived = spec(digests.mac(derived, part));
      }
      known = new Key(scope, secret, derived);
      key = known;
    }
    return known.derived;
  }

  private static SecretKeySpec spec(byte[] key) {
    return new SecretKeySpec(key, "HmacSHA256");
  }
}
