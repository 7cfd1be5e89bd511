package org.dynocopy.testing.servers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.dynocopy.testing.servers.ScriptedServer.Conversation;
import org.dynocopy.testing.servers.ScriptedServer.Received;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Two AWS accounts in a box: the proxy of a company, which all must go through, and which ends TLS
 * by a certificate of its own. Behind it are STS, SSO, and DynamoDB for two accounts and two
 * regions, each a database of its own in a DynamoDB Local. It writes down which host was asked for
 * what, and who has signed that.
 */
public final class AwsBox implements AutoCloseable {

  /** An account. */
  public static final String ONE = "111111111111";

  /** Another one. */
  public static final String TWO = "222222222222";

  /** The regions, of which tests use the first where one is enough. */
  public static final List<String> REGIONS = List.of("eu-west-1", "us-west-2");

  private static final Pattern SIGNED_BY =
      Pattern.compile("Credential=(\\w+)/\\d+/([a-z0-9-]+)/(\\w+)/");
  private static final Pattern TABLE_ARN =
      Pattern.compile("arn:aws:dynamodb:([a-z0-9-]+):(\\d{12}):table/");
  private static final Pattern ACCOUNT_HOST =
      Pattern.compile("(\\d{12})\\.ddb(?:-fips)?\\.([a-z0-9-]+)\\..*");

  /**
   * A request.
   *
   * @param host which host was asked
   * @param operation for what
   * @param account whose account is meant
   * @param by the account that has signed it; empty if nobody has
   */
  public record Asked(String host, String operation, String account, String by) {}

  /** An answer that is still to be sent. */
  record Answer(int status, String type, String body) {}

  private static final String ENDED = "The security token included in the request is expired";

  private final URI database = TestServers.first();
  private final HttpClient client = HttpClient.newHttpClient();
  private final SSLContext tls;
  private final Path certificate;
  private final Optional<String> user;
  private final ScriptedServer proxy;
  private final AwsSessions sessions = new AwsSessions();
  private final AwsSignIn signIn = new AwsSignIn(sessions);
  private final AwsClock clock = new AwsClock();
  private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<String> connects = Collections.synchronizedList(new ArrayList<>());

  /**
   * Starts it.
   *
   * @param folder where its certificate is kept
   * @param user who may use the proxy, as {@code name:password} in a URL, if not everyone
   */
  public AwsBox(Path folder, Optional<String> user) throws Exception {
    this.user = user;
    user.map(u -> u.substring(u.indexOf(':') + 1))
        .ifPresent(
            password -> {
              sessions.noted(password);
              sessions.noted(URLDecoder.decode(password, UTF_8));
              sessions.noted(basic());
            });
    List<String> names = new ArrayList<>(List.of("dns:*.amazonaws.com"));
    for (String region : REGIONS) {
      for (String domain : List.of("amazonaws.com", "api.aws")) {
        names.add("dns:*." + region + "." + domain);
        names.add("dns:*.ddb." + region + "." + domain);
        names.add("dns:*.ddb-fips." + region + "." + domain);
      }
      names.add("dns:*.dynamodb." + region + ".vpce.amazonaws.com");
      names.add("dns:portal.sso." + region + ".amazonaws.com");
      names.add("dns:portal.sso-fips." + region + ".amazonaws.com");
      names.add("dns:" + region + ".signin.aws.amazon.com");
    }
    Path store = Certificates.make(folder, String.join(",", names));
    tls = Certificates.context(store);
    certificate = Certificates.export(store);
    proxy = new ScriptedServer(this::serve);
  }

  /** Returns the variables of a process that goes through it, and nothing else. */
  public Map<String, String> variables() {
    String name = user.map(u -> u + "@").orElse("");
    return Map.of(
        "HTTPS_PROXY",
        "http://" + name + "127.0.0.1:" + proxy.port(),
        "AWS_CA_BUNDLE",
        certificate.toString());
  }

  /** Returns the file with its certificate. */
  public Path certificate() {
    return certificate;
  }

  /** Returns the sessions that it gives. */
  public AwsSessions sessions() {
    return sessions;
  }

  /** Returns a refresh token, as a sign-in leaves it. */
  public String refreshToken() {
    return signIn.refresh();
  }

  /** Returns the clock of the services. */
  public AwsClock clock() {
    return clock;
  }

  private String basic() {
    byte[] name = URLDecoder.decode(user.orElse(""), UTF_8).getBytes(UTF_8);
    return Base64.getEncoder().encodeToString(name);
  }

  /** Returns where the proxy listens. */
  public int port() {
    return proxy.port();
  }

  /** Returns what was asked of the services, in its order. */
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** Returns to which hosts the proxy was to connect, also where it did not. */
  public List<String> connects() {
    return List.copyOf(connects);
  }

  /** Returns the long-lived access key of an account. */
  public static String key(String account) {
    return "AKIA" + account;
  }

  /** Returns the ARN of a table. */
  public static String arn(String region, String account, String table) {
    return "arn:aws:dynamodb:" + region + ":" + account + ":table/" + table;
  }

  /** Returns a client for the tables of an account, past the proxy. */
  public DynamoDbClient client(String region, String account) {
    return DynamoDbClient.builder()
        .endpointOverride(database)
        .region(Region.of(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(account, "any")))
        .httpClientBuilder(Apache5HttpClient.builder().proxyConfiguration(TestServers.DIRECT))
        .build();
  }

  private void serve(Conversation with) throws IOException, InterruptedException {
    Received connect = with.hear();
    String host = connect.head().get(0).split(" ")[1].replace(":443", "");
    connects.add(host);
    String basic = "Basic " + basic();
    if (user.isPresent() && !connect.header("Proxy-Authorization").equals(Optional.of(basic))) {
      with.say("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    if (REGIONS.stream().noneMatch(host::contains)) {
      with.say("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    with.say("HTTP/1.1 200 Connection established\r\n\r\n");
    with.secure(tls);
    while (true) {
      Answer answer = answer(host, with.hear());
      with.say(
          "HTTP/1.1 "
              + answer.status()
              + " As it is\r\nContent-Type: "
              + answer.type()
              + clock.header()
              + "\r\nContent-Length: "
              + answer.body().length()
              + "\r\n\r\n"
              + answer.body());
    }
  }

  private Answer answer(String host, Received request) throws IOException, InterruptedException {
    if (host.startsWith("portal.sso")) {
      asked.add(new Asked(host, "GetRoleCredentials", "", ""));
      return signIn.sso(request);
    }
    if (host.startsWith("oidc")) {
      asked.add(new Asked(host, "CreateToken", "", ""));
      return signIn.oidc(request);
    }
    if (host.contains("signin")) {
      asked.add(new Asked(host, "CreateOAuth2Token", "", ""));
      return signIn.login(request);
    }
    Matcher signed = SIGNED_BY.matcher(request.header("Authorization").orElse(""));
    boolean isSigned = signed.find();
    String key = isSigned ? signed.group(1) : "";
    String by = sessions.account(key, request.header("X-Amz-Security-Token")).orElse("");
    String at = request.header("X-Amz-Date").orElse("");
    Optional<String> skewed = isSigned ? clock.fault(at) : Optional.empty();
    boolean ended = isSigned && sessions.hasEnded(key, at);
    if (host.matches("sts(-fips)?\\..*")) {
      asked.add(new Asked(host, AwsSignIn.operation(request), by, by));
      return skewed
          .map(message -> AwsSignIn.refused("SignatureDoesNotMatch", message))
          .or(
              () ->
                  ended ? Optional.of(AwsSignIn.refused("ExpiredToken", ENDED)) : Optional.empty())
          .orElseGet(() -> signIn.sts(request, by));
    }
    if (skewed.isPresent()) {
      return error("InvalidSignatureException", skewed.get());
    }
    return ended
        ? error("ExpiredTokenException", ENDED)
        : dynamo(host, request, by, isSigned ? signed.group(2) : "");
  }

  private Answer dynamo(String host, Received request, String by, String region)
      throws IOException, InterruptedException {
    String operation = request.header("X-Amz-Target").orElse(".").split("\\.")[1];
    Matcher arn = TABLE_ARN.matcher(request.text());
    boolean named = arn.find();
    String account = named ? arn.group(2) : by;
    asked.add(new Asked(host, operation, account, by));
    if (by.isEmpty()) {
      return error("UnrecognizedClientException", "The security token included is invalid.");
    }
    Matcher own = ACCOUNT_HOST.matcher(host);
    if (own.matches() && !own.group(1).equals(account) || named && !arn.group(1).equals(region)) {
      return error("AccessDeniedException", "this is the host of another account or region");
    }
    if (request.text().contains("denied-")) {
      return error(
          "AccessDeniedException",
          "User: arn:aws:sts::%s:assumed-role/reader/s is not authorized to perform: dynamodb:%s on"
                  .formatted(by, operation)
              + " resource: %s because no identity-based policy allows the dynamodb:%s action"
                  .formatted(arn(region, account, "denied-x"), operation));
    }
    HttpResponse<byte[]> answer =
        client.send(
            HttpRequest.newBuilder(database)
                .version(HttpClient.Version.HTTP_1_1)
                .header("X-Amz-Target", request.header("X-Amz-Target").orElseThrow())
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Date", request.header("X-Amz-Date").orElseThrow())
                .header(
                    "Authorization",
                    request
                        .header("Authorization")
                        .orElseThrow()
                        .replaceFirst("Credential=\\w+", "Credential=" + account))
                .POST(
                    HttpRequest.BodyPublishers.ofByteArray(
                        arn.reset().replaceAll("").getBytes(ISO_8859_1)))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    String body =
        new String(answer.body(), ISO_8859_1)
            .replaceAll("arn:aws:dynamodb:[a-z0-9-]+:\\d+:table/", arn(region, account, ""));
    return new Answer(answer.statusCode(), "application/x-amz-json-1.0", body);
  }

  private static Answer error(String code, String message) {
    return new Answer(
        400,
        "application/x-amz-json-1.0",
        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#%s\",\"message\":\"%s\"}"
            .formatted(code, message));
  }

  @Override
  public void close() {
    proxy.close();
  }
}
