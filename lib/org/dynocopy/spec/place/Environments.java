package org.dynocopy.spec.place;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.Problem;
import org.dynocopy.diagnostic.Suggestions;

/**
 * Every environment that a table's name may begin with: the recipe's own, then the built-in {@code
 * local} and {@code embedded}, then the AWS profiles.
 */
public final class Environments {

  /** The endpoint of {@code local:}, where DynamoDB Local listens by default. */
  public static final URI LOCAL = URI.create("http://localhost:8000");

  /** The text that stands for the embedded database in {@code endpoint "embedded"}. */
  public static final String EMBEDDED = "embedded";

  /**
   * What the command line says for environments that do not say it themselves.
   *
   * @param profile the AWS profile of tables named without an environment
   * @param region the region
   * @param endpoint the endpoint
   */
  public record Defaults(
      Optional<String> profile, Optional<String> region, Optional<URI> endpoint) {

    /** Says nothing. */
    public static final Defaults NONE =
        new Defaults(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The name of the environment of tables that are named without one, nor a profile. */
  public static final String UNNAMED = "default";

  private static final int MOST_NAMES = 12;
  private static final String NAMES = "names";
  private static final String TABLE = "a table";
  private static final String ARN = "arn:";
  private static final String PROFILE = "--profile";
  private static final String REGION = "--region";
  private static final String ENDPOINT = "--endpoint-url";

  private final Map<String, Environment> defined;
  private final Function<Location, Collection<String>> profiles;
  private final Optional<URI> embedded;
  private final Defaults defaults;

  /** The options whose values a table has taken, or would have. */
  private final Set<String> used;

  /**
   * Makes the environments that are there without a recipe.
   *
   * @param profiles the names of the AWS profiles
   * @param embedded where the embedded database listens, if this process has one
   * @param defaults what the command line says
   */
  public Environments(Collection<String> profiles, Optional<URI> embedded, Defaults defaults) {
    this(at -> List.copyOf(profiles), embedded, defaults);
  }

  /**
   * Makes the environments that are there without a recipe.
   *
   * @param profiles returns the names of the AWS profiles; called only for a name that no recipe
   *     defines, with its place: their files are not read otherwise
   * @param embedded where the embedded database listens, if this process has one
   * @param defaults what the command line says
   */
  public Environments(
      Function<Location, Collection<String>> profiles, Optional<URI> embedded, Defaults defaults) {
    this(Map.of(), profiles, embedded, defaults, ConcurrentHashMap.newKeySet());
  }

  private Environments(
      Map<String, Environment> defined,
      Function<Location, Collection<String>> profiles,
      Optional<URI> embedded,
      Defaults defaults,
      Set<String> used) {
    this.defined = defined;
    this.profiles = profiles;
    this.embedded = embedded;
    this.defaults = defaults;
    this.used = used;
  }

  /**
   * Reads an endpoint.
   *
   * @param text a URL, or {@value #EMBEDDED}
   * @param at where it stands, for the message
   * @throws InvalidJobException if it is neither
   */
  public static URI endpoint(String text, Location at) {
    if (text.equals(EMBEDDED) || text.matches("https?://[^/\\s]+(/\\S*)?")) {
      try {
        URI endpoint = new URI(text);
        if (text.equals(EMBEDDED) || isServer(endpoint)) {
          return endpoint;
        }
        throw new InvalidJobException(
            at,
            "`"
                + shown(text)
                + "` is not an endpoint: it needs a host, of letters, digits, `-` and dots, and"
                + " nothing but a port and a path after it");
      } catch (URISyntaxException e) {
        // Told below, in the words for every other text that is no URL.
      }
    }
    throw new InvalidJobException(
        at,
        "`"
            + shown(text)
            + "` is not an endpoint: write a URL as `http://localhost:8000`, or `embedded`");
  }

  /** Returns a URL, or what should be one, without the password that it may have. */
  private static String shown(String url) {
    return url.replaceFirst("^([A-Za-z][\\w+.-]*://)?.*@", "$1…@");
  }

  /** A URL whose host the JDK does not accept, as one with an underscore, has no host. */
  private static boolean isServer(URI url) {
    return url.getHost() != null
        && url.getPort() <= 65_535
        && url.getPort() != 0
        && url.getRawUserInfo() == null
        && url.getRawQuery() == null
        && url.getRawFragment() == null;
  }

  /** Returns these environments and the given ones, which hide others of the same name. */
  public Environments with(Collection<Environment> recipe) {
    Map<String, Environment> all = new LinkedHashMap<>(defined);
    recipe.forEach(environment -> all.put(environment.name(), environment));
    return new Environments(all, profiles, embedded, defaults, used);
  }

  /**
   * Finds the table that {@code env:table}, a bare table name, a table's ARN or {@code env:ARN}
   * means; or the pattern of tables, {@code env:begin*end}.
   *
   * @param text as the user wrote it
   * @param at where, for the message
   * @throws InvalidJobException if the text is none of these, or there is no such environment
   */
  public TableRef table(String text, Location at) {
    used.add(TABLE);
    if (text.startsWith(ARN)) {
      return arn(text, text, unnamed(), at);
    }
    if (text.startsWith("file:") || text.startsWith("s3:")) {
      throw new InvalidJobException(at, "`" + text + "` is not a table");
    }
    int colon = text.indexOf(':');
    String table = text.substring(colon + 1);
    if (colon > 0 && table.startsWith(ARN)) {
      return arn(text, table, find(text.substring(0, colon), at), at);
    }
    TableName.check(text, table, at);
    Environment environment = colon < 0 ? unnamed() : find(text.substring(0, colon), at);
    String whole = TableName.whole(text, table, environment.prefix(), at);
    return new TableRef(embedded(withDefaults(environment), at), whole, text);
  }

  /**
   * Finds an environment.
   *
   * @param at where it is named, for the message
   * @throws InvalidJobException if there is none of this name
   */
  public Environment environment(String name, Location at) {
    return embedded(withDefaults(find(name, at)), at);
  }

  /** The ARN says where the table is; whoever signs is of the environment. */
  private TableRef arn(String text, String arn, Environment of, Location at) {
    Environment there = withDefaults(of.withRegion(Optional.of(TableName.region(arn, at))));
    if (defaults.region().equals(there.region())) {
      used.add(REGION);
    }
    return new TableRef(embedded(there, at), arn, text);
  }

  private Environment find(String name, Location at) {
    if (defined.containsKey(name)) {
      return defined.get(name);
    }
    if (name.equals("local")) {
      return Environment.named(name).withEndpoint(Optional.of(LOCAL));
    }
    if (name.equals(EMBEDDED)) {
      return Environment.named(name).withEndpoint(Optional.of(URI.create(EMBEDDED)));
    }
    Collection<String> there = profiles.apply(at);
    if (there.contains(name)) {
      return Environment.named(name).withProfile(Optional.of(name));
    }
    Set<String> names = new LinkedHashSet<>(new TreeSet<>(defined.keySet()));
    names.add("local");
    names.addAll(new TreeSet<>(there));
    boolean recipe = at.line() > 0;
    String none =
        recipe
            ? "no env(\"" + name + "\") in the recipe and no AWS profile of that name. "
            : "there is no AWS profile of that name in ~/.aws/config. ";
    boolean listed = !recipe && !at.equals(Location.NOWHERE) && !used.add(NAMES);
    throw new InvalidJobException(
        at,
        "unknown environment `"
            + name
            + "`: "
            + (listed ? none.strip() : none + there(name, recipe ? names : new TreeSet<>(names)))
            + Suggestions.suggestion(name, names));
  }

  private static String there(String name, Set<String> names) {
    boolean few = names instanceof TreeSet && names.size() <= MOST_NAMES;
    return few
        ? "There are `" + String.join("`, `", names) + "`."
        : Suggestions.there(name, names, MOST_NAMES) + ".";
  }

  /** A table without an environment is where the AWS CLI would look for it. */
  private Environment unnamed() {
    used.add(PROFILE);
    return Environment.named(defaults.profile().orElse(UNNAMED)).withProfile(defaults.profile());
  }

  private Environment withDefaults(Environment environment) {
    if (environment.region().isEmpty()) {
      used.add(REGION);
    }
    if (environment.endpoint().isEmpty()) {
      used.add(ENDPOINT);
    }
    return environment
        .withRegion(environment.region().or(defaults::region))
        .withEndpoint(environment.endpoint().or(defaults::endpoint));
  }

  /**
   * Checks that what the command line says is used by a table, once all tables are found.
   *
   * @param commandLine what it says, without what comes from elsewhere
   * @throws InvalidJobException if an option would be ignored
   */
  public void checkUsed(Defaults commandLine) {
    Map<String, Optional<?>> said = new LinkedHashMap<>();
    said.put(PROFILE, commandLine.profile());
    said.put(REGION, commandLine.region());
    said.put(ENDPOINT, commandLine.endpoint());
    List<Problem> problems = new ArrayList<>();
    said.forEach(
        (option, value) -> {
          // Where files are compared there is nothing to take it, and it does no harm.
          if (value.isPresent() && !used.contains(option) && used.contains(TABLE)) {
            problems.add(
                new Problem(
                    Location.option(option),
                    "`"
                        + value.get()
                        + "` would not be used: all tables here are in environments, or named by"
                        + " ARNs, that say theirs. Leave it out"));
          }
        });
    if (!problems.isEmpty()) {
      throw new InvalidJobException(problems);
    }
  }

  private Environment embedded(Environment environment, Location at) {
    boolean meant = environment.endpoint().filter(e -> e.toString().equals(EMBEDDED)).isPresent();
    if (meant && embedded.isEmpty()) {
      throw new InvalidJobException(
          at,
          "`"
              + environment.name()
              + "` is in the embedded database, which runs only in `./jbang quickstart`: try"
              + " `./jbang quickstart this-recipe.groovy`");
    }
    return meant ? environment.embeddedAt(embedded.get()) : environment;
  }
}
