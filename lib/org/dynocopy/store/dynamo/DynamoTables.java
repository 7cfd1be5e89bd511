package org.dynocopy.store.dynamo;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.dynocopy.capacity.Meter;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.store.ServiceBackups;
import org.dynocopy.store.ServiceExports;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.TableSchema;
import org.dynocopy.store.TableService;
import org.dynocopy.store.dynamo.client.Connection;
import org.dynocopy.store.dynamo.client.Connections;
import org.dynocopy.store.dynamo.client.Poller;
import org.dynocopy.store.dynamo.schema.Schema;
import org.dynocopy.store.dynamo.schema.Schemas;
import org.dynocopy.store.dynamo.table.TableLister;

/** The tables of DynamoDB. */
public final class DynamoTables implements TableService {

  private final Connections connections;

  /** Takes the connections to the tables; nothing is contacted yet. */
  public DynamoTables(Connections connections) {
    this.connections = connections;
  }

  @Override
  public Table open(TableRef table, Location at, String advice) throws StoreException {
    return DynamoTable.open(table, at, connections, advice);
  }

  @Override
  public Optional<Table> find(TableRef table) throws StoreException {
    return DynamoTable.find(table, connections);
  }

  @Override
  public List<String> names(Environment environment) throws StoreException {
    return connections.to(environment).ask("ListTables", TableLister::of);
  }

  @Override
  public void makes(TableRef table) {
    connections.makes(table);
  }

  @Override
  public TableInfo like(TableInfo other, TableRef table) throws StoreException {
    Connection there = connections.to(table.environment());
    return other.emptyAt(table.table(), there.endpoint(), there.region());
  }

  @Override
  public Meter meter(TableRef table, TableInfo info) {
    return DynamoTable.meter(table, info, connections);
  }

  @Override
  public List<String> create(TableRef table, TableSchema schema, Consumer<String> made)
      throws StoreException {
    return connections
        .to(table.environment())
        .ask(
            "CreateTable",
            client ->
                Schemas.create(
                    client,
                    table.table(),
                    Schema.of(schema),
                    now ->
                        made.accept(
                            TableInfo.uniqueText(
                                now.tableArn(), now.tableId(), now.creationDateTime()))));
  }

  @Override
  public List<String> complete(TableRef table, TableSchema schema, boolean recovery)
      throws StoreException {
    return connections
        .to(table.environment())
        .ask(
            "DescribeTable",
            client -> Schemas.complete(client, table.table(), Schema.of(schema), recovery));
  }

  @Override
  public TableSchema schema(String file, String json) {
    return Schema.parse(file, json);
  }

  @Override
  public ServiceBackups backups(Consumer<String> said) {
    return new OnDemandBackups(connections, new Poller(Poller.Pace.DEFAULT, said));
  }

  @Override
  public ServiceExports exports(Consumer<String> said) {
    return new S3Exports(connections, new Poller(Poller.Pace.DEFAULT, said));
  }
}
