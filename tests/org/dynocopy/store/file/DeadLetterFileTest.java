package org.dynocopy.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.dynocopy.core.Item;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.json.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterFileTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("new/dead.jsonl");
  }

  private void put(Item item, String reason) throws Exception {
    try (DeadLetterFile letters = new DeadLetterFile(Optional.of(file))) {
      letters.put(item, Location.NOWHERE, reason);
    }
  }

  /** Returns the reason and the item's text of a line, having read all of it as JSON. */
  private static List<String> read(String line) throws IOException {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    try (JsonParser json = Json.parser(bytes, 0, bytes.length)) {
      assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      assertThat(json.nextFieldName()).isEqualTo("reason");
      String reason = json.nextTextValue();
      assertThat(json.nextFieldName()).isEqualTo("item");
      assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      int from = (int) json.currentTokenLocation().getByteOffset();
      json.skipChildren();
      int to = (int) json.currentLocation().getByteOffset();
      assertThat(json.nextToken()).isEqualTo(JsonToken.END_OBJECT);
      assertThat(json.nextToken()).isNull();
      return List.of(reason, new Item(bytes, from, to - from).toString());
    }
  }

  @Test
  void halfALineOfAKilledRunDoesNotSpoilTheNextLetter() throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"reason\":\"cut o");
    put(Item.of("{}"), "next");
    put(Item.of("{}"), "last");
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(3);
    assertThat(read(lines.get(1))).containsExactly("next", "{}");
    assertThat(read(lines.get(2))).containsExactly("last", "{}");
  }

  @Test
  void eachItemIsALineOfJsonWithItsBytesAndTheReason() throws Exception {
    String item = "{\"id\":{\"S\":\"\\u00e4 \\\"ö\\\" 😀\\n\"},\"n\":{\"N\":\"1.0\"}}";
    String reason = "it said \"no\"\nand \\ more\t😀";
    Item slice =
        new Item(
            ("xx" + item + "yy").getBytes(StandardCharsets.UTF_8),
            2,
            item.getBytes(StandardCharsets.UTF_8).length);
    put(slice, reason);
    put(Item.of("{}"), "");
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(2);
    assertThat(read(lines.get(0))).containsExactly(reason, item);
    assertThat(read(lines.get(1))).containsExactly("", "{}");
  }

  /** A filter that cuts a name after its first half of an emoji must not end the run. */
  @Test
  void reasonThatIsNoProperUnicodeIsWrittenAllTheSame() throws Exception {
    put(Item.of("{}"), "bad name \ud83d");
    assertThat(read(Files.readString(file)).get(0)).startsWith("bad name ");
  }

  @Test
  void itemWithLineBreaksBetweenItsTokensIsStillOneLine() throws Exception {
    put(Item.of("{\n  \"id\": {\r\n\"S\":\"u1\"}}"), "no");
    assertThat(Files.readAllLines(file)).hasSize(1);
    assertThat(read(Files.readString(file)).get(1)).contains("\"u1\"");
  }

  @Test
  void fileIsMadeWithTheFirstItemAndReadableByItsOwnerAlone() throws Exception {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    try (DeadLetterFile letters = new DeadLetterFile(Optional.of(file))) {
      assertThat(file).doesNotExist();
      letters.put(Item.of("{}"), Location.NOWHERE, "no");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void fileThatIsThereIsAppendedTo() throws Exception {
    put(Item.of("{\"a\":1}"), "one");
    put(Item.of("{\"a\":2}"), "two");
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void placeThatCannotBeWrittenIsToldBeforeTheRun() throws Exception {
    Path plain = Files.createFile(folder.resolve("plain"));
    assertThatThrownBy(() -> new DeadLetterFile(Optional.of(plain.resolve("dead.jsonl"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot write dead letters to")
        .hasMessageContaining(plain.toString());
    assertThatThrownBy(() -> new DeadLetterFile(Optional.of(folder)))
        .isInstanceOf(IOException.class);
    assertThatCode(() -> new DeadLetterFile(Optional.of(plain))).doesNotThrowAnyException();
    assertThatCode(() -> new DeadLetterFile(Optional.of(folder.resolve("a/b/c"))))
        .doesNotThrowAnyException();
    assertThat(folder.resolve("a")).doesNotExist();
  }
}
