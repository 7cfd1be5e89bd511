package org.dynocopy.run.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dynocopy.diagnostic.Location;
import org.junit.jupiter.api.Test;

class ResumeDifferencesTest {

  private static final String DIGEST = "[0-9a-f]{16}";
  private static final Location AT = new Location("nightly.groovy", 6, 3, 6, "  filter { it.a }");
  private static final String HOME = "the filter's System.getenv(\"HOME\")";

  private static final Map<String, String> FILTERED =
      Map.of(
          "the filter's code",
          "182e215019b24f9e",
          "filters",
          "182e215019b24f9e",
          HOME,
          "182e215019b24f9e",
          "keys in keys.txt",
          "182e215019b24f9e, each key once",
          "limit",
          "10");

  private static List<String> differences(Map<String, String> then, Map<String, String> now) {
    List<String> differences = new ResumeDifferences(then, now, List.of(AT)).differences();
    assertThat(differences).noneMatch(text -> text.matches(".*\\b" + DIGEST + "\\b.*"));
    return differences;
  }

  private static String changed(String part, String value) {
    Map<String, String> now = new TreeMap<>(FILTERED);
    now.put(part, value);
    List<String> differences = differences(FILTERED, now);
    assertThat(differences).hasSize(1);
    return differences.get(0);
  }

  @Test
  void eachDigestThatDiffersIsToldInWords() {
    assertThat(changed("the filter's code", "3c95215019b24f9e"))
        .isEqualTo("the filter (nightly.groovy:6:3) was changed since that was stopped");
    assertThat(changed("filters", "3c95215019b24f9e"))
        .isEqualTo("a value that the filter uses was another");
    assertThat(changed(HOME, "3c95215019b24f9e"))
        .isEqualTo("`System.getenv(\"HOME\")`, which the filter reads, was another");
    assertThat(changed("keys in keys.txt", "3c95215019b24f9e, each key once"))
        .isEqualTo("the keys in keys.txt were changed since that was stopped");
    assertThat(changed("limit", "20")).isEqualTo("`limit` was 10 and is 20");
    assertThat(changed("project", "a")).isEqualTo("`project` was not there and is a");
  }

  @Test
  void filterThatIsNewOrGoneIsOneDifference() {
    Map<String, String> plain = Map.of("limit", "10");
    assertThat(differences(plain, FILTERED))
        .containsExactly(
            "the keys in keys.txt were not selected then",
            "the filter (nightly.groovy:6:3) was not there");
    assertThat(differences(FILTERED, plain))
        .containsExactly(
            "the keys in keys.txt were selected then", "it had a filter, and this one has none");
  }
}
