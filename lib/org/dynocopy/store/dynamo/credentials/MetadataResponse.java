package org.dynocopy.store.dynamo.credentials;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.http.Transport.Response;
import org.dynocopy.store.dynamo.wire.FailureText;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * What a service for credentials has answered. Nothing of a success gets into a message: it has
 * secrets.
 *
 * @param from where it was asked for, for messages
 */
record MetadataResponse(String from, Response response) {

  /**
   * Asks.
   *
   * @throws SdkClientException if nothing answers
   */
  static MetadataResponse of(
      MetadataClient client, String method, URI uri, Map<String, String> headers) {
    try {
      return new MetadataResponse(from(uri), client.ask(method, uri, headers));
    } catch (IOException e) {
      throw silent(uri, e);
    }
  }

  /**
   * Asks what is there, and perhaps does not answer this.
   *
   * @return the answer, if there is one
   * @throws SdkClientException if nothing is there
   */
  static Optional<MetadataResponse> ifAny(
      MetadataClient client, String method, URI uri, Map<String, String> headers) {
    try {
      return Optional.of(new MetadataResponse(from(uri), client.ask(method, uri, headers)));
    } catch (IOException e) {
      if (MetadataClient.isAbsent(e)) {
        throw silent(uri, e);
      }
      return Optional.empty();
    }
  }

  private static String from(URI uri) {
    return uri.getScheme() + "://" + uri.getRawAuthority().replaceFirst(".*@", "");
  }

  private static SdkClientException silent(URI uri, IOException why) {
    return SdkClientException.create(from(uri) + " does not answer: " + FailureText.of(why));
  }

  int status() {
    return response.status();
  }

  /** Returns the text of a success. */
  String text() {
    if (status() != 200) {
      throw failed();
    }
    return new String(response.body(), StandardCharsets.UTF_8).strip();
  }

  SdkClientException failed() {
    String why =
        SecretJson.of(response.body())
            .flatMap(said -> said.text("message"))
            .map(FailureText::plain)
            .filter(message -> !message.isEmpty())
            .map(message -> ": " + message)
            .orElse("");
    return SdkClientException.create(from + " answers with HTTP " + status() + why);
  }

  /** Returns the credentials that it has. */
  AwsCredentials credentials() {
    text();
    SecretJson json =
        SecretJson.of(response.body()).orElseThrow(() -> incomplete("no JSON, as a proxy may"));
    Optional<String> code = json.text("Code").filter(c -> !c.equals("Success"));
    if (code.isPresent()) {
      throw incomplete("the code " + FailureText.plain(code.get()));
    }
    Instant end = json.time("Expiration").orElse(Instant.MAX);
    Optional<String> ended = CheckedCredentials.ended(end);
    if (ended.isPresent()) {
      throw incomplete(ended.get());
    }
    AwsSessionCredentials.Builder credentials =
        AwsSessionCredentials.builder()
            .accessKeyId(required(json, "AccessKeyId"))
            .secretAccessKey(required(json, "SecretAccessKey"))
            .sessionToken(required(json, "Token"))
            .accountId(json.text("AccountId").orElse(null));
    return (end.equals(Instant.MAX) ? credentials : credentials.expirationTime(end)).build();
  }

  private String required(SecretJson json, String field) {
    return json.text(field).orElseThrow(() -> incomplete("no " + field));
  }

  private SdkClientException incomplete(String with) {
    return SdkClientException.create(from + " answers with " + with);
  }
}
