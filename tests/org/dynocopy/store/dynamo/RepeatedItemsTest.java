package org.dynocopy.store.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dynocopy.store.dynamo.TableInfos.AT;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.dynocopy.engine.ForwardingSink;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.Sink;
import org.dynocopy.engine.TakingSink;
import org.dynocopy.plan.Environments;
import org.dynocopy.plan.Plan;
import org.dynocopy.plan.PlanBuilder;
import org.dynocopy.store.dynamo.FakeService.Reply;
import org.junit.jupiter.api.Test;

/** Items of an index that come twice, and why. */
class RepeatedItemsTest {

  /** Returns the note of a copy that has put an item there twice. */
  private static String note(int segments) throws Exception {
    return note(segments, new TakingSink()).orElseThrow();
  }

  private static Optional<String> note(int segments, Sink first) throws Exception {
    PlanBuilder builder =
        new PlanBuilder(Optional.empty(), AT)
            .from("local:users", AT)
            .to("local:copy", AT)
            .where(TableInfos.where(Optional.of("byTenant"), "t1"), AT)
            .segments(segments, AT);
    Environments none = new Environments(List.of(), Optional.empty(), Environments.Defaults.NONE);
    Plan plan = builder.build(none);
    Selection selection =
        Selection.of(
            plan.reading(), TableInfos.users(0, TableInfos.gsi("byTenant", true)), Wanted.ITEMS);
    RepeatedItems repeated =
        RepeatedItems.of(
                new TableReading(
                    selection, new FakeService((operation, body) -> Reply.of("{}")).wire()))
            .orElseThrow();
    Sink sink = repeated.watching(first);
    Item item = Item.of("{\"id\":{\"S\":\"a\"},\"at\":{\"N\":\"1\"}}");
    sink.write(List.of(item));
    assertThat(repeated.note(plan)).isEmpty();
    // A second stage of the same copy knows what the first one has written.
    repeated.watching(new TakingSink()).write(List.of(item));
    return repeated.note(plan);
  }

  /** It comes again because it is not there yet. */
  @Test
  void itemThatTheTargetDidNotTakeDoesNotCount() throws Exception {
    Sink full =
        new ForwardingSink(new TakingSink()) {
          @Override
          public Written write(List<Item> batch) {
            BitSet all = new BitSet();
            all.set(0, batch.size());
            return new Written(all, 1);
          }
        };
    assertThat(note(1, full)).isEmpty();
  }

  @Test
  void oneReaderMeansThatTheIndexMoved() throws Exception {
    assertThat(note(1))
        .startsWith("1 items came more than once: the index `byTenant` moved while it was read");
  }

  @Test
  void twoReadersMayHaveReadThemFromBothEnds() throws Exception {
    assertThat(note(2))
        .startsWith("1 items came more than once: the index `byTenant` was read from both ends")
        .contains("or it moved while it was read")
        .endsWith("verify local:users local:copy --index byTenant --pk t1 --repair`");
  }
}
