package org.dynocopy.functional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.dynocopy.core.Counts;
import org.dynocopy.run.job.Report;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/** Items move in an index while it is copied. */
class MovingIndexTest {

  private static final int ITEMS = 60;
  private static final int HIGHEST = 1_000_000;

  private final URI server = TestServers.first();
  private final Map<Integer, Integer> ranks = new HashMap<>();

  /** Which way items move. */
  private enum Way {
    BACKWARDS,
    FORWARDS,
    ANY;

    int from(int rank, Random random) {
      return switch (this) {
        case BACKWARDS -> random.nextInt(rank + 1);
        case FORWARDS -> rank + random.nextInt(HIGHEST - rank);
        case ANY -> random.nextInt(HIGHEST);
      };
    }
  }

  /** What happens before a page is read. */
  private interface Meanwhile {
    /**
     * Does it.
     *
     * @param page its number, from 1; those of the second reading count on
     * @param second whether that is reading
     */
    void happen(int page, boolean second);
  }

  private String create(Map<Integer, Integer> items) {
    Projection all = Projection.builder().projectionType("ALL").build();
    Tables tables = Tables.on(server).key("id", "S").gsi("byRank", all, "tenant", "rank");
    String table = tables.create();
    items.forEach(ranks::put);
    move(table, items);
    return table;
  }

  private void move(String table, Map<Integer, Integer> moved) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    moved.forEach(
        (id, rank) ->
            items.add(
                Map.of(
                    "id", AttributeValue.fromS("u" + id),
                    "tenant", AttributeValue.fromS("t1"),
                    "rank", AttributeValue.fromS("%07d".formatted(rank)))));
    Tables.put(server, table, items);
    ranks.putAll(moved);
  }

  private static Map<Integer, Integer> inRow() {
    Map<Integer, Integer> items = new HashMap<>();
    for (int i = 0; i < ITEMS; i++) {
      items.put(i, 1_000 + i);
    }
    return items;
  }

  /** Moves items between the first page and the second. */
  private Meanwhile onceBegun(String table, Map<Integer, Integer> moved) {
    return (page, second) -> {
      if (page == 2) {
        move(table, moved);
      }
    };
  }

  /** Copies in pages of 20. */
  private Report copy(String from, String to, Meanwhile meanwhile, Consumer<CopySpecBuilder> words)
      throws Exception {
    Object oneByOne = new Object();
    int[] pages = {0};
    Fault paged =
        request -> {
          String body = new String(request.body(), UTF_8);
          boolean page = body.contains("KeyConditionExpression") && !body.contains("\"Limit\"");
          synchronized (oneByOne) {
            if (page) {
              body = "{\"Limit\":20," + body.substring(1);
              meanwhile.happen(++pages[0], body.contains("ScanIndexForward"));
            }
            request.answer(request.forward(body.getBytes(UTF_8)));
          }
        };
    try (FaultProxy proxy = new FaultProxy(server, (operation, number) -> paged)) {
      KeyCondition where = new KeyCondition(List.of("t1"), Optional.empty(), Optional.of("byRank"));
      Copy copy =
          Copying.plan(
              proxy.endpoint(),
              from,
              server,
              to,
              words.andThen(plan0 -> plan0.where(where, Copying.HERE)));
      return Copying.report(copy);
    }
  }

  private static Consumer<CopySpecBuilder> readers(int number) {
    return words -> words.segments(number, Copying.HERE);
  }

  private String target() {
    return Tables.on(server).key("id", "S").create();
  }

  private List<String> missing(String from, String to) {
    return TableComparison.of(server, from, server, to).missing();
  }

  private static Counts counts(Report report) {
    assertThat(report.complete()).isTrue();
    assertThat(report.stages()).hasSize(1);
    return report.outcome().counts();
  }

  @Test
  void indexThatStandsStillIsReadTwiceInSilence() throws Exception {
    String to = target();
    Report report = copy(create(inRow()), to, (page, second) -> {}, readers(1));
    assertThat(report.notes()).isEmpty();
    assertThat(counts(report))
        .returns((long) ITEMS, Counts::read)
        .returns(0L, Counts::filtered)
        .returns((long) ITEMS, Counts::written);
  }

  @Test
  void itemsThatOnlyMovedBackwardsAreFoundAndCopied() throws Exception {
    String from = create(inRow());
    String to = target();
    Report report = copy(from, to, onceBegun(from, Map.of(30, 3, 50, 5)), readers(1));
    assertThat(missing(from, to)).isEmpty();
    assertThat(counts(report).written()).isEqualTo(ITEMS);
    assertThat(report.notes())
        .singleElement()
        .asString()
        .startsWith(
            "the index `byRank` changed while it was read, and 2 items that did not come were found"
                + " by a second reading, and copied");
  }

  @Test
  void noteNamesTheCommandThatComparesTheIndex() throws Exception {
    String from = create(inRow());
    String to = target();
    Report report = copy(from, to, onceBegun(from, Map.of(3, 2_000, 50, 5)), readers(1));
    assertThat(missing(from, to)).isEmpty();
    assertThat(report.notes())
        .singleElement()
        .asString()
        .startsWith("1 items came more than once: the index `byRank` moved while it was read")
        .endsWith(
            "run `verify { from \"a:"
                + from
                + "\"; to \"b:"
                + to
                + "\"; where gsi: \"byRank\", pk: \"t1\"; full(); repair() }`");
  }

  @Test
  void indexThatIsReadOnceMayLoseItemsThatMoveBackwards() throws Exception {
    String from = create(inRow());
    Report report =
        copy(
            from,
            target(),
            (page, second) -> {
              assertThat(second).isFalse();
              if (page == 2) {
                move(from, Map.of(50, 5));
              }
            },
            readers(1).andThen(words -> words.readOnce(Copying.HERE)));
    assertThat(counts(report).written()).isEqualTo(ITEMS - 1);
  }

  @Test
  void itemThatGoesOnMovingBackwardsMeetsTheSecondReading() throws Exception {
    String from = create(inRow());
    String to = target();
    copy(
        from,
        to,
        (page, second) -> {
          if (page > 1) {
            move(from, Map.of(50, 1_000 - 10 * page));
          }
        },
        readers(1));
    assertThat(missing(from, to)).isEmpty();
  }

  @Test
  void secondReadingGoesOnCountingDeadLetters(@TempDir Path folder) throws Exception {
    ClientFilter failing =
        new ClientFilter(
            item -> {
              throw new IllegalStateException("cannot tell");
            },
            Copying.HERE);
    String from = create(inRow());
    Report report =
        copy(
            from,
            target(),
            onceBegun(from, Map.of(30, 3, 50, 5)),
            readers(1)
                .andThen(words -> words.filter(failing).stopAfter(ITEMS - 1, Copying.HERE))
                .andThen(words -> words.deadLetter(folder.resolve("dead"), Copying.HERE)));
    assertThat(report.outcome().failure().orElseThrow())
        .hasMessageStartingWith("stopped after 59 dead letters");
  }

  /** Whoever moves where between any two pages of the first reading, no item is missing then. */
  @Test
  void itemsThatMoveBetweenAnyTwoPagesAreAllCopied() {
    Cases.forAll(4, this::nothingIsMissing);
  }

  private void nothingIsMissing(Random random) throws Exception {
    Way way = Way.values()[random.nextInt(3)];
    int readers = random.nextBoolean() ? 1 : 8;
    Map<Integer, Integer> items = new HashMap<>();
    int number = 60 + random.nextInt(100);
    for (int i = 0; i < number; i++) {
      items.put(i, random.nextInt(HIGHEST));
    }
    String from = create(items);
    String to = target();
    Report report =
        copy(
            from,
            to,
            (page, second) -> {
              Map<Integer, Integer> moved = new HashMap<>();
              for (int i = random.nextInt(20); !second && i > 0; i--) {
                int id = random.nextInt(number);
                moved.put(id, way.from(ranks.get(id), random));
              }
              if (!moved.isEmpty()) {
                move(from, moved);
              }
            },
            readers(readers));
    assertThat(report.complete()).isTrue();
    assertThat(missing(from, to)).as(way + ", readers: " + readers).isEmpty();
  }
}
