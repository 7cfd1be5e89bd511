package org.dynocopy.store.dynamo.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.dynocopy.store.dynamo.TableInfos.AT;
import static org.dynocopy.store.dynamo.TableInfos.TENANT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.store.KeyAttributeType;
import org.dynocopy.store.TableInfo.Key;
import org.dynocopy.store.TableReading;
import org.dynocopy.store.dynamo.FakeService;
import org.dynocopy.store.dynamo.FakeService.Reply;
import org.dynocopy.store.dynamo.TableInfos;
import org.dynocopy.store.dynamo.read.DynamoReading;
import org.dynocopy.store.dynamo.read.Selection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class KeysFileTest {

  private static final List<Key> NUMBER = List.of(new Key("n", KeyAttributeType.N));

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("keys.txt"), text);
  }

  private static List<Object> keys(Path file, List<Key> partition) {
    List<Object> keys = new ArrayList<>();
    KeysFile checked = KeysFile.of(file, partition, AT);
    checked.forEach(key -> keys.add(key.get(0)));
    assertThat(checked.keys()).isEqualTo(keys.size());
    return keys;
  }

  private static void refused(Path file, List<Key> partition, String message) {
    assertThatThrownBy(() -> KeysFile.of(file, partition, AT))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining(message);
  }

  @Test
  void everyLineIsAKey() throws Exception {
    Path file = file("a\nb c \ta\u00e9\ud83d\ude00");
    assertThat(keys(file, List.of(TENANT))).containsExactly("a", "b c \ta\u00e9\ud83d\ude00");
  }

  @Test
  void keyWithBlankAtAnEndIsRefused() throws Exception {
    for (String line : List.of("t2 ", "t2\t", " t2", "t2\u00a0", "\tt2\r")) {
      Path file = file("t1\n" + line + "\nt3\n");
      String shown = line.replace("\r", "").replace("\t", "\\t");
      refused(file, List.of(TENANT), file + ":2: the key `" + shown);
      refused(file, List.of(TENANT), "begins or ends with a blank or a tab");
    }
    assertThat(keys(file("1 \n\t2\r\n"), NUMBER))
        .containsExactly(new BigDecimal("1"), new BigDecimal("2"));
  }

  @Test
  void keyInQuotesIsAJsonString() throws Exception {
    Path file = file("\"t1 \"\n\"\\\"t2\\\"\"\n\"t\\n3\"\n\"t4\n");
    assertThat(keys(file, List.of(TENANT))).containsExactly("t1 ", "\"t2\"", "t\n3", "\"t4");
    Path wrong = file("t1\n\"t\"2\"\n");
    refused(wrong, List.of(TENANT), wrong + ":2: \"t\"2\" is in quotes, but no JSON string");
    refused(file("\"\""), List.of(TENANT), ":1: a key cannot be empty");
  }

  @Test
  void keyThatIsThereTwiceIsReadOnce() throws Exception {
    assertThat(keys(file("1\n2\n1.0\n01\n1E0\n2\n3"), NUMBER))
        .containsExactly(new BigDecimal("1"), new BigDecimal("2"), new BigDecimal("3"));
    Random random = new Random(7);
    List<String> lines = random.ints(3_000, 0, 1_000).mapToObj(i -> "t" + i).toList();
    Path file = file(String.join("\n", lines));
    for (long atOnce : List.of(3_000L, 200L)) {
      KeysFile once = KeysFile.of(file, List.of(TENANT), AT, atOnce);
      List<Object> keys = new ArrayList<>();
      once.forEach(key -> keys.add(key.get(0)));
      assertThat(keys).containsExactlyElementsOf(new LinkedHashSet<Object>(lines));
      assertThat(once.repeated()).isEqualTo(3_000 - keys.size());
      assertThat(once.contained().test(List.of(lines.get(17)))).isTrue();
      assertThat(once.contained().test(List.of("t1000"))).isFalse();
    }
  }

  @Test
  void emptyLinesAndOtherLineEndsArePassedOver() throws Exception {
    Path file = file("\r\n1\r\n\r\n  \r\n-2.50\n\n7\r\n");
    assertThat(keys(file, NUMBER))
        .containsExactly(new BigDecimal("1"), new BigDecimal("-2.50"), new BigDecimal("7"));
  }

  @Test
  void wrongLineIsNamedByItsNumber() throws Exception {
    Path file = file("1\n\n2\r\nthree\n4\n");
    refused(file, NUMBER, file + ":4: the key `n` is of type N, a number: `three` is not");
  }

  @Test
  void fileWithoutKeysIsRefused() throws Exception {
    Path file = file("");
    refused(file, NUMBER, "`" + file + "` has no keys: write one on each line");
    refused(file("\n \r\n"), NUMBER, "has no keys");
    Path none = folder.resolve("none.txt");
    refused(none, NUMBER, "there is no file `" + none + "`");
    refused(folder, NUMBER, "cannot be read");
  }

  @Test
  void byteOrderMarkIsPassedOver() throws Exception {
    assertThat(keys(file("\uFEFFt1\nt2\n"), List.of(TENANT))).containsExactly("t1", "t2");
    assertThat(keys(file("\uFEFF\n7"), NUMBER)).containsExactly(new BigDecimal("7"));
    Path wrong = file("\uFEFF1\nthree\n");
    refused(wrong, NUMBER, wrong + ":2: the key `n` is of type N, a number: `three` is not");
    refused(file("\uFEFF"), NUMBER, "has no keys");
  }

  @Test
  void fileThatIsChangedAfterItsCheckIsNotRead() throws Exception {
    Path file = file("t1\nt2\n");
    KeysFile checked = KeysFile.of(file, List.of(TENANT), AT);
    Path other = Files.writeString(folder.resolve("other.txt"), "t3\nt4\n");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(checked::iterator).hasMessageContaining("was changed while this run read");
    Files.delete(file);
    assertThatThrownBy(checked::iterator).hasMessageContaining("was changed while this run read");
  }

  @Test
  void fileThatIsChangedWhileItIsReadEndsTheReading() throws Exception {
    for (String added : List.of("t3\n", "not one key, but longer than a buffer\n".repeat(500))) {
      Path file = file("t1\n".repeat(5_000) + "t2\n");
      Iterator<List<Object>> keys = KeysFile.of(file, List.of(TENANT), AT).iterator();
      assertThat(keys.next()).containsExactly("t1");
      Files.writeString(file, added, StandardOpenOption.APPEND);
      assertThatThrownBy(() -> keys.forEachRemaining(key -> {}))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("was changed while this run read");
    }
  }

  @Test
  void otherEncodingIsRefused() throws Exception {
    Path file = file("");
    Files.write(file, "ok\nMüller\n".getBytes(StandardCharsets.ISO_8859_1));
    refused(file, List.of(TENANT), "is not UTF-8 text");
  }

  @Test
  void keyOfSeveralAttributesHasNoFile() throws Exception {
    refused(file("1"), List.of(TENANT, NUMBER.get(0)), "of one attribute: list these with `pk`");
  }

  @Test
  void manyKeysAreReadAsTheyAreAskedFor() throws Exception {
    Path file =
        file(IntStream.range(0, 100_000).mapToObj(i -> "u" + i).collect(Collectors.joining("\n")));
    Selection selection =
        TableInfos.selection(
            TableInfos.users(0),
            plan -> plan.where(new KeyCondition(file, Optional.empty(), Optional.empty()), AT));
    TableReading reading =
        new DynamoReading(selection, new FakeService((operation, body) -> Reply.of("{}")).wire());
    assertThat(reading.splits()).isEqualTo(100_000);
    assertThat(reading.readers()).isEqualTo(16);
    int number = 0;
    for (var split : reading.source().splits()) {
      assertThat(split.name()).isEqualTo("partition key u" + number++);
    }
    assertThat(number).isEqualTo(100_000);
  }
}
