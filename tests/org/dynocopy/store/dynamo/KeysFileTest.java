package org.dynocopy.store.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.dynocopy.store.dynamo.TableInfos.AT;
import static org.dynocopy.store.dynamo.TableInfos.TENANT;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.KeyCondition;
import org.dynocopy.store.dynamo.FakeService.Reply;
import org.dynocopy.store.dynamo.TableInfo.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysFileTest {

  private static final List<Key> NUMBER = List.of(new Key("n", KeyType.N));

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("keys.txt"), text);
  }

  private static List<Object> keys(Path file, List<Key> partition) {
    assertThat(KeysFile.check(file, partition, AT)).isPositive();
    List<Object> keys = new ArrayList<>();
    KeysFile.of(file, partition).forEach(key -> keys.add(key.get(0)));
    return keys;
  }

  private static void refused(Path file, List<Key> partition, String message) {
    assertThatThrownBy(() -> KeysFile.check(file, partition, AT))
        .isInstanceOf(InvalidPlanException.class)
        .hasMessageContaining(message);
  }

  @Test
  void everyLineIsAKey() throws Exception {
    Path file = file("a\n b c \ta\u00e9\ud83d\ude00");
    assertThat(keys(file, List.of(TENANT))).containsExactly("a", " b c \ta\u00e9\ud83d\ude00");
  }

  @Test
  void emptyLinesAndOtherLineEndsArePassedOver() throws Exception {
    Path file = file("\r\n1\r\n\r\n  \r\n-2.50\n\n7\r\n");
    assertThat(keys(file, NUMBER))
        .containsExactly(new BigDecimal("1"), new BigDecimal("-2.50"), new BigDecimal("7"));
    assertThat(KeysFile.check(file, NUMBER, AT)).isEqualTo(3);
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
        new TableReading(selection, new FakeService((operation, body) -> Reply.of("{}")).wire());
    assertThat(reading.splits()).isEqualTo(100_000);
    assertThat(reading.readers()).isEqualTo(16);
    int number = 0;
    for (var split : reading.source().splits()) {
      assertThat(split.name()).isEqualTo("partition key u" + number++);
    }
    assertThat(number).isEqualTo(100_000);
  }
}
