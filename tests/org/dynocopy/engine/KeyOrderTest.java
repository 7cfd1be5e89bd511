package org.dynocopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dynocopy.core.Item;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;

class KeyOrderTest {

  private final KeyOrder order = new KeyOrder();

  private static PendingItem item(Object key, int number) {
    return new PendingItem(Item.of("{\"n\":{\"N\":\"" + number + "\"}}"), null, 0, key);
  }

  @Test
  void nextItemOfAKeyStartsWhenTheOneBeforeItIsSettled() {
    PendingItem one = item("a", 1);
    PendingItem two = item("a", 2);
    PendingItem three = item("a", 3);
    assertThat(order.start(one)).isTrue();
    assertThat(order.start(two)).isFalse();
    assertThat(order.start(three)).isFalse();
    assertThat(order.next(one)).isSameAs(two);
    assertThat(order.next(two)).isSameAs(three);
    assertThat(order.next(three)).isNull();
  }

  @Test
  void otherKeysDoNotWait() {
    assertThat(order.start(item("a", 1))).isTrue();
    assertThat(order.start(item("b", 1))).isTrue();
  }

  @Test
  void keyStartsAnewOnceAllItsItemsAreSettled() {
    PendingItem one = item("a", 1);
    order.start(one);
    order.next(one);
    assertThat(order.start(item("a", 2))).isTrue();
  }

  @Test
  void eachKeysItemsStartOnceEachAndInTheirOrderHoweverTheySettle() {
    Cases.forAll(
        300,
        random -> {
          KeyOrder order = new KeyOrder();
          Map<Object, List<Item>> offered = new HashMap<>();
          Map<Object, List<Item>> started = new HashMap<>();
          Deque<PendingItem> running = new ArrayDeque<>();
          for (int i = 0; i < 200 || !running.isEmpty(); i++) {
            if (i < 200 && random.nextInt(3) > 0) {
              PendingItem item = item("k" + random.nextInt(5), i);
              offered.computeIfAbsent(item.key(), k -> new ArrayList<>()).add(item.item());
              if (order.start(item)) {
                running.add(item);
              }
            } else if (!running.isEmpty()) {
              PendingItem settled = random.nextBoolean() ? running.pollFirst() : running.pollLast();
              started.computeIfAbsent(settled.key(), k -> new ArrayList<>()).add(settled.item());
              PendingItem next = order.next(settled);
              if (next != null) {
                running.add(next);
              }
            }
            assertThat(running).extracting(PendingItem::key).doesNotHaveDuplicates();
          }
          assertThat(started).isEqualTo(offered);
        });
  }
}
