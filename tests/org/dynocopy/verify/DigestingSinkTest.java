package org.dynocopy.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.dynocopy.core.Item;
import org.dynocopy.core.Sink;
import org.dynocopy.core.StoreException;
import org.dynocopy.testing.TakingSink;
import org.junit.jupiter.api.Test;

/** The target has what was written, and nothing else: that is what is compared afterwards. */
class DigestingSinkTest {

  private static final List<String> KEY = List.of("id");

  private static final List<Item> BATCH =
      List.of(
          Item.of("{\"id\":{\"N\":\"0\"}}"),
          Item.of("{\"id\":{\"N\":\"1\"}}"),
          Item.of("{\"id\":{\"N\":\"2\"}}"));

  /** A store that says what it did with a batch. */
  private static Sink answering(Sink.Written written) {
    return new TakingSink() {
      @Override
      public Written write(List<Item> batch) {
        return written;
      }
    };
  }

  private static BitSet bits(int mask) {
    return BitSet.valueOf(new long[] {mask});
  }

  private static List<Item> taken(Sink.Written written) throws Exception {
    List<Item> taken = new ArrayList<>();
    Sink sink =
        new DigestingSink(
            answering(written),
            KEY,
            (digests, item) -> {
              assertThat(digests.item()).isEqualTo(new ItemDigest(KEY).of(item).item());
              assertThat(digests.key()).isEqualTo(new ItemDigest(KEY).of(item).key());
              taken.add(item);
            });
    assertThat(sink.write(BATCH)).isSameAs(written);
    return taken;
  }

  @Test
  void onlyWhatWasWrittenIsTaken() throws Exception {
    for (int unprocessed = 0; unprocessed < 8; unprocessed++) {
      for (int conflicts = 0; conflicts < 8; conflicts++) {
        for (int spared = 0; spared < 8; spared++) {
          BitSet left = bits(unprocessed);
          Sink.Written written = new Sink.Written(left, bits(conflicts), bits(spared), 1);
          List<Item> wanted = new ArrayList<>();
          for (int i = 0; i < BATCH.size(); i++) {
            if (((unprocessed | conflicts | spared) >> i & 1) == 0) {
              wanted.add(BATCH.get(i));
            }
          }
          assertThat(taken(written)).isEqualTo(wanted);
          assertThat(left).as("the answer is as it was").isEqualTo(bits(unprocessed));
        }
      }
    }
  }

  /** To write it again, or to call it a dead letter, would be wrong. */
  @Test
  void itemThatCannotBeTakenEndsTheRun() {
    Sink sink =
        new DigestingSink(
            new TakingSink(),
            KEY,
            (digests, item) -> {
              throw new IOException("no space left");
            });
    assertThatThrownBy(() -> sink.write(BATCH))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.REFUSED))
        .hasMessage("an item cannot be verified: no space left");
  }
}
