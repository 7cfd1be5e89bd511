///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//JAVAC_OPTIONS -proc:none
// Without this BOM first, DynamoDB Local's own one downgrades the SDK.
//DEPS software.amazon.awssdk:bom:2.56.0@pom
// The type "fatjar" means: this jar alone. Left to Maven, DynamoDB Local brings 85 jars (53 MB);
// these serve every operation.
//DEPS com.amazonaws:DynamoDBLocal:2.6.1@fatjar
//DEPS com.amazonaws:aws-java-sdk-core:1.12.721@fatjar
//DEPS com.amazonaws:aws-java-sdk-dynamodb:1.12.721@fatjar
//DEPS com.almworks.sqlite4java:sqlite4java:1.0.392@fatjar
//DEPS org.antlr:antlr4-runtime:4.10.1@fatjar
//DEPS org.eclipse.jetty:jetty-server:12.0.14@fatjar
//DEPS org.eclipse.jetty:jetty-http:12.0.14@fatjar
//DEPS org.eclipse.jetty:jetty-io:12.0.14@fatjar
//DEPS org.eclipse.jetty:jetty-util:12.0.14@fatjar
// Jackson and SLF4J as dynocopy.java has them: DynamoDB Local runs beside it on one class path.
//DEPS com.fasterxml.jackson.core:jackson-core:2.22.4@fatjar
//DEPS com.fasterxml.jackson.core:jackson-annotations:2.22@fatjar
//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4@fatjar
//DEPS com.fasterxml.jackson.datatype:jackson-datatype-jsr310:2.22.4@fatjar
//DEPS joda-time:joda-time:2.12.7@fatjar
//DEPS com.google.guava:guava:33.4.0-jre@fatjar
//DEPS org.apache.commons:commons-lang3:3.17.0@fatjar
//DEPS org.apache.logging.log4j:log4j-api:2.17.1@fatjar
//DEPS org.slf4j:slf4j-nop:2.0.17@fatjar
//DEPS software.amazon.awssdk:dynamodb

package org.dynocopy.scripts;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import com.almworks.sqlite4java.SQLiteQueue;
import com.almworks.sqlite4java.SQLiteStatement;
import com.amazonaws.services.dynamodbv2.local.server.AbstractLocalDynamoDBServerHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal;
import com.amazonaws.services.dynamodbv2.local.shared.access.LocalDBClient;
import com.amazonaws.services.dynamodbv2.local.shared.access.LocalDBUtils;
import com.amazonaws.services.dynamodbv2.local.shared.access.sqlite.SQLiteDBAccess;
import com.amazonaws.services.dynamodbv2.local.shared.access.sqlite.SQLiteDBAccessJob;
import com.amazonaws.services.dynamodbv2.local.shared.access.sqlite.SQLiteLibraryLoader;
import com.amazonaws.services.dynamodbv2.local.shared.model.AttributeValue;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Runs DynamoDB Local in this JVM: in memory, over real HTTP, on the loopback address only.
 *
 * <p>A database belongs to one access key and one region, as in the service: {@code eu-west-1} and
 * {@code eu-central-1} hold different tables, although DescribeTable gives both the same ARN
 * ({@code arn:aws:dynamodb:ddblocal:000000000000:table/…}).
 *
 * <p>The stock {@code ServerRunner} is not used: it binds all addresses, phones home and writes a
 * metadata file into the working directory. Only it starts the telemetry; the handlers do not.
 */
public final class DynamoLocal implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  static {
    // Read once, when the first logger is made. Log4j's core is not on the classpath, and its
    // absence would be complained about on stderr.
    setUnlessSet(
        "log4j2.loggerContextFactory",
        "org.apache.logging.log4j.simple.SimpleLoggerContextFactory");
    setUnlessSet("org.apache.logging.log4j.simplelog.level", "OFF");
    setUnlessSet("org.apache.logging.log4j.simplelog.StatusLogger.level", "OFF");
  }

  // Held, because java.util.logging forgets the levels of loggers without a reference.
  private static final Logger SQLITE_LOG = Logger.getLogger("com.almworks.sqlite4java");

  private static boolean sqliteLoaded;

  private final Server server;
  private final LocalDynamoDBRequestHandler databases;
  private final URI endpoint;

  private DynamoLocal(Server server, LocalDynamoDBRequestHandler databases, URI endpoint) {
    this.server = server;
    this.databases = databases;
    this.endpoint = endpoint;
  }

  /**
   * Starts a server with empty databases on a free port.
   *
   * @throws IllegalStateException if the native SQLite library or the server cannot be started
   */
  public static DynamoLocal start() {
    return start(0);
  }

  /** Starts a server with empty databases on {@code port}; 0 means any free port. */
  public static DynamoLocal start(int port) {
    loadSqlite();
    var threads = new QueuedThreadPool();
    threads.setName("dynamodb-local");
    threads.setDaemon(true);
    var server = new Server(threads);
    var connector = new ServerConnector(server);
    connector.setHost(LOOPBACK);
    connector.setPort(port);
    // Many may come at once, and a connection that it ends may be about to be used again.
    connector.setAcceptQueueSize(1_000);
    connector.setIdleTimeout(0);
    server.addConnector(connector);
    var databases = new LocalDynamoDBRequestHandler(0, true, null, false, false);
    var handler = new LocalDynamoDBServerHandler(databases, null);
    server.setHandler(handler);
    try {
      takeLongNames(field(AbstractLocalDynamoDBServerHandler.class, "jsonMapper", handler));
      takeLongNames(field(SQLiteDBAccess.class, "MAPPER", null));
      takeLongNames(field(SQLiteDBAccessJob.class, "MAPPER", null));
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local did not start: " + e.getMessage(), e);
    }
    var endpoint = URI.create("http://" + LOOPBACK + ":" + connector.getLocalPort());
    return new DynamoLocal(server, databases, endpoint);
  }

  /** Returns the server's address, such as {@code http://127.0.0.1:40123}. */
  public URI endpoint() {
    return endpoint;
  }

  /**
   * An item as DynamoDB Local stores it.
   *
   * @param json the item as DynamoDB JSON
   * @param key the value of its partition key
   * @param indexKeys the values of its indexes' keys, in the order in which the table names them
   */
  public record Row(String json, String key, List<String> indexKeys) {}

  /**
   * Puts items into a table's storage, past the server, in a tenth of the time that requests take.
   *
   * <p>For sample data only. Nothing is validated or normalised: the key is one string, index keys
   * are strings, and numbers that are not in a list or map are in plain notation, as the server
   * writes them.
   *
   * @param accessKey the access key that created the table
   * @param region the region it was created in
   * @throws IllegalStateException if there is no such table, or its keys are others
   */
  public void fill(String accessKey, String region, String table, Iterable<Row> rows) {
    inStorage(
        accessKey,
        region,
        connection -> {
          connection.exec("BEGIN");
          insert(connection, table, rows);
          connection.exec("COMMIT");
          return null;
        });
  }

  /**
   * Returns a table's items as they are stored, by their key, which is one string.
   *
   * @throws IllegalStateException if there is no such table
   */
  public SortedMap<String, byte[]> stored(String accessKey, String region, String table) {
    return inStorage(
        accessKey,
        region,
        connection -> {
          var items = new TreeMap<String, byte[]>();
          var statement = connection.prepare("SELECT hashKey, ObjectJSON FROM \"" + table + "\"");
          while (statement.step()) {
            var key = new String(statement.columnBlob(0), StandardCharsets.UTF_8);
            items.put(key, statement.columnBlob(1));
          }
          statement.dispose();
          return items;
        });
  }

  private interface Work<T> {
    T on(SQLiteConnection connection) throws SQLiteException;
  }

  /** Runs work in the one thread that the database's connection belongs to. */
  private <T> T inStorage(String accessKey, String region, Work<T> work) {
    try {
      Object client = clients().get(accessKey + "_" + region);
      if (client == null) {
        throw new NoSuchFieldException("no table has this access key and region");
      }
      Object database = field(LocalDBClient.class, "dbAccess", client);
      var queue = (SQLiteQueue) field(SQLiteDBAccess.class, "queue", database);
      return queue
          .execute(
              new SQLiteJob<T>() {
                @Override
                protected T job(SQLiteConnection connection) throws SQLiteException {
                  return work.on(connection);
                }
              })
          .get();
    } catch (ReflectiveOperationException | InterruptedException | ExecutionException e) {
      throw new IllegalStateException("DynamoDB Local's storage is not as expected: " + e, e);
    }
  }

  private static void insert(SQLiteConnection connection, String table, Iterable<Row> rows)
      throws SQLiteException {
    SQLiteStatement statement = null;
    for (Row row : rows) {
      byte[] json = row.json().getBytes(StandardCharsets.UTF_8);
      byte[] key = row.key().getBytes(StandardCharsets.UTF_8);
      if (statement == null) {
        var columns = new StringBuilder("hashKey, hashValue, ObjectJSON, itemSize");
        for (int i = 0; i < row.indexKeys().size(); i++) {
          columns.append(", indexKey_").append(i);
        }
        var marks = "?, ?, ?, ?" + ", ?".repeat(row.indexKeys().size());
        var into = "INSERT INTO \"%s\" (%s) VALUES (%s)";
        statement = connection.prepare(into.formatted(table, columns, marks));
      }
      statement.bind(1, key);
      statement.bind(2, LocalDBUtils.getHashValue(new AttributeValue().withS(row.key())));
      statement.bind(3, json);
      statement.bind(4, json.length * 55L / 100); // about what remains without JSON's marks
      int column = 5;
      for (String value : row.indexKeys()) {
        statement.bind(column++, value.getBytes(StandardCharsets.UTF_8));
      }
      statement.step();
      statement.reset();
    }
    if (statement != null) {
      statement.dispose();
    }
  }

  /**
   * Stops the server and its threads, and forgets its databases.
   *
   * <p>Each database is shut down by itself: {@code LocalDynamoDBRequestHandler.shutdown()} leaves
   * a job that sleeps for hours in a thread which keeps the JVM alive; only {@code shutdownNow()}
   * interrupts it.
   */
  @Override
  public void close() {
    try {
      server.stop();
      for (Object client : clients().values()) {
        ((AmazonDynamoDBLocal) client).shutdownNow();
      }
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local did not stop: " + e.getMessage(), e);
    }
  }

  /** Returns DynamoDB Local's client for each {@code accessKey_region} that was used so far. */
  private Map<?, ?> clients() throws ReflectiveOperationException {
    return (Map<?, ?>) field(LocalDynamoDBRequestHandler.class, "dbRequestHandlers", databases);
  }

  /**
   * Lets a mapper read attribute names of 65,535 bytes, which DynamoDB allows.
   *
   * <p>DynamoDB Local was made for a Jackson without limits; this newer one, which dynocopy brings,
   * refuses names above 50,000. Its default for the whole JVM stays as it is: else tests could not
   * see that other code forgets this.
   */
  private static void takeLongNames(Object mapper) {
    var constraints = StreamReadConstraints.builder().maxNameLength(100_000).build();
    ((ObjectMapper) mapper).getFactory().setStreamReadConstraints(constraints);
  }

  private static Object field(Class<?> type, String name, Object owner)
      throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(owner);
  }

  /**
   * Loads the native library, once in a JVM, and leaves no file of it.
   *
   * <p>It is copied out of DynamoDB Local's jar into a temporary directory. The loader deletes the
   * copy when the JVM ends, but not when it is killed; a loaded library needs no name, so that it
   * is deleted here at once, where the system allows that (Windows does not).
   */
  private static synchronized void loadSqlite() {
    if (sqliteLoaded) {
      return;
    }
    SQLITE_LOG.setLevel(Level.OFF);
    Path directory = null;
    try {
      directory = Files.createTempDirectory("dynamodb-local");
      directory.toFile().deleteOnExit(); // registered before the library, thus deleted after it
      System.setProperty("org.sqlite.tmpdir", directory.toString());
      SQLiteLibraryLoader.initialize();
      sqliteLoaded = true;
    } catch (Exception e) {
      throw new IllegalStateException("SQLite's native library did not load: " + e.getMessage(), e);
    } finally {
      delete(directory);
    }
  }

  private static void delete(Path directory) {
    File[] files = directory == null ? null : directory.toFile().listFiles();
    if (files == null) {
      return;
    }
    for (File file : files) {
      file.delete();
    }
    directory.toFile().delete();
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** Runs a server on the port given, or a free one, until standard input ends. */
  public static void main(String... args) throws IOException {
    var local = start(args.length == 0 ? 0 : Integer.parseInt(args[0]));
    System.out.println(local.endpoint());
    while (System.in.read() >= 0) {}
    local.close();
  }
}
