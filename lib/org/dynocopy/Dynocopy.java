package org.dynocopy;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.Environments;
import org.dynocopy.plan.KeyCondition;
import org.dynocopy.store.dynamo.Profiles;

/**
 * Copies DynamoDB data, from Java or JShell.
 *
 * <pre>{@code
 * copy("prod:users", "dev:users").segments(8).where(gsi("byTenant").pk("t1")).run()
 * }</pre>
 */
public final class Dynocopy {

  /** This version. */
  public static final String VERSION = "0.1.0";

  private Dynocopy() {}

  /**
   * Starts to describe a copy; nothing happens before {@link CopyBuilder#run}.
   *
   * @param from the table to read: {@code environment:table}, a bare table name for the default
   *     credentials and region, or a table's ARN
   * @param to the table to write, likewise
   */
  public static CopyBuilder copy(String from, String to) {
    return new CopyBuilder(from, to);
  }

  /** Selects by the key of a table: {@code pk("t1")}, {@code pk("t1", "t2")}. */
  public static Where pk(Object... partitionKeys) {
    return new Where(Optional.empty()).pk(partitionKeys);
  }

  /** Selects through a secondary index: {@code gsi("byTenant").pk("t1")}. */
  public static Where gsi(String index) {
    return new Where(Optional.of(index));
  }

  /**
   * Returns the environments that there are without a recipe.
   *
   * @param defaults what they take from the command line; the endpoint else from AWS_ENDPOINT_URL
   * @throws StoreException if the AWS profiles cannot be read
   */
  public static Environments environments(Environments.Defaults defaults) throws StoreException {
    Optional<URI> embedded =
        Optional.ofNullable(System.getProperty("dynocopy.embedded")).map(URI::create);
    Environments.Defaults all =
        new Environments.Defaults(
            defaults.profile(), defaults.region(), defaults.endpoint().or(Profiles::endpoint));
    return new Environments(Profiles.names(), embedded, all);
  }

  /** The part of a table that a copy reads. */
  public static final class Where {
    private final Optional<String> index;
    private List<Object> partitionKeys = List.of();
    private Optional<KeyCondition.Sort> sort = Optional.empty();

    private Where(Optional<String> index) {
      this.index = index;
    }

    /** Takes the items with these partition keys. */
    public Where pk(Object... values) {
      partitionKeys = List.of(values);
      return this;
    }

    /** Takes of these the items with such a sort key: {@code sk(BEGINS, "2026-")}. */
    public Where sk(KeyCondition.SortWord word, Object... values) {
      sort = Optional.of(new KeyCondition.Sort(word, List.of(values)));
      return this;
    }

    KeyCondition condition() {
      return new KeyCondition(partitionKeys, sort, index);
    }
  }
}
