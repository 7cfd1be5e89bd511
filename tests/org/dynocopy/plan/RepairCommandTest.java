package org.dynocopy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.plan.KeyCondition.Sort;
import org.dynocopy.plan.KeyCondition.SortWord;
import org.junit.jupiter.api.Test;

/** What is to be typed to copy what a copy of an index may have missed. */
class RepairCommandTest {

  private static final Environments ENVIRONMENTS =
      new Environments(List.of("prod", "dev"), Optional.empty(), Environments.Defaults.NONE);

  private static String of(Location at, SortWord word, List<Object> keys, Object... sort) {
    KeyCondition where =
        new KeyCondition(
            keys, Optional.of(new Sort(word, List.of(sort))), Optional.of("by Tenant"));
    Plan plan =
        new PlanBuilder(Optional.empty(), at)
            .from("prod:users", at)
            .to("dev:users", at)
            .where(where, at)
            .build(ENVIRONMENTS);
    return RepairCommand.of(plan, true);
  }

  @Test
  void isACommandAfterACopyOfTheCommandLine() {
    assertThat(of(Location.option("copy"), SortWord.BETWEEN, List.of("t1", "O'Brien"), "a", "b c"))
        .isEqualTo(
            "`dynocopy verify prod:users dev:users --index 'by Tenant' --pk t1 --pk 'O'\\''Brien'"
                + " --sk-between a 'b c' --repair`");
    assertThat(of(Location.option("copy"), SortWord.EQUALS, List.of(Map.of("a", "ü")), "1"))
        .contains(" --pk '{\"a\":\"ü\"}' --sk 1 --repair`");
  }

  @Test
  void isAStatementAfterACopyOfARecipe() {
    Location at = new Location("r.groovy", 1, 1, 1, "x");
    assertThat(of(at, SortWord.BETWEEN, List.of("t1", "$2"), 5, 7))
        .isEqualTo(
            "`verify { from \"prod:users\"; to \"dev:users\"; where gsi: \"by Tenant\","
                + " pk: [\"t1\", \"\\$2\"], skBetween: [5, 7]; full(); repair() }`");
    assertThat(of(at, SortWord.BEGINS, List.of(Map.of("a", "x")), "p"))
        .contains("pk: [a: \"x\"], skBegins: \"p\"; full()");
  }
}
