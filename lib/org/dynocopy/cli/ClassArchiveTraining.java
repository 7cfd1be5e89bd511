package org.dynocopy.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.dynocopy.cli.process.ExitCode;

/**
 * Loads the classes that a copy loads, for {@code ./jbang} to make an archive of them: copies a few
 * items by a recipe and by the command, from and to a server in this process. It reads no
 * configuration, and nothing else is contacted.
 */
final class ClassArchiveTraining {

  private static final String RECIPE =
      """
      param "tenant", default: "t1"
      env("a") { region "us-east-1"; endpoint "ENDPOINT"; credentials "nobody", "nothing" }
      env("b") { region "us-east-1"; endpoint "ENDPOINT"; credentials "nobody", "nothing" }
      copy { from "a:one"; to "b:two"; segments 2; filter { item -> item.id != param("tenant") } }
      """;
  private static final String TABLE =
      """
      {"Table": {"TableName": "t", "TableStatus": "ACTIVE", "TableId": "NUMBER", "ItemCount": 2,
      "TableArn": "arn:aws:dynamodb:us-east-1:000000000000:table/NUMBER",
      "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
      "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}]}}
      """;
  private static final String ITEMS =
      """
      {"Items": [{"id": {"S": "a"}}, {"id": {"S": "b"}}], "Count": 2, "ScannedCount": 2,
      "ConsumedCapacity": {"TableName": "t", "CapacityUnits": 0.5}}
      """;

  private int tables;

  private ClassArchiveTraining() {}

  /** Rehearses, and ends the process. */
  public static void main(String... args) throws IOException {
    Thread end = new Thread(ClassArchiveTraining::giveUp);
    end.setDaemon(true);
    end.start();
    InetAddress here = InetAddress.getLoopbackAddress();
    HttpServer server = HttpServer.create(new InetSocketAddress(here, 0), 0);
    server.createContext("/", new ClassArchiveTraining()::answer);
    server.start();
    String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
    Path folder = Files.createTempDirectory("dynocopy-rehearsal");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
    System.setProperty("dynocopy.folder", folder.toString());
    System.setProperty("dynocopy.recipes", folder.resolve("recipes").toString());
    Path recipe = folder.resolve("rehearsal.groovy");
    Files.writeString(recipe, RECIPE.replace("ENDPOINT", endpoint));
    Main.run("copy", "one", "two", "--yes", "--endpoint-url", endpoint, "--region", "us-east-1");
    Main.run(recipe.toString(), "--yes"); // compiles the recipe,
    Main.main(recipe.toString(), "--yes"); // and finds what that gave
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** This runs unattended: what hangs must end, before another run takes it for one that has. */
  private static void giveUp() {
    try {
      Thread.sleep(240_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ExitCode.FAILED);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String operation = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      byte[] answer = answerTo(operation).getBytes(StandardCharsets.UTF_8);
      CRC32 crc = new CRC32();
      crc.update(answer);
      exchange.getResponseHeaders().add("x-amz-crc32", "" + crc.getValue());
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private String answerTo(String operation) {
    if (operation.endsWith("DescribeTable")) {
      return TABLE.replace("NUMBER", "" + tables++);
    }
    return operation.endsWith("Scan") ? ITEMS : "{\"UnprocessedItems\": {}}";
  }
}
