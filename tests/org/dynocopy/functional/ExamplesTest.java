package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.dynocopy.cli.Cli;
import org.dynocopy.scripts.DynamoLocal;
import org.dynocopy.scripts.SampleUsers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example runs, as the quickstart would run it. */
class ExamplesTest {

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("examples"))) {
      return files.filter(file -> file.toString().endsWith(".groovy")).toList();
    }
  }

  @AfterEach
  void forget() {
    System.clearProperty("dynocopy.embedded");
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isAccountedFor(Path recipe) {
    try (DynamoLocal local = DynamoLocal.start()) {
      SampleUsers.load(local, "eu-west-1", "users");
      SampleUsers.createEmpty(local, "eu-central-1", "users");
      System.setProperty("dynocopy.embedded", local.endpoint().toString());
      Cli.Result result = Cli.run(recipe.toString());
      assertThat(result.err()).contains("the ledger adds up").doesNotContain("not finished");
      assertThat(result.exitCode()).isZero();
      assertThat(Cli.run(recipe.toString(), "--dry-run").out()).contains("from      prod:users");
    }
  }
}
