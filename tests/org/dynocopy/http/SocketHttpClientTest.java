package org.dynocopy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.dynocopy.testing.servers.ScriptedServer;
import org.dynocopy.testing.servers.ScriptedServer.Conversation;
import org.dynocopy.testing.servers.ScriptedServer.Received;
import org.dynocopy.testing.servers.ScriptedServer.Script;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/** Whatever the SDK's clients ask for, not only DynamoDB's. */
class SocketHttpClientTest {

  private record Asked(Received request, HttpExecuteResponse answer) {}

  private static Asked ask(
      Script script, Consumer<SdkHttpRequest.Builder> request, ContentStreamProvider content)
      throws IOException {
    try (ScriptedServer server = new ScriptedServer(script);
        Transport transport = Transports.SOCKETS.open(ProxySettings.NONE, TrustStore.OF_JAVA);
        SdkHttpClient client = transport.client()) {
      SdkHttpRequest.Builder head =
          SdkHttpRequest.builder()
              .method(SdkHttpMethod.GET)
              .uri(URI.create("http://127.0.0.1:" + server.port()));
      request.accept(head);
      HttpExecuteResponse answer =
          client
              .prepareRequest(
                  HttpExecuteRequest.builder()
                      .request(head.build())
                      .contentStreamProvider(content)
                      .build())
              .call();
      return new Asked(server.received.get(0), answer);
    }
  }

  @Test
  void pathQueryAndHeadersArriveAndAllHeadersComeBack() throws Exception {
    Asked asked =
        ask(
            with -> {
              with.hear();
              with.say("HTTP/1.1 404 No\r\nX-A: 1\r\nX-A: 2\r\nContent-Length: 3\r\n\r\nyes");
            },
            head ->
                head.encodedPath("/a%2Fb/c")
                    .appendRawQueryParameter("q", "x y&z")
                    .putHeader("X-Token", "t")
                    .putHeader("Expect", "100-continue"),
            null);
    assertThat(asked.request().head().get(0)).isEqualTo("GET /a%2Fb/c?q=x%20y%26z HTTP/1.1");
    assertThat(asked.request().header("X-Token")).contains("t");
    assertThat(asked.request().header("Host")).isPresent();
    assertThat(asked.request().header("Expect")).isEmpty();
    assertThat(asked.request().header("Content-Length")).isEmpty();
    assertThat(asked.answer().httpResponse().statusCode()).isEqualTo(404);
    assertThat(asked.answer().httpResponse().headers().get("X-A")).containsExactly("1", "2");
    assertThat(asked.answer().responseBody().get().readAllBytes()).asString().isEqualTo("yes");
  }

  @Test
  void pathMayBeLeftOutAndBodiesMayBeEmptyOrNot() throws Exception {
    Asked empty = ask(Conversation::echo, head -> head.method(SdkHttpMethod.POST), null);
    assertThat(empty.request().head().get(0)).isEqualTo("POST / HTTP/1.1");
    assertThat(empty.request().header("Content-Length")).contains("0");
    assertThat(empty.answer().responseBody().get().readAllBytes()).isEmpty();
    Asked full =
        ask(
            Conversation::echo,
            head -> head.method(SdkHttpMethod.PUT).putHeader("Content-Length", "2"),
            ContentStreamProvider.fromUtf8String("ä"));
    assertThat(full.request().header("Content-Length")).contains("2");
    assertThat(full.answer().responseBody().get().readAllBytes())
        .isEqualTo("ä".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void headHasNoBodyWhateverItsLength() throws Exception {
    Asked asked =
        ask(
            with -> {
              with.hear();
              with.say("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n");
            },
            head -> head.method(SdkHttpMethod.HEAD),
            null);
    assertThat(asked.answer().responseBody().get().readAllBytes()).isEmpty();
  }

  /** Roles are assumed through it. */
  @Test
  void clientOfAnotherServiceWorks() {
    String xml =
        "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult>"
            + "<Credentials><AccessKeyId>AKIA2</AccessKeyId><SecretAccessKey>s</SecretAccessKey>"
            + "<SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>"
            + "</Credentials></AssumeRoleResult></AssumeRoleResponse>";
    try (ScriptedServer server =
            new ScriptedServer(
                with -> {
                  with.hear();
                  with.answer(xml);
                });
        Transport transport = Transports.SOCKETS.open(ProxySettings.NONE, TrustStore.OF_JAVA);
        StsClient sts =
            StsClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + server.port()))
                .region(Region.EU_WEST_1)
                .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIA1", "s3cr3t")))
                .httpClient(transport.client())
                .build()) {
      assertThat(
              sts.assumeRole(
                      r -> r.roleArn("arn:aws:iam::123456789012:role/x").roleSessionName("y"))
                  .credentials()
                  .accessKeyId())
          .isEqualTo("AKIA2");
      assertThat(server.received.get(0).text()).contains("Action=AssumeRole");
    }
  }
}
