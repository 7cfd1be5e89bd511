package org.dynocopy.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.KeyCondition.Sort;
import org.dynocopy.spec.KeyCondition.SortWord;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.spec.place.Environments;
import org.junit.jupiter.api.Test;

/** What is to be typed to copy what a copy of an index may have missed. */
class RepairCommandTest {

  private static final Environments ENVIRONMENTS =
      new Environments(List.of("prod", "dev"), Optional.empty(), Environments.Defaults.NONE);

  private static String of(Location at, SortWord word, List<Object> keys, Object... sort) {
    KeyCondition where =
        new KeyCondition(
            keys, Optional.of(new Sort(word, List.of(sort))), Optional.of("by Tenant"));
    Copy copy =
        new CopySpecBuilder(Optional.empty(), at)
            .from("prod:users", at)
            .to("dev:users", at)
            .where(where, at)
            .build(ENVIRONMENTS);
    return RepairCommand.of(copy, true);
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

  private static String of(Location at, boolean gsi, Consumer<CopySpecBuilder> more) {
    CopySpecBuilder builder = new CopySpecBuilder(Optional.empty(), at);
    builder.from("prod:users", at).to("dev:users", at);
    more.accept(builder);
    return RepairCommand.of(builder.build(ENVIRONMENTS), gsi);
  }

  private static KeyCondition file(Optional<String> index) {
    return new KeyCondition(Path.of("my keys.txt"), Optional.empty(), index);
  }

  @Test
  void hasTheFileOfTheKeys() {
    Location option = Location.option("copy");
    assertThat(of(option, true, b -> b.where(file(Optional.of("byTenant")), option)))
        .isEqualTo(
            "`dynocopy verify prod:users dev:users --index byTenant --pks 'my keys.txt' --repair`");
    Location at = new Location("r.groovy", 1, 1, 1, "x");
    assertThat(of(at, true, b -> b.where(file(Optional.of("byTenant")), at)))
        .contains("; where gsi: \"byTenant\", pks: \"file:my keys.txt\"; full(); repair() }`");
    assertThat(of(at, false, b -> b.where(file(Optional.of("byDay")), at)))
        .contains("; where lsi: \"byDay\", pks: ");
    assertThat(of(at, false, b -> b.where(file(Optional.empty()), at)))
        .contains("; where pks: \"file:my keys.txt\"; full()");
  }

  /** What Java code made is a statement, too; filters cannot be told. */
  @Test
  void ofAWholeTableIsShort() {
    String statement = "`verify { from \"prod:users\"; to \"dev:users\"; full(); repair() }`";
    assertThat(of(Location.NOWHERE, false, b -> {})).isEqualTo(statement);
    assertThat(of(Location.option("copy"), false, b -> {}))
        .isEqualTo("`dynocopy verify prod:users dev:users --repair`");
    assertThat(
            of(
                Location.NOWHERE,
                false,
                b -> b.filter(new ClientFilter(item -> true, Location.NOWHERE))))
        .isEqualTo(statement + " with the filters of the copy");
  }

  @Test
  void textOfAKeyIsQuotedForTheRecipe() {
    Location at = new Location("r.groovy", 1, 1, 1, "x");
    KeyCondition key = new KeyCondition(List.of("a\"b\\c$d"), Optional.empty(), Optional.empty());
    assertThat(of(at, false, b -> b.where(key, at)))
        .contains("where pk: \"a\\\"b\\\\c\\$d\"; full()");
  }
}
