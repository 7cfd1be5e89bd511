package org.dynocopy.store.dynamo.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;
import static software.amazon.awssdk.core.SdkSystemSetting.AWS_CONTAINER_AUTHORIZATION_TOKEN;
import static software.amazon.awssdk.core.SdkSystemSetting.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE;
import static software.amazon.awssdk.core.SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI;
import static software.amazon.awssdk.core.SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI;
import static software.amazon.awssdk.core.SdkSystemSetting.AWS_CONTAINER_SERVICE_ENDPOINT;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.files.FileReason;
import org.dynocopy.files.WholeFile;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;

/**
 * The credentials that Amazon ECS, EKS Pod Identity and others give a container, at an address that
 * variables name.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html">Container
 *     credential provider</a>
 */
public final class ContainerCredentials {

  /** Where ECS and EKS have their agents; no one else may be given the token unencrypted. */
  private static final Set<String> AGENTS =
      Set.of("169.254.170.2", "169.254.170.23", "[fd00:ec2::23]", "localhost");

  private final MetadataClient client;

  private ContainerCredentials(MetadataClient client) {
    this.client = client;
  }

  /** Returns whether a variable names their address. */
  static boolean areSet() {
    return uri().isPresent();
  }

  /** Returns who has them. */
  public static AwsCredentialsProvider provider(MetadataClient client) {
    return new CheckedCredentials(
        new RefreshedCredentials(new ContainerCredentials(client)::fetch),
        "Restart the container: its credentials service gave these",
        failure -> CheckedCredentials.because("the container gives no credentials", failure));
  }

  private static Optional<SdkSystemSetting> uri() {
    return Stream.of(AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, AWS_CONTAINER_CREDENTIALS_FULL_URI)
        .filter(setting -> !setting.getStringValue().orElse("").isBlank())
        .findFirst();
  }

  private AwsCredentials fetch() {
    SdkSystemSetting setting =
        uri()
            .orElseThrow(
                () ->
                    wrong(
                        AWS_CONTAINER_CREDENTIALS_FULL_URI,
                        "it is not set, nor is " + AWS_CONTAINER_CREDENTIALS_RELATIVE_URI));
    URI uri = checked(setting);
    return MetadataResponse.of(
            client, "GET", uri, token().map(t -> Map.of("Authorization", t)).orElse(Map.of()))
        .credentials();
  }

  private static URI checked(SdkSystemSetting setting) {
    String value = setting.getStringValue().orElseThrow().strip();
    boolean relative = setting == AWS_CONTAINER_CREDENTIALS_RELATIVE_URI;
    try {
      URI uri =
          URI.create(
              relative ? AWS_CONTAINER_SERVICE_ENDPOINT.getStringValueOrThrow() + value : value);
      boolean known = uri.getHost() != null && uri.getPort() <= 65_535;
      boolean allowed =
          relative
              ? value.startsWith("/")
              : "https".equals(uri.getScheme())
                  || "http".equals(uri.getScheme()) && isNear(uri.getHost());
      if (known && allowed) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // What it should look like is said below.
    }
    throw wrong(
        setting,
        relative
            ? "this is not a path as `/v2/credentials/…`"
            : "this is not a URL with https, nor one of this machine or of an agent of ECS or EKS,"
                + " as `http://169.254.170.23/v1/credentials`");
  }

  private static boolean isNear(String host) {
    try {
      return AGENTS.contains(host) || InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** It is renewed in its file. */
  private static Optional<String> token() {
    Optional<String> file =
        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE.getStringValue().filter(f -> !f.isBlank());
    Optional<String> token =
        file.isPresent()
            ? Optional.of(read(file.get()))
            : AWS_CONTAINER_AUTHORIZATION_TOKEN.getStringValue();
    token
        .filter(t -> t.strip().chars().anyMatch(c -> c < ' '))
        .ifPresent(
            t -> {
              throw wrong(
                  file.isPresent()
                      ? AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE
                      : AWS_CONTAINER_AUTHORIZATION_TOKEN,
                  "the token has more than one line");
            });
    return token.map(String::strip).filter(t -> !t.isEmpty());
  }

  private static String read(String file) {
    try {
      return new String(WholeFile.read(Path.of(file.strip()), WholeFile.USUAL_MOST), UTF_8);
    } catch (IOException e) {
      throw wrong(
          AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE, file + " cannot be read: " + FileReason.of(e));
    } catch (IllegalArgumentException e) {
      throw wrong(AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE, file + " is not a path");
    }
  }

  private static InvalidJobException wrong(SdkSystemSetting setting, String sentence) {
    return new InvalidJobException(Location.option(setting.environmentVariable()), sentence);
  }
}
