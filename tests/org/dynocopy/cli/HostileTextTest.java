package org.dynocopy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dynocopy.cli.console.Console;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Names, parameters, items and what servers say reach a terminal or a CI log as text alone. */
class HostileTextTest {

  /**
   * Clears the screen, names the window, begins a line of its own, and is a command of GitHub's.
   */
  private static final String HOSTILE = "\u001b[2J\u001b]0;t\u0007\u009b31m\r\n::error::no\u202e";

  @TempDir private Path folder;

  private static void assertPlain(String text) {
    assertThat(text.codePoints())
        .as(text)
        .noneMatch(c -> Character.isISOControl(c) && c != '\n' || c == 0x202e);
    assertThat(text.lines()).noneMatch(line -> line.startsWith("::"));
    assertThat(text).containsIgnoringCase("\\u001b[2J").contains(":error::no");
  }

  private String err(String... words) {
    return Cli.run(words).err();
  }

  @Test
  void whatAServerSaysIsShown() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String said =
        "{\"__type\":\"com.amazonaws#AccessDeniedException\",\"message\":\"\\u001b[2J"
            + "\\n::error::no\"}";
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(400, said.length());
          exchange.getResponseBody().write(said.getBytes(UTF_8));
          exchange.close();
        });
    server.start();
    try {
      String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
      assertPlain(
          err("copy", "users", "people", "--endpoint-url", endpoint, "--region", "us-east-1"));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void argumentsAreShown() throws IOException {
    Path recipe = Files.writeString(folder.resolve("r.groovy"), "param 'x'\n");
    assertPlain(err("copy", HOSTILE, "b"));
    assertPlain(err("copy", "a", "b", HOSTILE));
    assertPlain(err("copy", "a", "b", "--" + HOSTILE));
    assertPlain(err("copy", "a", "b", "--segments", HOSTILE));
    assertPlain(err(HOSTILE));
    assertPlain(err(recipe.toString(), "--param", HOSTILE + "=1"));
    assertPlain(err(folder.resolve("no" + HOSTILE + ".groovy").toString()));
  }

  @Test
  void whatARecipePrintsAndNamesIsShown() throws IOException {
    String from = Tables.on(TestServers.first()).key("id", "S").create();
    String to = Tables.on(TestServers.first()).key("id", "S").create();
    Path recipe =
        Files.writeString(
            folder.resolve("r.groovy"),
            """
            env("e") { endpoint "%s"; region "us-east-1"; credentials "local", "local" }
            param "x"
            println param("x")
            printf "%%%%s", param("x")
            copy("copy of ${param("x")}") { from "e:%s"; to "e:%s" }
            """
                .formatted(TestServers.first(), from, to));
    for (List<String> more : List.of(List.of("--dry-run"), List.<String>of())) {
      List<String> words = new ArrayList<>(List.of(recipe.toString()));
      words.addAll(List.of("--param", "x=" + HOSTILE));
      words.addAll(more);
      Cli.Result result = Cli.run(words.toArray(String[]::new));
      assertPlain(result.err() + result.out());
    }
  }

  @Test
  void itemsAreShownInATerminal() throws Exception {
    String table = Tables.on(TestServers.first()).key("id", "S").create();
    Tables.put(
        TestServers.first(), table, List.of(Map.of("id", AttributeValue.fromS("ä文😀" + HOSTILE))));
    for (String output : List.of("json", "jsonl", "csv", "table")) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      PrintStream print = new PrintStream(out, true, UTF_8);
      Console terminal = new Console(out, print, print, true);
      Main.run(
          terminal,
          "query",
          table,
          "--output",
          output,
          "--endpoint-url",
          TestServers.first().toString(),
          "--region",
          "us-east-1");
      assertThat(out.toString(UTF_8)).as(output).contains("ä文😀");
      assertPlain(out.toString(UTF_8).replace("…", ":error::no"));
    }
  }
}
