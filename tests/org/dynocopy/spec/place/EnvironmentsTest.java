package org.dynocopy.spec.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentsTest {

  private static final Location AT = Location.option("--from");
  private static final URI THERE = URI.create("http://127.0.0.1:1234");
  private static final String ARN = "arn:aws:dynamodb:eu-west-1:123456789012:table/users";

  private static final String NAMES =
      "the name of a table has 3 to 255 characters, each of `a-z`, `A-Z`, `0-9`, `_`, `-` and `.`";

  private static Environments with(String... profiles) {
    return new Environments(List.of(profiles), Optional.empty(), Environments.Defaults.NONE);
  }

  private static Environments saying(Environments.Defaults defaults) {
    return new Environments(List.of("prod"), Optional.empty(), defaults);
  }

  private static Environment prefixed(String name, String prefix) {
    Optional<String> none = Optional.empty();
    return new Environment(
        name,
        none,
        none,
        none,
        Optional.empty(),
        Optional.empty(),
        prefix,
        false,
        Optional.empty());
  }

  @Test
  void recipesEnvironmentHidesTheProfileOfThatName() {
    Environments all = with("prod").with(List.of(prefixed("prod", "acme-prod-")));
    TableRef table = all.table("prod:users", AT);
    assertThat(table.table()).isEqualTo("acme-prod-users");
    assertThat(table.environment().profile()).isEmpty();
    assertThat(table).hasToString("prod:users");
  }

  @Test
  void prefixBelongsToAPatternOfTables() {
    Environments all = with().with(List.of(prefixed("prod", "acme-")));
    TableRef pattern = all.table("prod:*", AT);
    assertThat(pattern.star("acme-users")).contains("users");
    assertThat(pattern.star("other-users")).isEmpty();
    assertThat(all.table("prod:user*-v1", AT).table()).isEqualTo("acme-user*-v1");
    assertThat(pattern.with("users").table()).isEqualTo("acme-users");
  }

  /** By the service's limits, which hold for what the prefix makes of a name. */
  @Test
  void nameWithItsPrefixHasFrom3To255Characters() {
    Environments all = with().with(List.of(prefixed("p", "a-"), prefixed("none", "")));
    for (String right : List.of("p:u", "p:" + "u".repeat(253), "none:use", "p:*", "none:*")) {
      assertThat(all.table(right, AT)).hasToString(right);
    }
    for (String wrong :
        List.of(
            "none:us",
            "p:" + "u".repeat(254),
            "none:" + "u".repeat(256),
            "p:*" + "u".repeat(254))) {
      assertThatThrownBy(() -> all.table(wrong, AT))
          .hasMessageContaining("`" + wrong + "` is not a table");
    }
  }

  @Test
  void recipesEnvironmentHidesTheBuiltInOne() {
    Environments all = with().with(List.of(prefixed("local", "my-")));
    assertThat(all.table("local:users", AT).environment().endpoint()).isEmpty();
    assertThat(all.table("local:users", AT).table()).isEqualTo("my-users");
  }

  @Test
  void builtInEnvironmentHidesTheProfileOfThatName() {
    Environment local = with("local").table("local:users", AT).environment();
    assertThat(local.endpoint()).contains(Environments.LOCAL);
    assertThat(local.profile()).isEmpty();
  }

  @Test
  void laterDefinitionHidesAnEarlierOne() {
    Environments all =
        with().with(List.of(prefixed("prod", "a-"))).with(List.of(prefixed("prod", "b-")));
    assertThat(all.table("prod:users", AT).table()).isEqualTo("b-users");
  }

  @Test
  void addingEnvironmentsLeavesTheOldOnesAsTheyWere() {
    Environments before = with();
    before.with(List.of(prefixed("prod", "a-")));
    assertThatThrownBy(() -> before.table("prod:users", AT))
        .isInstanceOf(InvalidJobException.class);
  }

  @Test
  void profileIsAnEnvironment() {
    Environment prod = with("dev", "prod").table("prod:users", AT).environment();
    assertThat(prod.profile()).contains("prod");
    assertThat(prod.region()).isEmpty();
  }

  @Test
  void embeddedIsWhereTheEmbeddedDatabaseListens() {
    Environments all =
        new Environments(List.of(), Optional.of(THERE), Environments.Defaults.NONE)
            .with(
                List.of(
                    Environment.named("prod").withEndpoint(Optional.of(URI.create("embedded")))));
    assertThat(all.table("embedded:users", AT).environment().endpoint()).contains(THERE);
    assertThat(all.table("prod:users", AT).environment().endpoint()).contains(THERE);
  }

  @Test
  void embeddedWithoutAnEmbeddedDatabaseSaysHowToHaveOne() {
    Environment prod = Environment.named("prod").withEndpoint(Optional.of(URI.create("embedded")));
    for (String table : List.of("embedded:users", "prod:users")) {
      assertThatThrownBy(() -> with().with(List.of(prod)).table(table, AT))
          .isInstanceOf(InvalidJobException.class)
          .hasMessageContaining("`" + table.substring(0, table.indexOf(':')) + "` is in")
          .hasMessageContaining("./jbang quickstart");
    }
  }

  @Test
  void commandLineFillsInWhatTheEnvironmentDoesNotSay() {
    Environments.Defaults defaults =
        new Environments.Defaults(
            Optional.of("mine"), Optional.of("eu-north-1"), Optional.of(THERE));
    Environment prod = saying(defaults).table("prod:users", AT).environment();
    assertThat(prod.region()).contains("eu-north-1");
    assertThat(prod.endpoint()).contains(THERE);
    assertThat(prod.profile()).contains("prod");

    Environment told =
        saying(defaults)
            .with(List.of(Environment.named("eu").withRegion(Optional.of("eu-west-3"))))
            .table("eu:users", AT)
            .environment();
    assertThat(told.region()).contains("eu-west-3");
    assertThat(told.profile()).isEmpty();
    assertThat(saying(defaults).table("local:users", AT).environment().endpoint())
        .contains(Environments.LOCAL);
  }

  @Test
  void tableWithoutAnEnvironmentIsWhereTheCommandLineSays() {
    Environments.Defaults defaults =
        new Environments.Defaults(Optional.of("mine"), Optional.empty(), Optional.empty());
    TableRef table = saying(defaults).table("users", AT);
    assertThat(table.environment().name()).isEqualTo("mine");
    assertThat(table.environment().profile()).contains("mine");
    assertThat(saying(Environments.Defaults.NONE).table("users", AT).environment().name())
        .isEqualTo("default");
    assertThat(table.table()).isEqualTo("users");
  }

  @Test
  void arnIsATableInItsOwnRegion() {
    Environments.Defaults defaults =
        new Environments.Defaults(
            Optional.of("mine"), Optional.of("eu-north-1"), Optional.of(THERE));
    TableRef table = saying(defaults).table(ARN, AT);
    assertThat(table.table()).isEqualTo(ARN);
    assertThat(table.environment().region()).contains("eu-west-1");
    assertThat(table.environment().profile()).contains("mine");
    assertThat(table.environment().endpoint()).contains(THERE);
  }

  @Test
  void arnBehindAnEnvironmentIsSignedByIt() {
    Environment eu = Environment.named("eu").withProfile(Optional.of("acme"));
    Environment there = eu.withRegion(Optional.of("eu-north-1")).withEndpoint(Optional.of(THERE));
    Environments all = with("prod").with(List.of(there));
    TableRef table = all.table("prod:" + ARN, AT);
    assertThat(table.table()).isEqualTo(ARN);
    assertThat(table.name()).isEqualTo("users");
    assertThat(table).hasToString("prod:" + ARN);
    assertThat(table.environment().profile()).contains("prod");
    assertThat(table.environment().region()).contains("eu-west-1");
    Environment named = all.table("eu:" + ARN, AT).environment();
    assertThat(named).isEqualTo(there.withRegion(Optional.of("eu-west-1")));
    assertThatThrownBy(() -> all.table("pord:" + ARN, AT))
        .hasMessageContaining("Did you mean `prod`?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:",
        "arn:aws:dynamodb:eu-west-1:123456789012:users",
        "arn:aws:dynamodb:eu-west-1:123456789012:table/",
        "arn:aws:dynamodb:eu-west-1:123456789012:table/users/index/byTenant",
        "arn:aws:dynamodb:eu-west-1:123456789012:table/us\"ers",
        "arn:aws:dynamodb:eu-west-1:12345678901:table/users",
        "arn:aws:dynamodb:eu-west-1::table/users",
        "arn:aws:dynamodb::123456789012:table/users",
        "arn:aws:dax:eu-west-1:123456789012:table/users",
        "arn:evil:dynamodb:eu-west-1:123456789012:table/users",
      })
  void whatOnlyLooksLikeAnArnIsRefused(String text) {
    assertThatThrownBy(() -> with().table(text, AT))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageStartingWith("--from: `" + text + "` is not a table's ARN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "prod:", ":", "prod:us:ers", "http://localhost:8000"})
  void whatHasNoTablesNameIsToldTheForm(String text) {
    assertThatThrownBy(() -> with("prod").table(text, AT))
        .isInstanceOf(InvalidJobException.class)
        .hasMessage(
            "--from: `" + text + "` is not a table: write `environment:table`, as in `prod:users`");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "local:t1", "prod:a b", "users table", "prod:us\"ers", "ü:ä"})
  void nameThatNoTableCanHaveIsToldTheRule(String text) {
    assertThatThrownBy(() -> with("prod").table(text, AT))
        .isInstanceOf(InvalidJobException.class)
        .hasMessage("--from: `" + text + "` is not a table: " + NAMES);
  }

  @Test
  void nameIsAsLongAsItIsWithItsPrefix() {
    Environments all = with().with(List.of(prefixed("a", "a"), prefixed("ab", "ab")));
    assertThat(all.table("ab:t", AT).table()).isEqualTo("abt");
    assertThatThrownBy(() -> all.table("a:t", AT))
        .hasMessage("--from: `a:t` is not a table: with its prefix it is `at`, and " + NAMES);
    assertThatThrownBy(() -> all.table("ab:" + "t".repeat(254), AT)).hasMessageContaining(NAMES);
  }

  @Test
  void bucketNameThatIsTooShortIsToldTheRule() {
    assertThatThrownBy(() -> StoreRef.ofBackup("s3://b/p", AT))
        .hasMessageContaining("the name of a bucket has 3 to 63 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:users.jsonl", "s3://bucket/users"})
  void otherStoresAreNotTablesYet(String text) {
    assertThatThrownBy(() -> with().table(text, AT)).hasMessageContaining("is not a table");
  }

  @Test
  void unknownEnvironmentListsTheNamesAndSuggestsTheNearest() {
    Environments all = with("staging", "prod").with(List.of(Environment.named("dev")));
    assertThatThrownBy(() -> all.table("prdo:users", AT))
        .hasMessageStartingWith("--from: unknown environment `prdo`")
        .hasMessageContainingAll("`dev`", "`local`", "`prod`", "`staging`")
        .hasMessageEndingWith("Did you mean `prod`?");
  }

  @Test
  void unknownEnvironmentListsNoNameTwice() {
    Environments all = with("prod", "local").with(List.of(Environment.named("prod")));
    assertThatThrownBy(() -> all.table("other:users", AT))
        .hasMessageContaining("There are `local`, `prod`.");
  }

  /** There is no recipe, and two tables of a command are often wrong together. */
  @Test
  void commandIsToldOfProfilesAloneAndListsThemOnce() {
    Environments all = with("zeta", "alpha", "prod-eu");
    assertThatThrownBy(() -> all.table("prod:users", Location.option("FROM")))
        .hasMessage(
            "FROM: unknown environment `prod`: there is no AWS profile of that name in"
                + " ~/.aws/config. There are `alpha`, `local`, `prod-eu`, `zeta`.");
    assertThatThrownBy(() -> all.table("dev:users", Location.option("TO")))
        .hasMessage(
            "TO: unknown environment `dev`: there is no AWS profile of that name in"
                + " ~/.aws/config.");
    assertThatThrownBy(() -> all.table("dev:users", new Location("a.groovy", 1, 2, 3, "")))
        .hasMessageContaining(
            "no env(\"dev\") in the recipe and no AWS profile of that name. There");
  }

  @Test
  void secretIsNeverPrinted() {
    assertThat(new Environment.Keys("AKIA1", "s3cr3t").toString()).doesNotContain("s3cr3t");
  }
}
