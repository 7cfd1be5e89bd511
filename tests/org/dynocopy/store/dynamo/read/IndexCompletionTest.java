package org.dynocopy.store.dynamo.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.dynocopy.store.dynamo.TableInfos.AT;
import static org.dynocopy.store.dynamo.TableInfos.gsi;
import static org.dynocopy.store.dynamo.TableInfos.selection;
import static org.dynocopy.store.dynamo.TableInfos.users;
import static org.dynocopy.store.dynamo.TableInfos.where;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dynocopy.core.Page;
import org.dynocopy.core.StoreException;
import org.dynocopy.engine.Retries;
import org.dynocopy.store.dynamo.FakeService;
import org.dynocopy.store.dynamo.FakeService.Answering;
import org.dynocopy.store.dynamo.FakeService.Reply;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IndexCompletionTest {

  private static final Pattern KEY =
      Pattern.compile("\\{\"id\":\\{\"S\":\"u(\\d+)\"},\"at\":\\{\"N\":\"1\"}}");
  private static final Pattern LIMIT = Pattern.compile("\"Limit\":(\\d+)");

  private static String key(int number) {
    return "{\"id\":{\"S\":\"u" + number + "\"},\"at\":{\"N\":\"1\"}}";
  }

  private static String item(int number, int padding) {
    return key(number).replaceFirst("}$", "")
        + ",\"tenant\":{\"S\":\"t1\"},\"p\":{\"S\":\""
        + "x".repeat(padding)
        + "\"}}";
  }

  private static List<Integer> keys(String body) {
    List<Integer> keys = new ArrayList<>();
    for (Matcher key = KEY.matcher(body); key.find(); ) {
      keys.add(Integer.valueOf(key.group(1)));
    }
    return keys;
  }

  private static Page read(Answering answering, Duration giveUpAfter) throws Exception {
    return new TableSource(
            selection(
                users(0, gsi("byTenant", false)),
                plan -> plan.where(where(Optional.of("byTenant"), "t1"), AT)),
            new FakeService(answering).wire())
        .splits()
        .iterator()
        .next()
        .read(Optional.empty(), Retries.patient(giveUpAfter));
  }

  /** Answers a query with this many keys, or as many as it asks for. */
  private static Reply index(String body, int number) {
    Matcher limit = LIMIT.matcher(body);
    int most = limit.find() ? Math.min(number, Integer.parseInt(limit.group(1))) : number;
    String keys =
        IntStream.range(0, most)
            .mapToObj(IndexCompletionTest::key)
            .collect(Collectors.joining(","));
    return Reply.of(
        "{\"Items\":[" + keys + "],\"Count\":" + most + ",\"ScannedCount\":" + most + "}");
  }

  private static Reply found(List<String> items, List<String> unprocessed) {
    String left =
        unprocessed.isEmpty()
            ? "{}"
            : "{\"users\":{\"Keys\":[" + String.join(",", unprocessed) + "]}}";
    return Reply.of(
        "{\"Responses\":{\"users\":["
            + String.join(",", items)
            + "]},\"UnprocessedKeys\":"
            + left
            + ",\"ConsumedCapacity\":[{\"CapacityUnits\":1}]}");
  }

  @Test
  void itemsThatAreStillThereComeWholeAndOnceIfKeysRepeat() {
    Cases.forAll(
        60,
        random -> {
          int number = random.nextInt(350);
          Set<Integer> deleted = new HashSet<>();
          for (int i = random.nextInt(20); i > 0 && number > 0; i--) {
            deleted.add(random.nextInt(number));
          }
          Page page =
              read(
                  (operation, body) -> {
                    if (operation.equals("Query")) {
                      return index(body, number);
                    }
                    List<Integer> asked = keys(body);
                    assertThat(asked).hasSizeBetween(1, 100).doesNotHaveDuplicates();
                    assertThat(body).contains("\"ConsistentRead\":true");
                    List<String> items = new ArrayList<>();
                    List<String> left = new ArrayList<>();
                    for (int key : asked) {
                      if (random.nextInt(5) == 0) {
                        left.add(key(key));
                      } else if (!deleted.contains(key)) {
                        items.add(item(key, 5));
                      }
                    }
                    return found(items, left);
                  },
                  Duration.ofMinutes(1));
          long looked = page.read();
          assertThat(page.items())
              .extracting(Object::toString)
              .containsExactlyInAnyOrderElementsOf(
                  IntStream.range(0, (int) looked)
                      .filter(i -> !deleted.contains(i))
                      .mapToObj(i -> item(i, 5))
                      .toList());
          assertThat(page.gone()).isEqualTo(deleted.stream().filter(i -> i < looked).count());
          assertThat(page.filtered()).isZero();
        });
  }

  /** The service may take a request and do nothing of it: that is no progress. */
  @Test
  void keysThatAlwaysComeBackEndTheRunAfterAWhile() {
    Answering busy =
        (operation, body) ->
            operation.equals("Query")
                ? index(body, 3)
                : found(List.of(), keys(body).stream().map(IndexCompletionTest::key).toList());
    assertThatThrownBy(() -> read(busy, Duration.ofMillis(200)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("gave up");
  }

  /** 1 MB of an index may name gigabytes of items. */
  @Test
  void pageOfWholeItemsIsNotManyTimesAUsualPage() throws Exception {
    Page page =
        read(
            (operation, body) ->
                operation.equals("Query")
                    ? index(body, 5_000)
                    : found(keys(body).stream().map(key -> item(key, 10_000)).toList(), List.of()),
            Duration.ofMinutes(1));
    assertThat(page.bytes()).isLessThanOrEqualTo(17L << 20);
  }
}
