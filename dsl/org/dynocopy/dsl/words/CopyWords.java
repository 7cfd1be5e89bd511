package org.dynocopy.dsl.words;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.dynocopy.dsl.words.RecipeScript.Site;
import org.dynocopy.plan.Location;
import org.dynocopy.plan.PlanBuilder;
import org.dynocopy.plan.ServerFilter;

/** The words of {@code copy { }}, {@code piece("name") { }} and {@code defaults { }}. */
public final class CopyWords extends WordScope {

  /** One word as said; {@code use} has the piece's name instead of something to do. */
  record Said(String word, Location at, Consumer<PlanBuilder> action, Optional<String> piece) {}

  private final Optional<String> name;
  private final Location at;
  private final List<Said> said = new ArrayList<>();
  private boolean broken;

  CopyWords(Optional<String> name, Location at, Evaluation evaluation) {
    super(CopyWords.class, evaluation);
    this.name = name;
    this.at = at;
  }

  /** Names the table to read, as environment:table or an ARN; must be said. */
  @Word(takes = "a table", example = "from \"prod:users\"")
  public void from(String table) {
    Location at = here().at();
    sayText("from", table, (plan, text) -> plan.from(text, at));
  }

  /** Names the table to write, as environment:table or an ARN; must be said. */
  @Word(takes = "a table", example = "to \"dev:users\"")
  public void to(String table) {
    Location at = here().at();
    sayText("to", table, (plan, text) -> plan.to(text, at));
  }

  /** Reads in this many scan segments, 1 to 1000000; default: by the table's size. */
  @Word(takes = "a whole number", example = "segments 8")
  public void segments(int number) {
    Location at = here().at();
    said("segments", at, plan -> plan.segments(number, at));
  }

  /** Writes this many batches at once, 1 to 1024; default: 16. */
  @Word(takes = "a whole number", example = "writers 16")
  public void writers(int number) {
    Location at = here().at();
    said("writers", at, plan -> plan.writers(number, at));
  }

  /** Reads the items with these keys by queries, not by a scan; default: the whole table. */
  @Word(takes = "keys by name", example = "where pk: \"t1\", skBegins: \"2026-\"")
  public void where(
      @NamedParams({
            @NamedParam(value = "pk", required = true),
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
                      keys.keySet().forEach(key -> plan.part(part(key), here.at(key)));
                    }),
            this::broken);
  }

  /** Returns what a plan calls a part of {@code where}. */
  private static String part(String key) {
    return switch (key) {
      case "gsi", "lsi" -> "index";
      case "pk" -> key;
      default -> "sk";
    };
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
    if (!evaluation().checkNames(CopyWords.class, "filter", placeholders, here)) {
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

  /** The plan's name of a client filter; these add up. */
  static final String FILTER_BLOCK = "filter { }";

  /** Copies these attributes only, and always the keys; default: all attributes. */
  @Word(takes = "names of attributes", example = "project \"name\", \"email\"")
  public void project(String... attributes) {
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

  /** Copies at most this many items, at least 1; default: all. */
  @Word(takes = "a whole number", example = "limit 1000")
  public void limit(long items) {
    Location at = here().at();
    said("limit", at, plan -> plan.limit(items, at));
  }

  /** Says what happens to items that cannot be written. */
  @Word(takes = "a block", example = "onFailure { stopAfter 100 }", block = "onFailure { }")
  public void onFailure(
      @DelegatesTo(value = OnFailureWords.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> words) {
    if (!evaluation().run(words, new OnFailureWords(this, evaluation()))) {
      broken();
    }
  }

  /** Says all words of a piece, as if they stood here. */
  @Word(takes = "the name of a piece", example = "use \"scrub\"")
  public void use(String piece) {
    Location at = here().at();
    text("use", piece)
        .ifPresentOrElse(
            text -> said.add(new Said("use", at, plan -> {}, Optional.of(text))), this::broken);
  }

  @Override
  public Object methodMissing(String word, Object arguments) {
    broken();
    return super.methodMissing(word, arguments);
  }

  private interface TextWord {
    void say(PlanBuilder plan, String text);
  }

  private void sayText(String word, String value, TextWord action) {
    Location at = here().at();
    text(word, value)
        .ifPresentOrElse(text -> said(word, at, plan -> action.say(plan, text)), this::broken);
  }

  void said(String word, Location at, Consumer<PlanBuilder> action) {
    said.add(new Said(word, at, action, Optional.empty()));
  }

  /** Says that a word of this block is not as it should be, and reported. */
  void broken() {
    broken = true;
  }

  boolean isBroken() {
    return broken;
  }

  List<Said> said() {
    return said;
  }

  Optional<String> name() {
    return name;
  }

  Location at() {
    return at;
  }
}
