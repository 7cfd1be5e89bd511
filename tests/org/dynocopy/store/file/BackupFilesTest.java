package org.dynocopy.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;
import org.dynocopy.core.Item;
import org.dynocopy.core.Outcome;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class BackupFilesTest {

  private static final List<String> ID = List.of("id");
  private static final String LINE = "{\"Item\":{\"id\":{\"S\":\"u1\"}}}\n";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("users.jsonl.gz");
  }

  private static AbstractStringAssert<?> assertFault(Path path) {
    try {
      long items = BackupFiles.at(path).check(ID).items();
      throw new AssertionError("no fault was found in " + items + " items");
    } catch (InvalidJobException e) {
      return assertThat(e.getMessage());
    }
  }

  private void assertSame(String wrapped, String... items) throws Exception {
    Path one = Items.foreign(folder.resolve("one.jsonl"), wrapped);
    assertThat(Items.read(one)).containsExactly(items);
  }

  @Test
  void whatIsBackedUpByManyWritersIsRestoredByteForByte() {
    Cases.forAll(
        10,
        random -> {
          Path users = folder.resolve(random.nextLong() + (random.nextBoolean() ? ".gz" : ".json"));
          List<List<List<Item>>> splits = new ArrayList<>();
          List<String> expected = new ArrayList<>();
          for (int s = random.nextInt(5); s > 0; s--) {
            List<List<Item>> pages = new ArrayList<>();
            for (int p = random.nextInt(5); p > 0; p--) {
              List<Item> items = new ArrayList<>();
              for (int i = random.nextInt(700); i > 0; i--) {
                items.add(Items.random(random, expected.size()));
                expected.add(items.get(items.size() - 1).toString().replaceAll("[\r\n]", " "));
              }
              pages.add(items);
            }
            splits.add(pages);
          }
          try (BackupSink sink = BackupSink.open(users, Items.KEYS)) {
            Outcome outcome = Items.copy(new Items.Pages(splits), sink, folder.resolve("dead"));
            sink.finish(Items.manifest(outcome.counts().written()));
          }

          BackupFiles backup = BackupFiles.at(users);
          assertThat(backup.manifest().orElseThrow())
              .usingRecursiveComparison()
              .ignoringFields("sums")
              .isEqualTo(Items.manifest(expected.size()));
          assertThat(backup.check(ID).items()).isEqualTo(expected.size());
          Items.Heap heap = new Items.Heap();
          try (BackupSource source = new BackupSource(backup)) {
            Items.copy(source, heap, folder.resolve("dead"));
          }
          assertThat(heap.items).containsExactlyInAnyOrderElementsOf(expected);
        });
  }

  @Test
  void backupThatIsCutOffAnywhereIsNoticed() throws Exception {
    Items.backUp(file, Items.some(40), 10);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertFault(file).startsWith(file + " is cut off after ").endsWith(" (the backup has 40)");
    }
  }

  @Test
  void backupThatIsNotCompressedAndCutOffIsNoticedToo() throws Exception {
    file = folder.resolve("users.jsonl");
    Items.backUp(file, Items.some(3), 10);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length - 1; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertFault(file)
          .matches(
              file + "( is cut off after [012] items?.*|:[123]: not an item of DynamoDB JSON)");
    }
  }

  @Test
  void backupWithAnyByteChangedIsNoticed() throws Exception {
    Items.backUp(file, Items.some(20), 20);
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      if (i == 4) {
        // When, how and where it was compressed does not matter.
        i = 10;
      }
      byte[] changed = whole.clone();
      changed[i] ^= 0x10;
      Files.write(file, changed);
      assertFault(file).startsWith(file.toString());
    }
  }

  @Test
  void messageSaysHowManyItemsAreLeft() throws Exception {
    Items.backUp(file, Items.some(2_345), 1_234);
    byte[] whole = Files.readAllBytes(file);
    int member = whole.length - 1;
    while (whole[member] != 0x1f || whole[member + 1] != (byte) 0x8b) {
      member--;
    }
    Files.write(file, Arrays.copyOf(whole, member));
    assertFault(file).isEqualTo(file + " is cut off after 1,234 items (the backup has 2,345)");
    Files.write(file, Items.gzip(LINE.repeat(2_346).getBytes(StandardCharsets.UTF_8)));
    assertFault(file).isEqualTo(file + " has 2,346 items, but the backup had 2,345");
  }

  @Test
  void foreignFileThatIsCutOffInsideAMemberIsNoticed() throws Exception {
    byte[] member = Items.gzip(LINE.repeat(5).getBytes(StandardCharsets.UTF_8));
    for (int length = 1; length < member.length; length++) {
      byte[] two = Arrays.copyOf(member, 2 * member.length);
      System.arraycopy(member, 0, two, member.length, length);
      Files.write(file, Arrays.copyOf(two, member.length + length));
      assertFault(file).matches(".* is cut off after (5|6|7|8|9|10) items");
    }
  }

  @Test
  void everyFaultIsASentenceThatSaysWhere() throws Exception {
    assertFault(file).isEqualTo(file + ": no such file");
    assertFault(Path.of("/dev/null")).startsWith("/dev/null: neither a file nor a folder");
    Files.createFile(folder.resolve("users.jsonl.gz.part"));
    assertFault(file).isEqualTo(file + " is not there: its backup was not finished");
    assertFault(folder)
        .isEqualTo(
            folder + ": not an export of DynamoDB: there is no " + folder + "/data/*.json.gz");
    Files.writeString(file, LINE);
    assertFault(file).isEqualTo(file + ": not a gzip file");
    Files.writeString(file, "");
    assertFault(file).isEqualTo(file + " is cut off after 0 items");
    Items.foreign(file, LINE + "\n" + LINE.replace("id", "name"));
    assertFault(file).isEqualTo(file + ":3: the item has no key attribute `id`");
    for (String bad :
        List.of(
            "[]",
            "7",
            "{\"id\":\"u1\"}",
            "{\"id\":{\"S\":\"u1\"}",
            "{\"id\":{\"S\":\"u1\"}}}",
            LINE.strip() + LINE.strip(),
            "{\"id\":{\"X\":\"u1\"}}",
            "{\"id\":{\"N\":\"u1\"}}",
            "{\"id\":{}}",
            "{\"id\":{\"S\":\"u1\",\"N\":\"1\"}}",
            "{\"Metadata\":{\"at\":{\"N\":\"1\"}},\"Keys\":{\"id\":{\"S\":\"u1\"}}}",
            "{\0")) {
      Items.foreign(file, LINE + bad + "\n" + LINE);
      assertFault(file).isEqualTo(file + ":2: not an item of DynamoDB JSON");
    }
    Items.foreign(file, LINE + "{" + " ".repeat(33 << 20) + "}");
    assertFault(file).startsWith(file + ":2: the line is longer than any that has an item");
  }

  @Test
  void manifestThatIsNoneOrOfALaterVersionIsRefused() throws Exception {
    Items.backUp(file, Items.some(1), 1);
    Path manifest = folder.resolve("users.schema.json");
    String good = Files.readString(manifest);
    assertThat(good.replaceAll("[0-9a-f]{64}", "(sum)"))
        .isEqualTo(
            "{\"dynocopyBackup\":2,\"table\":\"users\",\"arn\":\"arn:aws:dynamodb:::table/users\","
                + "\"time\":\"1970-01-01T00:00:00Z\",\"items\":1,\"fileSha256\":\"(sum)\","
                + "\"textSha256\":\"(sum)\",\"schema\":{\"a\":[1.0]},\"checksum\":\"(sum)\"}");
    Files.writeString(manifest, good.replace("Backup\":2", "Backup\":3"));
    assertFault(file).isEqualTo(manifest + ": a later dynocopy made this backup (version 3)");
    for (int length = 0; length < good.length(); length++) {
      Files.writeString(manifest, good.substring(0, length));
      assertFault(file).isEqualTo(manifest + ": not the manifest of a backup");
    }
    for (String bad : List.of(good.replace("1970", "soon"), good.replace(":1,", ":\"x\","), "[]")) {
      Files.writeString(manifest, bad);
      assertFault(file).isEqualTo(manifest + ": not the manifest of a backup");
    }
    Files.delete(manifest);
    Files.createDirectory(manifest);
    assertFault(file).isEqualTo("cannot read " + manifest + ": Is a directory");
  }

  @Test
  void exportOfDynamoDbIsReadInTheOrderOfItsFiles() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/gzip")));
    Path data = folder.resolve("data");
    for (String name : List.of("b", "a")) {
      Path plain = Items.foreign(data.resolve(name + ".json"), LINE.replace("u1", name).repeat(2));
      Process gzip = new ProcessBuilder("/usr/bin/gzip", plain.toString()).start();
      assertThat(gzip.waitFor()).isZero();
    }
    assertThat(BackupFiles.at(folder).check(ID).items()).isEqualTo(4);
    String item = "{\"id\":{\"S\":\"a\"}}";
    assertThat(Items.read(folder))
        .containsExactly(
            item, item, item.replace("\"a\"", "\"b\""), item.replace("\"a\"", "\"b\""));

    Path summary = folder.resolve("manifest-summary.json");
    Files.writeString(
        summary, "{\"version\":\"2020-06-30\",\"x\":{\"itemCount\":1},\"itemCount\":4}");
    assertThat(BackupFiles.at(folder).check(ID).items()).isEqualTo(4);
    Files.delete(data.resolve("a.json.gz"));
    assertFault(folder).isEqualTo(folder + " is cut off after 2 items (the backup has 4)");
    Files.createFile(data.resolve("empty.json.gz"));
    Files.writeString(summary, "{\"itemCount\":2}");
    assertThat(BackupFiles.at(folder).check(ID).items()).isEqualTo(2);
    assertThat(Items.read(folder)).hasSize(2);
    Files.writeString(summary, "{");
    assertFault(folder).isEqualTo(summary + ": not the summary of an export");
  }

  @Test
  void linesMayBeItemsAloneAndHaveAnAttributeCalledItem() throws Exception {
    String inner = "{\"id\":{\"S\":\"u1\"},\"Item\":{\"M\":{\"Item\":{\"S\":\"}\\\"{\"}}}}";
    assertSame("{\"Item\":" + inner + "}", inner);
    assertSame(" { \"\\u0049tem\" : " + inner + " } ", inner);
    assertSame(inner, inner);
    String onlyKey = "{\"Item\":{\"S\":\"u1\"}}";
    assertSame(onlyKey, onlyKey);
    assertSame("{\"Item\":" + onlyKey + "}", onlyKey);
    assertSame("{\"Item\":{\"S\":{\"S\":\"u1\"}}}", "{\"S\":{\"S\":\"u1\"}}");
  }

  @Test
  void ofItemsWithOneKeyTheLastOneWins() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 3_000; i++) {
      lines.append("{\"id\":{\"N\":\"" + i % 7 + "\"},\"at\":{\"N\":\"" + i + "\"}}\n");
    }
    Items.foreign(file, lines.toString());
    Items.Heap heap = new Items.Heap();
    try (BackupSource source = new BackupSource(BackupFiles.at(file))) {
      Items.copy(source, heap, folder.resolve("dead"));
    }
    Map<Object, String> last = new HashMap<>();
    heap.items.forEach(item -> last.put(heap.key(Item.of(item)), item));
    assertThat(last.values())
        .containsExactlyInAnyOrderElementsOf(lines.toString().lines().skip(2_993).toList());
  }

  @Test
  void emptyLinesAndThoseOfOtherSystemsAreReadThrough() throws Exception {
    String item = "{\"id\":{\"S\":\"ü\"}}";
    assertSame("\ufeff" + item + "\r\n\r\n \t\n\n" + item, item, item);
    assertSame("");
    assertFault(folder.resolve("one.jsonl")).endsWith("one.jsonl is cut off after 0 items");
  }
}
