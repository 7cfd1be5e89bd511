package org.dynocopy.dsl.words;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.limits.Prices;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.spec.place.Environments;

/** The words of {@code env("prod") { }}: what to connect to, and as whom. */
public final class EnvWords extends WordScope {

  private final String name;
  private Optional<String> region = Optional.empty();
  private Optional<String> profile = Optional.empty();
  private Optional<String> role = Optional.empty();
  private Optional<URI> endpoint = Optional.empty();
  private Optional<Environment.Keys> keys = Optional.empty();
  private String prefix = "";
  private boolean readOnly;
  private Optional<Prices> prices = Optional.empty();

  EnvWords(String name, Evaluation evaluation) {
    super(EnvWords.class, evaluation);
    this.name = name;
  }

  /** Sets the AWS region; default: the profile's, else that of the environment variables. */
  @Word(takes = "an AWS region", example = "region \"eu-west-1\"")
  public void region(String region) {
    this.region = text("region", region);
  }

  /** Sets the AWS profile with the credentials and region; default: AWS's own search order. */
  @Word(takes = "the name of an AWS profile", example = "profile \"acme-prod\"")
  public void profile(String profile) {
    this.profile = text("profile", profile);
  }

  /** Sets the ARN of an IAM role to assume with the credentials; default: none. */
  @Word(takes = "the ARN of a role", example = "role \"arn:aws:iam::123456789012:role/copy\"")
  public void role(String role) {
    Optional<String> arn = text("role", role);
    if (arn.isPresent() && !arn.get().matches("arn:[^:]+:iam::\\d{12}:role/.+")) {
      problem(
          "`"
              + arn.get()
              + "` is not a role's ARN: it looks like `arn:aws:iam::123456789012:role/copy`");
    }
    this.role = arn;
  }

  /** Sets another endpoint than the region's, or the embedded database; default: the region's. */
  @Word(takes = "a URL or \"embedded\"", example = "endpoint \"http://localhost:8000\"")
  public void endpoint(String url) {
    Location at = here().at();
    try {
      endpoint = text("endpoint", url).map(text -> Environments.endpoint(text, at));
    } catch (InvalidJobException e) {
      evaluation().problems().add(e);
    }
  }

  /** Sets fixed access keys, for test servers only; default: the profile's credentials. */
  @Word(takes = "an access key and its secret", example = "credentials \"test\", \"test\"")
  public void credentials(String key, String secret) {
    Optional<String> access = text("credentials", key);
    Optional<String> hidden = text("credentials", secret);
    if (access.isPresent() && hidden.isPresent()) {
      keys = Optional.of(new Environment.Keys(access.get(), hidden.get()));
    }
  }

  /** Sets what the names of all tables there begin with; default: nothing. */
  @Word(takes = "the beginning of the tables' names", example = "prefix \"acme-prod-\"")
  public void prefix(String prefix) {
    this.prefix = text("prefix", prefix).orElse("");
  }

  /** Refuses every job that would write there; default: writing is allowed. */
  @Word(takes = "nothing", example = "readOnly()")
  public void readOnly() {
    readOnly = true;
  }

  /** Sets what a million units cost there in dollars; default: the region's prices. */
  @Word(takes = "dollars by name", example = "prices read: 0.125, write: 0.625")
  public void prices(
      @NamedParams({
            @NamedParam(value = "read", required = true),
            @NamedParam(value = "write", required = true)
          })
          Map<String, ?> dollars) {
    prices = Amounts.prices(EnvWords.class, dollars, here(), evaluation());
  }

  Environment environment() {
    return new Environment(name, region, profile, role, endpoint, keys, prefix, readOnly, prices);
  }
}
