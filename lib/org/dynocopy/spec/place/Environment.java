package org.dynocopy.spec.place;

import java.net.URI;
import java.util.Optional;
import org.dynocopy.spec.limits.Prices;

/**
 * A place with tables: what to connect to, as whom, and what is not allowed there.
 *
 * @param name the name that recipes use, {@code prod} in {@code prod:users}
 * @param region the AWS region; else its profile's, else the environment variables'
 * @param profile the AWS profile that gives credentials and region; else the default chain
 * @param role the ARN of a role to assume with these credentials
 * @param endpoint another endpoint than the region's, such as DynamoDB Local
 * @param keys fixed credentials, for test servers
 * @param prefix what the names of the tables begin with there: {@code prod:users} is {@code
 *     acme-prod-users} with {@code prefix "acme-prod-"}
 * @param readOnly whether nothing may be written there
 * @param prices what requests cost there; else by the region
 */
public record Environment(
    String name,
    Optional<String> region,
    Optional<String> profile,
    Optional<String> role,
    Optional<URI> endpoint,
    Optional<Keys> keys,
    String prefix,
    boolean readOnly,
    Optional<Prices> prices) {

  /**
   * A pair of access keys.
   *
   * @param accessKey the access key's id
   * @param secret the secret; never printed
   */
  public record Keys(String accessKey, String secret) {
    @Override
    public String toString() {
      return "Keys[" + accessKey + "]";
    }
  }

  /** Returns an environment that says nothing but its name. */
  public static Environment named(String name) {
    Optional<String> none = Optional.empty();
    return new Environment(
        name, none, none, none, Optional.empty(), Optional.empty(), "", false, Optional.empty());
  }

  /** Returns whether the other one leads to the same tables, by whatever name. */
  public boolean isAt(Environment other) {
    return region.equals(other.region)
        && profile.equals(other.profile)
        && role.equals(other.role)
        && endpoint.equals(other.endpoint)
        && keys.equals(other.keys);
  }

  /**
   * Returns this environment in the embedded database, which signs as itself, whatever profiles,
   * variables and roles there are: its tables are those of this key.
   */
  public Environment embeddedAt(URI there) {
    return new Environment(
        name,
        region.or(() -> Optional.of("us-east-1")),
        Optional.empty(),
        Optional.empty(),
        Optional.of(there),
        keys.or(() -> Optional.of(new Keys("local", "local"))),
        prefix,
        readOnly,
        prices);
  }

  /** Returns this environment by another name. */
  public Environment withName(String name) {
    return new Environment(name, region, profile, role, endpoint, keys, prefix, readOnly, prices);
  }

  /** Returns this environment with the given profile. */
  public Environment withProfile(Optional<String> profile) {
    return new Environment(name, region, profile, role, endpoint, keys, prefix, readOnly, prices);
  }

  /** Returns this environment with the given region. */
  public Environment withRegion(Optional<String> region) {
    return new Environment(name, region, profile, role, endpoint, keys, prefix, readOnly, prices);
  }

  /** Returns this environment with the given endpoint. */
  public Environment withEndpoint(Optional<URI> endpoint) {
    return new Environment(name, region, profile, role, endpoint, keys, prefix, readOnly, prices);
  }
}
