package org.dynocopy.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dynocopy.cli.Cli;
import org.dynocopy.core.Item;
import org.dynocopy.item.AttributeJson;
import org.dynocopy.item.PlainJson;
import org.dynocopy.json.Json;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Numbers of millions of digits, which take minutes to calculate with, are none of DynamoDB's. */
@Timeout(20)
class LongNumberTest {

  private static final String LONG = "7".repeat(3_000_000);

  @TempDir private Path folder;

  @Test
  void isNoAttribute() throws IOException {
    byte[] item = ("{\"id\":{\"N\":\"" + LONG + "\"}}").getBytes();
    try (JsonParser json = Json.parser(item, 0, item.length)) {
      json.nextToken();
      assertThatThrownBy(() -> AttributeJson.map(json))
          .isInstanceOf(IOException.class)
          .hasMessageMatching("`7{40}…` is not a number");
    }
    assertThatThrownBy(() -> PlainJson.item(new Item(item, 0, item.length)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void isRefusedInAFileThatIsRestored() throws IOException {
    String table = Tables.on(TestServers.first()).key("id", "N").create();
    Path file =
        Files.writeString(
            folder.resolve("b.jsonl"), "{\"Item\":{\"id\":{\"N\":\"" + LONG + "\"}}}\n");
    String[] there = {"--endpoint-url", TestServers.first().toString(), "--region", "us-east-1"};
    Cli.Result result =
        Cli.run("restore", "file:" + file, table, "--yes", there[0], there[1], there[2], there[3]);
    assertThat(result.exitCode()).as(result.err()).isNotZero();
    assertThat(result.err().length()).isLessThan(5_000);
    assertThat(result.err()).doesNotContain("\tat ");
  }

  @Test
  void isRefusedAsAKey() {
    String table = Tables.on(TestServers.first()).key("id", "N").create();
    String[] there = {"--endpoint-url", TestServers.first().toString(), "--region", "us-east-1"};
    Cli.Result result =
        Cli.run("query", table, "--pk", LONG, there[0], there[1], there[2], there[3]);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).doesNotContain("\tat ");
  }
}
