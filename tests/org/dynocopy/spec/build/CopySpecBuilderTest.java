package org.dynocopy.spec.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.Problem;
import org.dynocopy.spec.Checks;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.KeyCondition.Sort;
import org.dynocopy.spec.KeyCondition.SortWord;
import org.dynocopy.spec.OnConflict;
import org.dynocopy.spec.OnFailure;
import org.dynocopy.spec.Resume;
import org.dynocopy.spec.ServerFilter;
import org.dynocopy.spec.ShapeStep;
import org.dynocopy.spec.ShapedItem;
import org.dynocopy.spec.limits.Prices;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.spec.place.Environments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopySpecBuilderTest {

  private static final Environments ENVIRONMENTS =
      new Environments(List.of("prod", "dev"), Optional.empty(), Environments.Defaults.NONE);

  private static Location line(int line) {
    return new Location("r.groovy", line, 1, 1, "x");
  }

  private static CopySpecBuilder copy() {
    return new CopySpecBuilder(Optional.empty(), line(1))
        .from("prod:users", line(2))
        .to("dev:users", line(3));
  }

  private static List<Problem> problems(CopySpecBuilder builder) {
    InvalidJobException e =
        catchThrowableOfType(InvalidJobException.class, () -> builder.build(ENVIRONMENTS));
    assertThat(e).as("the plan is refused").isNotNull();
    return e.problems();
  }

  private static void refused(Consumer<CopySpecBuilder> words, int line, String message) {
    CopySpecBuilder builder = copy();
    words.accept(builder);
    assertThat(problems(builder)).containsExactly(new Problem(line(line), message));
  }

  private static KeyCondition pk(Object... values) {
    return new KeyCondition(List.of(values), Optional.empty(), Optional.empty());
  }

  private static KeyCondition sk(SortWord word, Object... values) {
    Sort sort = new Sort(word, List.of(values));
    return new KeyCondition(List.of("t1"), Optional.of(sort), Optional.empty());
  }

  @Test
  void smallestCopyHasItsDefaults() {
    Copy copy = copy().build(ENVIRONMENTS);
    assertThat(copy.name()).isEqualTo("prod:users -> dev:users");
    assertThat(copy.from().environment().profile()).contains("prod");
    assertThat(copy.to().table()).isEqualTo("users");
    assertThat(copy.reading().where()).isEmpty();
    assertThat(copy.reading().segments()).isEmpty();
    assertThat(copy.writers()).isEmpty();
    assertThat(copy.reading().limit()).isEmpty();
    assertThat(copy.onFailure()).isEqualTo(new OnFailure(Optional.empty(), 1_000));
  }

  @Test
  void everyWordArrivesInThePlanWithItsPlace() {
    ServerFilter server = new ServerFilter("#s = :v", Map.of("#s", "s"), Map.of(":v", 1));
    Copy copy =
        new CopySpecBuilder(Optional.of("nightly"), line(1))
            .from("prod:users", line(2))
            .to("dev:users", line(3))
            .segments(8, line(4))
            .writers(9, line(5))
            .where(pk("t1"), line(6))
            .filter(server, line(7))
            .filter(new ClientFilter(item -> true, line(8)))
            .filter(new ClientFilter(item -> true, line(9)))
            .project(List.of("a", "b"), line(10))
            .limit(11, line(11))
            .deadLetter(Path.of("dead.jsonl"), line(12))
            .stopAfter(13, line(13))
            .build(ENVIRONMENTS);
    assertThat(copy.name()).isEqualTo("nightly");
    assertThat(copy.reading().segments()).hasValue(8);
    assertThat(copy.writers()).hasValue(9);
    assertThat(copy.reading().where()).contains(pk("t1"));
    assertThat(copy.reading().serverFilter()).contains(server);
    assertThat(copy.reading().clientFilters()).hasSize(2);
    assertThat(copy.reading().project()).containsExactly("a", "b");
    assertThat(copy.reading().limit()).hasValue(11);
    assertThat(copy.onFailure()).isEqualTo(new OnFailure(Optional.of(Path.of("dead.jsonl")), 13));
    assertThat(copy.at("limit")).isEqualTo(line(11));
    assertThat(copy.at("copy")).isEqualTo(line(1));
    assertThat(copy.at("never said")).isEqualTo(line(1));
  }

  @Test
  void allProblemsAreToldAtOnce() {
    CopySpecBuilder builder =
        new CopySpecBuilder(Optional.empty(), line(1))
            .from("nowhere:users", line(2))
            .segments(0, line(3))
            .limit(0, line(4))
            .problem(line(5), "found by the recipe");
    assertThat(problems(builder))
        .extracting(problem -> problem.at().line())
        .containsExactlyInAnyOrder(1, 2, 3, 4, 5);
  }

  @Test
  void problemsAreToldInTheOrderOfTheRecipe() {
    CopySpecBuilder builder =
        new CopySpecBuilder(Optional.empty(), line(1))
            .from("nowhere:users", line(2))
            .to("dev:users", line(3))
            .segments(0, line(4));
    assertThat(problems(builder)).extracting(p -> p.at().line()).containsExactly(2, 4);
  }

  @Test
  void missingTablesAreToldAtTheCopy() {
    assertThat(problems(new CopySpecBuilder(Optional.empty(), line(1))))
        .containsExactly(
            new Problem(
                line(1),
                "`from` is missing in copy { }: say which table to read, as `from \"dev:users\"`"),
            new Problem(
                line(1),
                "`to` is missing in copy { }: say which table to write, as `to \"dev:users\"`"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1_000_000})
  void segmentsTakesItsLimits(int number) {
    assertThat(copy().segments(number, line(4)).build(ENVIRONMENTS).reading().segments())
        .hasValue(number);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1_000_001, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void segmentsOutsideItsLimitsAreRefused(int number) {
    refused(
        b -> b.segments(number, line(4)), 4, "`segments` must be from 1 to 1000000, not " + number);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1_024})
  void writersTakesItsLimits(int number) {
    assertThat(copy().writers(number, line(4)).build(ENVIRONMENTS).writers()).hasValue(number);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1_025})
  void writersOutsideItsLimitsAreRefused(int number) {
    refused(b -> b.writers(number, line(4)), 4, "`writers` must be from 1 to 1024, not " + number);
  }

  @Test
  void limitAndStopAfterAreAtLeastOne() {
    for (int number : new int[] {0, -5}) {
      String message = " must be at least 1, not " + number;
      refused(b -> b.limit(number, line(4)), 4, "`limit`" + message);
      refused(b -> b.stopAfter(number, line(4)), 4, "`stopAfter`" + message);
      Checks sample = new Checks(false, OptionalInt.of(number), false);
      refused(b -> b.verify(sample, line(4)), 4, "`sample`" + message);
    }
    Checks sample = new Checks(false, OptionalInt.of(1), false);
    copy().limit(1, line(4)).stopAfter(1, line(5)).verify(sample, line(6)).build(ENVIRONMENTS);
  }

  /** Fake values that differ each time cannot be made once more to be compared. */
  @Test
  void fullVerificationNeedsStepsThatDoTheSame() {
    ShapeStep random =
        new ShapeStep() {
          @Override
          public String word() {
            return "fake";
          }

          @Override
          public Location at() {
            return line(5);
          }

          @Override
          public boolean apply(ShapedItem item) {
            return true;
          }

          @Override
          public boolean deterministic() {
            return false;
          }
        };
    refused(
        b -> b.step(random).verify(Checks.FULL, line(4)),
        4,
        "`full()` does not go with `fake`, which makes something else of the same item each time;"
            + " choose `sample` or `count()`");
    copy()
        .step(random)
        .verify(new Checks(true, OptionalInt.empty(), false), line(4))
        .build(ENVIRONMENTS);
    assertThat(copy().step(random).build(ENVIRONMENTS).shape().resumable()).isFalse();
  }

  /** Nothing costs less than nothing, and what costs nothing needs no budget. */
  @Test
  void pricesAndBudgetsAreNotNegative() {
    for (Prices wrong : List.of(new Prices(-0.1, 1), new Prices(1, -0.1))) {
      refused(b -> b.prices(wrong, line(4)), 4, Prices.WRONG);
    }
    copy().prices(new Prices(0, 0), line(4)).build(ENVIRONMENTS);
    for (double wrong : new double[] {0, -1}) {
      refused(b -> b.budget(wrong, line(4)), 4, "`budget` must be above 0 dollars, not " + wrong);
    }
    copy().budget(0.001, line(4)).build(ENVIRONMENTS);
  }

  @Test
  void keyOfSeveralAttributesHasSomeAndEachIsAKey() {
    for (Map<String, Object> wrong :
        List.of(Map.<String, Object>of(), Map.<String, Object>of("a", "x", "b", true))) {
      CopySpecBuilder builder = copy().where(pk(wrong), line(4));
      assertThat(problems(builder)).extracting(Problem::at).containsExactly(line(4));
    }
    copy().where(pk(Map.of("a", "x", "b", 1)), line(4)).build(ENVIRONMENTS);
  }

  private static boolean isTaken(Object value) {
    ServerFilter filter =
        new ServerFilter("a = :v", Map.of(), Collections.singletonMap(":v", value));
    try {
      copy().filter(filter, line(4)).build(ENVIRONMENTS);
      return true;
    } catch (InvalidJobException e) {
      return false;
    }
  }

  @Test
  void valuesOfAFilterAreOfOneTypeEach() {
    List<Object> right = new ArrayList<>(List.of("a", 1, 1.5, true, new byte[] {1}));
    right.add(null);
    right.addAll(List.of(List.of(), List.of(1, "a"), Map.of("a", List.of(true)), Map.of()));
    right.addAll(List.of(new BigDecimal("1e400"), ByteBuffer.wrap(new byte[] {1})));
    right.addAll(List.of(Set.of(1, 2L), Set.of("a"), Set.of(new byte[] {1})));
    List<Object> wrong = new ArrayList<>(List.of(new Object(), Double.NaN, List.of(new Object())));
    wrong.addAll(List.of(Set.of(), Set.of(1, "a"), Set.of(true), Set.of("a", List.of())));
    wrong.add(Map.of("a", Set.of(1, "a")));
    assertThat(right).allMatch(CopySpecBuilderTest::isTaken);
    assertThat(wrong).noneMatch(CopySpecBuilderTest::isTaken);
  }

  @Test
  void whereNeedsAPartitionKeyOfATypeThatKeysHave() {
    refused(b -> b.where(pk(), line(4)), 4, "`where` needs at least one value for `pk`");
    refused(
        b -> b.where(pk("a", true), line(4)),
        4,
        "`where` takes strings, numbers and byte[], not Boolean");
    refused(
        b -> b.where(sk(SortWord.EQUALS, new StringBuilder("a")), line(4)),
        4,
        "`where` takes strings, numbers and byte[], not StringBuilder");
    copy().where(pk("a", 1, 1.5, new byte[] {1}), line(4)).build(ENVIRONMENTS);
    KeyCondition file =
        new KeyCondition(Path.of("keys.txt"), Optional.empty(), Optional.of("byTenant"));
    assertThat(copy().where(file, line(4)).build(ENVIRONMENTS).reading().where()).contains(file);
  }

  @Test
  void sortConditionHasAsManyValuesAsItsWordTakes() {
    List<KeyCondition> wrong =
        List.of(
            sk(SortWord.BETWEEN, "a"),
            sk(SortWord.BETWEEN, "a", "b", "c"),
            sk(SortWord.EQUALS),
            sk(SortWord.BEGINS, "a", "b"));
    List<KeyCondition> taken = new ArrayList<>();
    for (KeyCondition condition : wrong) {
      try {
        copy().where(condition, line(4)).build(ENVIRONMENTS);
        taken.add(condition);
      } catch (InvalidJobException e) {
        SortWord word = condition.sort().orElseThrow().word();
        String values = word == SortWord.BETWEEN ? "two values" : "one value";
        assertThat(e.problems())
            .containsExactly(new Problem(line(4), "`" + word.word() + "` takes " + values));
      }
    }
    assertThat(taken).as("conditions that the service cannot read").isEmpty();
  }

  @Test
  void serverFilterNeedsAnExpressionAndProperPlaceholders() {
    refused(
        b -> b.filter(new ServerFilter(" ", Map.of(), Map.of()), line(4)),
        4,
        "`filter` needs an expression, as \"#s = :v\"");
    refused(
        b -> b.filter(new ServerFilter("s = v", Map.of(), Map.of("v", 1)), line(4)),
        4,
        "`v` in values: must begin with `:`");
    refused(
        b -> b.filter(new ServerFilter("s = :v", Map.of("s", "t"), Map.of()), line(4)),
        4,
        "`s` in names: must begin with `#`");
  }

  @Test
  void serverFilterTwiceIsRefused() {
    ServerFilter filter = new ServerFilter("a = b", Map.of(), Map.of());
    refused(
        b -> b.filter(filter, line(4)).filter(filter, line(5)),
        5,
        "`filter` \"…\" stands twice: join the two expressions with AND");
  }

  @Test
  void serverFiltersValuesAreOfTypesThatTheServiceHas() {
    ServerFilter filter = new ServerFilter("a = :v", Map.of(), Map.of(":v", new Object()));
    assertThat(problems(copy().filter(filter, line(4))))
        .extracting(Problem::at)
        .containsExactly(line(4));
  }

  @Test
  void projectNeedsAnAttribute() {
    refused(b -> b.project(List.of(), line(4)), 4, "`project` needs at least one attribute");
  }

  @Test
  void readOnlyEnvironmentIsNotWritten() {
    Optional<String> none = Optional.empty();
    Environment guarded =
        new Environment(
            "prod",
            none,
            none,
            none,
            Optional.empty(),
            Optional.empty(),
            "",
            true,
            Optional.empty());
    Environments all = ENVIRONMENTS.with(List.of(guarded));
    InvalidJobException e =
        catchThrowableOfType(
            InvalidJobException.class, () -> copy().to("prod:users2", line(5)).build(all));
    assertThat(e.problems())
        .containsExactly(
            new Problem(
                line(5), "`prod:users2` cannot be written: the environment `prod` is readOnly()"));
    copy().build(all);
  }

  @Test
  void tableIsNotCopiedOntoItself() {
    refused(
        b -> b.to("prod:users", line(5)), 5, "source and target are the same table, `prod:users`");
  }

  /** Each of them alone is right. */
  @Test
  void wordsThatContradictEachOtherAreRefused() {
    Map<String, Consumer<CopySpecBuilder>> words = new TreeMap<>();
    words.put("limit", b -> b.limit(5, line(4)));
    words.put("replace", b -> b.replace(new Copy.Replace(false, true), line(4)));
    for (String way : List.of("overwrite", "skip", "fail")) {
      words.put(way, b -> b.onConflict(way, line(4)));
    }
    words.put("newer", b -> b.onConflict(OnConflict.newer("at"), line(4)));
    words.put("full", b -> b.verify(Checks.FULL, line(4)));
    words.put("count", b -> b.verify(new Checks(true, OptionalInt.empty(), false), line(4)));
    words.put("sample", b -> b.verify(new Checks(false, OptionalInt.of(9), false), line(4)));
    words.put("pattern", b -> b.from("prod:a-*", line(2)).to("dev:b-*", line(3)));
    words.put("resume", b -> b.resume(Path.of("a.checkpoint"), line(4)));
    words.put("createTarget", b -> b.createTarget(line(4)));
    Set<String> refused = new TreeSet<>();
    for (String one : words.keySet()) {
      for (String other : words.keySet()) {
        CopySpecBuilder both = copy();
        words.get(one).accept(both);
        words.get(other).accept(both);
        try {
          both.build(ENVIRONMENTS);
        } catch (InvalidJobException e) {
          assertThat(e.problems()).hasSize(1);
          refused.add(one.compareTo(other) < 0 ? one + " " + other : other + " " + one);
        }
      }
    }
    assertThat(refused)
        .containsExactly(
            "fail replace",
            "full limit",
            "full newer",
            "full skip",
            "limit replace",
            "newer replace",
            "pattern resume",
            "replace skip");
  }

  @Test
  void conflictsAreDecidedByAWayThatIsThere() {
    refused(
        b -> b.onConflict("skipp", line(4)),
        4,
        "`onConflict` has no way `skipp`: there are `overwrite`, `skip` and `fail`, and `newer`"
            + " with an attribute. Did you mean `skip`?");
    for (String blank : List.of("", " ")) {
      refused(
          b -> b.onConflict(OnConflict.newer(blank), line(4)),
          4,
          "`onConflict` with `newer` needs the name of an attribute");
    }
    for (OnConflict how :
        List.of(
            OnConflict.OVERWRITE,
            OnConflict.of("skip").orElseThrow(),
            OnConflict.of("fail").orElseThrow(),
            OnConflict.newer("at"))) {
      assertThat(copy().onConflict(how, line(4)).build(ENVIRONMENTS).onConflict()).isEqualTo(how);
    }
    assertThat(copy().build(ENVIRONMENTS).onConflict()).isEqualTo(OnConflict.OVERWRITE);
    assertThat(copy().onConflict("fail", line(4)).build(ENVIRONMENTS).onConflict().way())
        .isEqualTo(OnConflict.Way.FAIL);
  }

  @Test
  void wordsOfTheTargetArriveWithTheirPlaces() {
    Copy.Replace how = new Copy.Replace(true, false);
    Checks nothing = new Checks(false, OptionalInt.empty(), false);
    Copy copy =
        copy()
            .replace(how, line(4))
            .createTarget(line(5))
            .resume(Path.of("a.checkpoint"), line(6))
            .fresh(line(7))
            .verify(nothing, line(8))
            .onConflict("overwrite", line(9))
            .build(ENVIRONMENTS);
    assertThat(copy.replace()).contains(how);
    assertThat(copy.createTarget()).isTrue();
    assertThat(copy.resume()).isEqualTo(new Resume(Optional.of(Path.of("a.checkpoint")), true));
    assertThat(copy.verify()).as("whatever is not said").contains(Checks.FULL);
    assertThat(List.of("replace", "createTarget", "resume", "fresh", "verify", "onConflict"))
        .extracting(copy::at)
        .containsExactly(line(4), line(5), line(6), line(7), line(8), line(9));
    Copy usual = copy().build(ENVIRONMENTS);
    assertThat(usual.replace()).isEmpty();
    assertThat(usual.createTarget()).isFalse();
    assertThat(usual.resume()).isEqualTo(Resume.DEFAULT);
    assertThat(usual.verify()).isEmpty();
  }

  @Test
  void patternGoesToAPattern() {
    String both = "`from` and `to` both have a `*`, or none: `prod:acme-*` goes to `dev:acme-*`";
    refused(b -> b.to("dev:b-*", line(4)), 4, both);
    refused(b -> b.from("prod:a-*", line(4)), 3, both);
  }

  @Test
  void laterWordReplacesAnEarlierOne() {
    Copy copy = copy().segments(4, line(4)).segments(5, line(5)).build(ENVIRONMENTS);
    assertThat(copy.reading().segments()).hasValue(5);
    assertThat(copy.at("segments")).isEqualTo(line(5));
  }

  @Test
  void planDoesNotChangeWithTheListsItWasMadeOf() {
    List<String> attributes = new ArrayList<>(List.of("a"));
    Copy copy = copy().project(attributes, line(4)).build(ENVIRONMENTS);
    attributes.add("b");
    assertThat(copy.reading().project()).containsExactly("a");
  }
}
