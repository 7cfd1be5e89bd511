package org.dynocopy.store.dynamo;

import java.util.HashMap;
import java.util.Map;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.Environment;

/** One connection to each environment, however many copies use it. Used by one thread. */
public final class Connections implements AutoCloseable {

  private final Map<Environment, Connection> open = new HashMap<>();

  /** Opens nothing yet. */
  public Connections() {}

  Connection to(Environment environment) throws StoreException {
    Connection connection = open.get(environment);
    if (connection == null) {
      connection = Connection.open(environment);
      open.put(environment, connection);
    }
    return connection;
  }

  @Override
  public void close() {
    open.values().forEach(Connection::close);
  }
}
