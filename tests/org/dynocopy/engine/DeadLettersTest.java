package org.dynocopy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.dynocopy.ProcessVariables;
import org.dynocopy.engine.StoreException.Kind;
import org.dynocopy.plan.Location;
import org.dynocopy.shape.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("new/dead.jsonl");
  }

  private void put(Item item, String reason) throws Exception {
    try (DeadLetters letters = new DeadLetters(Optional.of(file), 100)) {
      letters.put(item, reason);
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
  void lettersOfTheRunBeforeCountForTheMostThatARunBears() throws Exception {
    try (DeadLetters letters = new DeadLetters(Optional.of(file), 4, 2, Location.NOWHERE)) {
      assertThat(letters.file()).contains(file);
      assertThat(letters.put(Item.of("{}"), "third")).isTrue();
      assertThat(letters.put(Item.of("{}"), "fourth")).isFalse();
      assertThatThrownBy(() -> letters.put(Item.of("{}"), "fifth"))
          .hasMessageStartingWith("stopped after 4 dead letters");
    }
    assertThat(Files.readAllLines(file)).hasSize(2);
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
    try (DeadLetters letters = new DeadLetters(Optional.of(file), 100)) {
      assertThat(file).doesNotExist();
      assertThat(letters.file()).isEmpty();
      letters.put(Item.of("{}"), "no");
      assertThat(letters.file()).contains(file);
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
    assertThatThrownBy(() -> new DeadLetters(Optional.of(plain.resolve("dead.jsonl")), 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot write dead letters to")
        .hasMessageContaining(plain.toString());
    assertThatThrownBy(() -> new DeadLetters(Optional.of(folder), 1))
        .isInstanceOf(IOException.class);
    assertThatCode(() -> new DeadLetters(Optional.of(plain), 1)).doesNotThrowAnyException();
    assertThatCode(() -> new DeadLetters(Optional.of(folder.resolve("a/b/c")), 1))
        .doesNotThrowAnyException();
    assertThat(folder.resolve("a")).doesNotExist();
  }

  @Test
  void itemThatCannotBePutThereEndsTheRun() throws Exception {
    DeadLetters letters = new DeadLetters(Optional.of(file), 100);
    Files.createFile(file.getParent());
    assertThatThrownBy(() -> letters.put(Item.of("{}"), "no"))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
        .hasMessageContaining("cannot write dead letters to " + file);
    assertThat(letters.file()).isEmpty();
  }

  @Test
  void lastLetterThatTheRunBearsIsPutThereAndNoneAfterIt() throws Exception {
    try (DeadLetters letters = new DeadLetters(Optional.of(file), 2)) {
      assertThat(letters.put(Item.of("{}"), "one")).isTrue();
      assertThat(letters.put(Item.of("{}"), "two")).isFalse();
      assertThatThrownBy(() -> letters.put(Item.of("{}"), "three"))
          .isInstanceOf(StoreException.class)
          .hasMessage("stopped after 2 dead letters (see " + file + "); the last one: three");
    }
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  /** A disk that fills up takes the first part of a line and says nothing. */
  @Test
  void itemOfWhichOnlyAPartFitsOnTheDiskIsNotPutThere() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        ProcessVariables.of(
                new ProcessBuilder(
                    "/bin/sh",
                    "-c",
                    "ulimit -f 2; exec \"$@\"",
                    "sh",
                    java,
                    "-XX:-UsePerfData",
                    "-XX:TieredStopAtLevel=1",
                    "-Xshare:auto",
                    "-cp",
                    System.getProperty("java.class.path"),
                    DiskThatFillsUp.class.getName(),
                    file.toString()))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said.lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).startsWith("cannot write dead letters"));
  }

  /**
   * Puts items until it hears that they do not fit, or more should be there than can be; and one
   * after half a line, when there is room again.
   */
  static final class DiskThatFillsUp {
    public static void main(String[] file) throws IOException {
      try (DeadLetters letters = new DeadLetters(Optional.of(Path.of(file[0])), 100)) {
        Item item = Item.of("{\"id\":{\"S\":\"" + "x".repeat(600) + "\"}}");
        // 2 blocks are 1 or 2 KB, so that the line across the limit is one of these.
        for (long lines = 1; lines <= 4; lines++) {
          try {
            letters.put(item, "no");
          } catch (StoreException e) {
            System.out.println(e.getMessage());
            try (FileChannel room = FileChannel.open(Path.of(file[0]), StandardOpenOption.WRITE)) {
              room.truncate(room.size() - 100);
            }
            letters.put(Item.of("{}"), "no");
          }
          if (Files.size(Path.of(file[0])) < lines * 600) {
            System.out.println("took " + lines + " items in " + Files.size(Path.of(file[0])));
            return;
          }
        }
      } catch (StoreException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
