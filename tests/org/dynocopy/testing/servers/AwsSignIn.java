package org.dynocopy.testing.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dynocopy.testing.servers.AwsBox.Answer;
import org.dynocopy.testing.servers.AwsSessions.Session;
import org.dynocopy.testing.servers.ScriptedServer.Received;

/**
 * STS, SSO and the sign-in service of {@link AwsBox}. Names of roles decide what happens: {@code
 * mfa…} wants the code {@value #CODE}, {@code denied…} is refused.
 */
final class AwsSignIn {

  static final String CODE = "739215";

  private static final Pattern REFRESH = Pattern.compile("\"refreshToken\":\\s*\"([^\"]+)\"");

  private final AwsSessions sessions;

  AwsSignIn(AwsSessions sessions) {
    this.sessions = sessions;
    sessions.noted(CODE);
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
    boolean web = form.containsKey("WebIdentityToken");
    if (web && !sessions.isGood(form.get("WebIdentityToken"))) {
      return refused("ExpiredTokenException", "Token expired: it is over");
    }
    if (by.isEmpty() && !web) {
      return refused(
          "InvalidClientTokenId", "The security token included in the request is invalid.");
    }
    if (name.startsWith("denied")) {
      return refused(
          "AccessDenied",
          "User: arn:aws:iam::"
              + by
              + ":user/u is not authorized to perform: sts:AssumeRole on resource: "
              + role);
    }
    if (name.startsWith("mfa") && !CODE.equals(form.get("TokenCode"))) {
      return refused(
          "AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code.");
    }
    Session session = sessions.begin(role.split(":")[4]);
    return new Answer(
        200,
        "text/xml",
        """
        <%1$sResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><%1$sResult>
        <AssumedRoleUser><AssumedRoleId>AROA:s</AssumedRoleId>
        <Arn>arn:aws:sts::%2$s:assumed-role/%3$s/s</Arn></AssumedRoleUser>
        <Credentials><AccessKeyId>%4$s</AccessKeyId><SecretAccessKey>%5$s</SecretAccessKey>
        <SessionToken>%6$s</SessionToken><Expiration>%7$s</Expiration></Credentials>
        </%1$sResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></%1$sResponse>
        """
            .formatted(
                form.get("Action"),
                session.account(),
                name,
                session.key(),
                session.secret(),
                session.token(),
                session.end()));
  }

  static Answer refused(String code, String message) {
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
    if (!sessions.isGood(request.header("x-amz-sso_bearer_token").orElse(""))) {
      return json(
          401,
          "{\"__type\":\"UnauthorizedException\",\"message\":\"Session token not found or"
              + " invalid\"}");
    }
    String query = request.head().get(0).split(" ")[1].split("\\?")[1];
    Map<String, String> form = form(query);
    if (form.get("role_name").startsWith("denied")) {
      return json(403, "{\"__type\":\"ForbiddenException\",\"message\":\"No access\"}");
    }
    Session session = sessions.begin(form.get("account_id"));
    return json(
        200,
        """
        {"roleCredentials": {"accessKeyId": "%s", "secretAccessKey": "%s", "sessionToken": "%s",
        "expiration": %d}}
        """
            .formatted(
                session.key(), session.secret(), session.token(), session.end().toEpochMilli()));
  }

  /** The token of an sso-session is renewed here. */
  Answer oidc(Received request) {
    if (refreshed(request).isEmpty()) {
      return json(
          400,
          "{\"__type\":\"InvalidGrantException\",\"error\":\"invalid_grant\","
              + "\"error_description\":\"Invalid refresh token provided\"}");
    }
    return json(
        200,
        """
        {"accessToken": "%s", "tokenType": "Bearer", "expiresIn": %d, "refreshToken": "%s"}
        """
            .formatted(sessions.token("sso-"), sessions.life().toSeconds(), refresh()));
  }

  /** What {@code aws login} has kept is renewed here. */
  Answer login(Received request) {
    if (refreshed(request).isEmpty()) {
      return json(
          400,
          "{\"__type\":\"AccessDeniedException\",\"error\":\"TOKEN_EXPIRED\",\"message\":\"no\"}");
    }
    Session session = sessions.begin(AwsBox.ONE);
    return json(
        200,
        """
        {"accessToken": {"accessKeyId": "%s", "secretAccessKey": "%s", "sessionToken": "%s"},
        "tokenType": "aws_sigv4", "expiresIn": %d, "refreshToken": "%s"}
        """
            .formatted(
                session.key(),
                session.secret(),
                session.token(),
                sessions.life().toSeconds(),
                refresh()));
  }

  /** Returns a refresh token; it does not end. */
  String refresh() {
    return sessions.secret("refresh-");
  }

  private Optional<String> refreshed(Received request) {
    Matcher token = REFRESH.matcher(request.text());
    return token.find() && sessions.secrets().contains(token.group(1))
        ? Optional.of(token.group(1))
        : Optional.empty();
  }

  private static Answer json(int status, String body) {
    return new Answer(status, "application/json", body);
  }
}
