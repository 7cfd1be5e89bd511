package org.dynocopy.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not as the backup left it is found before anything is restored. */
@Execution(ExecutionMode.CONCURRENT)
class BackupDamageTest {

  private static final List<String> ID = List.of("id");

  @TempDir private Path folder;

  private static void refused(Path path) {
    assertThatThrownBy(() -> BackupFiles.at(path).check(ID))
        .isInstanceOf(InvalidJobException.class);
  }

  private static byte[] flip(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    return flipped;
  }

  @ParameterizedTest
  @ValueSource(strings = {"users.jsonl", "users.jsonl.gz"})
  void anyFlippedBitOfDataOrManifestIsFound(String name) throws Exception {
    Path data = folder.resolve(name);
    Items.backUp(data, Items.some(5), 2);
    Path manifest = Manifest.beside(data);
    for (Path file : List.of(data, manifest)) {
      byte[] good = Files.readAllBytes(file);
      Cases.forAll(
          200,
          random -> {
            Files.write(file, flip(good, random.nextInt(8 * good.length)));
            refused(data);
          });
      Files.write(file, good);
    }
    assertThat(BackupFiles.at(data).check(ID).items()).isEqualTo(5);
    assertThat(BackupFiles.at(data).check(ID).notes()).isEmpty();
  }

  @Test
  void lineThatIsDoubledInPlaceOfAnotherIsFound() throws Exception {
    Path data = folder.resolve("users.jsonl");
    Items.backUp(data, Items.some(5), 2);
    List<String> lines = new ArrayList<>(Files.readAllLines(data));
    lines.set(1, lines.get(2));
    Files.write(data, lines);
    assertThatThrownBy(() -> BackupFiles.at(data).check(ID))
        .hasMessageContaining(data + " was changed or damaged after it was written");
  }

  @Test
  void backupWithoutManifestIsFoundToBeCut() throws Exception {
    Path plain = withoutManifest("users.jsonl", 7);
    byte[] all = Files.readAllBytes(plain);
    assertThat(BackupFiles.at(plain).check(ID).items()).isEqualTo(7);
    assertThat(BackupFiles.at(plain).check(ID).notes()).isEmpty();
    for (int length = 1; length < all.length - 1; length++) {
      Files.write(plain, Arrays.copyOf(all, length));
      refused(plain);
    }
    Path gzip = withoutManifest("others.jsonl.gz", 7);
    byte[] members = Files.readAllBytes(gzip);
    for (int length = 0; length < members.length; length++) {
      Files.write(gzip, Arrays.copyOf(members, length));
      refused(gzip);
    }
    String text = unzipped(members);
    Files.write(gzip, Items.gzip(text.substring(0, text.indexOf('\n', 80) + 1).getBytes(UTF_8)));
    refused(gzip);
  }

  @Test
  void linesWithoutManifestAreTheSameOrRefused() throws Exception {
    Path data = withoutManifest("users.jsonl", 6);
    List<String> good = Files.readAllLines(data);
    Cases.forAll(
        300,
        random -> {
          List<String> lines = new ArrayList<>(good);
          for (int changes = 1 + random.nextInt(3); changes > 0 && lines.size() > 1; changes--) {
            int at = random.nextInt(lines.size());
            switch (random.nextInt(3)) {
              case 0 -> lines.remove(at);
              case 1 -> lines.add(random.nextInt(lines.size() + 1), lines.get(at));
              default -> Collections.swap(lines, at, random.nextInt(lines.size()));
            }
          }
          Files.write(data, lines);
          if (lines.equals(good)) {
            assertThat(BackupFiles.at(data).check(ID).items()).isEqualTo(6);
          } else {
            refused(data);
          }
        });
  }

  @Test
  void membersWithoutManifestAreTheSameOrRefused() throws Exception {
    Path data = withoutManifest("users.jsonl.gz", 6);
    byte[] good = Files.readAllBytes(data);
    Path other = folder.resolve("other.jsonl.gz");
    Items.backUp(other, Items.some(2), 2);
    for (byte[] more : List.of(Files.readAllBytes(other), Items.gzip(new byte[] {'x'}))) {
      Files.write(data, good);
      Files.write(data, more, StandardOpenOption.APPEND);
      refused(data);
      Files.write(data, more);
      Files.write(data, good, StandardOpenOption.APPEND);
      refused(data);
    }
    List<String> lines = unzipped(good).lines().toList();
    Files.write(data, Items.gzip(String.join("\n", lines.subList(2, 6)).getBytes(UTF_8)));
    assertThatThrownBy(() -> BackupFiles.at(data).check(ID))
        .hasMessageContaining("its last line has the checksum of other lines");
  }

  /** Its tabs say where it ends, but not where it begins. */
  @Test
  void backupWithTabsAloneIsRestoredWithANote() throws Exception {
    Path data = folder.resolve("users.jsonl");
    String first = "{\"Item\":{\"id\":{\"S\":\"u1\"}}\t}\n";
    String last = "{\"Item\":{\"id\":{\"S\":\"u2\"}}}\n";
    Files.writeString(data, first + last);
    assertThat(BackupFiles.at(data).check(ID).items()).isEqualTo(2);
    assertThat(BackupFiles.at(data).check(ID).notes().toString())
        .contains("has no manifest beside it");
    for (String more : List.of(first, last)) {
      Files.writeString(data, first + last + more);
      assertThatThrownBy(() -> BackupFiles.at(data).check(ID))
          .hasMessageContaining(data + ":3: the line before was the last one");
    }
  }

  /** Whoever changes lines for a purpose can say so. */
  @Test
  void changedLinesAreRestoredWithoutTheirChecksum() throws Exception {
    Path data = withoutManifest("users.jsonl", 3);
    String changed = Files.readString(data).replace("u1", "v1");
    Files.writeString(data, changed);
    refused(data);
    Files.writeString(data, changed.replaceFirst("[ \t]+\\}\n$", "}\n"));
    assertThat(BackupFiles.at(data).check(ID).items()).isEqualTo(3);
  }

  /** An editor may end lines in another way. */
  @Test
  void linesMayEndInReturns() throws Exception {
    Path data = withoutManifest("users.jsonl", 3);
    Files.writeString(data, Files.readString(data).replace("\n", "\r\n") + "\n");
    assertThat(BackupFiles.at(data).check(ID).notes()).isEmpty();
  }

  private Path withoutManifest(String name, int items) throws Exception {
    Path data = folder.resolve(name);
    Items.backUp(data, Items.some(items), 2);
    Files.delete(Manifest.beside(data));
    return data;
  }

  private static String unzipped(byte[] gzip) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void backupThatWasUnzippedIsRestored() throws Exception {
    Path gzip = folder.resolve("users.jsonl.gz");
    Items.backUp(gzip, Items.some(5), 2);
    Path plain = folder.resolve("users.jsonl");
    Files.writeString(plain, unzipped(Files.readAllBytes(gzip)));
    assertThat(BackupFiles.at(plain).check(ID).items()).isEqualTo(5);
  }

  @Test
  void backupOfAnEarlierVersionIsRestoredWithANote() throws Exception {
    Path data = folder.resolve("users.jsonl");
    Files.writeString(data, "{\"Item\":{\"id\":{\"S\":\"u1\"}}}\n");
    String manifest =
        "{\"dynocopyBackup\":1,\"table\":\"users\",\"arn\":\"a\",\"time\":\"2026-01-01T00:00:00Z\","
            + "\"items\":1,\"schema\":{}}";
    Files.writeString(Manifest.beside(data), manifest);
    assertThat(BackupFiles.at(data).check(ID).items()).isEqualTo(1);
    assertThat(BackupFiles.at(data).check(ID).notes().toString()).contains("without checksums");
    for (String rubbish : List.of("x", "{}", "}", " []")) {
      Files.writeString(Manifest.beside(data), manifest + rubbish);
      refused(data);
    }
  }

  @Test
  void fileOfAnExportIsComparedWithItsList() throws Exception {
    byte[] file = Items.gzip("{\"Item\":{\"id\":{\"S\":\"u1\"}}}\n".getBytes(UTF_8));
    Path data = Files.createDirectories(folder.resolve("data")).resolve("a.json.gz");
    Files.write(data, file);
    String sum = Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(file));
    Path list = folder.resolve("manifest-files.json");
    String line =
        "{\"itemCount\":1,\"md5Checksum\":\"%s\",\"etag\":\"x-1\",\"dataFileS3Key\":\"p/data/%s\"}\n";
    Files.writeString(list, String.format(line, sum, "a.json.gz"));
    assertThat(BackupFiles.at(folder).check(ID).items()).isEqualTo(1);
    Files.write(data, Items.gzip("{\"Item\":{\"id\":{\"S\":\"u2\"}}}\n".getBytes(UTF_8)));
    assertThatThrownBy(() -> BackupFiles.at(folder).check(ID))
        .hasMessageContaining(data + " was changed or damaged");
    Files.writeString(list, String.format(line, sum, "b.json.gz"));
    assertThatThrownBy(() -> BackupFiles.at(folder)).hasMessageContaining("b.json.gz is missing");
    Files.writeString(list, String.format(line, sum, "\\u0000"));
    assertThatThrownBy(() -> BackupFiles.at(folder))
        .hasMessageContaining(list + ": not the list of an export's files");
  }

  private static String exported(int user) {
    return "{\"Item\":{\"id\":{\"S\":\"u" + user + "\"}}}\n";
  }

  /** An export says how many items all of its files have together. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void eachFileOfAnExportIsComparedWithItsList(boolean counted) throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      byte[] file = Items.gzip(exported(i).getBytes(UTF_8));
      Files.write(data.resolve(i + ".json.gz"), file);
      byte[] md5 = MessageDigest.getInstance("MD5").digest(file);
      lines
          .append("{\"md5Checksum\":\"" + Base64.getEncoder().encodeToString(md5))
          .append("\",\"dataFileS3Key\":\"p/data/" + i + ".json.gz\"}\n");
    }
    Files.writeString(folder.resolve("manifest-files.json"), lines);
    if (counted) {
      Files.writeString(folder.resolve("manifest-summary.json"), "{\"itemCount\":3}");
    }
    assertThat(BackupFiles.at(folder).check(ID).items()).isEqualTo(3);
    for (int i = 0; i < 3; i++) {
      Path file = data.resolve(i + ".json.gz");
      byte[] whole = Files.readAllBytes(file);
      Files.write(file, Items.gzip(exported(9).getBytes(UTF_8)));
      assertThatThrownBy(() -> BackupFiles.at(folder).check(ID))
          .hasMessageContaining(file + " was changed or damaged");
      Files.delete(file);
      assertThatThrownBy(() -> BackupFiles.at(folder)).hasMessageContaining(file + " is missing: ");
      Files.write(file, whole);
    }
    Path other = data.resolve("3.json.gz");
    Files.write(other, Items.gzip("\n".getBytes(UTF_8)));
    assertThatThrownBy(() -> BackupFiles.at(folder))
        .hasMessageContaining(other + " is not of this export");
  }

  /** Who counts the lines of a file knows nothing of those that are too many. */
  @Test
  void moreItemsThanAnExportHadAreRefused() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.write(data.resolve("a.json.gz"), Items.gzip((exported(1) + exported(2)).getBytes(UTF_8)));
    Path summary = folder.resolve("manifest-summary.json");
    Files.writeString(summary, "{\"itemCount\":1}");
    assertThatThrownBy(() -> BackupFiles.at(folder).check(ID))
        .hasMessageContaining(folder + " has 2 items, but the backup had 1");
    Files.writeString(summary, "{\"itemCount\":3}");
    assertThatThrownBy(() -> BackupFiles.at(folder).check(ID))
        .hasMessageContaining("is cut off after 2 items (the backup has 3)");
    Files.writeString(summary, "{\"itemCount\":2}");
    assertThat(BackupFiles.at(folder).check(ID).items()).isEqualTo(2);
  }
}
