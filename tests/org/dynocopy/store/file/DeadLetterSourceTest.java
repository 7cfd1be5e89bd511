package org.dynocopy.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.dynocopy.core.Backoff;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page;
import org.dynocopy.core.Source;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.engine.flow.Retry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each line of a dead-letter file is an item, or is reported as broken. */
class DeadLetterSourceTest {

  private static final String ITEM = "{\"id\":{\"S\":\"a\"}}";
  private static final String GOOD = "{\"at\":\"a:1:1\",\"reason\":\"no\",\"item\":" + ITEM + "}";

  @TempDir Path folder;

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("failed.jsonl"), List.of(lines));
  }

  private static List<String> each(Path file) throws IOException {
    List<String> taken = new ArrayList<>();
    DeadLetterSource.each(
        file, List.of("id"), item -> taken.add(item.map(Item::toString).orElse("broken")));
    return taken;
  }

  @Test
  void itemsAndBrokenLinesAreCountedAndNamed() throws Exception {
    Path file = file(GOOD, "{\"item\":", "", GOOD, "{\"reason\":\"no\"}", GOOD);
    DeadLetterSource.Content content = DeadLetterSource.look(file);
    assertThat(content.items()).isEqualTo(3);
    assertThat(content.broken()).isEqualTo(2);
    assertThat(content.named()).hasSize(2);
    assertThat(content.named().get(0)).startsWith(file + ":2: ");
    assertThat(content.named().get(1)).startsWith(file + ":5: ").contains("not a dead letter");
    assertThat(content.sample()).hasSize(3).allMatch(item -> item.toString().equals(ITEM));
  }

  @Test
  void ofManyBrokenLinesSomeAreNamedAndAllAreCounted() throws Exception {
    List<String> lines = new ArrayList<>(List.of(GOOD));
    for (int i = 0; i < 50; i++) {
      lines.add("{");
    }
    DeadLetterSource.Content content = DeadLetterSource.look(file(lines.toArray(String[]::new)));
    assertThat(content.broken()).isEqualTo(50);
    assertThat(content.named()).hasSize(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "7",
        "{}",
        "{\"reason\":\"no\"}",
        "{\"item\":7}",
        "{\"item\":{\"id\":\"a\"}}",
        "{\"item\":{\"id\":{\"N\":\"x\"}}}",
        "{\"item\":{\"id\":{\"S\":\"a\"}}} {}",
        "{\"item\":{\"id\":{\"S\":\"a\"}}}{\"item\":{\"id\":{\"S\":\"b\"}}}",
        "{\"item\":{\"id\":{\"S\":\"a\"}}",
      })
  void lineThatIsNoDeadLetterIsBroken(String line) throws Exception {
    Path file = file(GOOD, line, GOOD);
    DeadLetterSource.Content content = DeadLetterSource.look(file);
    assertThat(content.items()).isEqualTo(2);
    assertThat(content.broken()).isEqualTo(1);
    assertThat(each(file)).containsExactly(ITEM, "broken", ITEM);
  }

  @Test
  void letterWithoutItsKeyIsBrokenForAComparison() throws Exception {
    Path file = file("{\"item\":{\"x\":{\"S\":\"a\"}}}", GOOD);
    assertThat(each(file)).containsExactly("broken", ITEM);
  }

  @Test
  void fileWithoutOneDeadLetterIsRefused() throws Exception {
    Path file = file("{", "{");
    assertThatThrownBy(() -> DeadLetterSource.look(file))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("there is no dead letter in " + file);
    assertThat(DeadLetterSource.look(file()).items()).isZero();
    assertThatThrownBy(() -> DeadLetterSource.look(folder.resolve("none")))
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> DeadLetterSource.look(folder)).hasMessageContaining("not a file");
  }

  @Test
  void brokenLinesComeToTheirReceiverAndTheOthersAreRead() throws Exception {
    Path file = file(GOOD, "{broken", GOOD);
    List<String> broken = new ArrayList<>();
    DeadLetterSource.broken(file, (line, what) -> broken.add(new String(line) + what));
    try (DeadLetterSource letters = new DeadLetterSource(file)) {
      assertThat(letters.splits().get(0).read(Optional.empty(), null).items())
          .extracting(Item::toString)
          .containsExactly(ITEM, ITEM);
      // The same item may be there twice, and the later one must win.
      assertThat(letters.mayRepeatKeys()).isTrue();
    }
    assertThat(broken).hasSize(1);
    assertThat(broken.get(0)).startsWith("{broken" + file + ":2: ");
  }

  /** So many that a whole page of lines has no letter. */
  @Test
  void letterBehindManyBrokenLinesIsRead() throws Exception {
    List<String> lines = new ArrayList<>(Collections.nCopies(2_500, "x"));
    lines.add(GOOD);
    List<Item> read = new ArrayList<>();
    try (DeadLetterSource letters = new DeadLetterSource(file(lines.toArray(String[]::new)))) {
      Source.Split split = letters.splits().get(0);
      Optional<Page.Position> after = Optional.empty();
      do {
        Page page = split.read(after, Retry.alone(Backoff.DEFAULT));
        read.addAll(page.items());
        after = page.next();
      } while (after.isPresent());
    }
    assertThat(read).hasToString("[" + ITEM + "]");
  }
}
