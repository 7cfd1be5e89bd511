package org.dynocopy.store.dynamo.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.dynocopy.store.dynamo.TableInfos.AT;
import static org.dynocopy.store.dynamo.TableInfos.gsi;
import static org.dynocopy.store.dynamo.TableInfos.lsi;
import static org.dynocopy.store.dynamo.TableInfos.selection;
import static org.dynocopy.store.dynamo.TableInfos.sorted;
import static org.dynocopy.store.dynamo.TableInfos.users;
import static org.dynocopy.store.dynamo.TableInfos.where;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.dynocopy.core.Page;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.Source;
import org.dynocopy.core.Source.Split;
import org.dynocopy.core.StoreException;
import org.dynocopy.engine.Retries;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.KeyCondition.SortWord;
import org.dynocopy.spec.ServerFilter;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.dynamo.FakeService;
import org.dynocopy.store.dynamo.FakeService.Reply;
import org.junit.jupiter.api.Test;

class TableSourceTest {

  private static final String EMPTY = "{\"Items\":[],\"Count\":0,\"ScannedCount\":0}";

  private final FakeService service = new FakeService((operation, body) -> Reply.of(EMPTY));

  /** Returns the first request of each split. */
  private List<String> requests(TableInfo table, UnaryOperator<CopySpecBuilder> words)
      throws Exception {
    service.requests.clear();
    for (Split split : new TableSource(selection(table, words), service.wire()).splits()) {
      split.read(Optional.empty(), Retries.patient(Duration.ofSeconds(5)));
    }
    // Segments are read in any order.
    return service.requests.stream().sorted().toList();
  }

  private static Page read(String answer, UnaryOperator<CopySpecBuilder> words) throws Exception {
    FakeService service = new FakeService((operation, body) -> Reply.of(answer));
    return new TableSource(selection(users(0), words), service.wire())
        .splits()
        .iterator()
        .next()
        .read(Optional.empty(), Retries.patient(Duration.ofSeconds(5)));
  }

  @Test
  void segmentsTogetherAreTheWholeTable() throws Exception {
    List<String> requests = requests(users(0), plan -> plan.segments(3, AT));
    assertThat(requests).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(requests.get(i)).contains("\"Segment\":" + i + ",\"TotalSegments\":3");
      assertThat(requests.get(i)).contains("\"TableName\":\"users\"");
    }
  }

  @Test
  void everyPartitionKeyIsASplitOfItsOwn() throws Exception {
    List<String> requests =
        requests(
            users(0),
            plan ->
                plan.where(sorted(where(Optional.empty(), "a", "b"), SortWord.BETWEEN, 1, 2), AT));
    assertThat(requests).hasSize(2);
    assertThat(requests.get(1))
        .contains(
            "\"KeyConditionExpression\":\"#dynocopy0 = :dynocopy0 AND"
                + " #dynocopy1 BETWEEN :dynocopy1 AND :dynocopy2\"")
        .contains("{\"#dynocopy0\":\"id\",\"#dynocopy1\":\"at\"}")
        .contains("\":dynocopy0\":{\"S\":\"b\"}")
        .contains("\":dynocopy1\":{\"N\":\"1\"},\":dynocopy2\":{\"N\":\"2\"}");
  }

  @Test
  void partOfALocalIndexIsAskedForWhole() throws Exception {
    Optional<String> name = Optional.of("byName");
    assertThat(requests(users(0, lsi("byName", false)), plan -> plan.where(where(name, "a"), AT)))
        .singleElement()
        .asString()
        .contains("\"IndexName\":\"byName\"", "\"Select\":\"ALL_ATTRIBUTES\"");
    assertThat(requests(users(0, lsi("byName", true)), plan -> plan.where(where(name, "a"), AT)))
        .singleElement()
        .asString()
        .doesNotContain("\"Select\"");
  }

  @Test
  void limitIsAskedForOnlyWhereNothingIsFiltered() throws Exception {
    assertThat(requests(users(0), plan -> plan.limit(7, AT)))
        .allSatisfy(request -> assertThat(request).contains("\"Limit\":7"));
    ClientFilter filter = new ClientFilter(item -> true, AT);
    assertThat(requests(users(0), plan -> plan.limit(7, AT).filter(filter)))
        .allSatisfy(request -> assertThat(request).doesNotContain("\"Limit\""));
  }

  @Test
  void pagesOfAScanAreSmallOnceAnythingWasThrottled() throws Exception {
    RequestSender requests = Retries.patient(Duration.ofSeconds(5));
    Split split =
        new TableSource(selection(users(4_370), plan -> plan), service.wire())
            .splits()
            .iterator()
            .next();
    split.read(Optional.empty(), requests);
    StoreException throttled = StoreException.throttled("slow", "", false);
    assertThatThrownBy(
            () ->
                requests.send(
                    () -> {
                      throw throttled;
                    }))
        .isSameAs(throttled);
    split.read(Optional.empty(), requests);
    assertThat(service.requests.get(0)).doesNotContain("\"Limit\"");
    assertThat(service.requests.get(1)).contains("\"Limit\":" + (128 << 10) / 437);
  }

  /** Only as the page that it was does it tell which of its items are settled. */
  @Test
  void pageThatIsReadAgainHasAsManyItems() throws Exception {
    RequestSender requests = Retries.patient(Duration.ofSeconds(5));
    for (UnaryOperator<CopySpecBuilder> words :
        List.<UnaryOperator<CopySpecBuilder>>of(
            plan -> plan, plan -> plan.where(where(Optional.empty(), "a"), AT))) {
      service.requests.clear();
      Split split = source(users(0), words).splits().iterator().next();
      split.again(Optional.empty(), 7, requests);
      split.again(Optional.empty(), 0, requests);
      assertThat(service.requests).hasSize(2);
      assertThat(service.requests.get(0)).contains("\"Limit\":7");
      assertThat(service.requests.get(1)).doesNotContain("\"Limit\"");
    }
  }

  @Test
  void onlyIndexesBringAKeyTwice() {
    assertThat(source(users(0), plan -> plan).mayRepeatKeys()).isFalse();
    assertThat(
            source(
                    users(0, gsi("byTenant", true)),
                    plan -> plan.where(where(Optional.of("byTenant"), "t"), AT))
                .mayRepeatKeys())
        .isTrue();
  }

  private TableSource source(TableInfo table, UnaryOperator<CopySpecBuilder> words) {
    return new TableSource(selection(table, words), service.wire());
  }

  @Test
  void answerWithFewerItemsThanItSaysIsRefused() {
    assertThatThrownBy(() -> read("{\"Items\":[{}],\"Count\":2,\"ScannedCount\":2}", plan -> plan))
        .isInstanceOf(StoreException.class)
        .hasMessageEndingWith(
            "of 16: an answer says that it looked at 2 items and sends 2, but it has 1");
  }

  /** What is neither sent nor filtered is lost: the ledger would call it filtered. */
  @Test
  void answerThatLeavesItemsOutWithoutAFilterIsRefused() {
    for (String scanned : List.of("\"ScannedCount\":3", "\"ScannedCount\":0", "\"x\":1")) {
      assertThatThrownBy(() -> read("{\"Items\":[{}],\"Count\":1," + scanned + "}", plan -> plan))
          .as(scanned)
          .isInstanceOf(StoreException.class);
    }
  }

  @Test
  void whatTheServiceFiltersIsCounted() throws Exception {
    ServerFilter filter = new ServerFilter("a = b", Map.of(), Map.of());
    Page page =
        read("{\"Items\":[{}],\"Count\":1,\"ScannedCount\":9}", plan -> plan.filter(filter, AT));
    assertThat(page.read()).isEqualTo(9);
    assertThat(page.filtered()).isEqualTo(8);
  }

  @Test
  void pageWithoutItemsIsNotTheEnd() throws Exception {
    ServerFilter filter = new ServerFilter("a = b", Map.of(), Map.of());
    Page page =
        read(
            "{\"Items\":[],\"Count\":0,\"ScannedCount\":9,\"LastEvaluatedKey\":{\"a\":{}}}",
            plan -> plan.filter(filter, AT));
    assertThat(page.next()).isPresent();
  }

  @Test
  void pageThatGoesOnAfterTheSameKeyIsRefusedUnlessItIsEmpty() throws Exception {
    String key = "{\"id\":{\"S\":\"a\"}}";
    Optional<Page.Position> after = Optional.of(new Page.Position(key.getBytes()));
    for (int items = 0; items < 2; items++) {
      String answer =
          "{\"Items\":[%s],\"Count\":%d,\"ScannedCount\":%2$d,\"LastEvaluatedKey\":%s}"
              .formatted(items == 0 ? "" : key, items, key);
      FakeService again = new FakeService((operation, body) -> Reply.of(answer));
      Source.Split split =
          new TableSource(selection(users(0), plan -> plan), again.wire())
              .splits()
              .iterator()
              .next();
      if (items == 0) {
        assertThat(split.read(after, Retries.patient(Duration.ofSeconds(5))).items()).isEmpty();
      } else {
        assertThatThrownBy(() -> split.read(after, Retries.patient(Duration.ofSeconds(5))))
            .hasMessageContaining("would never end");
      }
    }
  }
}
