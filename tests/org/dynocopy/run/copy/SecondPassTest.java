package org.dynocopy.run.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dynocopy.core.Counts;
import org.dynocopy.core.Outcome;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.store.ReadMode;
import org.dynocopy.store.Stores;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableReading;
import org.dynocopy.store.wiring.DefaultStores;
import org.dynocopy.testing.TakingSink;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** The second reading of an index where a copy goes on: what came before is not known. */
class SecondPassTest {

  private static final Location HERE = Location.NOWHERE;
  private static final int ITEMS = 30;

  private final URI server = TestServers.first();

  /** Returns what there is to say of a copy that goes on, of whose items so many came. */
  private List<String> notes(long came) throws Exception {
    Projection all = Projection.builder().projectionType("ALL").build();
    String table = Tables.on(server).key("id", "S").gsi("byRank", all, "tenant", "rank").create();
    Tables.put(
        server,
        table,
        IntStream.range(0, ITEMS)
            .mapToObj(
                i ->
                    Map.of(
                        "id", AttributeValue.fromS("u" + i),
                        "tenant", AttributeValue.fromS("t1"),
                        "rank", AttributeValue.fromS("r" + i)))
            .toList());
    Environment a =
        Environment.named("a")
            .withEndpoint(Optional.of(server))
            .withRegion(Optional.of(TestServers.REGION));
    Environments none = new Environments(List.of(), Optional.empty(), Environments.Defaults.NONE);
    Copy copy =
        new CopySpecBuilder(Optional.empty(), HERE)
            .from("a:" + table, HERE)
            .to("a:copy", HERE)
            .where(new KeyCondition(List.of("t1"), Optional.empty(), Optional.of("byRank")), HERE)
            .build(none.with(List.of(a)));
    Counts counts = Counts.settled(came, 0, 0, came, 0, 0, 0);
    Outcome outcome =
        new Outcome(
            counts,
            Duration.ZERO,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Map.of());
    try (Stores stores = new DefaultStores()) {
      Table source = stores.tables().open(copy.from(), HERE);
      TableReading reading = source.read(copy.reading(), ReadMode.ITEMS);
      SecondPass second = SecondPass.of(copy, reading).orElseThrow();
      second.goesOn();
      TakingSink sink = new TakingSink();
      Report report =
          second.run(Stages.QUIET, Report.of(copy, "written", outcome, List.of()), sink);
      assertThat(report.complete()).isTrue();
      assertThat(report.outcome().counts().written()).isEqualTo(came);
      return report.notes();
    }
  }

  @Test
  void copyThatGoesOnSaysThatTheIndexHasMoreThanCame() throws Exception {
    assertThat(notes(ITEMS - 2))
        .singleElement()
        .asString()
        .startsWith("the index `byRank` has 30 items now, and 28 came when it was read")
        .contains("verify { from");
  }

  @Test
  void copyThatGoesOnIsSilentWhereTheCountsAreTheSame() throws Exception {
    assertThat(notes(ITEMS)).isEmpty();
  }
}
