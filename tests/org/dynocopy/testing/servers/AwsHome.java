package org.dynocopy.testing.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The home of someone who uses {@link AwsBox}: profiles for each way to sign in, and what the AWS
 * CLI has left of sign-ins.
 */
public final class AwsHome {

  private final Path folder;
  private final AwsBox box;
  private final AwsMetadata metadata;
  private final String dpop;

  /** Writes it. */
  public AwsHome(Path folder, AwsBox box, AwsMetadata metadata)
      throws IOException, GeneralSecurityException {
    this.folder = folder;
    this.box = box;
    this.metadata = metadata;
    this.dpop = box.sessions().noted(pem());
    Files.createDirectories(folder.resolve(".aws/sso/cache"));
    Files.createDirectories(folder.resolve(".aws/login/cache"));
    Files.writeString(folder.resolve(".aws/config"), config() + AwsProfiles.WRONG);
    ssoToken(
        "ended",
        box.sessions().token("sso-"),
        Duration.ofHours(-1),
        "\"refreshToken\": \"a refresh token of nobody\", \"clientId\": \"c\", \"clientSecret\":"
            + " \"c\", \"registrationExpiresAt\": \"2099-01-01T00:00:00Z\"");
    loginToken("arn:refused", Duration.ofHours(-1), "a refresh token of nobody");
    Files.writeString(folder.resolve(".aws/ended.token"), "a token of nobody");
    signIn();
  }

  /** Signs in anew, by each way, for as long as sessions live. */
  public void signIn() throws IOException, GeneralSecurityException {
    Duration life = box.sessions().life();
    String renewal =
        """
        "refreshToken": "%s", "clientId": "c", "clientSecret": "%s", "registrationExpiresAt": "%s"
        """
            .formatted(
                box.refreshToken(),
                box.sessions().secret("client-"),
                Instant.now().plus(Duration.ofDays(9)));
    ssoToken("corp", box.sessions().token("sso-"), life, renewal);
    ssoToken(
        "https://old.awsapps.com/start", box.sessions().token("sso-"), life, "\"region\": \"-\"");
    loginToken("arn:login", life, box.refreshToken());
    Files.writeString(folder.resolve(".aws/web.token"), box.sessions().token("web-"));
  }

  /** Leaves what {@code aws sso login} does, of an sso-session or of the URL of an old profile. */
  private void ssoToken(String of, String token, Duration left, String renewal)
      throws IOException, GeneralSecurityException {
    Files.writeString(
        folder.resolve(".aws/sso/cache/" + digest("SHA-1", of) + ".json"),
        "{\"startUrl\": \"s\", \"accessToken\": \"%s\", \"expiresAt\": \"%s\", %s}"
            .formatted(token, Instant.now().plus(left), renewal));
  }

  /** Leaves what {@code aws login} does. */
  private void loginToken(String of, Duration left, String refresh)
      throws IOException, GeneralSecurityException {
    AwsSessions.Session session = box.sessions().begin(AwsBox.ONE);
    Files.writeString(
        folder.resolve(".aws/login/cache/" + digest("SHA-256", of) + ".json"),
        """
        {"accessToken": {"accessKeyId": "%s", "secretAccessKey": "%s", "sessionToken": "%s",
        "accountId": "%s", "expiresAt": "%s"}, "clientId": "c", "refreshToken": "%s",
        "dpopKey": "%s", "tokenType": "aws_sigv4", "identityToken": "%s"}
        """
            .formatted(
                session.key(),
                session.secret(),
                session.token(),
                AwsBox.ONE,
                Instant.now().plus(left),
                refresh,
                dpop.replace("\n", "\\n"),
                box.sessions().secret("identity-")));
  }

  private static String digest(String algorithm, String text) throws GeneralSecurityException {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8)));
  }

  /** A key of P-256 as {@code aws login} keeps it (RFC 5915), which proves who renews. */
  private static String pem() throws GeneralSecurityException {
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = keys.generateKeyPair();
    ECPoint at = ((ECPublicKey) pair.getPublic()).getW();
    String der =
        "30770201010420"
            + hex(((ECPrivateKey) pair.getPrivate()).getS())
            + "a00a06082a8648ce3d030107a14403420004"
            + hex(at.getAffineX())
            + hex(at.getAffineY());
    return "-----BEGIN EC PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(HexFormat.of().parseHex(der))
        + "\n-----END EC PRIVATE KEY-----\n";
  }

  private static String hex(BigInteger number) {
    return "%064x".formatted(number);
  }

  private String config() {
    return """
    [profile keys]
    region = eu-west-1
    aws_access_key_id = AKIA111111111111
    aws_secret_access_key = %1$s
    [profile keys2]
    region = eu-west-1
    aws_access_key_id = AKIA222222222222
    aws_secret_access_key = %1$s
    [profile west]
    region = us-west-2
    aws_access_key_id = AKIA111111111111
    aws_secret_access_key = %1$s
    [profile role]
    region = eu-west-1
    role_arn = arn:aws:iam::111111111111:role/reader
    source_profile = keys
    [profile two]
    region = eu-west-1
    role_arn = arn:aws:iam::222222222222:role/writer
    source_profile = role
    [profile chain]
    region = eu-west-1
    role_arn = arn:aws:iam::111111111111:role/back
    source_profile = two
    [profile process]
    region = eu-west-1
    credential_process = %3$s
    [profile sso]
    region = eu-west-1
    sso_session = corp
    sso_account_id = 111111111111
    sso_role_name = reader
    [sso-session corp]
    sso_region = us-west-2
    sso_start_url = https://corp.awsapps.com/start
    [profile oldsso]
    region = eu-west-1
    sso_start_url = https://old.awsapps.com/start
    sso_region = us-west-2
    sso_account_id = 111111111111
    sso_role_name = reader
    [profile overrole]
    region = eu-west-1
    role_arn = arn:aws:iam::111111111111:role/over
    source_profile = sso
    [profile signedout]
    region = eu-west-1
    sso_session = gone
    sso_account_id = 111111111111
    sso_role_name = reader
    [sso-session gone]
    sso_region = us-west-2
    sso_start_url = https://gone.awsapps.com/start
    [profile ssoended]
    region = eu-west-1
    sso_session = ended
    sso_account_id = 111111111111
    sso_role_name = reader
    [sso-session ended]
    sso_region = us-west-2
    sso_start_url = https://gone.awsapps.com/start
    [profile webended]
    region = eu-west-1
    role_arn = arn:aws:iam::111111111111:role/web
    web_identity_token_file = %2$s/.aws/ended.token
    [profile ssodenied]
    region = eu-west-1
    sso_session = corp
    sso_account_id = 111111111111
    sso_role_name = denied
    [profile login]
    region = eu-west-1
    login_session = arn:login
    [profile refused]
    region = eu-west-1
    login_session = arn:refused
    [profile web]
    region = eu-west-1
    role_arn = arn:aws:iam::111111111111:role/web
    web_identity_token_file = %2$s/.aws/web.token
    [profile container]
    region = eu-west-1
    role_arn = arn:aws:iam::111111111111:role/container
    credential_source = EcsContainer
    [profile instance]
    region = eu-west-1
    role_arn = arn:aws:iam::111111111111:role/instance
    credential_source = Ec2InstanceMetadata
    [profile variables]
    region = eu-west-1
    role_arn = arn:aws:iam::111111111111:role/variables
    credential_source = Environment
    [profile mfa]
    region = eu-west-1
    role_arn = arn:aws:iam::111111111111:role/mfa
    credential_source = Environment
    mfa_serial = arn:aws:iam::111111111111:mfa/ann
    [profile onmfa]
    region = eu-west-1
    role_arn = arn:aws:iam::222222222222:role/onmfa
    source_profile = mfa
    [profile denied]
    region = eu-west-1
    role_arn = arn:aws:iam::111111111111:role/denied
    source_profile = keys
    [profile unknown]
    region = eu-west-1
    aws_access_key_id = AKIAUNKNOWN
    aws_secret_access_key = %1$s
    [profile onunknown]
    region = eu-west-1
    role_arn = arn:aws:iam::111111111111:role/r
    source_profile = unknown
    [profile away]
    region = eu-east-1
    role_arn = arn:aws:iam::111111111111:role/away
    source_profile = keys
    """
        .formatted(box.sessions().secret("static-"), folder, metadata.process());
  }

  /** Adds a profile. */
  public void add(String profile) throws IOException {
    Path config = folder.resolve(".aws/config");
    Files.writeString(config, Files.readString(config) + profile);
  }
}
