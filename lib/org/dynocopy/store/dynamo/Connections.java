package org.dynocopy.store.dynamo;

import java.util.HashMap;
import java.util.Map;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.Environment;
import org.dynocopy.store.dynamo.capacity.Meters;

/** One connection to each environment, however many copies use it. Used by any thread. */
public final class Connections implements AutoCloseable {

  /** Opens one. */
  interface Opening {
    Connection to(Environment environment) throws StoreException;
  }

  private final Opening opening;
  private final Map<Environment, Connection> open = new HashMap<>();
  private final Meters meters = new Meters();

  /** Opens nothing yet. */
  public Connections() {
    this(Connection::open);
  }

  Connections(Opening opening) {
    this.opening = opening;
  }

  /** Returns what counts, and bounds, what tables' requests consume. */
  public Meters meters() {
    return meters;
  }

  synchronized Connection to(Environment environment) throws StoreException {
    Connection connection = open.get(environment);
    if (connection == null) {
      connection = opening.to(environment);
      open.put(environment, connection);
    }
    return connection;
  }

  /** Returns how many items were written without the attributes of old global tables. */
  public synchronized long leftOut() {
    return open.values().stream().mapToLong(connection -> connection.leftOut().sum()).sum();
  }

  @Override
  public synchronized void close() {
    open.values().forEach(Connection::close);
  }
}
