package org.dynocopy.scripts.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests with a key that is made once a day. Used by one thread.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html">Signature
 *     Version 4</a>
 */
final class Signature {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final HexFormat HEX = HexFormat.of();

  private final String host;
  private final MessageDigest sha256;
  private final Mac mac;
  private long second;
  private String time = "";
  private String scope = "";

  Signature(String host) {
    this.host = host;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
      mac = Mac.getInstance("HmacSHA256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the headers that sign a request, as they are sent. */
  String headers(String target, byte[] body, int length) {
    long now = System.currentTimeMillis() / 1000;
    if (now != second) {
      begin(now);
    }
    sha256.update(body, 0, length);
    String canonical =
        "POST\n/\n\nhost:"
            + host
            + "\nx-amz-date:"
            + time
            + "\nx-amz-target:"
            + target
            + "\n\nhost;x-amz-date;x-amz-target\n"
            + HEX.formatHex(sha256.digest());
    String toSign =
        "AWS4-HMAC-SHA256\n"
            + time
            + "\n"
            + scope
            + "\n"
            + HEX.formatHex(sha256.digest(canonical.getBytes(UTF_8)));
    return "\r\nX-Amz-Date: "
        + time
        + "\r\nAuthorization: AWS4-HMAC-SHA256 Credential="
        + Copy.ACCESS_KEY
        + "/"
        + scope
        + ", SignedHeaders=host;x-amz-date;x-amz-target, Signature="
        + HEX.formatHex(mac.doFinal(toSign.getBytes(UTF_8)));
  }

  private void begin(long now) {
    String before = scope;
    second = now;
    time = TIME.format(Instant.ofEpochSecond(now));
    String day = time.substring(0, 8);
    scope = day + "/" + Copy.REGION + "/dynamodb/aws4_request";
    if (!scope.equals(before)) {
      byte[] key = ("AWS4" + Copy.SECRET).getBytes(UTF_8);
      for (String part : scope.split("/")) {
        use(key);
        key = mac.doFinal(part.getBytes(UTF_8));
      }
      use(key);
    }
  }

  private void use(byte[] key) {
    try {
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
