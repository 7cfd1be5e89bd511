package org.dynocopy.store.dynamo;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.Page;
import org.dynocopy.engine.RequestSender;
import org.dynocopy.engine.Sink;
import org.dynocopy.engine.Source;
import org.dynocopy.engine.StoreException;
import org.dynocopy.engine.StoreException.Kind;
import org.dynocopy.plan.Environment;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Location;
import org.dynocopy.plan.OnConflict;
import org.dynocopy.plan.Reading;
import org.dynocopy.plan.TableRef;
import org.dynocopy.store.dynamo.capacity.Meter;
import org.dynocopy.store.dynamo.capacity.Meters;
import org.dynocopy.store.dynamo.capacity.Tariff;
import org.dynocopy.store.dynamo.schema.Schema;
import org.dynocopy.store.dynamo.schema.Schemas;
import org.dynocopy.store.dynamo.wire.Wire;

/** A table that was found, and the way to its items. */
public final class OpenTable {

  /** So many items of 400 KB, of two tables, and their answers fit into a heap of any size. */
  public static final int KEYS_AT_ONCE =
      (int) Math.max(4, Math.min(25, Runtime.getRuntime().maxMemory() / (16 << 20)));

  private static final String TO_BE_MADE =
      "A job before this one makes it, but all tables are looked at before the first job: put this"
          + " one into a recipe of its own";

  private final Connection connection;
  private final TableInfo info;
  private final Meter meter;
  private final Wire.SignerCheck check;

  private OpenTable(Connection connection, TableInfo info, Meters meters) {
    this.connection = connection;
    this.info = info;
    this.meter = meter(info, connection.environment(), meters);
    this.check = SameAccount.of(connection, info);
  }

  /** Returns the meter of a table that is still to be made. */
  public static Meter meter(TableRef table, TableInfo info, Connections connections) {
    return meter(info, table.environment(), connections.meters());
  }

  private static Meter meter(TableInfo info, Environment environment, Meters meters) {
    Tariff tariff = Tariff.of(environment.prices(), info.billing(), info.region(), info.endpoint());
    return info.meter(meters, tariff);
  }

  /**
   * Looks at a table.
   *
   * @param at where it is named, for messages
   * @throws InvalidPlanException if there is no such table
   * @throws StoreException if it cannot be asked for
   */
  public static OpenTable open(TableRef table, Location at, Connections connections)
      throws StoreException {
    return open(table, at, connections, "");
  }

  /**
   * Looks at a table.
   *
   * @param advice a sentence for the case that it is missing, or nothing
   * @throws InvalidPlanException if there is no such table
   * @throws StoreException if it cannot be asked for
   */
  public static OpenTable open(TableRef table, Location at, Connections connections, String advice)
      throws StoreException {
    Connection connection = connections.to(table.environment());
    String known = connections.isToBeMade(table) ? TO_BE_MADE : advice;
    TableInfo info = Tables.describe(connection, table, at, known);
    return new OpenTable(connection, info, connections.meters());
  }

  /**
   * Looks whether there is a table.
   *
   * @throws StoreException if it cannot be asked for
   */
  public static Optional<OpenTable> find(TableRef table, Connections connections)
      throws StoreException {
    Connection connection = connections.to(table.environment());
    return Tables.find(connection, table.table())
        .map(info -> new OpenTable(connection, info, connections.meters()));
  }

  /**
   * Returns the names of the tables in an environment.
   *
   * @throws StoreException if it cannot be asked
   */
  public static List<String> names(Environment environment, Connections connections)
      throws StoreException {
    return connections.to(environment).ask("ListTables", TableNames::of);
  }

  /** Returns what a table will say of itself that is made like this one. */
  public TableInfo empty(TableRef table, Connections connections) throws StoreException {
    Connection there = connections.to(table.environment());
    return info.emptyAt(table.table(), there.endpoint(), there.region());
  }

  /** Returns what counts its requests' consumption. */
  public Meter meter() {
    return meter;
  }

  /** Returns what the table is made of. */
  public Schema schema() throws StoreException {
    return connection.ask("DescribeTable", client -> Schemas.read(client, info.name()));
  }

  /**
   * Lets items expire as a schema says, which disturbs a copy and so comes after it.
   *
   * @return what could not be made so, a sentence each
   */
  public List<String> enableTimeToLive(Schema schema) throws StoreException {
    Optional<String> lost = lost();
    if (lost.isPresent()) {
      // The note of what is still to be done stays for the next run.
      throw new StoreException(Kind.REFUSED, "no time to live was set: " + lost.get());
    }
    return connection.ask(
        "UpdateTimeToLive", client -> Schemas.enableTimeToLive(client, info.name(), schema));
  }

  /**
   * Returns the attribute by which the table's items expire, if they do and the service tells.
   *
   * @throws StoreException if it cannot be asked
   */
  public Optional<String> timeToLive() throws StoreException {
    return connection
        .askIfOffered("DescribeTimeToLive", client -> Schemas.timeToLive(client, info.name()))
        .flatMap(attribute -> attribute);
  }

  /** Returns what the table says of itself. */
  public TableInfo info() {
    return info;
  }

  /**
   * Looks whether this is still the table that was found.
   *
   * @return what has become of it, a sentence, if it is not
   * @throws StoreException if it cannot be asked for
   */
  public Optional<String> lost() throws StoreException {
    Optional<TableInfo> now = Tables.find(connection, info.name());
    if (now.isEmpty()) {
      return Optional.of("the table `" + info.name() + "` was deleted while this ran");
    }
    return now.get().stillIs(info)
        ? Optional.empty()
        : Optional.of(
            "the table `"
                + info.name()
                + "` was deleted and made anew while this ran: it is another table, and what was"
                + " read or written before may not be in it");
  }

  /**
   * Returns how this table belongs together with another one that was found.
   *
   * @throws StoreException if the service cannot be asked where the tables' descriptions do not
   *     tell
   */
  public TableInfo.Relation relation(OpenTable other) throws StoreException {
    return TableIdentity.of(this, other);
  }

  Connection connection() {
    return connection;
  }

  Wire wire() {
    return connection.wire(info.endpoint(), check);
  }

  /**
   * Prepares to read.
   *
   * @throws InvalidPlanException if the table has no such index or keys
   */
  public TableReading read(Reading reading, Wanted wanted) {
    return new TableReading(Selection.of(reading, info, wanted), wire(), meter);
  }

  /** Returns what puts items into this table. */
  public Sink puts() {
    return whole(TableSink.puts(info, wire(), meter));
  }

  private Sink whole(Sink sink) {
    return new ReplicationSink(sink, connection.leftOut());
  }

  /**
   * Returns what puts items into this table, where it has others by their keys as is said.
   *
   * @param again whether some of them may be there from a run of the same copy that was stopped
   * @param repeats whether an item may come twice
   */
  public Sink puts(OnConflict onConflict, boolean again, boolean repeats) {
    return onConflict.conditional()
        ? whole(new ConditionalSink(info, wire(), meter, onConflict, again, repeats))
        : puts();
  }

  /** Returns what removes the items of a reading: in batches, where their own keys decide. */
  public Sink removes(TableReading what) {
    return what.mayChange()
        ? RemovalSink.selected(what.selection(), wire(), meter)
        : TableSink.deletes(info, wire(), meter);
  }

  /** Returns what removes items of a reading that are still just as they come there. */
  public Sink removesSeen(TableReading what) {
    return RemovalSink.seen(what.selection(), wire(), meter, Optional.empty());
  }

  /**
   * Returns the same for items that another table does not have in what is read of it, by a
   * consistent read right before each request.
   */
  public Sink removesSeen(TableReading what, OpenTable source, TableReading absentFrom) {
    Recheck recheck = new Recheck(absentFrom.selection(), source.wire(), source.meter);
    return RemovalSink.seen(what.selection(), wire(), meter, Optional.of(recheck));
  }

  /** Gets keys. Called by many threads. */
  @FunctionalInterface
  public interface Notes {
    /**
     * Notes a key.
     *
     * @param digest the same for the same key, {@code 1} and {@code 1.0} alike
     * @param key its JSON
     * @param item the whole item
     */
    void note(byte[] digest, Item key, Item item) throws IOException;
  }

  /** Returns a sink that notes every item's key in this table before it goes to another sink. */
  public Sink noting(Sink sink, Notes notes) {
    return new NotingSink(sink, new ItemKeys(info.keyNames()), notes);
  }

  /** Lists of keys. */
  @FunctionalInterface
  public interface KeyList {
    /** Returns one list of keys, as JSON. */
    List<Item> get(int number) throws IOException;
  }

  /** Returns lists of keys as a source, for what deletes the items that they name. */
  public static Source keys(int lists, KeyList keys) {
    return new NotedKeys(lists, keys);
  }

  /** Looks at keys. Called by many threads. */
  @FunctionalInterface
  public interface KeyCheck {
    /**
     * Returns what becomes of a page of keys: the items that go on; the others count as filtered.
     *
     * @param requests what every request goes through
     */
    Page pass(Page keys, RequestSender requests) throws StoreException, InterruptedException;
  }

  /** Returns a source of keys, each page of which is looked at when it has been read. */
  public static Source checked(Source keys, KeyCheck check) {
    return new CheckedKeys(keys, check::pass);
  }

  /** Returns what finds items by their keys, with the attributes that a reading projects. */
  public Lookup lookup(TableReading reading) {
    return new Lookup(reading.selection(), wire(), meter);
  }
}
