package org.dynocopy.store.dynamo.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.store.dynamo.DynamoTables;
import org.dynocopy.store.dynamo.FakeService;
import org.dynocopy.store.dynamo.client.Connection;
import org.dynocopy.store.dynamo.client.Connections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class TableDescriberTest {

  private static HttpServer server(int status, String body) throws IOException {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(free, 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return server;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tablesWithoutAnEndAreNotListedForEver(boolean same) {
    AtomicInteger answers = new AtomicInteger();
    FakeService endless =
        new FakeService(
            (operation, body) -> {
              String name = "t" + (same ? 1 : answers.incrementAndGet());
              return FakeService.Reply.of(
                  "{\"TableNames\":[\"%1$s\"],\"LastEvaluatedTableName\":\"%1$s\"}"
                      .formatted(name));
            });
    try (Connections connections = endless.connections()) {
      Environment there =
          Environment.named("there").withEndpoint(Optional.of(FakeService.ENDPOINT));
      assertThatThrownBy(() -> new DynamoTables(connections).names(there))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("there: ListTables: the server names tables without an end");
    }
  }

  /** It is sent again, and again a byte may come every now and then. */
  @Test
  void callOfTheControlPlaneEndsWithAllItsAttempts() throws Exception {
    Environment there = Environment.named("there").withEndpoint(Optional.of(FakeService.ENDPOINT));
    try (Connection connection = Connection.open(there)) {
      assertThat(
              connection
                  .client()
                  .serviceClientConfiguration()
                  .overrideConfiguration()
                  .apiCallTimeout())
          .contains(Connection.LONGEST_CALL);
    }
  }

  /** A wrong {@code --endpoint-url} is the user's mistake, and no reason for a stack trace. */
  @ParameterizedTest
  @CsvSource({"404, <html>no</html>", "403, ''", "200, <html>hello</html>", "200, {}", "200, ''"})
  void serverThatIsNoDynamoDbIsToldAsSuch(int status, String body) throws Exception {
    HttpServer server = server(status, body);
    try (Connections connections = new Connections()) {
      URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
      Environment there = Environment.named("there").withEndpoint(Optional.of(endpoint));
      Connection connection = connections.to(there);
      TableRef users = new TableRef(there, "users", "there:users");
      Throwable failure =
          catchThrowable(() -> TableDescriber.describe(connection, users, Location.NOWHERE, ""));
      assertThat(failure).isInstanceOf(StoreException.class);
      assertThat(failure.getMessage()).contains("there").doesNotContain(": null");
    } finally {
      server.stop(0);
    }
  }
}
