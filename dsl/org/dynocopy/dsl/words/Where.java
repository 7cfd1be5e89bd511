package org.dynocopy.dsl.words;

import static java.util.Collections.singleton;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dynocopy.dsl.words.RecipeScript.Site;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.KeyCondition.SortWord;

/** Makes a key condition of the named arguments of {@code where}. */
public final class Where {

  private final Evaluation evaluation;
  private final Site here;

  Where(Evaluation evaluation, Site here) {
    this.evaluation = evaluation;
    this.here = here;
  }

  /** Returns the names that cannot stand beside another one, and why; found before evaluation. */
  public static Map<String, String> conflicts(Set<String> names) {
    Map<String, String> conflicts = new LinkedHashMap<>();
    List<String> sort =
        Arrays.stream(SortWord.values()).map(SortWord::word).filter(names::contains).toList();
    for (String other : sort.subList(Math.min(1, sort.size()), sort.size())) {
      conflicts.put(
          other,
          "`where` takes one condition on the sort key, not both `"
              + sort.get(0)
              + "` and `"
              + other
              + "`");
    }
    if (names.contains("pk") && names.contains("pks")) {
      conflicts.put("pks", "`where` takes `pk` or `pks`, not both");
    }
    if (names.contains("gsi") && names.contains("lsi")) {
      conflicts.put("lsi", "`where` reads one index, not both `gsi` and `lsi`");
    }
    return conflicts;
  }

  /** Returns the condition, or nothing after reporting what is wrong. */
  Optional<KeyCondition> read(Map<String, ?> keys) {
    boolean known = evaluation.checkNames(ReadingWords.class, "where", keys, here);
    Map<String, String> conflicts = conflicts(keys.keySet());
    conflicts.forEach((name, message) -> evaluation.problems().add(here.at(name), message));
    if (!known || !conflicts.isEmpty()) {
      return Optional.empty();
    }
    Optional<List<Object>> listed = Optional.empty();
    Optional<Path> file = Optional.empty();
    if (keys.containsKey("pks")) {
      file = file(Values.plain(keys.get("pks")));
    } else {
      listed = values("pk", keys.get("pk"), true);
    }
    boolean right = listed.isPresent() || file.isPresent();
    Optional<KeyCondition.Sort> sort = Optional.empty();
    for (SortWord word : SortWord.values()) {
      if (keys.containsKey(word.word())) {
        sort = sort(word, keys.get(word.word()));
        right &= sort.isPresent();
      }
    }
    Optional<String> index = Optional.empty();
    for (String kind : List.of("gsi", "lsi")) {
      if (keys.containsKey(kind)) {
        index = index(kind, keys.get(kind));
        right &= index.isPresent();
      }
    }
    return right
        ? Optional.of(new KeyCondition(listed.orElse(List.of()), file, sort, index))
        : Optional.empty();
  }

  /** Returns the file of {@code file:tenants.txt}, which is beside the recipe that says so. */
  private Optional<Path> file(Object place) {
    if (place instanceof String text && text.matches("file:.*\\S.*")) {
      try {
        Path recipe = Path.of(here.at().file());
        return Optional.of(recipe.resolveSibling(text.substring("file:".length())).normalize());
      } catch (InvalidPathException e) {
        return wrong("pks", "is not a file's path");
      }
    }
    String got = place instanceof String ? "`" + place + "`" : Values.kind(place);
    return wrong(
        "pks",
        "takes a file with a key on each line, as in `pks: \"file:tenants.txt\"`, not " + got);
  }

  private Optional<KeyCondition.Sort> sort(SortWord word, Object value) {
    boolean between = word == SortWord.BETWEEN;
    if (between && !(value instanceof Collection<?> several && several.size() == 2)) {
      String got = value instanceof Collection<?> c ? c.size() + " values" : Values.kind(value);
      return wrong(word.word(), "takes two values, as in `skBetween: [\"a\", \"m\"]`, not " + got);
    }
    return values(word.word(), value, between).map(values -> new KeyCondition.Sort(word, values));
  }

  private Optional<List<Object>> values(String name, Object value, boolean several) {
    List<Object> values = new ArrayList<>();
    if (several && value instanceof Collection<?> list) {
      values.addAll(list);
    } else {
      values.add(value);
    }
    values.replaceAll(Values::plain);
    if (values.isEmpty()) {
      return wrong(name, "needs at least one value");
    }
    for (Object one : values) {
      // A key of several attributes has them by name.
      Collection<?> parts = one instanceof Map<?, ?> map ? map.values() : singleton(one);
      if (parts.isEmpty()) {
        return wrong(name, "needs at least one attribute");
      }
      for (Object part : parts) {
        if (!(part instanceof String || part instanceof Number || part instanceof byte[])) {
          return wrong(name, "takes strings, numbers and byte[], not " + Values.kind(part));
        }
      }
    }
    return Optional.of(values);
  }

  private Optional<String> index(String kind, Object name) {
    Object plain = Values.plain(name);
    return plain instanceof String text && !text.isBlank()
        ? Optional.of(text)
        : wrong(kind, "takes the name of an index, not " + Values.kind(name));
  }

  private <T> Optional<T> wrong(String name, String message) {
    evaluation.problems().add(here.at(name), "`" + name + "` of `where` " + message);
    return Optional.empty();
  }

  /** Returns what a plan calls a part of {@code where}. */
  static String part(String key) {
    return switch (key) {
      case "gsi", "lsi" -> "index";
      case "pk", "pks" -> "pk";
      default -> "sk";
    };
  }
}
