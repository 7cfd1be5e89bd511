package org.dynocopy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code of a recipe that ends the process, never returns or uses up the memory has its own end. */
@Execution(ExecutionMode.CONCURRENT)
class RecipeCodeTest {

  private static String source;
  private static String target;

  @TempDir private Path folder;

  @BeforeAll
  static void fill() {
    source = Tables.on(TestServers.first()).key("id", "S").create();
    target = Tables.on(TestServers.first()).key("id", "S").create();
    Tables.fill(TestServers.first(), source, 300);
  }

  private Process start(String recipe, String... options) throws Exception {
    Files.writeString(folder.resolve("r.groovy"), recipe);
    String[] words = new String[options.length + 1];
    words[0] = "r.groovy";
    System.arraycopy(options, 0, words, 1, options.length);
    return Cli.start(
        folder,
        Map.of(
            "AWS_ENDPOINT_URL", TestServers.first().toString(), "AWS_REGION", TestServers.REGION),
        List.of("-Xmx256m"),
        words);
  }

  private static String copy(String filter) {
    return "copy {\n  from '%s'\n  to '%s'\n  filter { item ->\n    %s\n  }\n}\n"
        .formatted(source, target, filter);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "item.id != 'item 7' || org.dynocopy.cli.Main.main('version')",
        "item.id != 'item 7' || Thread.start { org.dynocopy.cli.Main.main('version') }.join()",
      })
  void anExitThatNobodySawEndsTheRunWithItsLine(String filter) throws Exception {
    Cli.Result result = Cli.await(start(copy(filter)), folder);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
    assertThat(result.err())
        .contains("not finished: ", " not settled", "ends the process, which a recipe cannot")
        .containsPattern("r(ecipe|\\.groovy):5");
  }

  @Test
  void aFilterThatNeverReturnsFailsTheRunWithLineAndItem() throws Exception {
    Cli.Result result =
        Cli.await(
            start(copy("while (item.id == 'item 7') {}; true"), "--retry", "giveUpAfter=4s"),
            folder);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
    assertThat(result.err())
        .contains("r.groovy:5:", "the filter (item id=item 7) has not returned")
        .contains("not finished: ", " not settled", "the same command goes on");
  }

  @Test
  void anInterruptTellsTheLedgerThoughAFilterNeverReturns() throws Exception {
    Process process =
        start(copy("if (item.id == 'item 7') { println 'in'; while (true) {} }; true"));
    long begin = interruptWhen(process, "in");
    Cli.Result result = Cli.await(process, folder);
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin)).isLessThan(20);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(130);
    assertThat(result.err()).contains("not settled", "interrupted; run it again", "goes on");
  }

  private long interruptWhen(Process process, String printed) throws Exception {
    Path err = folder.resolve("err.txt");
    while (!Files.readString(err).contains(printed)) {
      TimeUnit.MILLISECONDS.sleep(20);
      assertThat(process.isAlive()).as(Files.readString(err)).isTrue();
    }
    new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor();
    return System.nanoTime();
  }

  @Test
  void aFilterThatUsesUpTheMemoryEndsTheRunWithLineAndItem() throws Exception {
    Cli.Result result =
        Cli.await(
            start(copy("item.id != 'item 7' || (1..9).collect { new byte[100_000_000] }")), folder);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
    assertThat(result.err())
        .contains("r.groovy:5:", "the filter (item id=item 7) failed: ", "OutOfMemoryError")
        .doesNotContain("\tat ");
  }

  @Test
  void aThreadOfTheRecipeThatFailsEndsTheRun() throws Exception {
    String filter =
        "if (item.id == 'item 7') { Thread.start { item.foo() }.join(); sleep 200 }; true";
    Cli.Result result = Cli.await(start(copy(filter)), folder);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
    assertThat(result.err())
        .contains("the recipe:5: a thread that it has started failed")
        .doesNotContain("\tat ");
  }

  @Test
  void statementsThatEndTheProcessAreAMistakeOfTheRecipe() throws Exception {
    Cli.Result result =
        Cli.await(start("def x = 1\norg.dynocopy.cli.Main.main('version')\n"), folder);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo("r.groovy:2: the recipe ends the process, which it cannot\n");
  }

  @Test
  void statementsThatNeverEndAreAMistakeAndCanBeInterrupted() throws Exception {
    String recipe = "println 'in'\nwhile (true) {\n  sleep 9\n}\n";
    Cli.Result late = Cli.await(start(recipe, "--retry", "giveUpAfter=1s"), folder);
    assertThat(late.exitCode()).as(late.err()).isEqualTo(2);
    assertThat(late.err()).containsPattern("r.groovy:[13]:\\d: the recipe has not ended for 1.0 s");
    Process process = start(recipe);
    interruptWhen(process, "in");
    assertThat(Cli.await(process, folder).exitCode()).isEqualTo(130);
  }
}
