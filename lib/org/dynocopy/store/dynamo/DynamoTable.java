package org.dynocopy.store.dynamo;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.dynocopy.capacity.Meter;
import org.dynocopy.capacity.Meters;
import org.dynocopy.capacity.Pricing;
import org.dynocopy.core.Item;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.Sink;
import org.dynocopy.core.Source;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.WordLocations;
import org.dynocopy.spec.OnConflict;
import org.dynocopy.spec.Reading;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.store.ItemOrigin;
import org.dynocopy.store.Lookup;
import org.dynocopy.store.ReadMode;
import org.dynocopy.store.Recovery;
import org.dynocopy.store.StoreContents;
import org.dynocopy.store.StoreInfo;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.TableReading;
import org.dynocopy.store.TableSchema;
import org.dynocopy.store.TableService;
import org.dynocopy.store.dynamo.client.Connection;
import org.dynocopy.store.dynamo.client.Connections;
import org.dynocopy.store.dynamo.key.KeyExtractor;
import org.dynocopy.store.dynamo.read.BatchLookup;
import org.dynocopy.store.dynamo.read.ConsistentRecheck;
import org.dynocopy.store.dynamo.read.DynamoReading;
import org.dynocopy.store.dynamo.read.Selection;
import org.dynocopy.store.dynamo.schema.Schema;
import org.dynocopy.store.dynamo.schema.Schemas;
import org.dynocopy.store.dynamo.table.TableDescriber;
import org.dynocopy.store.dynamo.wire.DataPlaneClient;
import org.dynocopy.store.dynamo.write.ConditionalSink;
import org.dynocopy.store.dynamo.write.KeyRecordingSink;
import org.dynocopy.store.dynamo.write.RemovalSink;
import org.dynocopy.store.dynamo.write.ReplicationSink;
import org.dynocopy.store.dynamo.write.TableSink;

/** A table of DynamoDB. */
final class DynamoTable implements Table {

  private static final String TO_BE_MADE =
      "A job before this one makes it, but all tables are looked at before the first job: put this"
          + " one into a recipe of its own";

  private final Connections connections;
  private final Connection connection;
  private final TableInfo info;
  private final Meter meter;
  private final DataPlaneClient.SignerCheck check;

  private DynamoTable(Connections connections, Connection connection, TableInfo info) {
    this.connections = connections;
    this.connection = connection;
    this.info = info;
    this.meter = meter(info, connection.environment(), connections.meters());
    this.check = AccountCheck.of(connection, info);
  }

  /** Returns the meter of a table that is still to be made. */
  static Meter meter(TableRef table, TableInfo info, Connections connections) {
    return meter(info, table.environment(), connections.meters());
  }

  private static Meter meter(TableInfo info, Environment environment, Meters meters) {
    Pricing tariff =
        Pricing.of(environment.prices(), info.billing(), info.region(), info.endpoint());
    return info.meter(meters, tariff);
  }

  /**
   * Looks at a table.
   *
   * @param advice a sentence for the case that it is missing, or nothing
   * @throws InvalidJobException if there is no such table
   * @throws StoreException if it cannot be asked for
   */
  static DynamoTable open(TableRef table, Location at, Connections connections, String advice)
      throws StoreException {
    Connection connection = connections.to(table.environment());
    String known = connections.isToBeMade(table) ? TO_BE_MADE : advice;
    TableInfo info = TableDescriber.describe(connection, table, at, known);
    return new DynamoTable(connections, connection, info);
  }

  /**
   * Looks whether there is a table.
   *
   * @throws StoreException if it cannot be asked for
   */
  static Optional<Table> find(TableRef table, Connections connections) throws StoreException {
    Connection connection = connections.to(table.environment());
    return TableDescriber.find(connection, table.table())
        .map(info -> new DynamoTable(connections, connection, info));
  }

  @Override
  public TableService service() {
    return new DynamoTables(connections);
  }

  @Override
  public Meter meter() {
    return meter;
  }

  @Override
  public TableSchema schema() throws StoreException {
    return connection.ask("DescribeTable", client -> Schemas.read(client, info.name()));
  }

  @Override
  public List<String> enableTimeToLive(TableSchema schema) throws StoreException {
    Optional<String> lost = lost();
    if (lost.isPresent()) {
      // The note of what is still to be done stays for the next run.
      throw new StoreException(Kind.REFUSED, "no time to live was set: " + lost.get());
    }
    return connection.ask(
        "UpdateTimeToLive",
        client -> Schemas.enableTimeToLive(client, info.name(), Schema.of(schema)));
  }

  @Override
  public Optional<String> timeToLive() throws StoreException {
    return connection
        .askIfOffered("DescribeTimeToLive", client -> Schemas.timeToLive(client, info.name()))
        .flatMap(attribute -> attribute);
  }

  @Override
  public TableInfo info() {
    return info;
  }

  @Override
  public Optional<String> lost() throws StoreException {
    Optional<TableInfo> now = TableDescriber.find(connection, info.name());
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

  @Override
  public TableInfo.Relation relation(Table other) throws StoreException {
    return other instanceof DynamoTable table
        ? TableIdentity.of(this, table)
        : TableInfo.Relation.OTHERS;
  }

  @Override
  public ItemOrigin origin() throws StoreException {
    return new ItemOrigin(info.name(), info.arn(), schema().json(), puts()::key);
  }

  @Override
  public StoreInfo describe() throws StoreException {
    return new StoreInfo(
        info.keyNames(),
        OptionalLong.of(info.items()),
        Map.of(info.name(), info.uniqueText()),
        Optional.of(schema().json()),
        EnumSet.allOf(StoreInfo.Capability.class));
  }

  @Override
  public StoreContents check(Collection<String> keyNames) {
    if (!info.keyNames().containsAll(keyNames)) {
      throw new InvalidJobException(
          Location.NOWHERE,
          "`" + info.name() + "` has the keys " + info.keys() + ", and not " + keyNames);
    }
    return new StoreContents(info.items(), List.of());
  }

  @Override
  public List<Item> sample(int most) {
    try {
      List<Item> some = all().sample().items();
      return some.subList(0, Math.min(most, some.size()));
    } catch (StoreException e) {
      // It was described a moment ago: the run will say what is wrong now.
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  @Override
  public Source source() {
    return all().source();
  }

  private TableReading all() {
    TableRef named = new TableRef(connection.environment(), info.name(), info.name());
    return read(Reading.all(named, new WordLocations(Map.of())), ReadMode.ITEMS);
  }

  @Override
  public void checkNew() {
    // Items are written to a table that is there.
  }

  @Override
  public Optional<Recovery> recover() {
    return Optional.empty();
  }

  @Override
  public Sink sink(ItemOrigin from) {
    return puts();
  }

  @Override
  public void finish(Outcome outcome) {
    // An item is there when it is written.
  }

  Connection connection() {
    return connection;
  }

  DataPlaneClient wire() {
    return connection.wire(info.endpoint(), check);
  }

  @Override
  public TableReading read(Reading reading, ReadMode wanted) {
    return new DynamoReading(Selection.of(reading, info, wanted), wire(), meter);
  }

  @Override
  public Sink puts() {
    return whole(TableSink.puts(info, wire(), meter));
  }

  private Sink whole(Sink sink) {
    return new ReplicationSink(sink, connection.leftOut());
  }

  @Override
  public Sink puts(OnConflict onConflict, boolean again, boolean repeats) {
    return onConflict.conditional()
        ? whole(new ConditionalSink(info, wire(), meter, onConflict, again, repeats))
        : puts();
  }

  @Override
  public Sink removes(TableReading what) {
    return what.mayChange()
        ? RemovalSink.selected(DynamoReading.selection(what), wire(), meter)
        : TableSink.deletes(info, wire(), meter);
  }

  @Override
  public Sink removesSeen(TableReading what) {
    return RemovalSink.seen(DynamoReading.selection(what), wire(), meter, Optional.empty());
  }

  @Override
  public Sink removesSeen(TableReading what, Table source, TableReading absentFrom) {
    DynamoTable from = (DynamoTable) source;
    ConsistentRecheck recheck =
        new ConsistentRecheck(DynamoReading.selection(absentFrom), from.wire(), from.meter);
    return RemovalSink.seen(DynamoReading.selection(what), wire(), meter, Optional.of(recheck));
  }

  @Override
  public Sink noting(Sink sink, Notes notes) {
    return new KeyRecordingSink(sink, new KeyExtractor(info.keyNames()), notes);
  }

  @Override
  public Lookup lookup(TableReading reading) {
    return new BatchLookup(DynamoReading.selection(reading), wire(), meter);
  }
}
