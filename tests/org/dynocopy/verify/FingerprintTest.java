package org.dynocopy.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.dynocopy.core.Item;
import org.dynocopy.testing.Cases;
import org.dynocopy.verify.FingerprintFile.NoFingerprintException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class FingerprintTest {

  private static final List<String> KEY = List.of("id");

  @TempDir Path folder;

  private static ItemDigest.Digests item(int id, String value) {
    try {
      String json = "{\"id\":{\"N\":\"" + id + "\"},\"value\":{\"S\":\"" + value + "\"}}";
      return new ItemDigest(KEY).of(Item.of(json));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Fingerprint of(List<ItemDigest.Digests> items) {
    Fingerprint fingerprint = new Fingerprint();
    items.parallelStream().forEach(fingerprint::add);
    return fingerprint;
  }

  private static List<ItemDigest.Digests> items(int number, Random random) {
    return IntStream.range(0, number)
        .mapToObj(i -> item(random.nextInt(3 * number), "v" + random.nextInt(5)))
        .toList();
  }

  @Test
  void theOrderIsNothing() {
    Cases.forAll(
        20,
        random -> {
          List<ItemDigest.Digests> items = new ArrayList<>(items(500, random));
          Fingerprint one = of(items);
          Collections.shuffle(items, random);
          assertThat(one.differing(of(items)).cardinality()).isZero();
          assertThat(one.items()).isEqualTo(500);
        });
  }

  @Test
  void oneChangeShowsInItsBucketAlone() {
    Cases.forAll(
        50,
        random -> {
          List<ItemDigest.Digests> items = new ArrayList<>(items(300, random));
          Fingerprint before = of(items);
          ItemDigest.Digests other = item(random.nextInt(1_000), "other");
          int bucket = Fingerprint.bucket(other);
          items.add(other);
          Fingerprint after = of(items);
          assertThat(before.differing(after).stream().toArray()).containsExactly(bucket);
          assertThat(before.leastDifferent(after)).isEqualTo(1);
        });
  }

  @Test
  void equalItemsDoNotCancelEachOther() {
    Fingerprint none = of(List.of());
    Fingerprint twice = of(List.of(item(1, "a"), item(1, "a")));
    Fingerprint others = of(List.of(item(1, "b"), item(1, "b")));
    assertThat(none.leastDifferent(twice)).isEqualTo(2);
    assertThat(twice.differing(others).cardinality()).isEqualTo(1);
  }

  @Test
  void sumsAreThoseOfBigIntegers() {
    Cases.forAll(
        30,
        random -> {
          Fingerprint fingerprint = new Fingerprint();
          BigInteger sum = BigInteger.ZERO;
          for (int i = 0; i < 50; i++) {
            byte[] digest = new byte[Fingerprint.SUM];
            random.nextBytes(digest);
            // Carries that go through a whole long are rare among random ones.
            for (int at = 0; at < digest.length; at++) {
              digest[at] = random.nextInt(3) > 0 ? (byte) 0xff : digest[at];
            }
            fingerprint.add(7, 1, digest);
            sum = sum.add(new BigInteger(1, digest));
          }
          BigInteger modulus = BigInteger.ONE.shiftLeft(8 * Fingerprint.SUM);
          assertThat(new BigInteger(1, fingerprint.sum(7))).isEqualTo(sum.mod(modulus));
        });
  }

  @Test
  void carryGoesThroughAllThatIsFull() {
    byte[] full = new byte[Fingerprint.SUM];
    Arrays.fill(full, (byte) 0xff);
    byte[] one = new byte[Fingerprint.SUM];
    one[Fingerprint.SUM - 1] = 1;
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.add(7, 1, full);
    fingerprint.add(7, 1, one);
    assertThat(fingerprint.sum(7)).containsOnly(0);
  }

  /** At the least: of items that are there and others that are not, more may differ. */
  @Test
  void leastThatDiffersIsCountedInEachBucket() {
    Fingerprint one = new Fingerprint();
    Fingerprint two = new Fingerprint();
    byte[] zero = new byte[Fingerprint.SUM];
    byte[] other = new byte[Fingerprint.SUM];
    other[0] = 1;
    one.add(7, 5, zero);
    two.add(7, 2, zero);
    one.add(8, 1, zero);
    two.add(8, 1, other);
    two.add(Fingerprint.BUCKETS - 1, 4, zero);
    assertThat(one.leastDifferent(two)).isEqualTo(3 + 1 + 4);
    assertThat(two.leastDifferent(one)).isEqualTo(3 + 1 + 4);
    assertThat(one.leastDifferent(one)).isZero();
    assertThat(two.items()).isEqualTo(7);
  }

  /** Where the sums are the same by chance, the numbers of items still tell. */
  @Test
  void otherNumbersOfItemsDifferWhateverTheirSumsAre() {
    Fingerprint one = new Fingerprint();
    Fingerprint two = new Fingerprint();
    one.add(7, 1, new byte[Fingerprint.SUM]);
    two.add(7, 2, new byte[Fingerprint.SUM]);
    assertThat(one.differing(two).stream().toArray()).containsExactly(7);
    assertThat(one.leastDifferent(two)).isEqualTo(1);
    assertThat(two.items()).isEqualTo(2);
  }

  private String write(int items, Random random) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new FingerprintFile(
            "prod:users",
            List.of("id (N)", "day (S)"),
            "pk t\"1",
            "2026-11-22T14:00:00Z",
            of(items(items, random)))
        .write(out);
    return out.toString("UTF-8");
  }

  private FingerprintFile read(String text) throws Exception {
    Path file = folder.resolve("a.fp");
    Files.writeString(file, text);
    return FingerprintFile.read(file);
  }

  private void assertRefused(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(NoFingerprintException.class)
        .hasMessageContaining("a.fp")
        .hasMessageContaining(message);
  }

  @Test
  void aFileBringsItBack() throws Exception {
    for (int items : new int[] {0, 1, 5_000}) {
      Random random = new Random(items);
      FingerprintFile back = read(write(items, random));
      assertThat(back.table()).isEqualTo("prod:users");
      assertThat(back.keys()).containsExactly("id (N)", "day (S)");
      assertThat(back.selection()).isEqualTo("pk t\"1");
      assertThat(back.time()).isEqualTo("2026-11-22T14:00:00Z");
      Fingerprint same = of(items(items, new Random(items)));
      assertThat(back.fingerprint().differing(same).cardinality()).isZero();
      assertThat(back.fingerprint().items()).isEqualTo(items);
      assertThat(write(items, new Random(items)).lines().findFirst().orElseThrow())
          .contains("\"version\":1,", "\"items\":" + items + ",", "\"buckets\":65536,");
    }
  }

  @Test
  void aFileThatIsNotAsItWasMadeIsRefused() throws Exception {
    String text = write(200, new Random(1));
    assertRefused("", "is not a fingerprint");
    assertRefused("{}", "is not a fingerprint");
    assertRefused(text.replace("\"version\":1", "\"version\":2"), "is a fingerprint of version 2");
    assertRefused(text.replace("prod:users", "prod:user2"), "checksum does not fit");
    assertRefused(text.replaceFirst("\n(\\d+) 1 ", "\n$1 2 "), "checksum does not fit");
    assertRefused(text.replaceFirst("\n\\d+ .*\n", "\n"), "checksum does not fit");
    assertRefused(text + "\n", "cut off");
    assertRefused("x".repeat((16 << 20) + 1), "too large");
    assertThatThrownBy(() -> FingerprintFile.read(folder.resolve("none.fp")))
        .isInstanceOf(NoFingerprintException.class)
        .hasMessageContaining("cannot be read");
    assertThatThrownBy(() -> FingerprintFile.read(folder))
        .isInstanceOf(NoFingerprintException.class);
  }

  @Test
  void aFileIsRefusedWhereverItIsCutOrChanged() throws Exception {
    String text = write(200, new Random(2));
    Cases.forAll(
        200,
        random -> {
          int at = random.nextInt(text.length());
          char other = (char) ('0' + random.nextInt(70));
          String changed = text.substring(0, at) + other + text.substring(at + 1);
          if (!changed.equals(text)) {
            assertThatThrownBy(() -> read(changed)).isInstanceOf(NoFingerprintException.class);
          }
          assertThatThrownBy(() -> read(text.substring(0, at)))
              .isInstanceOf(NoFingerprintException.class);
        });
  }
}
