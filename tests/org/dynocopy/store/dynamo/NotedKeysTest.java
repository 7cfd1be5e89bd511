package org.dynocopy.store.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page;
import org.dynocopy.core.Source;
import org.dynocopy.store.KeyListSource;
import org.dynocopy.store.Lookup;
import org.dynocopy.store.dynamo.wire.SingleRequests;
import org.junit.jupiter.api.Test;

/** Keys that were noted are read back, each once, however many a list has. */
class NotedKeysTest {

  private static List<Item> keys(int number) {
    return IntStream.range(0, number).mapToObj(i -> Item.of("{\"id\":" + i + "}")).toList();
  }

  @Test
  void everyKeyOfEveryListIsReadOnceInPages() throws Exception {
    int most = 3 * Lookup.KEYS_AT_ONCE + 2;
    Source source = new KeyListSource(most, NotedKeysTest::keys);
    int size = 0;
    for (Source.Split split : source.splits()) {
      List<Item> read = new ArrayList<>();
      Optional<Page.Position> after = Optional.empty();
      long counted = 0;
      do {
        Page page = split.read(after, SingleRequests.retry());
        assertThat(page.items()).hasSizeLessThanOrEqualTo(Lookup.KEYS_AT_ONCE);
        read.addAll(page.items());
        counted += page.read();
        after = page.next();
      } while (after.isPresent());
      assertThat(read).hasToString(keys(size).toString());
      assertThat(counted).isEqualTo(size);
      size++;
    }
    assertThat(size).isEqualTo(most);
  }

  @Test
  void keysAreDividedForALookupWithoutALoss() {
    for (int size = 0; size < 3 * Lookup.KEYS_AT_ONCE + 2; size++) {
      List<Item> all = new ArrayList<>();
      for (List<Item> part : Lookup.parts(keys(size))) {
        assertThat(part).isNotEmpty().hasSizeLessThanOrEqualTo(Lookup.KEYS_AT_ONCE);
        all.addAll(part);
      }
      assertThat(all).hasToString(keys(size).toString());
    }
  }
}
