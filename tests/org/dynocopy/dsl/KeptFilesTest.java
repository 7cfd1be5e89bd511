package org.dynocopy.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dynocopy.dsl.cache.RecipeCache;
import org.dynocopy.spec.Copy;
import org.dynocopy.testing.Cases;
import org.dynocopy.testing.ProcessVariables;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of compiled recipes: whatever is wrong with them, the recipe runs as it is written. */
@Execution(ExecutionMode.CONCURRENT)
class KeptFilesTest {

  private static final String RUNTIME = "these jars";
  private static final String COPY = "copy { from 'prod:users'; to 'dev:users'; segments %d }\n";

  @TempDir Path folder;
  private Path recipe;
  private Path recipes;

  @BeforeEach
  void write() throws IOException {
    recipe = Files.writeString(folder.resolve("recipe.groovy"), COPY.formatted(3));
    recipes = folder.resolve("cache/recipes");
  }

  /** Keeps, as if compiling the recipe had given it, a copy of seven segments. */
  private Path poison() throws IOException {
    Poison.put(recipe, COPY.formatted(7), recipes, RUNTIME);
    assertThat(segments()).isEqualTo(7);
    return kept().get(0);
  }

  @Test
  void theOwnerAloneMayReadThem() throws IOException {
    assertThat(segments()).isEqualTo(3);
    assertThat(Files.getPosixFilePermissions(recipes))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(Files.getPosixFilePermissions(kept().get(0)))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  /** The same path, size and JVM: what it has in it may be another version all the same. */
  @Test
  void anotherJarUnderTheSamePathIsAnotherRuntime() throws IOException {
    Path jar = Files.writeString(folder.resolve("some.jar"), "a jar");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.ofEpochSecond(1_000_000_000, 1_000)));
    String classPath = jar.toString();
    String before = RecipeCache.runtime(classPath).orElseThrow();
    assertThat(RecipeCache.runtime(classPath)).contains(before);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.ofEpochSecond(1_000_000_000, 2_000)));
    assertThat(RecipeCache.runtime(classPath).orElseThrow()).isNotEqualTo(before);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.ofEpochSecond(1_000_000_000, 1_000)));
    assertThat(RecipeCache.runtime(classPath)).contains(before);
    Files.writeString(jar, "a longer jar");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.ofEpochSecond(1_000_000_000, 1_000)));
    assertThat(RecipeCache.runtime(classPath).orElseThrow()).isNotEqualTo(before);
    assertThat(RecipeCache.runtime(folder.toString())).isEmpty();
  }

  @Test
  void aDamagedOneIsNotLoadedAndIsMadeAnew() throws IOException {
    byte[] whole = Files.readAllBytes(poison());
    Random random = Cases.random();
    for (int i = 0; i < 60; i++) {
      byte[] damaged = whole.clone();
      int at = i < 40 ? i * 3 : random.nextInt(whole.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      isMadeAnew(damaged);
    }
    for (int length :
        new int[] {0, 1, 8, 12, 40, 78, 110, 111, whole.length / 2, whole.length - 1}) {
      isMadeAnew(Arrays.copyOf(whole, length));
    }
    isMadeAnew(Arrays.copyOf(whole, whole.length + 1));
    isMadeAnew("something else".repeat(1000).getBytes());
  }

  private void isMadeAnew(byte[] damaged) throws IOException {
    Path file = kept().get(0);
    Files.write(file, damaged);
    assertThat(segments()).isEqualTo(3);
    assertThat(kept()).containsExactly(file);
    assertThat(Files.readAllBytes(file)).isNotEqualTo(damaged);
    assertThat(segments()).isEqualTo(3);
  }

  @Test
  void oneOfAnotherRecipeIsNotLoaded() throws IOException {
    Path other = folder.resolve("other.groovy");
    Files.writeString(other, COPY.formatted(5));
    assertThat(segments(other)).isEqualTo(5);
    Path file = kept().get(0);
    Path here = folder.resolve("here");
    Files.move(file, here);
    Files.move(here, poison(), StandardCopyOption.REPLACE_EXISTING);
    assertThat(segments()).isEqualTo(3);
  }

  /** Lets a group of others write, or all. */
  private void open(Path path, String mode) throws IOException {
    if (!mode.endsWith("w-") && !mode.endsWith("wx")) {
      assumeFilesCanBeGivenAway();
      Files.setAttribute(path, "unix:gid", 1);
    }
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwx---", "rwx----w-"})
  void aFolderThatOthersMayWriteToIsNotLookedAt(String mode) throws IOException {
    Path file = poison();
    open(recipes, mode);
    byte[] before = Files.readAllBytes(file);
    assertThat(segments()).isEqualTo(3);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw--w----", "rw-----w-", "rw-rw-rw-"})
  void aFileThatOthersMayWriteToIsNotLoaded(String mode) throws IOException {
    open(poison(), mode);
    assertThat(segments()).isEqualTo(3);
  }

  @Test
  void whatBelongsToSomebodyElseIsNotLoaded() throws IOException {
    assumeFilesCanBeGivenAway();
    for (boolean whole : new boolean[] {false, true}) {
      Path file = poison();
      Files.setAttribute(whole ? recipes : file, "unix:uid", 12345);
      assertThat(segments()).isEqualTo(3);
    }
  }

  @Test
  void linksAreNotFollowed() throws IOException {
    Path file = poison();
    Path away = folder.resolve("away");
    Files.move(file, away);
    Files.createSymbolicLink(file, away);
    assertThat(segments()).isEqualTo(3);
    Files.move(away, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(segments()).isEqualTo(7);
    Files.move(recipes, away);
    Files.createSymbolicLink(recipes, away);
    assertThat(segments()).isEqualTo(3);
  }

  /** What nobody has used for long is removed, but only where such files are. */
  @Test
  void folderThatALinkLeadsToLosesNoFile() throws IOException {
    Path own = Files.createDirectories(folder.resolve("own"));
    Path old = Files.writeString(own.resolve("old"), "precious");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(400))));
    Files.createDirectories(recipes.getParent());
    Files.createSymbolicLink(recipes, own);
    assertThat(segments()).isEqualTo(3);
    assertThat(own).isDirectoryContaining(old::equals);
  }

  @Test
  void whereNothingCanBeKeptRecipesRun() throws IOException {
    Files.writeString(folder.resolve("cache"), "a file");
    assertThat(segments()).isEqualTo(3);
    Files.delete(folder.resolve("cache"));
    Files.createDirectories(recipes.getParent());
    Files.writeString(recipes, "a file");
    assertThat(segments()).isEqualTo(3);
    assertThat(recipes).hasContent("a file");
  }

  @Test
  void aFolderInTheWayOfAFileIsLeft() throws IOException {
    Path file = poison();
    Files.delete(file);
    Files.createDirectories(file.resolve("full"));
    assertThat(segments()).isEqualTo(3);
    assertThat(file.resolve("full")).isDirectory();
  }

  @Test
  void inAFolderThatIsReadOnlyRecipesRun() throws IOException {
    Path file = poison();
    Files.setPosixFilePermissions(recipes, PosixFilePermissions.fromString("r-x------"));
    try {
      assertThat(segments()).isEqualTo(7);
      Files.writeString(recipe, COPY.formatted(4));
      assertThat(segments()).isEqualTo(4);
      assumeFalse(Files.isWritable(recipes), "may write everywhere");
      assertThat(kept()).containsExactly(file);
    } finally {
      Files.setPosixFilePermissions(recipes, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void manyMayKeepTheSame() throws Exception {
    List<Path> mains = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      mains.add(Files.writeString(folder.resolve(i + ".groovy"), COPY.formatted(i + 1)));
    }
    GroovyWarmUp.run(); // in one thread, as the command line does
    var threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        int one = i % 4;
        calls.add(() -> segments(mains.get(one)) == one + 1);
      }
      for (var right : threads.invokeAll(calls)) {
        assertThat(right.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(kept()).hasSize(4);
  }

  @Test
  void aProcessThatIsKilledLeavesNothingThatIsWrong() throws Exception {
    Random random = Cases.random();
    for (int kill = 0; kill < 3; kill++) {
      Process child = child();
      child.getInputStream().read(); // it has begun to write
      Thread.sleep(random.nextInt(60));
      child.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
      assertThat(child.exitValue()).isNotZero();
    }
    for (int segments = 1; segments <= 4; segments++) {
      Files.writeString(recipe, COPY.formatted(segments));
      assertThat(segments()).isEqualTo(segments);
      assertThat(segments()).isEqualTo(segments);
    }
  }

  private Process child() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(KeptFilesTest.class.getName(), recipe.toString(), recipes.toString()));
    return ProcessVariables.of(new ProcessBuilder(command).redirectErrorStream(true)).start();
  }

  /** Writes the files of four recipes again and again, until it is killed. */
  public static void main(String... args) throws IOException {
    Path recipes = Path.of(args[1]);
    Path recipe = Files.createTempFile(Path.of(args[0]).getParent(), "child", ".groovy");
    for (int i = 0; true; i++) {
      Files.writeString(recipe, COPY.formatted(1 + i % 4));
      segments(recipe, recipes);
      try (Stream<Path> files = Files.list(recipes)) {
        for (Path file : i % 4 == 3 ? files.toList() : List.<Path>of()) {
          Files.deleteIfExists(file);
        }
      }
      System.out.print(i == 0 ? "!" : "");
      System.out.flush();
    }
  }

  @Test
  void theLastUsedStay() throws IOException {
    Path file = poison();
    Instant now = Instant.now();
    Files.setLastModifiedTime(file, FileTime.from(now.minus(Duration.ofDays(20))));
    Path old = old("old", now.minus(Duration.ofDays(31)));
    Path part = old("part123", now.minus(Duration.ofDays(31)));
    Path young = old("young", now.minus(Duration.ofDays(29)));
    assertThat(segments()).isEqualTo(7);
    assertThat(Files.getLastModifiedTime(file).toInstant()).isAfter(now.minusSeconds(60));
    Files.writeString(recipe, COPY.formatted(4));
    assertThat(segments()).isEqualTo(4);
    assertThat(kept()).contains(file, young).doesNotContain(old, part).hasSize(3);

    for (int i = 0; i < 250; i++) {
      old("many" + i, now.minusSeconds(1000 + i));
    }
    Files.writeString(recipe, COPY.formatted(5));
    assertThat(segments()).isEqualTo(5);
    assertThat(kept()).hasSize(200).contains(file, recipes.resolve("many0")).doesNotContain(young);
  }

  private Path old(String name, Instant time) throws IOException {
    Path file = Files.writeString(recipes.resolve(name), "");
    return Files.setLastModifiedTime(file, FileTime.from(time));
  }

  /** Root can, but not in every container. */
  private void assumeFilesCanBeGivenAway() throws IOException {
    try {
      Files.setAttribute(Files.createFile(folder.resolve("gift")), "unix:uid", 12345);
    } catch (FileSystemException e) {
      abort("may not give files away: " + e.getMessage());
    }
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(recipes)) {
      return files.sorted().toList();
    }
  }

  private int segments() {
    return segments(recipe);
  }

  private int segments(Path file) {
    return segments(file, recipes);
  }

  private static int segments(Path file, Path recipes) {
    RecipeCache kept = RecipeCache.in(recipes, RUNTIME);
    var jobs = Recipe.load(file, Map.of(), RecipeCasesTest.ENVIRONMENTS, kept);
    return ((Copy) jobs.get(0)).reading().segments().getAsInt();
  }
}
