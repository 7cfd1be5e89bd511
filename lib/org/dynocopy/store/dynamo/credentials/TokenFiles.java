package org.dynocopy.store.dynamo.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.files.FileReason;
import org.dynocopy.files.InputFile;
import org.dynocopy.files.WholeFile;
import org.dynocopy.store.dynamo.wire.SignInException;
import software.amazon.awssdk.utils.UserHomeDirectoryUtils;

/**
 * Where the AWS CLI keeps the tokens of those who have signed in. The SDK opens what is there,
 * whatever it is, and reads it whole: so it is checked before.
 */
public final class TokenFiles {

  private static final String EXTENSION = ".json";

  private TokenFiles() {}

  /**
   * Returns the file of a sign-in to IAM Identity Center.
   *
   * @param name of the {@code sso-session}, or the start URL where there is none
   */
  static Path sso(String name) {
    return home("sso").resolve(digest("SHA-1", name) + EXTENSION);
  }

  /** Returns the folder of sign-ins by {@code aws login}. */
  static Path logins() {
    return Optional.ofNullable(System.getProperty("aws.loginCacheDirectory"))
        .or(() -> Profiles.variable("AWS_LOGIN_CACHE_DIRECTORY"))
        .map(String::strip)
        .map(Path::of)
        .orElseGet(() -> home("login"));
  }

  /** Returns the file of one of these. */
  public static Path login(String session) {
    return logins().resolve(digest("SHA-256", session) + EXTENSION);
  }

  private static Path home(String kind) {
    return Path.of(UserHomeDirectoryUtils.userHomeDirectory(), ".aws", kind, "cache");
  }

  private static String digest(String algorithm, String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      return HexFormat.of().formatHex(digest.digest(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java has " + algorithm, e);
    }
  }

  /**
   * Checks one that the SDK will read.
   *
   * @throws SignInException if it is there and no file, may not be read, or is larger than any
   *     token
   */
  static void check(Path file) {
    try {
      InputFile.checkReadable(file);
      InputFile.check(file, WholeFile.USUAL_MOST);
    } catch (IOException e) {
      throw new SignInException(
          Kind.REFUSED, "the token " + file + " cannot be read: " + FileReason.of(e), e);
    }
  }
}
