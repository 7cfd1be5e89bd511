package org.dynocopy.store.dynamo.credentials;

import static software.amazon.awssdk.profiles.ProfileFileLocation.configurationFilePath;
import static software.amazon.awssdk.profiles.ProfileFileLocation.credentialsFilePath;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.Suggestions;
import org.dynocopy.files.FileReason;
import org.dynocopy.files.InputFile;
import org.dynocopy.files.Trust;
import org.dynocopy.http.Origin;
import org.dynocopy.http.TrustStore;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.store.dynamo.wire.FailureText;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.profiles.ProfileProperty;

/** The AWS profiles and variables of this process. */
public final class Profiles {

  private static final int MOST = 1 << 20;

  /** How the SDK says where a mistake is. */
  private static final Pattern LINE = Pattern.compile("(.*) on line (\\d+)");

  /** What is asked here, by the names that the SDK has for them. */
  private static final List<String> SERVICES =
      List.of("dynamodb", "sts", "sso", "sso_oidc", "signin");

  private Profiles() {}

  /**
   * Returns the names of the AWS profiles on this machine.
   *
   * @param at what needs them, for the message
   * @throws InvalidJobException if the files with the profiles cannot be read
   */
  public static Collection<String> names(Location at) {
    try {
      return all();
    } catch (InvalidPathException e) {
      throw new InvalidJobException(at, "the AWS profiles cannot be read: " + FileReason.of(e));
    } catch (RuntimeException e) {
      throw new InvalidJobException(at, "the AWS profiles cannot be read: " + mistake(e));
    }
  }

  /** The SDK reads both files as one, and names neither in what it says. */
  private static String mistake(RuntimeException ofBoth) {
    String where = " (in " + configurationFilePath() + " or " + credentialsFilePath() + ")";
    return mistake(configurationFilePath(), ProfileFile.Type.CONFIGURATION)
        .or(() -> mistake(credentialsFilePath(), ProfileFile.Type.CREDENTIALS))
        .orElseGet(() -> FailureText.of(ofBoth) + where);
  }

  private static Optional<String> mistake(Path file, ProfileFile.Type type) {
    try {
      checkFile(file);
      if (Files.isRegularFile(file)) {
        ProfileFile.builder().content(file).type(type).build();
      }
      return Optional.empty();
    } catch (RuntimeException e) {
      Matcher line = LINE.matcher(FailureText.of(e));
      return Optional.of(
          line.matches()
              ? file + ":" + line.group(2) + ": " + line.group(1)
              : file + ": " + FailureText.of(e));
    }
  }

  private static Collection<String> all() {
    checkFile(configurationFilePath());
    checkFile(credentialsFilePath());
    return new TreeSet<>(ProfileFile.defaultProfileFile().profiles().keySet());
  }

  /** The SDK makes many objects of each line. */
  private static void checkFile(Path file) {
    try {
      InputFile.check(file, MOST);
    } catch (IOException e) {
      throw new IllegalStateException(FileReason.of(e), e);
    }
  }

  /** Returns the profile of that name, if there is one. */
  static Optional<Profile> find(String name) {
    return ProfileFile.defaultProfileFile().profile(name);
  }

  /**
   * Returns the profile of that name.
   *
   * @param by who names it, after a comma, for the message
   * @throws InvalidJobException if there is none
   */
  static Profile named(String name, String by) {
    return find(name)
        .orElseThrow(
            () ->
                new InvalidJobException(
                    Location.NOWHERE,
                    "there is no AWS profile `"
                        + name
                        + "`"
                        + by
                        + "."
                        + Suggestions.suggestion(name, all())
                        + unread()));
  }

  /** The SDK passes over these without a word. */
  private static String unread() {
    return Stream.of(configurationFilePath(), credentialsFilePath())
        .map(Profiles::unread)
        .collect(Collectors.joining());
  }

  private static String unread(Path file) {
    try {
      InputFile.checkReadable(file);
      return "";
    } catch (IOException e) {
      return " " + file + " cannot be read: " + FileReason.of(e) + ".";
    }
  }

  /** Returns what a profile says, unless it is empty. */
  static Optional<String> property(Profile profile, String name) {
    return profile.property(name).map(String::strip).filter(value -> !value.isEmpty());
  }

  /**
   * Returns the certificates that an environment's profile names, if any.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-gen-config.html">ca_bundle</a>
   */
  public static Optional<TrustStore.Bundle> certificates(Environment environment) {
    String profile = environment.profile().orElseGet(Profiles::usualName);
    return find(profile)
        .flatMap(found -> property(found, "ca_bundle"))
        .map(file -> new TrustStore.Bundle(file, "ca_bundle of the AWS profile `" + profile + "`"));
  }

  /**
   * Checks the endpoints that variables and an environment's profile may name, which the SDK takes
   * for URLs, and a section of services that is missing for none.
   *
   * @throws InvalidJobException if they are none
   */
  public static void checkEndpoints(Environment environment) {
    String name = environment.profile().orElseGet(Profiles::usualName);
    Optional<Profile> profile = find(name);
    String by = " of the AWS profile `" + name + "`";
    if (areIgnored(profile)) {
      return;
    }
    Optional<Profile> services =
        profile.flatMap(found -> property(found, "services")).map(s -> services(s, by));
    for (String service : SERVICES) {
      checkVariable("AWS_ENDPOINT_URL_" + service.toUpperCase(Locale.ROOT));
      services
          .flatMap(found -> found.property(service + "." + ProfileProperty.ENDPOINT_URL))
          .ifPresent(url -> endpoint(url, "endpoint_url of " + service + " in the services" + by));
    }
    checkVariable("AWS_ENDPOINT_URL");
    profile
        .flatMap(found -> property(found, ProfileProperty.ENDPOINT_URL))
        .filter(url -> environment.endpoint().isEmpty())
        .ifPresent(url -> endpoint(url, "endpoint_url" + by));
  }

  private static boolean areIgnored(Optional<Profile> profile) {
    String name = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";
    return variable(name)
        .or(() -> profile.flatMap(found -> property(found, "ignore_configured_endpoint_urls")))
        .filter("true"::equalsIgnoreCase)
        .isPresent();
  }

  private static Profile services(String section, String by) {
    return ProfileFile.defaultProfileFile()
        .getSection("services", section)
        .orElseThrow(
            () ->
                new InvalidJobException(
                    Location.option("services" + by),
                    "the AWS configuration has no section [services " + section + "]"));
  }

  /** The SDK takes one that is set to nothing for a URL, too. */
  private static void checkVariable(String name) {
    Optional.ofNullable(System.getenv(name)).ifPresent(url -> endpoint(url, name));
  }

  private static URI endpoint(String url, String by) {
    return Environments.endpoint(url.strip(), Location.option(by));
  }

  /**
   * Returns the profile that counts where none is named: {@code default}, if there is one.
   *
   * @throws InvalidJobException if a variable names another, and there is none
   */
  static Optional<Profile> usual() {
    String name = usualName();
    return name.equals("default")
        ? find(name)
        : Optional.of(named(name, ", which AWS_PROFILE names"));
  }

  /** Returns the same, but nothing where it is missing: servers on this machine take anyone. */
  static Optional<Profile> usualIfThere() {
    return find(usualName());
  }

  /** Returns the name of the profile that counts where none is named. */
  static String usualName() {
    return ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow();
  }

  /**
   * Checks that no other user could have written the command that a profile has: it will be run.
   *
   * @throws InvalidJobException if one could
   */
  static void checkCommand(Profile profile) {
    for (Path file : List.of(configurationFilePath(), credentialsFilePath())) {
      try {
        Optional<Trust.Exposure> exposure =
            Files.isRegularFile(file) ? Trust.whoCanWrite(file) : Optional.empty();
        if (exposure.isPresent()) {
          throw new InvalidJobException(
              Location.NOWHERE,
              "the credential_process of the AWS profile `%s` is not run: %s: %s"
                  .formatted(profile.name(), exposure.get().who(), exposure.get().advice()));
        }
      } catch (IOException e) {
        throw new InvalidJobException(
            Location.NOWHERE, file + " cannot be read: " + FileReason.of(e));
      }
    }
  }

  /**
   * Returns the endpoint that the environment variables name, if any.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html">Service-specific
   *     endpoints</a>
   */
  public static Optional<URI> endpoint() {
    return areIgnored(Optional.empty())
        ? Optional.empty()
        : endpoint("AWS_ENDPOINT_URL_DYNAMODB").or(() -> endpoint("AWS_ENDPOINT_URL"));
  }

  private static Optional<URI> endpoint(String variable) {
    return variable(variable).map(url -> endpoint(url, variable));
  }

  /** Returns whether the endpoint is a server on this machine. */
  public static boolean onThisMachine(Environment environment) {
    return environment
        .endpoint()
        .filter(e -> e.getHost() != null && Origin.of(e).isThisMachine())
        .isPresent();
  }

  /** Returns an environment variable, unless it is empty. */
  static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }
}
