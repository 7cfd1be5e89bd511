package org.dynocopy.store.dynamo.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.BitSet;
import java.util.List;
import org.dynocopy.core.Item;
import org.dynocopy.core.Sink.Written;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.store.dynamo.FakeService;
import org.dynocopy.store.dynamo.FakeService.Reply;
import org.dynocopy.store.dynamo.TableInfos;
import org.junit.jupiter.api.Test;

class TableSinkTest {

  private static final Item ONE = Item.of("{\"id\":{\"S\":\"a\"},\"at\":{\"N\":\"1.0\"}}");
  private static final Item TWO = Item.of("{\"at\":{\"N\":\"2\"}, \"id\":{\"S\":\"\\u0061\"}}");

  private static Reply unprocessed(String... items) {
    StringBuilder puts = new StringBuilder();
    for (String item : items) {
      String put = "{\"PutRequest\":{\"Item\":" + item + "}}";
      puts.append(puts.isEmpty() ? put : "," + put);
    }
    return Reply.of(
        "{\"UnprocessedItems\":"
            + (items.length == 0 ? "{}" : "{\"users\":[" + puts + "]}")
            + ",\"ConsumedCapacity\":[{\"CapacityUnits\":2.0}]}");
  }

  private static Written write(Reply reply) throws Exception {
    FakeService service = new FakeService((operation, body) -> reply);
    return TableSink.puts(TableInfos.users(0), service.wire()).write(List.of(ONE, TWO));
  }

  @Test
  void itemsGoOutAsTheVeryBytesThatTheyCameIn() throws Exception {
    FakeService service = new FakeService((operation, body) -> unprocessed());
    Written written = TableSink.puts(TableInfos.users(0), service.wire()).write(List.of(ONE, TWO));
    assertThat(service.requests)
        .containsExactly(
            "{\"RequestItems\":{\"users\":["
                + "{\"PutRequest\":{\"Item\":"
                + ONE
                + "}},{\"PutRequest\":{\"Item\":"
                + TWO
                + "}}]},\"ReturnConsumedCapacity\":\"TOTAL\"}");
    assertThat(written.unprocessed().isEmpty()).isTrue();
    assertThat(written.units()).isEqualTo(2.0);
  }

  @Test
  void unprocessedItemIsFoundByItsKeyHoweverTheServiceWritesIt() throws Exception {
    BitSet second = new BitSet();
    second.set(1);
    assertThat(write(unprocessed("{\"id\":{\"S\":\"a\"},\"at\":{\"N\":\"2.00\"}}")).unprocessed())
        .isEqualTo(second);
    BitSet both = new BitSet();
    both.set(0, 2);
    assertThat(
            write(
                    unprocessed(
                        "{\"id\":{\"S\":\"a\"},\"at\":{\"N\":\"2\"}}",
                        "{\"at\":{\"N\":\"1\"},\"id\":{\"S\":\"a\"}}"))
                .unprocessed())
        .isEqualTo(both);
  }

  /** As moto does, which says 1 for a batch of 25 as for one item. */
  @Test
  void serverThatMakesUnitsUpIsNotBelievedOfASingleItem() throws Exception {
    String answer = "{\"UnprocessedItems\":{},\"ConsumedCapacity\":[{\"CapacityUnits\":1.0}]}";
    FakeService service = new FakeService((operation, body) -> Reply.of(answer));
    TableSink sink = TableSink.puts(TableInfos.users(0), service.wire());
    assertThat(sink.write(List.of(ONE, TWO)).units()).isEqualTo(2);
    String text = "x".repeat(1_500);
    Item large =
        Item.of("{\"id\":{\"S\":\"b\"},\"at\":{\"N\":\"1\"},\"t\":{\"S\":\"" + text + "\"}}");
    assertThat(sink.write(List.of(large)).units()).isEqualTo(2);
  }

  /** The message goes to terminals and logs: it names the key at most. */
  @Test
  void itemThatWasNeverSentEndsTheRunWithoutBeingPrinted() {
    Throwable e =
        catchThrowable(
            () ->
                write(
                    unprocessed(
                        "{\"id\":{\"S\":\"z\"},\"at\":{\"N\":\"1\"},\"iban\":{\"S\":\"DE99\"}}")));
    assertThat(e)
        .isInstanceOfSatisfying(
            StoreException.class, x -> assertThat(x.kind()).isEqualTo(Kind.REFUSED));
    assertThat(e.getMessage()).doesNotContain("DE99");
  }

  /** Else a proxy's empty success would count 25 items as written. */
  @Test
  void successThatDoesNotSayWhatIsUnprocessedIsNone() {
    for (String answer : List.of("", "{}", "{\"message\":\"welcome\"}")) {
      assertThatThrownBy(() -> write(Reply.of(answer)))
          .as(answer)
          .isInstanceOf(StoreException.class);
    }
  }

  @Test
  void batchIsAsLargeAsTheServiceTakes() throws Exception {
    TableSink sink =
        TableSink.puts(TableInfos.users(0), new FakeService((o, b) -> unprocessed()).wire());
    assertThat(sink.maxItems()).isEqualTo(25);
    long around = "{\"PutRequest\":{\"Item\":}},".length() * 25L + 300;
    assertThat(sink.maxBytes() + around).isLessThanOrEqualTo(16L << 20);
    assertThat(sink.maxBytes()).isGreaterThan(15L << 20);
  }

  @Test
  void equalKeysAreEqualHoweverTheyAreWritten() throws Exception {
    TableSink sink =
        TableSink.puts(TableInfos.users(0), new FakeService((o, b) -> unprocessed()).wire());
    Object key = sink.key(ONE);
    assertThat(sink.key(Item.of("{\"x\":{\"S\":\"y\"},\"at\":{\"N\":\"1\"},\"id\":{\"S\":\"a\"}}")))
        .isEqualTo(key);
    assertThat(sink.key(TWO)).isNotEqualTo(key);
    assertThatThrownBy(() -> sink.key(Item.of("{\"id\":{\"S\":\"a\"}}")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("`at`");
  }
}
