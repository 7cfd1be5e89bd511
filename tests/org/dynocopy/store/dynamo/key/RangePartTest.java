package org.dynocopy.store.dynamo.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.dynocopy.store.dynamo.TableInfos.AT;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.KeyCondition.SortWord;
import org.dynocopy.store.KeyAttributeType;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.TableInfo.Key;
import org.dynocopy.store.dynamo.TableInfos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A range of sort keys that a checkpoint keeps has the keys that it had, whatever was selected. */
class RangePartTest {

  private static final Object HIGHEST = n(30);

  private static Object n(int number) {
    return BigDecimal.valueOf(number);
  }

  private static QueryKeys selected(KeyAttributeType type, SortWord word, Object... values) {
    TableInfo table =
        TableInfos.table(List.of(new Key("id", KeyAttributeType.S), new Key("sk", type)));
    KeyCondition all = TableInfos.where(Optional.empty(), "u1");
    KeyCondition where = word == null ? all : TableInfos.sorted(all, word, values);
    return TableInfos.selection(table, plan -> plan.where(where, AT)).keys().orElseThrow();
  }

  private static RangePart part(Object low, Object high) {
    return new RangePart(Optional.ofNullable(low), Optional.ofNullable(high), HIGHEST, false);
  }

  private static List<Object> in(QueryKeys keys, Stream<?> all) {
    return all.<Object>map(sk -> sk)
        .filter(sk -> keys.match(List.of("u1"), Map.of("id", "u1", "sk", sk)))
        .toList();
  }

  private static Stream<Object> numbers() {
    return IntStream.rangeClosed(0, 30).mapToObj(RangePartTest::n);
  }

  /** Parts as they are cut: inside of what is selected; the last alone has no upper end. */
  @ParameterizedTest
  @EnumSource(SortWord.class)
  void aPartHasWhatIsSelectedBetweenItsEnds(SortWord word) {
    if (word == SortWord.BEGINS) {
      return;
    }
    QueryKeys all =
        word == SortWord.BETWEEN
            ? selected(KeyAttributeType.N, word, n(5), n(25))
            : selected(
                KeyAttributeType.N,
                word,
                n(word == SortWord.LESS || word == SortWord.AT_MOST ? 25 : 5));
    assertParts(all, n(10), n(20), numbers().toList());
  }

  @Test
  void aPartOfABeginningHasTheKeysThatBeginSo() {
    QueryKeys all = selected(KeyAttributeType.S, SortWord.BEGINS, "b");
    assertParts(all, "bb", "bd", List.of("a", "az", "b", "ba", "bb", "bc", "bd", "be", "bz", "c"));
  }

  @Test
  void aPartOfAllSortKeysHasThoseBetweenItsEnds() {
    assertParts(selected(KeyAttributeType.N, null), n(10), n(20), numbers().toList());
  }

  private static void assertParts(QueryKeys all, Object low, Object high, List<Object> keys) {
    List<Object> selected = in(all, keys.stream());
    boolean one = all.condition().filter(c -> c.word() == SortWord.EQUALS).isPresent();
    assertThat(in(part(null, null).of(all), keys.stream())).isEqualTo(selected);
    assertThat(in(part(null, high).of(all), keys.stream()))
        .isEqualTo(
            selected.stream()
                .filter(key -> one || KeyAttributeType.compare(key, high) <= 0)
                .toList());
    List<Object> between =
        keys.stream()
            .filter(
                key ->
                    KeyAttributeType.compare(key, low) >= 0
                        && KeyAttributeType.compare(key, high) <= 0)
            .toList();
    assertThat(in(part(low, high).of(all), keys.stream())).isEqualTo(between);
    for (RangePart part : List.of(part(null, high), part(low, high))) {
      // A run that goes on may be stopped again: then the range has to end where it ended.
      assertThat(RangePart.high(part.of(all)))
          .isEqualTo(one ? part.low().flatMap(l -> part.high()) : part.high());
    }
  }

  @Test
  void whatComesAboveTheHighestKeyHasNoUpperEndWhereNothingWasSaid() {
    for (QueryKeys all :
        List.of(
            selected(KeyAttributeType.N, null),
            selected(KeyAttributeType.N, SortWord.AT_LEAST, n(5)),
            selected(KeyAttributeType.N, SortWord.GREATER, n(5)))) {
      assertThat(in(part(n(21), null).of(all), numbers()))
          .isEqualTo(numbers().filter(key -> KeyAttributeType.compare(key, n(21)) >= 0).toList());
    }
  }

  @ParameterizedTest
  @EnumSource(SortWord.class)
  void theUpperEndOfAConditionIsKnownWhereItIsPartOfTheRange(SortWord word) {
    Object[] values = word == SortWord.BETWEEN ? new Object[] {"b", "d"} : new Object[] {"d"};
    boolean has = word == SortWord.BETWEEN || word == SortWord.AT_MOST;
    assertThat(RangePart.high(selected(KeyAttributeType.S, word, values)))
        .isEqualTo(has ? Optional.of("d") : Optional.empty());
    assertThat(RangePart.high(selected(KeyAttributeType.S, null))).isEmpty();
  }

  @Test
  void itIsReadAsItWasWritten() {
    for (RangePart part :
        List.of(
            part(null, null),
            part(n(1), null),
            part(null, "x"),
            new RangePart(Optional.of("a\u0000"), Optional.of("ü"), "z", true))) {
      assertThat(RangePart.of(part.json())).isEqualTo(part);
    }
    byte[] bytes = {0, -1, 7};
    RangePart binary = RangePart.of(part(bytes, null).json());
    assertThat((byte[]) binary.low().orElseThrow()).isEqualTo(bytes);
  }

  @Test
  void whatIsNoRangeIsRefused() {
    for (String text :
        List.of("", "{\"S\":\"a\"}", "{\"M\":{}}", "{\"M\":{\"end\":{\"S\":\"\"}}}")) {
      assertThatThrownBy(() -> RangePart.of(text.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("not a range of sort keys");
    }
  }
}
