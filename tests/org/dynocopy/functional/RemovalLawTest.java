package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.dynocopy.core.Counts;
import org.dynocopy.functional.Replacing.Part;
import org.dynocopy.run.job.Report;
import org.dynocopy.testing.Cases;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Removes items from tables that change between any two requests: items are changed, moved, deleted
 * and made anew. Whatever removes, no item goes that does not match at the moment of its request,
 * and all go that match and are not touched.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class RemovalLawTest {

  /** How many items a table has; {@code -Ddynocopy.removal.items=1000} for a soak. */
  static final int ITEMS = Integer.getInteger("dynocopy.removal.items", 30);

  /** What removes. */
  enum Way {
    DELETE,
    REPLACE,
    TRUNCATE_FIRST,
    REPAIR
  }

  /** A way to remove and what it is restricted to. */
  record Removal(Way way, Part part) {
    @Override
    public String toString() {
      return way + " " + part;
    }
  }

  /** Each way to select for some way to remove; in a soak, for every one. */
  static List<Removal> removals() {
    Map<Way, Set<String>> usual =
        Map.of(
            Way.DELETE,
            Set.of("GSI of whole items", "sort key of a GSI", "client filter", "GSI and filters"),
            Way.REPLACE,
            Set.of(
                "whole",
                "GSI of keys",
                "server filter",
                "GSI and filters",
                "filter that names the key"),
            Way.TRUNCATE_FIRST,
            Set.of("GSI of keys", "server filter"),
            Way.REPAIR,
            Set.of("whole", "GSI of whole items", "client filter"));
    List<Part> parts = new Replacing().parts();
    boolean soak = Integer.getInteger("dynocopy.removal.items") != null;
    return Stream.of(Way.values())
        .flatMap(way -> parts.stream().map(part -> new Removal(way, part)))
        .filter(one -> soak || usual.get(one.way()).contains(one.part().name()))
        // What the table's own key decides goes in batches.
        .filter(
            one ->
                one.way() == Way.REPLACE
                    || one.way() == Way.REPAIR
                    || !Set.of("whole", "key", "sort key").contains(one.part().name()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("removals")
  void whatNoLongerMatchesIsNeverRemoved(Removal removal) {
    Cases.forAll(
        1,
        random -> {
          try (ChangingTables tables = new ChangingTables(random, removal)) {
            Report report = tables.run();
            assertThat(report.complete()).as("%s", report).isTrue();
            assertThat(tables.wrong).isEmpty();
            tables.assertUntouched();
            long removed =
                report.stages().stream()
                    .filter(stage -> Set.of("deleted", "removed").contains(stage.verb()))
                    .map(stage -> stage.outcome().counts())
                    .mapToLong(Counts::written)
                    .sum();
            assertThat(removed).isGreaterThanOrEqualTo(tables.removed);
          }
        });
  }
}
