package org.dynocopy.store.wiring;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.dynocopy.capacity.Meters;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.spec.place.FileRef;
import org.dynocopy.spec.place.StoreRef;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.store.MfaCodes;
import org.dynocopy.store.Store;
import org.dynocopy.store.Stores;
import org.dynocopy.store.TableService;
import org.dynocopy.store.dynamo.DynamoTables;
import org.dynocopy.store.dynamo.WarmUp;
import org.dynocopy.store.dynamo.client.Connections;
import org.dynocopy.store.dynamo.credentials.Profiles;
import org.dynocopy.store.file.FileStore;

/** The stores that dynocopy has. */
public final class DefaultStores implements Stores {

  private final Connections connections;
  private final TableService tables;

  /** Opens nothing yet, and asks nobody. */
  public DefaultStores() {
    this(new Connections());
  }

  /** Opens nothing yet, and asks for codes of profiles that want some. */
  public DefaultStores(MfaCodes codes) {
    this(new Connections(codes));
  }

  /** Opens nothing yet, and asks nobody; counts by meters that may share rates with others. */
  public DefaultStores(Meters meters) {
    this(new Connections(meters));
  }

  /** Opens nothing yet; takes connections of its own. */
  public DefaultStores(Connections connections) {
    this.connections = connections;
    this.tables = new DynamoTables(connections);
  }

  /**
   * Returns the environments that there are without a recipe.
   *
   * @param defaults what they take from the command line; the endpoint else from AWS_ENDPOINT_URL
   * @throws InvalidJobException if that variable is no endpoint
   */
  public static Environments environments(Environments.Defaults defaults) {
    Optional<URI> embedded =
        Optional.ofNullable(System.getProperty("dynocopy.embedded")).map(URI::create);
    Environments.Defaults all =
        new Environments.Defaults(
            defaults.profile(), defaults.region(), defaults.endpoint().or(Profiles::endpoint));
    return new Environments(Profiles::names, embedded, all);
  }

  /** Readies this JVM for its first request, in this thread. Nothing is contacted. */
  public static void warmUp() {
    WarmUp.run();
  }

  @Override
  public Store open(StoreRef ref, Location at) throws StoreException {
    if (ref instanceof TableRef table) {
      return tables.open(table, at);
    }
    if (ref instanceof FileRef file) {
      return new FileStore(file.file());
    }
    throw new InvalidJobException(
        at, "`" + ref + "` is read and written by the service alone, by `backup` and `restore`");
  }

  @Override
  public TableService tables() {
    return tables;
  }

  @Override
  public Meters meters() {
    return connections.meters();
  }

  @Override
  public long leftOut() {
    return connections.leftOut();
  }

  @Override
  public List<String> omissions() {
    return connections.omissions();
  }

  @Override
  public void close() {
    connections.close();
  }
}
