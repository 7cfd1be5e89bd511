package org.dynocopy.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.Problem;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.spec.place.Environments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where requests go to, and what of the command line has a say in it. */
class EndpointTest {

  private static final Location AT = Location.option("--endpoint-url");
  private static final String ARN = ":dynamodb:eu-west-1:123456789012:table/users";

  private static final Environments.Defaults SAID =
      new Environments.Defaults(
          Optional.of("mine"),
          Optional.of("eu-north-1"),
          Optional.of(URI.create("http://127.0.0.1:1")));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "embedded",
        "http://127.0.0.1:1",
        "http://localhost:65535",
        "http://[::1]:8000/a",
        "https://a-b.c",
        "https://a-b.c/"
      })
  void endpointIsTheUrlOfAServer(String right) {
    assertThat(Environments.endpoint(right, AT)).hasToString(right);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.1:8000",
        "http://dynamodb_local:8000",
        "http://localhost:0",
        "http://localhost:65536",
        "http://localhost:80000",
        "http://me:secret@localhost",
        "http://localhost?a=b",
        "http://localhost/#a"
      })
  void endpointHasAHostThatRequestsCanGoTo(String wrong) {
    assertThatThrownBy(() -> Environments.endpoint(wrong, AT))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("it needs a host");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "localhost:8000",
        "ftp://localhost",
        "http://",
        "http:///a",
        "http://local host",
        "http://localhost/a b",
        "http://localhost/%zz",
        "embedded:8000",
        "an embedded"
      })
  void whatIsNoUrlIsToldTheForm(String wrong) {
    assertThatThrownBy(() -> Environments.endpoint(wrong, AT))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining(
            "`" + wrong + "` is not an endpoint: write a URL as `http://localhost:8000`");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"me:s3cr3t@h:1", "http://me:s3cr3t@h", "http://me:a/s3cr3t@h", "http:/s3cr3t@h"})
  void passwordOfAnEndpointIsNotShown(String wrong) {
    assertThatThrownBy(() -> Environments.endpoint(wrong, AT))
        .hasMessageContaining("…@h")
        .hasMessageNotContaining("s3cr3t");
  }

  private static Environments environments(Environments.Defaults defaults) {
    Environment eu = Environment.named("eu").withRegion(Optional.of("eu-west-3"));
    Environment all =
        new Environment(
            "all",
            Optional.of("eu-west-3"),
            Optional.of("acme"),
            Optional.empty(),
            Optional.of(URI.create("http://127.0.0.1:2")),
            Optional.empty(),
            "",
            false,
            Optional.empty());
    return new Environments(List.of("prod"), Optional.empty(), defaults).with(List.of(eu, all));
  }

  private static Set<String> refused(String... tables) {
    Environments environments = environments(SAID);
    for (String table : tables) {
      environments.table(table, AT);
    }
    Set<String> refused = new TreeSet<>();
    try {
      environments.checkUsed(SAID);
    } catch (InvalidJobException e) {
      for (Problem problem : e.problems()) {
        assertThat(problem.message()).contains("would not be used");
        assertThat(problem.at().file()).startsWith("--");
        refused.add(problem.at().file());
      }
    }
    environments.checkUsed(Environments.Defaults.NONE);
    return refused;
  }

  /** Else a copy would go elsewhere than whoever gave the option believes. */
  @Test
  void optionThatNoTableUsesIsRefused() {
    Set<String> options = Set.of("--profile", "--region", "--endpoint-url");
    Map<String, Set<String>> used = new LinkedHashMap<>();
    used.put("users", options);
    used.put("prod:users", Set.of("--region", "--endpoint-url"));
    used.put("local:users", Set.of("--region"));
    used.put("eu:users", Set.of("--endpoint-url"));
    used.put("all:users", Set.of());
    used.put("all:user*", Set.of());
    used.put("arn:aws" + ARN, Set.of("--profile", "--endpoint-url"));
    used.put("arn:aws" + ARN.replace("eu-west-1", "eu-north-1"), options);
    used.put("prod:arn:aws" + ARN, Set.of("--endpoint-url"));
    used.put("all:arn:aws" + ARN, Set.of());
    for (String one : used.keySet()) {
      for (String other : used.keySet()) {
        Set<String> wanted = new TreeSet<>(options);
        wanted.removeAll(used.get(one));
        wanted.removeAll(used.get(other));
        assertThat(refused(one, other)).as(one + " " + other).isEqualTo(wanted);
      }
    }
    assertThat(refused()).isEmpty();
  }

  @Test
  void environmentAloneHasWhatTheCommandLineSays() {
    Environments environments = environments(SAID);
    for (String name : List.of("prod", "local", "eu", "all")) {
      assertThat(environments.environment(name, AT))
          .isEqualTo(environments.table(name + ":users", AT).environment());
    }
    assertThatThrownBy(() -> environments.environment("pord", AT))
        .hasMessageContaining("Did you mean `prod`?");
  }
}
