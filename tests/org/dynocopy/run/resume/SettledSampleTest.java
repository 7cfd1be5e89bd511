package org.dynocopy.run.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dynocopy.core.Checkpoint;
import org.dynocopy.core.ForwardingSink;
import org.dynocopy.core.Item;
import org.dynocopy.core.Sink;
import org.dynocopy.run.job.DiscardingSink;
import org.dynocopy.state.CheckpointFile;
import org.dynocopy.state.CheckpointFile.Sample;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a checkpoint keeps of the items that are settled. */
class SettledSampleTest {

  @TempDir private Path folder;

  private static Item item(String id, String rest) {
    return Item.of("{\"id\":{\"S\":\"" + id + "\"}" + rest + "}");
  }

  private static Set<String> texts(Sample sample) {
    return sample.items().stream().map(Item::toString).collect(Collectors.toSet());
  }

  private static void write(Sink sink, List<Item> items) throws Exception {
    for (int i = 0; i < items.size(); i += 25) {
      sink.write(items.subList(i, Math.min(i + 25, items.size())));
    }
  }

  /** Of whatever keys, and however often a run is stopped. */
  @Test
  void sampleIsSmallAndOfWhatWasWritten() {
    Cases.forAll(
        20,
        random -> {
          Set<String> written = ConcurrentHashMap.newKeySet();
          Sample sample = Sample.NONE;
          for (int run = 0; run < 3; run++) {
            int number = run;
            SettledSample taking = new SettledSample(List.of("id"), sample);
            Sink sink = taking.of(new DiscardingSink());
            int longest = 1 << random.nextInt(12);
            List<Item> items =
                IntStream.range(0, random.nextInt(300))
                    .mapToObj(i -> number + "-" + i + "x".repeat(random.nextInt(longest)))
                    .map(id -> item(id, ",\"text\":{\"S\":\"a\"}"))
                    .toList();
            items.forEach(item -> written.add(item.toString().replaceFirst(",\"text.*", "}")));
            Stream.of(
                    items.subList(0, items.size() / 2),
                    items.subList(items.size() / 2, items.size()))
                .parallel()
                .forEach(
                    half -> {
                      try {
                        write(sink, half);
                      } catch (Exception e) {
                        throw new AssertionError(e);
                      }
                    });
            sample = taking.now();
          }
          assertThat(written).containsAll(texts(sample));
          int bytes = sample.items().stream().mapToInt(Item::length).sum();
          assertThat(bytes).isLessThanOrEqualTo(SettledSample.MOST_BYTES);
          if (written.size() <= SettledSample.MOST_ITEMS
              && written.stream().mapToInt(String::length).sum() <= SettledSample.MOST_BYTES) {
            assertThat(texts(sample)).isEqualTo(written);
          }
          assertThat(sample.items()).hasSizeBetween(written.isEmpty() ? 0 : 1, 64);
          Path file = folder.resolve("checkpoint");
          new CheckpointFile(Map.of(), 1, folder, Checkpoint.START, sample).write(file);
          assertThat(Files.size(file)).isLessThan(20_000);
        });
  }

  /** Those that come first and those that come last, in this run or in the one before. */
  @Test
  void everyItemHasTheSameChance() throws Exception {
    int[] thirds = new int[3];
    for (int times = 0; times < 100; times++) {
      Sample sample = Sample.NONE;
      for (int run = 0; run < 3; run++) {
        String from = run + "-";
        SettledSample taking = new SettledSample(List.of("id"), sample);
        write(
            taking.of(new DiscardingSink()),
            IntStream.range(0, 500).mapToObj(i -> item(from + i, "")).toList());
        sample = taking.now();
      }
      assertThat(sample.items()).hasSize(SettledSample.MOST_ITEMS);
      sample.items().forEach(item -> thirds[item.toString().charAt(12) - '0']++);
    }
    // A third of 6,400 each; the deviation is 38.
    for (int third : thirds) {
      assertThat(third).isBetween(1_900, 2_370);
    }
  }

  @Test
  void whatIsNotWrittenIsNotInIt() throws Exception {
    BitSet unprocessed = new BitSet();
    unprocessed.set(0);
    BitSet conflicts = new BitSet();
    conflicts.set(1);
    BitSet spared = new BitSet();
    spared.set(2);
    SettledSample sample = new SettledSample(List.of("id"), Sample.NONE);
    Sink sink =
        sample.of(
            new ForwardingSink(new DiscardingSink()) {
              @Override
              public Written write(List<Item> batch) {
                return new Written(unprocessed, conflicts, spared, 0);
              }
            });
    sink.write(List.of(item("a", ""), item("b", ""), item("c", ""), item("d", "")));
    // The target has the item by this key that it keeps.
    assertThat(texts(sample.now())).isEqualTo(Set.of("" + item("b", ""), "" + item("d", "")));
  }

  /** An item may expire by any of its numbers that is a time. */
  @Test
  void timesAreKeptWithTheKey() throws Exception {
    String time = ",\"t\":{\"N\":\"1700000000\"}";
    String other = ",\"n\":{\"N\":\"17\"},\"s\":{\"S\":\"1700000000\"},\"b\":{\"BOOL\":true}";
    String many =
        IntStream.range(0, 100)
            .mapToObj(i -> ",\"t" + i + "\":{\"N\":\"1700000000\"}")
            .collect(Collectors.joining());
    SettledSample sample = new SettledSample(List.of("id"), Sample.NONE);
    write(sample.of(new DiscardingSink()), List.of(item("a", time + other), item("b", many)));
    assertThat(texts(sample.now()))
        .isEqualTo(new HashSet<>(List.of("" + item("a", time), "" + item("b", ""))));
  }
}
