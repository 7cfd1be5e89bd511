package org.dynocopy.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.spec.place.TableRef;
import org.junit.jupiter.api.Test;

/** Which tables a copy by pattern reads and writes. */
class PatternPlanTest {

  private static final Environments ENVIRONMENTS =
      new Environments(List.of("prod", "dev"), Optional.empty(), Environments.Defaults.NONE);

  private static Copy pattern(String from, String to) {
    Location at = Location.NOWHERE;
    return new CopySpecBuilder(Optional.empty(), at).from(from, at).to(to, at).build(ENVIRONMENTS);
  }

  private static List<String> words(int longest) {
    List<String> all = new ArrayList<>(List.of(""));
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).length() < longest) {
        all.add(all.get(i) + "a");
        all.add(all.get(i) + "b");
      }
    }
    return all;
  }

  private static TableRef table(String name) {
    return new TableRef(Environment.named("prod"), name, name);
  }

  /** Whatever stands for the star: the letter of none of the names tells them apart. */
  @Test
  void patternIsWithinAnotherIfAllItsTablesAre() {
    for (String begin : words(2)) {
      for (String end : words(2)) {
        for (String otherBegin : words(2)) {
          for (String otherEnd : words(2)) {
            TableRef one = table(begin + "*" + end);
            TableRef other = table(otherBegin + "*" + otherEnd);
            boolean all = other.star(one.with("zzzz").table()).isPresent();
            assertThat(one.isWithin(other)).as(one + " in " + other).isEqualTo(all);
          }
        }
      }
    }
  }

  /** Copies of copies would be made at each run. */
  @Test
  void targetOfAPatternIsNoSourceOfIt() {
    Copy within = pattern("prod:acme-*", "prod:acme-*-bak");
    assertThat(within.writes("acme-a-bak", Set.of("acme-a", "acme-a-bak"))).isTrue();
    assertThat(within.writes("acme-a-bak", Set.of("acme-a-bak"))).as("left over").isTrue();
    assertThat(within.writes("acme-a", Set.of("acme-a", "acme-a-bak"))).isFalse();

    Copy beside = pattern("prod:acme-*", "prod:*-bak");
    assertThat(beside.writes("acme-a-bak", Set.of("acme-acme-a"))).isTrue();
    assertThat(beside.writes("acme-a-bak", Set.of("acme-a-bak"))).as("no source of it").isFalse();
    assertThat(beside.writes("acme-a", Set.of("acme-a"))).isFalse();

    Copy elsewhere = pattern("prod:acme-*", "dev:acme-*-bak");
    assertThat(elsewhere.writes("acme-a-bak", Set.of("acme-a", "acme-a-bak"))).isFalse();
  }

  @Test
  void copyOfATableOfAPatternIsNamedAfterIt() {
    Location at = Location.NOWHERE;
    Optional<String> none = Optional.empty();
    for (Optional<String> name : List.of(Optional.of("nightly"), none)) {
      CopySpecBuilder builder =
          new CopySpecBuilder(name, at).from("prod:a-*", at).to("dev:b-*", at).fresh(at);
      Copy pattern = builder.build(ENVIRONMENTS);
      assertThat(pattern.isPattern()).isTrue();
      Copy one = pattern.of("a-users").orElseThrow();
      assertThat(one.name())
          .isEqualTo(name.isPresent() ? "nightly prod:a-users" : "prod:a-users -> dev:b-users");
      assertThat(one.isPattern()).isFalse();
      assertThat(one.resume()).isEqualTo(new Resume(Optional.empty(), true));
      assertThat(pattern.of("users")).isEmpty();
    }
  }

  @Test
  void checkpointAndAFreshBeginningAreSaidInAnyOrder() {
    Location at = Location.NOWHERE;
    Resume both = new Resume(Optional.of(Path.of("x")), true);
    CopySpecBuilder builder =
        new CopySpecBuilder(Optional.empty(), at)
            .from("prod:users", at)
            .to("dev:users", at)
            .fresh(at);
    assertThat(builder.build(ENVIRONMENTS).resume()).isEqualTo(new Resume(Optional.empty(), true));
    assertThat(builder.resume(Path.of("x"), at).build(ENVIRONMENTS).resume()).isEqualTo(both);
    CopySpecBuilder turned =
        new CopySpecBuilder(Optional.empty(), at).from("prod:users", at).to("dev:users", at);
    assertThat(turned.resume(Path.of("x"), at).fresh(at).build(ENVIRONMENTS).resume())
        .isEqualTo(both);
  }
}
