package org.dynocopy.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import org.dynocopy.core.Checkpoint;
import org.dynocopy.core.Checkpoint.Open;
import org.dynocopy.core.Counts;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.PartialPage;
import org.dynocopy.core.UnreadSplits;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.state.CheckpointFile.Sample;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run that goes on must find again as it was. */
class CheckpointFileTest {

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("a.checkpoint");
  }

  private static byte[] text(Random random) {
    return ("{\"id\":{\"S\":\"\u00e4 \\\"" + random.nextInt() + "\"}}").getBytes(UTF_8);
  }

  /** A store's own bytes: few are text. */
  private static byte[] opaque(Random random) {
    byte[] bytes = new byte[random.nextInt(9)];
    random.nextBytes(bytes);
    return random.nextBoolean() ? text(random) : bytes;
  }

  private static Optional<Position> position(Random random) {
    return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(new Position(opaque(random)));
  }

  private static BitSet places(Random random) {
    long[] bits = random.longs(random.nextInt(3)).toArray();
    return BitSet.valueOf(bits);
  }

  private static PartialPage half(Random random) {
    return new PartialPage(
        position(random),
        random.nextLong() >>> 1,
        random.nextLong(),
        places(random),
        places(random),
        places(random),
        places(random),
        places(random),
        random.nextInt(3));
  }

  private static Counts counts(Random random) {
    long[] all = random.longs(10, 0, Long.MAX_VALUE).toArray();
    return new Counts(
        all[0],
        all[1],
        all[2],
        all[3],
        all[4],
        all[5],
        all[6],
        all[7],
        all[8],
        all[9],
        random.nextInt(1_000_000) / 2.0,
        random.nextInt(1_000_000) / 2.0);
  }

  private static Checkpoint checkpoint(Random random) {
    List<Open> open = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      List<PartialPage> partialPages = new ArrayList<>();
      for (int j = random.nextInt(4); j > 0; j--) {
        partialPages.add(half(random));
      }
      Optional<byte[]> part = position(random).map(Position::token);
      open.add(new Open(random.nextInt(1_000), part, position(random), partialPages));
    }
    UnreadSplits unread =
        random.nextBoolean()
            ? UnreadSplits.from(random.nextInt(1_000))
            : new UnreadSplits(5, random.longs(random.nextInt(4), 0, 1L << 40).boxed().toList());
    return new Checkpoint(unread, open, counts(random));
  }

  private CheckpointFile any(Random random) {
    Map<String, String> plan = Map.of("from", "a:\u00e4\n" + random.nextInt(), "to", "b:\"t\"");
    Path letters = folder.resolve("letters \u00e4.jsonl");
    return new CheckpointFile(
        plan, random.nextInt(1_000), letters, checkpoint(random), sample(random));
  }

  private static Sample sample(Random random) {
    List<Item> items = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      items.add(Item.of(new String(text(random), UTF_8)));
    }
    return new Sample(random.nextDouble(), items);
  }

  @Test
  void everyCheckpointIsReadAsItWasWritten() {
    Cases.forAll(
        100,
        random -> {
          CheckpointFile written = any(random);
          written.write(file());
          CheckpointFile read = CheckpointFile.read(file()).orElseThrow();
          assertThat(read.plan()).isEqualTo(written.plan());
          assertThat(read.splits()).isEqualTo(written.splits());
          assertThat(read.deadLetters()).isEqualTo(written.deadLetters());
          // Records of arrays are equal to none but themselves.
          assertThat(read.checkpoint()).usingRecursiveComparison().isEqualTo(written.checkpoint());
          assertThat(read.checkpoint().settled()).isEqualTo(written.checkpoint().settled());
          assertThat(CheckpointFile.of(written.bytes(), "here").bytes()).isEqualTo(written.bytes());
          assertThat(read.sample()).usingRecursiveComparison().isEqualTo(written.sample());
        });
  }

  /** A table of 256 GB has 4,096 segments, each at a key of up to 2 KB and 1 KB. */
  @Test
  void positionsWithTheLongestKeysAreReadBack() throws Exception {
    String key = "{\"a\":{\"B\":\"" + "A".repeat(2_732) + "\"},\"b\":{\"B\":\"" + "A".repeat(1_368);
    Optional<Position> after = Optional.of(new Position((key + "\"}}").getBytes(UTF_8)));
    List<Open> open = new ArrayList<>();
    for (int i = 0; i < 4_096; i++) {
      open.add(new Open(i, Optional.empty(), after, List.of()));
    }
    Checkpoint checkpoint = new Checkpoint(4_096, open, counts(new Random(1)));
    new CheckpointFile(Map.of(), 4_096, file(), checkpoint, Sample.NONE).write(file());
    assertThat(CheckpointFile.read(file()).orElseThrow().checkpoint().open()).hasSize(4_096);
  }

  @Test
  void theOneBeforeIsReplaced() throws Exception {
    any(new Random(1)).write(file());
    CheckpointFile second = any(new Random(2));
    second.write(file());
    assertThat(CheckpointFile.read(file()).orElseThrow().checkpoint().unread())
        .isEqualTo(second.checkpoint().unread());
    assertThat(folder.toFile().list()).containsExactly("a.checkpoint");
  }

  @Test
  void whereNoneIsThereIsNone() {
    assertThat(CheckpointFile.read(file())).isEmpty();
  }

  private void assertRefused(byte[] bytes, String why) throws IOException {
    Files.write(file(), bytes);
    assertThatThrownBy(() -> CheckpointFile.read(file()))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("a.checkpoint")
        .hasMessageContaining(why);
  }

  @Test
  void oneThatWasChangedAnywhereIsRefused() throws Exception {
    any(new Random(3)).write(file());
    byte[] whole = Files.readAllBytes(file());
    Cases.forAll(
        100,
        random -> {
          byte[] changed = whole.clone();
          changed[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(7));
          assertRefused(changed, "it is cut off or was changed");
        });
    for (int length : new int[] {0, 1, whole.length / 2, whole.length - 2, whole.length - 1}) {
      assertRefused(java.util.Arrays.copyOf(whole, length), "it is cut off or was changed");
    }
  }

  /** The sum can be made anew by hand, too. */
  private void assertRefused(String from, String to, String why) throws IOException {
    any(new Random(4)).write(file());
    String line = Files.readAllLines(file()).get(0);
    String edited = line.replace(from, to);
    assertThat(edited).isNotEqualTo(line);
    CRC32 crc = new CRC32();
    crc.update(edited.getBytes(StandardCharsets.UTF_8));
    String all = edited + "\n" + Long.toHexString(crc.getValue()) + "\n";
    assertRefused(all.getBytes(StandardCharsets.UTF_8), why);
  }

  @Test
  void anotherVersionIsRefused() throws Exception {
    any(new Random(4)).write(file());
    String line = Files.readAllLines(file()).get(0);
    String version = line.replaceAll(".*\"dynocopyCheckpoint\":\\{\"N\":\"(\\d+)\".*", "$1");
    String field = "\"dynocopyCheckpoint\":{\"N\":\"";
    assertRefused(
        field + version, field + "99", "is of version 99, and this dynocopy reads version 4");
    assertRefused(field + version, field + "1", "is of version 1, ");
  }

  @Test
  void oneThatLacksACountIsRefused() throws Exception {
    for (String name : List.of("written", "deadLettered", "conflicts", "begun", "splits")) {
      assertRefused("\"" + name + "\":", "\"x" + name + "\":", "it is not what dynocopy writes");
    }
  }

  /** As dynocopy wrote it before its documents were bound to records, and as it is read since. */
  private static final String BEFORE =
      "{\"M\":{\"dynocopyCheckpoint\":{\"N\":\"4\"},\"plan\":{\"M\":{\"from\":{\"S\":"
          + "\"prod:users\"},\"to\":{\"S\":\"dev:users\"}}},\"splits\":{\"N\":\"8\"},\"dead"
          + "Letters\":{\"S\":\"/tmp/letters.jsonl\"},\"begun\":{\"N\":\"3\"},\"open\":{\"L"
          + "\":[{\"M\":{\"halves\":{\"L\":[{\"M\":{\"after\":{\"S\":\"{\\\"id\\\":{\\\"S"
          + "\\\":\\\"\u00e4\\\"}}\"},\"read\":{\"N\":\"9\"},\"digest\":{\"N\":\"-7\"},\"se"
          + "ttled\":{\"B\":\"CQE=\"},\"filtered\":{\"B\":\"CA==\"},\"conflicts\":{\"B\":\""
          + "AAE=\"},\"admitted\":{\"N\":\"2\"}}},{\"M\":{\"read\":{\"N\":\"0\"},\"digest\""
          + ":{\"N\":\"5\"}}}]},\"split\":{\"N\":\"0\"},\"part\":{\"S\":\"{\\\"from\\\":1}"
          + "\"}}},{\"M\":{\"halves\":{\"L\":[]},\"split\":{\"N\":\"2\"},\"after\":{\"S\":"
          + "\"{\\\"id\\\":{\\\"S\\\":\\\"b\\\"}}\"}}}]},\"counts\":{\"M\":{\"read\":{\"N\""
          + ":\"100\"},\"filtered\":{\"N\":\"9\"},\"gone\":{\"N\":\"8\"},\"written\":{\"N\""
          + ":\"70\"},\"deadLettered\":{\"N\":\"6\"},\"conflicts\":{\"N\":\"5\"},\"spared\""
          + ":{\"N\":\"2\"},\"retried\":{\"N\":\"4\"},\"bytesRead\":{\"N\":\"30000\"},\"byt"
          + "esWritten\":{\"N\":\"20000\"},\"readUnits\":{\"N\":\"12.5\"},\"writeUnits\":{"
          + "\"N\":\"1.0E+10\"}}},\"sample\":{\"M\":{\"items\":{\"L\":[{\"S\":\"{\\\"id\\\""
          + ":{\\\"S\\\":\\\"x\\\"}}\"}]},\"share\":{\"N\":\"0.25\"}}}}}";

  @Test
  void checkpointOfTheVersionBeforeIsRead() throws Exception {
    Files.writeString(file(), BEFORE + "\nb9e53d97\n");
    CheckpointFile read = CheckpointFile.read(file()).orElseThrow();
    assertThat(read.plan()).isEqualTo(Map.of("from", "prod:users", "to", "dev:users"));
    assertThat(read.splits()).isEqualTo(8);
    assertThat(read.checkpoint().unread()).isEqualTo(UnreadSplits.from(3));
    assertThat(read.checkpoint().counts())
        .isEqualTo(new Counts(100, 9, 8, 70, 6, 5, 2, 4, 30_000, 20_000, 12.5, 1e10));
    Open first = read.checkpoint().open().get(0);
    assertThat(first.part().orElseThrow()).asString(UTF_8).isEqualTo("{\"from\":1}");
    PartialPage page = first.partialPages().get(0);
    assertThat(page.after().orElseThrow().token())
        .asString(UTF_8)
        .isEqualTo("{\"id\":{\"S\":\"\u00e4\"}}");
    assertThat(page.settled()).isEqualTo(BitSet.valueOf(new long[] {0b1_0000_1001}));
    assertThat(page.filtered()).isEqualTo(BitSet.valueOf(new long[] {0b1000}));
    assertThat(page.spared()).isEqualTo(new BitSet());
    assertThat(List.of(page.read(), page.digest(), page.admitted())).containsExactly(9L, -7L, 2L);
    assertThat(first.partialPages().get(1).admitted()).isZero();
    assertThat(read.checkpoint().open().get(1).split()).isEqualTo(2);
    assertThat(read.sample()).isEqualTo(new Sample(0.25, read.sample().items()));
    assertThat(read.sample().items()).hasToString("[{\"id\":{\"S\":\"x\"}}]");
  }
}
