package org.dynocopy.store.dynamo.client;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.dynocopy.capacity.Meters;
import org.dynocopy.core.StoreException;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.store.MfaCodes;
import org.dynocopy.store.dynamo.credentials.MfaSessions;

/** One connection to each environment, however many copies use it. Used by any thread. */
public final class Connections implements AutoCloseable {

  /** Opens one. */
  public interface Opening {
    Connection to(Environment environment, MfaSessions sessions) throws StoreException;
  }

  private final Opening opening;
  private final Map<Environment, Connection> open = new HashMap<>();
  private final MfaSessions sessions;
  private final Meters meters;
  private final Set<TableRef> toBeMade = ConcurrentHashMap.newKeySet();

  /** Opens nothing yet, and asks nobody. */
  public Connections() {
    this(MfaCodes.NOBODY);
  }

  /** Opens nothing yet, and asks for codes of profiles that want some. */
  public Connections(MfaCodes codes) {
    this(Connection::open, codes);
  }

  public Connections(Opening opening, MfaCodes codes) {
    this(opening, codes, new Meters());
  }

  /** Opens nothing yet, and asks nobody; counts by meters that may share rates with others. */
  public Connections(Meters meters) {
    this(Connection::open, MfaCodes.NOBODY, meters);
  }

  private Connections(Opening opening, MfaCodes codes, Meters meters) {
    this.opening = opening;
    this.meters = meters;
    this.sessions = new MfaSessions(codes);
  }

  /** Returns what counts, and bounds, what tables' requests consume. */
  public Meters meters() {
    return meters;
  }

  /** Notes that a job of this run makes a table, for messages about those that are missing. */
  public void makes(TableRef table) {
    toBeMade.add(named(table));
  }

  /** Returns whether this is noted of a table, by whatever name it is called. */
  public boolean isToBeMade(TableRef table) {
    return toBeMade.contains(named(table));
  }

  private static TableRef named(TableRef table) {
    return new TableRef(table.environment(), table.table(), table.table());
  }

  public synchronized Connection to(Environment environment) throws StoreException {
    Connection connection = open.get(environment);
    if (connection == null) {
      connection = opening.to(environment, sessions);
      open.put(environment, connection);
    }
    return connection;
  }

  /** Returns how many items were written without the attributes of old global tables. */
  public synchronized long leftOut() {
    return open.values().stream().mapToLong(connection -> connection.leftOut().sum()).sum();
  }

  /** Returns what servers were noticed to leave out since this was last asked, a sentence each. */
  public synchronized List<String> omissions() {
    return open.values().stream().flatMap(one -> one.omissions().untold().stream()).toList();
  }

  @Override
  public synchronized void close() {
    open.values().forEach(Connection::close);
  }
}
