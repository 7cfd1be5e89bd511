package org.dynocopy.dsl.words;

import groovy.lang.Closure;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.dsl.words.RecipeScript.Site;
import org.dynocopy.spec.ServerFilter;
import org.dynocopy.spec.build.ReadingBuilder;

/**
 * The words that say what to read, the same for a copy, a deletion and a query. What is said is
 * kept until all files of the recipe have run: only then every environment is known.
 *
 * @param <B> what collects the words
 */
public abstract class ReadingWords<B extends ReadingBuilder<B>> extends WordScope {

  /** One word as said; {@code use} has the piece's name instead of something to do. */
  public record Said<B>(String word, Location at, Consumer<B> action, Optional<String> piece) {}

  /** The plan's name of a client filter; these add up. */
  public static final String FILTER_BLOCK = "filter { }";

  private final Location at;
  private final List<Said<B>> said = new ArrayList<>();
  private boolean broken;

  ReadingWords(Class<?> scope, Location at, Evaluation evaluation) {
    super(scope, evaluation);
    this.at = at;
  }

  /** Names the table, as environment:table or an ARN; must be said. */
  @Word(takes = "a table", example = "from \"prod:users\"")
  public void from(String table) {
    Location at = here().at();
    sayText("from", table, (plan, text) -> plan.from(text, at));
  }

  /** Reads this many segments at once at most, or shares large partition keys; default: 16, 1. */
  @Word(takes = "a whole number", example = "segments 8")
  public void segments(int number) {
    Location at = here().at();
    said("segments", at, plan -> plan.segments(number, at));
  }

  /** Reads the items with these keys by queries, not by a scan; default: the whole table. */
  @Word(
      takes = "keys by name",
      example = "where pk: \"t1\", skBegins: \"2026-\"",
      oneOf = {"pk", "pks"})
  public void where(
      @NamedParams({
            @NamedParam("pk"),
            @NamedParam(value = "pks", type = String.class),
            @NamedParam("sk"),
            @NamedParam("skBegins"),
            @NamedParam("skBetween"),
            @NamedParam("skLess"),
            @NamedParam("skAtMost"),
            @NamedParam("skGreater"),
            @NamedParam("skAtLeast"),
            @NamedParam(value = "gsi", type = String.class),
            @NamedParam(value = "lsi", type = String.class)
          })
          Map<String, ?> keys) {
    Site here = here();
    new Where(evaluation(), here)
        .read(keys)
        .ifPresentOrElse(
            condition ->
                said(
                    "where",
                    here.at(),
                    plan -> {
                      plan.where(condition, here.at());
                      keys.keySet().forEach(key -> plan.part(Where.part(key), here.at(key)));
                    }),
            this::broken);
  }

  /** Lets the service drop items, by a filter expression without placeholders; default: none. */
  @Word(takes = "an expression or a block", example = "filter { item -> item.age > 41 }")
  public void filter(String expression) {
    filter(Map.of(), expression);
  }

  /** Lets the service drop items, by a filter expression and what its placeholders stand for. */
  @Word(
      takes = "an expression or a block",
      example = "filter \"#s = :v\", names: [\"#s\": \"status\"], values: [\":v\": \"active\"]")
  public void filter(
      @NamedParams({
            @NamedParam(value = "names", type = Map.class),
            @NamedParam(value = "values", type = Map.class)
          })
          Map<String, ?> placeholders,
      String expression) {
    Site here = here();
    if (!evaluation().checkNames(ReadingWords.class, "filter", placeholders, here)) {
      broken();
      return;
    }
    Optional<Map<String, Object>> names = placeholders(placeholders, "names", here);
    Optional<Map<String, Object>> values = placeholders(placeholders, "values", here);
    if (names.isEmpty() || values.isEmpty()) {
      broken();
      return;
    }
    Map<String, String> texts = Values.texts(names.get());
    sayText(
        "filter",
        expression,
        (plan, text) -> plan.filter(new ServerFilter(text, texts, values.get()), here.at()));
  }

  private Optional<Map<String, Object>> placeholders(Map<String, ?> all, String name, Site here) {
    Object map = all.get(name);
    if (map != null && !(map instanceof Map)) {
      problem(here.at(name), "`" + name + "` of `filter` is a map, not " + Values.kind(map));
      return Optional.empty();
    }
    return Optional.of(Values.plainMap(map == null ? Map.of() : (Map<?, ?>) map));
  }

  /** Keeps the items for which the block is true; it runs here, after the service's filter. */
  @Word(takes = "an expression or a block", example = "filter { item -> item.age > 41 }")
  public void filter(Closure<?> keep) {
    Location at = here().at();
    Class<?>[] parameters = keep.getParameterTypes();
    if (parameters.length != 1 || !parameters[0].isAssignableFrom(Map.class)) {
      problem(
          at,
          "the block of `filter` takes the item, a Map, as in `filter { item -> item.age > 41 }`");
      broken();
      return;
    }
    FilterBlock block = new FilterBlock(keep, at, evaluation());
    said(FILTER_BLOCK, at, plan -> plan.filter(block.filter()));
  }

  /** Says {@code limit}, which is no word of verifications. */
  void most(long items) {
    Location at = here().at();
    said("limit", at, plan -> plan.limit(items, at));
  }

  /** Holds reads and writes to so many units a second, or a percentage; default: no limit. */
  @Word(
      takes = "rates by name",
      example = "rate read: 500, write: \"50%\"",
      oneOf = {"read", "write"})
  public void rate(@NamedParams({@NamedParam("read"), @NamedParam("write")}) Map<String, ?> rates) {
    Site here = here();
    if (!evaluation().checkNames(getClass(), "rate", rates, here)) {
      broken();
      return;
    }
    // Two words as far as defaults and pieces go: who says one of them keeps the other.
    if (rates.containsKey("read")) {
      Object rate = Values.plain(rates.get("read"));
      said("rate read", here.at(), plan -> plan.readRate(rate, here.at("read")));
    }
    if (rates.containsKey("write")) {
      Object rate = Values.plain(rates.get("write"));
      said("rate write", here.at(), plan -> plan.writeRate(rate, here.at("write")));
    }
  }

  /** Sets how long requests are tried again; default: while the run goes forward, 15 minutes. */
  @Word(
      takes = "numbers and times by name",
      example = "retry attempts: 8, base: \"50ms\", cap: \"20s\", giveUpAfter: \"15m\"")
  public void retry(
      @NamedParams({
            @NamedParam(value = "attempts", type = Integer.class),
            @NamedParam(value = "base", type = String.class),
            @NamedParam(value = "cap", type = String.class),
            @NamedParam(value = "giveUpAfter", type = String.class)
          })
          Map<String, ?> parts) {
    Site here = here();
    if (evaluation().checkNames(getClass(), "retry", parts, here)) {
      Amounts.patience(parts, here, evaluation())
          .ifPresentOrElse(
              patience -> said("retry", here.at(), job -> job.retry(patience, here.at(), here::at)),
              this::broken);
    } else {
      broken();
    }
  }

  /** Sets what a million units cost in dollars; default: what the environment or region says. */
  @Word(takes = "dollars by name", example = "prices read: 0.125, write: 0.625")
  public void prices(
      @NamedParams({
            @NamedParam(value = "read", required = true),
            @NamedParam(value = "write", required = true)
          })
          Map<String, ?> dollars) {
    Location at = here().at();
    Amounts.prices(ReadingWords.class, dollars, here(), evaluation())
        .ifPresentOrElse(
            prices -> said("prices", at, plan -> plan.prices(prices, at)), this::broken);
  }

  /** Spends at most so many dollars on requests, above 0; default: no limit. */
  @Word(takes = "a number of dollars", example = "budget 20")
  public void budget(Number dollars) {
    Location at = here().at();
    if (dollars == null) {
      problem(at, "`budget` got null");
      broken();
      return;
    }
    said("budget", at, plan -> plan.budget(dollars.doubleValue(), at));
  }

  /** Ends with exit code 1 where nothing was selected; default: that is no failure. */
  @Word(takes = "nothing", example = "failIfEmpty()")
  public void failIfEmpty() {
    Location at = here().at();
    said("failIfEmpty", at, plan -> plan.failIfEmpty(at));
  }

  /** Says {@code project}, which is a word of copies and queries, but not of deletions. */
  void attributes(String... attributes) {
    Location at = here().at();
    String[] given = attributes == null ? new String[] {null} : attributes;
    List<String> names = new ArrayList<>(Arrays.asList(given));
    if (names.stream().anyMatch(name -> name == null || name.isBlank())) {
      problem(at, "`project` got an attribute without a name");
      broken();
      return;
    }
    said("project", at, plan -> plan.project(names, at));
  }

  @Override
  public Object methodMissing(String word, Object arguments) {
    broken();
    return super.methodMissing(word, arguments);
  }

  void sayText(String word, String value, BiConsumer<B, String> action) {
    Location at = here().at();
    text(word, value)
        .ifPresentOrElse(text -> said(word, at, plan -> action.accept(plan, text)), this::broken);
  }

  void sayPath(String word, String file, BiConsumer<B, Path> action) {
    Location at = here().at();
    try {
      Optional<Path> path = text(word, file).map(Path::of);
      path.ifPresentOrElse(p -> said(word, at, plan -> action.accept(plan, p)), this::broken);
    } catch (InvalidPathException e) {
      problem(at, "this is not a file's path");
      broken();
    }
  }

  /** Notes a word, and what it says to the builder. */
  public void said(String word, Location at, Consumer<B> action) {
    said.add(new Said<>(word, at, action, Optional.empty()));
  }

  /** Says that a word of this block is not as it should be, and reported. */
  void broken() {
    broken = true;
  }

  public boolean isBroken() {
    return broken;
  }

  public List<Said<B>> said() {
    return said;
  }

  public Location at() {
    return at;
  }
}
