package org.dynocopy.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {

  private static final List<String> WORDS =
      List.of("from", "to", "segments", "writers", "where", "filter", "project", "limit");

  @ParameterizedTest
  @CsvSource({
    "form, from",
    "frmo, from",
    "fro, from",
    "FROM, from",
    "segmnets, segments",
    "segment, segments",
    "wheer, where",
    "proyect, project",
    "t, to",
  })
  void typoFindsItsWord(String typed, String meant) {
    assertThat(Suggestions.of(typed, WORDS)).contains(meant);
    assertThat(Suggestions.suggestion(typed, WORDS)).isEqualTo(" Did you mean `" + meant + "`?");
  }

  @Test
  void wordWithMoreLettersFindsTheShortOne() {
    List<String> keys = List.of("gsi", "lsi", "pk", "pks", "sk");
    assertThat(Suggestions.of("pkey", keys)).contains("pk");
    assertThat(Suggestions.of("skey", keys)).contains("sk");
  }

  @ParameterizedTest
  @CsvSource({"table", "x", "frequency", "''"})
  void wordThatIsNearNothingFindsNothing(String typed) {
    assertThat(Suggestions.of(typed, WORDS)).isEmpty();
    assertThat(Suggestions.suggestion(typed, WORDS)).isEmpty();
  }

  @Test
  void wordOfOneOrTwoLettersIsNotNearEverythingShort() {
    assertThat(Suggestions.of("xy", List.of("to"))).isEmpty();
    assertThat(Suggestions.of("x", List.of("a"))).isEmpty();
    assertThat(Suggestions.of("ab", List.of("a"))).isEmpty();
  }

  @Test
  void nothingIsNearNoNames() {
    assertThat(Suggestions.of("from", List.of())).isEmpty();
    assertThat(Suggestions.list("from", List.of(), 5)).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource({
    "from, from, 0",
    "from, FROM, 0",
    "form, from, 1",
    "from, fro, 1",
    "from, xfrom, 1",
    "from, frim, 1",
    "ca, abc, 3",
    "'', abc, 3",
    "abc, '', 3",
  })
  void distanceCountsInsertionsRemovalsReplacementsAndSwaps(String a, String b, int distance) {
    assertThat(Suggestions.distance(a, b)).isEqualTo(distance);
    assertThat(Suggestions.distance(b, a)).isEqualTo(distance);
  }

  @Test
  void equallyNearNamesAreTakenInAlphabeticalOrder() {
    assertThat(Suggestions.of("aab", List.of("aac", "aaa"))).contains("aaa");
  }

  @Test
  void namesThatAreThereAreCountedInTheSentence() {
    assertThat(Suggestions.there("x", List.of("users"), 5)).isEqualTo("There is `users`");
    assertThat(Suggestions.there("x", List.of("a", "b"), 5)).isEqualTo("There are `a`, `b`");
  }

  @Test
  void fileThatIsThereIsSuggestedAsOne(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("users.jsonl"));
    assertThat(Suggestions.file(file.toString())).isEqualTo(" Did you mean `file:" + file + "`?");
    assertThat(Suggestions.file(file + "x")).isEmpty();
    assertThat(Suggestions.file(folder.toString())).isEmpty();
    assertThat(Suggestions.file("\0")).isEmpty();
  }

  @Test
  void listTellsTheNearestFirstAndHowManyAreLeftOut() {
    List<String> names = List.of("users-archive", "orders", "users", "usres");
    assertThat(Suggestions.list("userz", names, 2)).isEqualTo("`users`, `usres` and 2 more");
    assertThat(Suggestions.list("userz", List.of("b", "a"), 2)).isEqualTo("`a`, `b`");
  }
}
