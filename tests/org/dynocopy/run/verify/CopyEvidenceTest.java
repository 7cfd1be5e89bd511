package org.dynocopy.run.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.dynocopy.core.Item;
import org.dynocopy.core.Shaper;
import org.dynocopy.testing.Cases;
import org.dynocopy.verify.ItemDigest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which items a comparison does not miss: a lost one must not be taken for one of them. */
class CopyEvidenceTest {

  private static final List<String> KEYS = List.of("id");

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("failed.jsonl");
  }

  private static String item(String id) {
    return "{\"id\":{\"S\":\"" + id + "\"}}";
  }

  private static String letter(String item) {
    return "{\"at\":\"a.groovy:1:1\",\"reason\":\"no\",\"item\":" + item + "}";
  }

  private void write(String... lines) throws IOException {
    Files.write(file, List.of(lines));
  }

  private List<String> of(long number) throws IOException {
    return of(number, file);
  }

  private static List<String> of(long number, Path letters) throws IOException {
    CopyEvidence copied = new CopyEvidence(Shaper.NONE, CopyEvidence.last(number, letters, KEYS));
    ItemDigest digest = new ItemDigest(KEYS);
    return Stream.of("a", "b", "c")
        .filter(
            id -> {
              try {
                return copied.isDeadLetter(digest.of(Item.of(item(id))));
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            })
        .toList();
  }

  @Test
  void lettersOfEarlierCopiesAreNotOfThisOne() throws Exception {
    write(letter(item("a")), letter(item("b")), letter(item("c")));
    assertThat(of(2)).containsExactly("b", "c");
    assertThat(of(0)).isEmpty();
    assertThat(of(9)).containsExactly("a", "b", "c");
  }

  @Test
  void whatWasWrittenAgainCountsOnce() throws Exception {
    write(letter(item("a")), letter(item("b")), letter(item("c")), letter(item("b")));
    assertThat(of(2)).containsExactly("b", "c");
  }

  /** By where each of them was written last. */
  @Test
  void lastLettersAreThoseThatWereWrittenLast() {
    Cases.forAll(
        50,
        random -> {
          List<String> ids = new ArrayList<>();
          for (int i = random.nextInt(9); i >= 0; i--) {
            ids.add(List.of("a", "b", "c").get(random.nextInt(3)));
          }
          Path letters = folder.resolve(random.nextLong() + ".jsonl");
          Files.write(letters, ids.stream().map(id -> letter(item(id))).toList());
          List<String> last =
              ids.stream().distinct().sorted(Comparator.comparing(ids::lastIndexOf)).toList();
          for (int number = 0; number <= 3; number++) {
            List<String> wanted = last.subList(Math.max(0, last.size() - number), last.size());
            assertThat(of(number, letters))
                .as("%d of %s", number, ids)
                .containsExactlyInAnyOrderElementsOf(wanted);
          }
        });
  }

  @Test
  void letterWithoutItsKeyTakesThePlaceOfNoneBefore() throws Exception {
    write(letter(item("a")), letter("{\"x\":{\"S\":\"1\"}}"), "{\"at\":", letter(item("c")));
    assertThat(of(3)).containsExactly("c");
    assertThat(of(4)).containsExactly("a", "c");
  }

  @Test
  void anotherItemWithTheSameKeyIsNone() throws Exception {
    write(letter("{\"id\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"}}"));
    assertThat(of(1)).isEmpty();
  }
}
