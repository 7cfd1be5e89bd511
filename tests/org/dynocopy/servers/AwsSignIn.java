package org.dynocopy.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.dynocopy.servers.AwsBox.Answer;
import org.dynocopy.servers.ScriptedServer.Received;

/**
 * STS, SSO and the sign-in service of {@link AwsBox}: who a key belongs to, and for how long. Role
 * names decide what happens: {@code mfa…} wants the code {@value #CODE}, {@code denied…} is
 * refused.
 */
final class AwsSignIn {

  static final String CODE = "123456";
  static final String SSO_TOKEN = "sso-token";
  static final String WEB_TOKEN = "web-token";

  private record Session(String account, String token, Instant end) {}

  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private final AtomicInteger number = new AtomicInteger();

  /** Returns the account of a key; nothing if it is unknown, or its token or time is wrong. */
  Optional<String> account(String key, Optional<String> token) {
    if (key.matches("AKIA\\d{12}")) {
      return Optional.of(key.substring(4));
    }
    return Optional.ofNullable(sessions.get(key))
        .filter(s -> Optional.of(s.token).equals(token) && Instant.now().isBefore(s.end))
        .map(Session::account);
  }

  private String begin(String account) {
    String key = "ASIA" + number.incrementAndGet();
    Instant end = Instant.now().plus(Duration.ofHours(1));
    sessions.put(key, new Session(account, "token-of-" + key, end));
    return key;
  }

  private static Map<String, String> form(String text) {
    return Arrays.stream(text.split("&"))
        .map(part -> part.split("=", 2))
        .filter(part -> part.length == 2)
        .collect(Collectors.toMap(p -> p[0], p -> URLDecoder.decode(p[1], UTF_8)));
  }

  static String operation(Received request) {
    return form(request.text()).getOrDefault("Action", "");
  }

  Answer sts(Received request, String by) {
    Map<String, String> form = form(request.text());
    String role = form.getOrDefault("RoleArn", "::::::");
    String name = role.substring(role.indexOf('/') + 1);
    boolean web = WEB_TOKEN.equals(form.get("WebIdentityToken"));
    if (by.isEmpty() && !web || name.startsWith("denied")) {
      return refused(
          "AccessDenied",
          "User: arn:aws:iam::" + by + ":user/u is not authorized to perform: sts:AssumeRole");
    }
    if (name.startsWith("mfa") && !CODE.equals(form.get("TokenCode"))) {
      return refused(
          "AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code.");
    }
    String account = role.split(":")[4];
    String key = begin(account);
    String operation = form.get("Action");
    return new Answer(
        200,
        "text/xml",
        """
        <%1$sResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><%1$sResult>
        <AssumedRoleUser><AssumedRoleId>AROA:s</AssumedRoleId>
        <Arn>arn:aws:sts::%2$s:assumed-role/%3$s/s</Arn></AssumedRoleUser>
        <Credentials><AccessKeyId>%4$s</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
        <SessionToken>token-of-%4$s</SessionToken><Expiration>%5$s</Expiration></Credentials>
        </%1$sResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></%1$sResponse>
        """
            .formatted(operation, account, name, key, sessions.get(key).end));
  }

  private static Answer refused(String code, String message) {
    return new Answer(
        403,
        "text/xml",
        """
        <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
        <Code>%s</Code><Message>%s</Message></Error><RequestId>r</RequestId></ErrorResponse>
        """
            .formatted(code, message));
  }

  Answer sso(Received request) {
    if (!request.header("x-amz-sso_bearer_token").equals(Optional.of(SSO_TOKEN))) {
      return new Answer(
          401,
          "application/json",
          "{\"__type\":\"UnauthorizedException\",\"message\":\"Session token not found or"
              + " invalid\"}");
    }
    String query = request.head().get(0).split(" ")[1].split("\\?")[1];
    String key = begin(form(query).get("account_id"));
    return new Answer(
        200,
        "application/json",
        """
        {"roleCredentials": {"accessKeyId": "%1$s", "secretAccessKey": "secret",
        "sessionToken": "token-of-%1$s", "expiration": %2$d}}
        """
            .formatted(key, sessions.get(key).end.toEpochMilli()));
  }

  /** What {@code aws login} has kept is renewed here. */
  Answer token(Received request) {
    String key = begin(AwsBox.ONE);
    return new Answer(
        200,
        "application/json",
        """
        {"accessToken": {"accessKeyId": "%1$s", "secretAccessKey": "secret",
        "sessionToken": "token-of-%1$s"}, "tokenType": "aws_sigv4", "expiresIn": 900,
        "refreshToken": "refreshed"}
        """
            .formatted(key));
  }
}
