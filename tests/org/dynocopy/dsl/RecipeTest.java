package org.dynocopy.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.place.Environments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a case in {@code tests/recipes} cannot show. */
class RecipeTest {

  private static final Environments ENVIRONMENTS =
      new Environments(List.of("dev", "prod"), Optional.empty(), Environments.Defaults.NONE);

  @TempDir Path folder;

  @Test
  void aRecipeThatIsAbsentIsOneSentence() {
    Path absent = folder.resolve("absent.groovy");
    assertThatThrownBy(() -> load(absent))
        .isInstanceOf(InvalidJobException.class)
        .hasMessage("there is no file `" + absent + "`");
  }

  @Test
  void aRecipeThatIsADirectoryIsOneSentence() {
    assertThatThrownBy(() -> load(folder))
        .isInstanceOf(InvalidJobException.class)
        .hasMessage("`" + folder + "` is a directory: name the recipe in it");
  }

  @Test
  void aRecipeThatIsNotUtf8IsOneSentence() throws IOException {
    Path latin = folder.resolve("latin.groovy");
    Files.write(latin, "// Zürich\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> load(latin))
        .isInstanceOf(InvalidJobException.class)
        .hasMessage("`" + latin + "` is not UTF-8 text: save it as UTF-8");
  }

  @Test
  void anIncludedFileThatIsNotUtf8IsPointedAt() throws IOException {
    Files.write(folder.resolve("latin.groovy"), new byte[] {(byte) 0xFC});
    assertThatThrownBy(() -> load("include \"latin.groovy\""))
        .hasMessageContaining("recipe.groovy:1:1: `")
        .hasMessageContaining("latin.groovy` is not UTF-8 text");
  }

  @Test
  void includeThatOthersCouldHaveWrittenIsNotRun() throws IOException {
    Path part = Files.writeString(folder.resolve("part.groovy"), "nothing\n");
    Path recipe = write("include \"part.groovy\"");
    Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThatThrownBy(() -> load(recipe))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("recipe.groovy:1:1: `part.groovy` is not run")
        .hasMessageContaining("part.groovy can be changed by other users (rw-rw-rw-")
        .hasMessageContaining("run `chmod go-w ");
    // Where all can write the recipe itself, as by the umask of some machines for tests.
    Files.setPosixFilePermissions(recipe, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThatThrownBy(() -> load(recipe)).hasMessageContaining("part.groovy:1:1: ");
  }

  @Test
  void recipeThatTheCompilerHasNoRoomForIsRefused() {
    String number = "def n = 1\ndef m = " + "7".repeat(1_001);
    assertThatThrownBy(() -> load(number))
        .hasMessageContaining("recipe.groovy:2:9: a number of more than 1000 digits");
    String deep = "def n = " + "[".repeat(300) + "]".repeat(300);
    assertThatThrownBy(() -> load(deep))
        .hasMessageContaining("recipe.groovy:1:259: more than 250 brackets are open here");
    assertThatThrownBy(() -> load("def n = 1" + " + 1".repeat(5_000)))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("recipe.groovy:1:1: there is too much in this recipe");
    assertThatThrownBy(() -> load(" ".repeat(300_000)))
        .hasMessageContaining("it is too large, it has more than 262,144 bytes");
  }

  @Test
  void messagesNameTheRecipeAsTheUserDid() throws IOException {
    Path relative = Path.of("").toAbsolutePath().relativize(write("copy { form 1 }"));
    assertThatThrownBy(() -> load(relative)).hasMessageStartingWith(relative + ":1:8: ");
  }

  @Test
  void problemsHaveTheirPlacesForProgramsToo() throws IOException {
    Path recipe = write("copy {\n\tform \"x\"\n}\n");
    InvalidJobException e = catchThrowableOfType(InvalidJobException.class, () -> load(recipe));
    assertThat(e.problems()).hasSize(1);
    assertThat(e.problems().get(0).at())
        .isEqualTo(new Location(recipe.toString(), 2, 2, 4, "\tform \"x\""));
  }

  @Test
  void plansKnowWhereTheirWordsStand() throws IOException {
    Path recipe = write("copy {\n  from \"prod:users\"\n  to \"dev:users\"\n}\n");
    Copy copy = (Copy) load(recipe).get(0);
    assertThat(copy.at("to"))
        .isEqualTo(new Location(recipe.toString(), 3, 3, 2, "  to \"dev:users\""));
  }

  @Test
  void whatARecipePrintsGoesToStandardError() throws IOException {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream forPeople = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(forPeople, true, StandardCharsets.UTF_8));
    try {
      load(
          "println 'a'; print 'b'; printf('%s', 'c'); println()\n"
              + "copy { from 'prod:users'; to 'dev:users'; println 'd'; [1].each { print it } }");
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(forPeople.toString(StandardCharsets.UTF_8)).isEqualTo("a\nbc\nd\n1");
  }

  @Test
  void anEmbeddedDatabaseIsUsedWhereThereIsOne() throws IOException {
    java.net.URI there = java.net.URI.create("http://127.0.0.1:1234");
    Environments environments =
        new Environments(List.of(), Optional.of(there), Environments.Defaults.NONE);
    Path recipe =
        write(
            "env('test') { endpoint 'embedded'; prefix 'x-' }\n"
                + "copy { from 'embedded:users'; to 'test:users' }");
    Copy copy = (Copy) Recipe.load(recipe, Map.of(), environments).get(0);
    assertThat(copy.from().environment().endpoint()).contains(there);
    assertThat(copy.to().environment().endpoint()).contains(there);
    assertThat(copy.to().table()).isEqualTo("x-users");
  }

  @Test
  void recipesAreLoadedSideBySide() throws Exception {
    Path recipe = write("copy { from 'prod:users'; to 'dev:users'; segments 'x'.length() }");
    GroovyWarmUp.run(); // in one thread, as the command line does
    List<Thread> threads = new java.util.ArrayList<>();
    List<Object> results = java.util.Collections.synchronizedList(new java.util.ArrayList<>());
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> results.add(((Copy) load(recipe).get(0)).reading().segments().getAsInt()));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(results).containsExactly(1, 1, 1, 1);
  }

  private List<Job> load(String recipe) throws IOException {
    return load(write(recipe));
  }

  private Path write(String recipe) throws IOException {
    Path file = folder.resolve("recipe.groovy");
    Files.writeString(file, recipe);
    return file;
  }

  private static List<Job> load(Path file) {
    return Recipe.load(file, Map.of(), ENVIRONMENTS);
  }
}
