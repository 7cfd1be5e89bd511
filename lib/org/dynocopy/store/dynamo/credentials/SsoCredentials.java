package org.dynocopy.store.dynamo.credentials;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.files.WholeFile;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileProperty;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sso.SsoClient;
import software.amazon.awssdk.services.sso.model.RoleCredentials;
import software.amazon.awssdk.services.ssooidc.SsoOidcClient;
import software.amazon.awssdk.services.ssooidc.SsoOidcTokenProvider;

/**
 * The credentials of a profile of IAM Identity Center. Its access token is what {@code aws sso
 * login} has left; that of an {@code sso-session} is renewed by its refresh token.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html">IAM
 *     Identity Center credential provider</a>
 */
final class SsoCredentials {

  private static final String SESSION = "sso_session";

  private final Profile profile;
  private final String account;
  private final String role;
  private final SsoClient sso;
  private final Token token;

  /** Gives the access token, which is good now. */
  @FunctionalInterface
  private interface Token {
    String text();
  }

  /**
   * Reads a profile.
   *
   * @throws InvalidJobException if something is missing in it
   */
  SsoCredentials(Profile profile, SdkHttpClient http) {
    this.profile = profile;
    Optional<String> session = Profiles.property(profile, SESSION);
    Profile where = session.map(this::section).orElse(profile);
    account = required(profile, ProfileProperty.SSO_ACCOUNT_ID);
    role = required(profile, ProfileProperty.SSO_ROLE_NAME);
    String start = required(where, ProfileProperty.SSO_START_URL);
    Region region =
        Regions.named(
            required(where, ProfileProperty.SSO_REGION),
            "sso_region of the AWS profile `" + profile.name() + "`");
    sso =
        SsoClient.builder()
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .region(region)
            .httpClient(http)
            .build();
    token = session.isPresent() ? renewed(session.get(), region, http) : () -> read(start);
  }

  /** Returns whether a profile has anything of this kind. */
  static boolean areOf(Profile profile) {
    return Stream.of(
            SESSION,
            ProfileProperty.SSO_START_URL,
            ProfileProperty.SSO_ACCOUNT_ID,
            ProfileProperty.SSO_ROLE_NAME)
        .anyMatch(name -> Profiles.property(profile, name).isPresent());
  }

  /** Returns what to ask where a signed-in user is not let to the role; nothing without SSO. */
  static String question(Profile profile) {
    return Profiles.property(profile, ProfileProperty.SSO_ROLE_NAME)
        .map(
            role ->
                ". Ask whether you are given the role `"
                    + role
                    + "` (sso_role_name) of the account "
                    + Profiles.property(profile, ProfileProperty.SSO_ACCOUNT_ID).orElse("")
                    + " (sso_account_id)")
        .orElse("");
  }

  private Profile section(String session) {
    return ProfileFile.defaultProfileFile()
        .getSection("sso-session", session)
        .orElseThrow(
            () ->
                wrong(
                    "the AWS profile `"
                        + profile.name()
                        + "` names the sso-session `"
                        + session
                        + "`, but the AWS configuration has no section [sso-session "
                        + session
                        + "]"));
  }

  private String required(Profile there, String name) {
    return Profiles.property(there, name)
        .orElseThrow(
            () ->
                wrong(
                    "the AWS profile `"
                        + profile.name()
                        + "` cannot sign in: it"
                        + (there == profile ? "" : "s sso-session `" + there.name() + "`")
                        + " has no "
                        + name
                        + " (`aws configure sso --profile "
                        + profile.name()
                        + "` gives it one)"));
  }

  private static InvalidJobException wrong(String sentence) {
    return new InvalidJobException(Location.NOWHERE, sentence);
  }

  private static Token renewed(String session, Region region, SdkHttpClient http) {
    SsoOidcTokenProvider tokens =
        SsoOidcTokenProvider.builder()
            .sessionName(session)
            .ssoOidcClient(
                SsoOidcClient.builder()
                    .credentialsProvider(AnonymousCredentialsProvider.create())
                    .region(region)
                    .httpClient(http)
                    .build())
            .build();
    return () -> {
      TokenFiles.check(TokenFiles.sso(session));
      return tokens.resolveToken().token();
    };
  }

  private static String read(String start) {
    Path file = TokenFiles.sso(start);
    TokenFiles.check(file);
    try {
      SecretJson kept =
          SecretJson.of(WholeFile.read(file, WholeFile.USUAL_MOST))
              .orElseThrow(() -> SdkClientException.create("what is kept is no token"));
      if (kept.time("expiresAt").filter(Instant.now()::isBefore).isPresent()) {
        return kept.text("accessToken").orElseThrow(() -> SdkClientException.create("no token"));
      }
      throw SdkClientException.create("the token has ended");
    } catch (IOException e) {
      throw SdkClientException.create("there is no token", e);
    }
  }

  /** Gets new ones. */
  AwsCredentials fetch() {
    RoleCredentials credentials =
        sso.getRoleCredentials(r -> r.accountId(account).roleName(role).accessToken(token.text()))
            .roleCredentials();
    return AwsSessionCredentials.builder()
        .accessKeyId(credentials.accessKeyId())
        .secretAccessKey(credentials.secretAccessKey())
        .sessionToken(credentials.sessionToken())
        .expirationTime(Instant.ofEpochMilli(credentials.expiration()))
        .accountId(account)
        .build();
  }
}
