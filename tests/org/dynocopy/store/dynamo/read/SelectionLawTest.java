package org.dynocopy.store.dynamo.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.dynocopy.store.dynamo.TableInfos.AT;
import static org.dynocopy.store.dynamo.TableInfos.gsi;
import static org.dynocopy.store.dynamo.TableInfos.lsi;
import static org.dynocopy.store.dynamo.TableInfos.sorted;
import static org.dynocopy.store.dynamo.TableInfos.users;
import static org.dynocopy.store.dynamo.TableInfos.where;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.KeyCondition.SortWord;
import org.dynocopy.spec.Reading;
import org.dynocopy.spec.ServerFilter;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.store.ReadMode;
import org.dynocopy.store.TableInfo;
import org.junit.jupiter.api.Test;

/**
 * Whatever is selected, each item has what is needed of it: nothing is filtered, removed or copied
 * by what an index lacks. Of the table and every kind of index, for every purpose, with and without
 * filters and projections.
 */
class SelectionLawTest {

  private static final Optional<String> TABLE = Optional.empty();
  private static final KeyCondition EQUAL = sorted(where(TABLE, "a"), SortWord.EQUALS, 1);
  private static final Set<String> KEYS = Set.of("id", "at");

  /** What is read: the index is empty for the table, and the condition for a scan. */
  private record Case(
      Optional<TableInfo.Index> index,
      Optional<KeyCondition> where,
      ReadMode wanted,
      List<String> project,
      boolean service,
      boolean here) {

    Selection selection(int segments) {
      CopySpecBuilder plan = new CopySpecBuilder(Optional.empty(), AT);
      plan.from("local:users", AT).to("local:copy", AT).segments(segments, AT);
      where.ifPresent(condition -> plan.where(condition, AT));
      if (!project.isEmpty()) {
        plan.project(project, AT);
      }
      if (service) {
        plan.filter(new ServerFilter("age > :v", Map.of(), Map.of(":v", 1)), AT);
      }
      if (here) {
        plan.filter(new ClientFilter(item -> true, AT));
      }
      Environments none = new Environments(List.of(), Optional.empty(), Environments.Defaults.NONE);
      Reading reading = plan.build(none).reading();
      TableInfo table = index.map(some -> users(0, some)).orElseGet(() -> users(0));
      return Selection.of(reading, table, wanted);
    }

    boolean counts() {
      return !here && (wanted == ReadMode.COUNT || wanted == ReadMode.CERTAIN_COUNT);
    }

    /** What must be known of an item; empty if that is all of it. */
    Set<String> needed() {
      boolean items = wanted == ReadMode.ITEMS || wanted == ReadMode.CERTAIN_ITEMS;
      if (here || items && project.isEmpty()) {
        return Set.of();
      }
      Set<String> needed = new HashSet<>(KEYS);
      if (items) {
        needed.addAll(project);
      } else if (wanted == ReadMode.REMOVED) {
        needed.addAll(keysOfIndex());
      }
      return needed;
    }

    Set<String> keysOfIndex() {
      Set<String> keys = new HashSet<>();
      index.ifPresent(some -> some.keys().forEach(key -> keys.add(key.name())));
      return keys;
    }

    /** Returns whether the index itself has all that is needed. */
    boolean has() {
      if (index.isEmpty() || index.get().projectsAll()) {
        return true;
      }
      Set<String> there = new HashSet<>(KEYS);
      there.addAll(keysOfIndex());
      there.addAll(index.get().attributes());
      return !needed().isEmpty() && there.containsAll(needed());
    }

    boolean global() {
      return index.filter(TableInfo.Index::global).isPresent();
    }

    /** A local index that is asked for whole items fetches them before it filters. */
    boolean filtersWhatItLacks() {
      return service
          && index.filter(some -> !some.projectsAll()).isPresent()
          && (global() || !needed().isEmpty());
    }
  }

  static Stream<Case> cases() {
    KeyCondition byTenant = where(Optional.of("byTenant"), "t1");
    KeyCondition between = sorted(where(TABLE, "a"), SortWord.BETWEEN, 1, 2);
    List<Case> kinds =
        Stream.of(
                new Case(Optional.empty(), Optional.empty(), null, null, false, false),
                of(Optional.empty(), between),
                of(Optional.empty(), EQUAL),
                of(Optional.of(lsi("byTenant", false, "name")), byTenant),
                of(Optional.of(lsi("byTenant", true)), byTenant),
                of(Optional.of(gsi("byTenant", false, "name")), byTenant),
                of(Optional.of(gsi("byTenant", true)), byTenant))
            .toList();
    return kinds.stream()
        .flatMap(
            kind ->
                Stream.of(ReadMode.values())
                    .flatMap(
                        wanted ->
                            Stream.of(List.<String>of(), List.of("name"), List.of("age"))
                                .flatMap(
                                    project ->
                                        Stream.of(0, 1, 2, 3)
                                            .map(
                                                filters ->
                                                    new Case(
                                                        kind.index(),
                                                        kind.where(),
                                                        wanted,
                                                        project,
                                                        filters % 2 == 1,
                                                        filters > 1)))));
  }

  private static Case of(Optional<TableInfo.Index> index, KeyCondition where) {
    return new Case(index, Optional.of(where), null, null, false, false);
  }

  @Test
  void itemsHaveWhatIsNeededOfThem() {
    cases().forEach(SelectionLawTest::check);
  }

  private static void check(Case one) {
    if (one.filtersWhatItLacks()) {
      assertThatThrownBy(() -> one.selection(1))
          .as("%s", one)
          .isInstanceOf(InvalidJobException.class);
      return;
    }
    Selection selection = one.selection(1);
    boolean filters = one.service() || one.here();
    boolean certain = one.wanted() != ReadMode.ITEMS && one.wanted() != ReadMode.COUNT;
    assertThat(selection.attributes()).as("%s", one).isEqualTo(one.needed());
    assertThat(
            Map.of(
                "counted", selection.counted(),
                "completed", selection.completed(),
                "consistent", selection.consistent(),
                "may change", selection.mayChange(),
                "small pages", selection.smallPages(),
                "shared", selection.shared()))
        .as("%s", one)
        .isEqualTo(
            Map.of(
                "counted",
                one.counts(),
                "completed",
                one.global() && !one.counts() && !one.has(),
                "consistent",
                certain && !one.global(),
                "may change",
                filters || one.index().isPresent(),
                "small pages",
                one.where().isEmpty() && !filters && !one.counts(),
                "shared",
                false));
    assertThat(selection.divided(7).segments()).isEqualTo(7);
  }

  /** Who meets from both ends knows an item's place in the index. */
  @Test
  void severalReadersShareWhatTheyCanTellApart() {
    cases()
        .filter(one -> !one.filtersWhatItLacks())
        .forEach(
            one -> {
              Selection selection = one.selection(4);
              boolean query = one.where().isPresent();
              boolean equal = one.where().equals(Optional.of(EQUAL));
              boolean placed =
                  one.needed().isEmpty()
                      || one.global() && !one.has()
                      || one.needed().containsAll(one.keysOfIndex());
              boolean meets = one.index().isPresent() && !one.counts() && !one.service() && placed;
              assertThat(List.of(selection.shared(), selection.cuttable(), selection.meetable()))
                  .as("%s", one)
                  .containsExactly(query, query && !equal, meets);
            });
  }
}
