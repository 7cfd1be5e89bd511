package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.dynocopy.cli.Cli;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.scripts.DynamoLocal;
import org.dynocopy.scripts.SampleUsers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every recipe in examples/ runs on the sample users, as {@code ./jbang quickstart} runs it: also
 * for who has an AWS account, whose keys are not those of the embedded database.
 */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ExamplesTest {

  private static final Path WORKING = WorkingFolder.file("");

  private final String key = System.getProperty("aws.accessKeyId");
  private final Set<Path> before = new HashSet<>(files(WORKING));

  static List<Path> examples() {
    return files(Path.of("examples")).stream()
        .filter(file -> file.toString().endsWith(".groovy"))
        .toList();
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.of()) {
      return files.toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void haveKeys() {
    System.setProperty("aws.accessKeyId", "AKIAIOSFODNN7EXAMPLE");
  }

  /** A recipe may leave backups. */
  @AfterEach
  void leaveNothing() throws IOException {
    System.setProperty("aws.accessKeyId", key);
    System.clearProperty("dynocopy.embedded");
    for (Path file : files(WORKING)) {
      if (!before.contains(file)) {
        Files.delete(file);
      }
    }
  }

  @Test
  void brokenProfilesAreToldInASentence() throws IOException {
    String config = System.getProperty("aws.configFile");
    Path broken = Files.writeString(Files.createTempFile("config", ""), "no = section\n[broken\n");
    System.setProperty("aws.configFile", broken.toString());
    try (DynamoLocal local = DynamoLocal.start()) {
      SampleUsers.load(local, "eu-west-1", "users");
      SampleUsers.createEmpty(local, "eu-central-1", "users");
      System.setProperty("dynocopy.embedded", local.endpoint().toString());
      Cli.Result result = Cli.run("examples/quickstart.groovy", "--dry-run");
      assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
      String mistake =
          "the AWS profiles cannot be read: " + broken + ":1: Expected a profile definition";
      assertThat(result.err()).isEqualToIgnoringNewLines(mistake);
      Cli.Result other = Cli.run("query", "prod:users");
      assertThat(other.exitCode()).as(other.err()).isEqualTo(2);
      assertThat(other.err()).isEqualToIgnoringNewLines("TABLE: " + mistake);
    } finally {
      System.setProperty("aws.configFile", config);
      Files.delete(broken);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isAccountedFor(Path recipe) {
    try (DynamoLocal local = DynamoLocal.start()) {
      SampleUsers.load(local, "eu-west-1", "users");
      SampleUsers.createEmpty(local, "eu-central-1", "users");
      System.setProperty("dynocopy.embedded", local.endpoint().toString());
      Cli.Result dry = Cli.run(recipe.toString(), "--dry-run");
      assertThat(dry.exitCode()).as(dry.err()).isZero();
      assertThat(dry.out()).contains(":users  arn:aws:dynamodb");
      Cli.Result result = Cli.run(recipe.toString(), "--yes");
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.err()).contains("the ledger adds up").doesNotContain("not finished");
    }
  }
}
