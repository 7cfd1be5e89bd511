package org.dynocopy.store.dynamo.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.dynocopy.core.Item;
import org.dynocopy.core.Sink;
import org.dynocopy.item.ReplicationAttributes;
import org.junit.jupiter.api.Test;

/** How many items are said to have been written without the attributes of old global tables. */
class ReplicationSinkTest {

  /** Gives the answer that a test has set, and keeps what it was sent. */
  private static final class Answers implements Sink {
    final List<List<Item>> sent = new ArrayList<>();
    private Written next;

    @Override
    public int maxItems() {
      return 25;
    }

    @Override
    public long maxBytes() {
      return Long.MAX_VALUE;
    }

    @Override
    public Object key(Item item) {
      return item;
    }

    @Override
    public Written write(List<Item> batch) {
      sent.add(List.copyOf(batch));
      return next;
    }
  }

  private static Item item(String id, boolean replicated) {
    String more = replicated ? ",\"aws:rep:updateregion\":{\"S\":\"us-east-1\"}" : "";
    return Item.of("{\"id\":{\"S\":\"" + id + "\"}" + more + "}");
  }

  private static BitSet places(int... places) {
    BitSet all = new BitSet();
    for (int place : places) {
      all.set(place);
    }
    return all;
  }

  @Test
  void onlyWhatWasWrittenWithoutThemIsCounted() throws Exception {
    ReplicationAttributes.expect();
    Answers answers = new Answers();
    LongAdder leftOut = new LongAdder();
    ReplicationSink sink = new ReplicationSink(answers, leftOut);
    List<Item> batch =
        List.of(item("written", true), item("again", true), item("kept", true), item("own", false));
    answers.next = new Sink.Written(places(1), places(2), 1);
    assertThat(sink.write(batch)).isSameAs(answers.next);
    assertThat(leftOut.sum()).isEqualTo(1);
    answers.next = new Sink.Written(new BitSet(), 1);
    sink.write(batch.subList(1, 2));
    assertThat(leftOut.sum()).isEqualTo(2);
    assertThat(answers.sent.get(0)).noneMatch(one -> one.toString().contains("aws:rep:"));
    assertThat(answers.sent.get(1).get(0)).isSameAs(answers.sent.get(0).get(1));
  }
}
