package org.dynocopy.store.dynamo.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.files.FileReason;
import org.dynocopy.files.WholeFile;
import org.dynocopy.store.dynamo.wire.Renewable;
import org.dynocopy.store.dynamo.wire.SignInException;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileProperty;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;

/**
 * Assumes the roles of AWS profiles, from the one whose credentials sign the first request on.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html">Assume
 *     role credential provider</a>
 */
public final class RoleChain {

  private static final String SESSION = "dynocopy";

  private final Region region;
  private final SdkHttpClient http;
  private final MfaSessions sessions;
  private final MetadataClient metadata;

  /**
   * Makes what assumes nothing yet.
   *
   * @param region where roles are assumed by profiles without a region
   * @param http what carries the requests
   * @param sessions who is asked for codes, and what they gave
   * @param metadata what asks the services beside a container or an instance
   */
  public RoleChain(
      Region region, SdkHttpClient http, MfaSessions sessions, MetadataClient metadata) {
    this.region = region;
    this.http = http;
    this.sessions = sessions;
    this.metadata = metadata;
  }

  MetadataClient metadata() {
    return metadata;
  }

  /** Returns who has a role. */
  AwsCredentialsProvider assumed(String role, AwsCredentialsProvider source) {
    AssumeRoleRequest request =
        AssumeRoleRequest.builder().roleArn(role).roleSessionName(SESSION).build();
    StsClient sts =
        StsClient.builder().credentialsProvider(source).region(region).httpClient(http).build();
    return assumed(sts, request, source, "the role " + role);
  }

  private static AwsCredentialsProvider assumed(
      StsClient sts, AssumeRoleRequest request, AwsCredentialsProvider source, String what) {
    return new CheckedCredentials(
        new RefreshedCredentials(
            () -> {
              AssumeRoleResponse answer = sts.assumeRole(request);
              return session(answer.credentials(), answer.assumedRoleUser());
            }),
        renewal(what, source),
        failure -> CheckedCredentials.because(what + " cannot be assumed", failure, source));
  }

  private static String renewal(String what, AwsCredentialsProvider source) {
    return source instanceof Renewable known
        ? known.renewal()
        : "Look at " + what + ", which has signed";
  }

  /** Returns what STS gave, with its end and its account. */
  static AwsCredentials session(
      software.amazon.awssdk.services.sts.model.Credentials credentials, AssumedRoleUser user) {
    return AwsSessionCredentials.builder()
        .accessKeyId(credentials.accessKeyId())
        .secretAccessKey(credentials.secretAccessKey())
        .sessionToken(credentials.sessionToken())
        .expirationTime(credentials.expiration())
        .accountId(user.arn().split(":", 6)[4])
        .build();
  }

  /**
   * Returns who signs for a profile.
   *
   * @throws InvalidJobException if there is none of this name, or those that it names lead nowhere
   */
  AwsCredentialsProvider profile(String name) {
    return profile(name, List.of());
  }

  private AwsCredentialsProvider profile(String name, List<String> before) {
    String by =
        before.isEmpty()
            ? ""
            : ", which `" + before.get(before.size() - 1) + "` names as its source_profile";
    Profile profile = Profiles.named(name, by);
    Optional<String> role = Profiles.property(profile, ProfileProperty.ROLE_ARN);
    Optional<String> source = Profiles.property(profile, ProfileProperty.SOURCE_PROFILE);
    Optional<String> token = Profiles.property(profile, ProfileProperty.WEB_IDENTITY_TOKEN_FILE);
    if (role.isPresent() && token.isPresent()) {
      return web(
          role.get(),
          Path.of(token.get()),
          session(profile),
          region(profile),
          of(role.get(), name));
    }
    Optional<String> named = Profiles.property(profile, ProfileProperty.CREDENTIAL_SOURCE);
    if (role.isEmpty()) {
      return ProfileCredentials.of(checked(profile), region(profile), http);
    }
    if (source.isPresent() == named.isPresent()) {
      throw wrong(
          "the AWS profile `"
              + name
              + "` has a role_arn and "
              + (named.isPresent()
                  ? "both a source_profile and a credential_source"
                  : "neither a source_profile nor a credential_source or a web_identity_token_file")
              + ": one of them says who assumes the role");
    }
    if (named.isPresent()) {
      return assumed(profile, role.get(), source(name, named.get()));
    }
    List<String> chain = new ArrayList<>(before);
    chain.add(name);
    Optional<AwsCredentialsProvider> keys = keys(profile);
    AwsCredentialsProvider from;
    if (source.get().equals(name) && keys.isPresent()) {
      from = keys.get();
    } else if (chain.contains(source.get())) {
      chain.add(source.get());
      throw wrong("source_profile leads in a circle: " + String.join(" -> ", chain));
    } else {
      from = profile(source.get(), chain);
    }
    return assumed(profile, role.get(), from);
  }

  /** What is there for a role alone is no credentials. */
  private static Profile checked(Profile profile) {
    boolean alone = !ProfileCredentials.hasOwnCredentials(profile);
    Stream.of(
            ProfileProperty.WEB_IDENTITY_TOKEN_FILE,
            ProfileProperty.SOURCE_PROFILE,
            ProfileProperty.CREDENTIAL_SOURCE)
        .filter(name -> alone && Profiles.property(profile, name).isPresent())
        .findFirst()
        .ifPresent(
            name -> {
              throw wrong(
                  "the AWS profile `"
                      + profile.name()
                      + "` has a "
                      + name
                      + " and no role_arn: add the role that is assumed by it");
            });
    return profile;
  }

  private AwsCredentialsProvider source(String profile, String named) {
    return switch (named) {
      case "Environment" ->
          CredentialSelection.variables(
              "no credentials for the role of the AWS profile `" + profile + "`");
      case "EcsContainer" -> ContainerCredentials.provider(metadata);
      case "Ec2InstanceMetadata" -> new InstanceMetadata(metadata).provider();
      default ->
          throw wrong(
              "the AWS profile `"
                  + profile
                  + "` has credential_source = "
                  + named
                  + ", which is none of Environment, EcsContainer and Ec2InstanceMetadata");
    };
  }

  private AwsCredentialsProvider assumed(
      Profile profile, String role, AwsCredentialsProvider source) {
    AssumeRoleRequest.Builder request =
        AssumeRoleRequest.builder()
            .roleArn(role)
            .roleSessionName(session(profile))
            .externalId(Profiles.property(profile, ProfileProperty.EXTERNAL_ID).orElse(null));
    Profiles.property(profile, ProfileProperty.DURATION_SECONDS)
        .map(text -> seconds(profile, text))
        .ifPresent(request::durationSeconds);
    StsClient sts =
        StsClient.builder()
            .credentialsProvider(source)
            .region(region(profile))
            .httpClient(http)
            .overrideConfiguration(o -> o.defaultProfileName(profile.name()))
            .build();
    return Profiles.property(profile, ProfileProperty.MFA_SERIAL)
        .map(device -> sessions.of(profile.name(), device, sts, request.serialNumber(device)))
        .orElseGet(() -> assumed(sts, request.build(), source, of(role, profile.name())));
  }

  private static String of(String role, String profile) {
    return "the role " + role + " of the AWS profile `" + profile + "`";
  }

  private static String session(Profile profile) {
    return Profiles.property(profile, ProfileProperty.ROLE_SESSION_NAME).orElse(SESSION);
  }

  private Region region(Profile profile) {
    return Regions.of(profile).orElse(region);
  }

  /** Returns who has the role of the web identity that the environment variables name. */
  AwsCredentialsProvider web(String role, Path token, Optional<String> session) {
    return web(role, token, session.orElse(SESSION), region, "the role " + role);
  }

  /** The SDK would ask in the region of the usual profile, or in none. */
  private AwsCredentialsProvider web(
      String role, Path token, String session, Region region, String what) {
    StsClient sts =
        StsClient.builder()
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .region(region)
            .httpClient(http)
            .build();
    return new CheckedCredentials(
        new RefreshedCredentials(
            () -> {
              AssumeRoleWithWebIdentityResponse answer =
                  sts.assumeRoleWithWebIdentity(
                      r -> r.roleArn(role).roleSessionName(session).webIdentityToken(read(token)));
              return session(answer.credentials(), answer.assumedRoleUser());
            }),
        "Have the token " + token + " renewed, by which " + what + " was assumed",
        failure ->
            CheckedCredentials.because(what + " cannot be assumed by the token " + token, failure));
  }

  /** It is renewed in its file. */
  private static String read(Path token) {
    try {
      return new String(WholeFile.read(token, WholeFile.USUAL_MOST), UTF_8).strip();
    } catch (IOException e) {
      throw new SignInException(
          Kind.EXPIRED,
          "the web identity's token " + token + " cannot be read: " + FileReason.of(e),
          e);
    }
  }

  private static int seconds(Profile profile, String text) {
    if (text.matches("\\d{3,5}")) {
      return Integer.parseInt(text);
    }
    throw wrong(
        "the AWS profile `"
            + profile.name()
            + "` has duration_seconds = "
            + text
            + ", which is no number from 900 to 43200");
  }

  private static Optional<AwsCredentialsProvider> keys(Profile profile) {
    Optional<String> secret = Profiles.property(profile, ProfileProperty.AWS_SECRET_ACCESS_KEY);
    return Profiles.property(profile, ProfileProperty.AWS_ACCESS_KEY_ID)
        .filter(key -> secret.isPresent())
        .map(key -> AwsBasicCredentials.create(key, secret.get()))
        .map(StaticCredentialsProvider::create)
        .map(keys -> ProfileCredentials.checked(profile, keys));
  }

  private static InvalidJobException wrong(String sentence) {
    return new InvalidJobException(Location.NOWHERE, sentence);
  }
}
