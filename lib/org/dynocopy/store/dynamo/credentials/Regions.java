package org.dynocopy.store.dynamo.credentials;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.Suggestions;
import org.dynocopy.spec.place.Environment;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileProperty;
import software.amazon.awssdk.regions.Region;

/**
 * Finds out for which region requests are signed: what the environment says, else its AWS profile,
 * else the environment variables, else the usual AWS profile where the environment has none, else
 * what the instance says that this runs on. Another profile than that of an environment, such as
 * {@code default} or the one of a {@code source_profile}, never says it: a table of the same name
 * may be there.
 */
public final class Regions {

  private static final Pattern NAME = Pattern.compile("[a-z]+(?:-[a-z]+)*-([a-z]+)-\\d{1,2}");

  private static final Pattern HOST = Pattern.compile("[./](" + NAME + ")\\.");

  private static final List<String> KNOWN =
      Region.regions().stream().filter(r -> !r.isGlobalRegion()).map(Region::id).toList();

  /** The words for where in its part of the world a region is; new regions have the same. */
  private static final Set<String> PLACES =
      KNOWN.stream()
          .map(NAME::matcher)
          .filter(Matcher::matches)
          .map(name -> name.group(1))
          .collect(Collectors.toSet());

  private Regions() {}

  /** A region as someone has said it. */
  private record Said(String name, String by) {}

  /**
   * Returns the region of an environment.
   *
   * @param instance what is asked where nothing else says it
   * @throws InvalidJobException if there is none for it, or no region has such a name
   */
  public static Region of(Environment environment, InstanceMetadata instance) {
    Optional<Said> said =
        environment
            .region()
            .map(name -> new Said(name, "of `" + environment.name() + "`"))
            .or(() -> environment.profile().flatMap(p -> ofProfile(Profiles.named(p, ""))))
            .or(() -> ofProperty(SdkSystemSetting.AWS_REGION.property()))
            .or(() -> ofVariable("AWS_REGION"))
            .or(() -> ofVariable("AWS_DEFAULT_REGION"))
            .or(() -> usualProfile(environment).flatMap(Regions::ofProfile));
    if (said.isPresent()) {
      return checked(said.get(), environment.endpoint().isPresent());
    }
    if (Profiles.onThisMachine(environment)) {
      return Region.US_EAST_1;
    }
    try {
      return named(instance.region(), "of the EC2 instance");
    } catch (SdkClientException e) {
      // It is no instance, as most machines.
      String profile = environment.profile().orElseGet(Profiles::usualName);
      throw new InvalidJobException(
          Location.NOWHERE,
          "no region for `"
              + environment.name()
              + "`: give it by --region, AWS_REGION, the `region` of the AWS profile `"
              + profile
              + "`, or in a recipe by `region` in env(…) { }");
    }
  }

  private static Optional<Profile> usualProfile(Environment environment) {
    if (environment.profile().isPresent()) {
      return Optional.empty();
    }
    return Profiles.onThisMachine(environment) ? Profiles.usualIfThere() : Profiles.usual();
  }

  /**
   * Returns the region of a profile, if it has one.
   *
   * @throws InvalidJobException if no region has such a name
   */
  public static Optional<Region> of(Profile profile) {
    return ofProfile(profile).map(said -> checked(said, false));
  }

  /**
   * Returns the region of that name.
   *
   * @param by who names it, for the message
   * @throws InvalidJobException if no region has such a name
   */
  static Region named(String name, String by) {
    return checked(new Said(name, by), false);
  }

  private static Optional<Said> ofProperty(String name) {
    return Optional.ofNullable(System.getProperty(name))
        .map(value -> new Said(value.strip(), "in " + name));
  }

  private static Optional<Said> ofVariable(String name) {
    return Profiles.variable(name).map(value -> new Said(value.strip(), "in " + name));
  }

  private static Optional<Said> ofProfile(Profile profile) {
    return Profiles.property(profile, ProfileProperty.REGION)
        .map(value -> new Said(value, "of the AWS profile `" + profile.name() + "`"));
  }

  /** Servers for tests take any name. */
  private static Region checked(Said said, boolean anywhere) {
    Matcher name = NAME.matcher(said.name());
    boolean possible =
        KNOWN.contains(said.name()) || name.matches() && PLACES.contains(name.group(1));
    if (possible || anywhere && said.name().matches("[A-Za-z0-9-]{1,63}")) {
      return Region.of(said.name());
    }
    throw new InvalidJobException(
        Location.NOWHERE,
        "there is no region `"
            + said.name()
            + "` ("
            + said.by()
            + ")."
            + Suggestions.suggestion(said.name(), KNOWN));
  }

  /** Returns what may be wrong where a host like {@code sts.eu-west-1.amazonaws.com} is silent. */
  public static String doubt(String server) {
    Matcher host = HOST.matcher(server);
    return host.find() ? doubt(Region.of(host.group(1))) : "";
  }

  /** Returns what else may be wrong where a server does not answer: the name of its region. */
  public static String doubt(Region region) {
    return KNOWN.contains(region.id())
        ? ""
        : ". No region `"
            + region
            + "` is known here."
            + Suggestions.suggestion(region.id(), KNOWN);
  }
}
