package org.dynocopy.dsl.words;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.dynocopy.dsl.words.RecipeScript.Site;
import org.dynocopy.spec.OnFailure;
import org.dynocopy.spec.build.JobBuilder;

/**
 * The named arguments of a job that is one line of a recipe: what the words of a block say, and
 * likewise read when the job is made.
 */
final class NamedOptions {

  private final JobBuilder job;
  private final Map<String, ?> named;
  private final Site here;
  private final Evaluation evaluation;

  /**
   * Prepares to read them.
   *
   * @param job what they are said to
   * @param here where the word stands
   */
  NamedOptions(JobBuilder job, Map<String, ?> named, Site here, Evaluation evaluation) {
    this.job = job;
    this.named = named;
    this.here = here;
    this.evaluation = evaluation;
  }

  /** Says to the job what is given of the options that all these jobs have. */
  void say() {
    if (named.containsKey("readRate")) {
      job.readRate(Values.plain(named.get("readRate")), here.at("readRate"));
    }
    if (named.containsKey("writeRate")) {
      job.writeRate(Values.plain(named.get("writeRate")), here.at("writeRate"));
    }
    if (named.containsKey("budget")) {
      if (named.get("budget") instanceof Number dollars) {
        job.budget(dollars.doubleValue(), here.at("budget"));
      } else {
        wrong("budget", "a number of dollars");
      }
    }
    whole("segments").ifPresent(number -> job.segments(number, here.at("segments")));
    whole("writers").ifPresent(number -> job.writers(number, here.at("writers")));
    map("prices")
        .flatMap(map -> Amounts.prices(ReadingWords.class, map, site("prices"), evaluation))
        .ifPresent(prices -> job.prices(prices, here.at("prices")));
    map("retry")
        .filter(map -> evaluation.checkNames(ReadingWords.class, "retry", map, site("retry")))
        .flatMap(map -> Amounts.patience(map, site("retry"), evaluation))
        .ifPresent(patience -> job.retry(patience, here.at("retry"), part -> here.at("retry")));
    if (named.get("failIfEmpty") instanceof Boolean fails) {
      if (fails) {
        job.failIfEmpty(here.at("failIfEmpty"));
      }
    } else if (named.containsKey("failIfEmpty")) {
      wrong("failIfEmpty", "a Boolean");
    }
  }

  /** Returns what happens to items that cannot be written. */
  OnFailure onFailure() {
    Optional<Path> file = path("deadLetter");
    OptionalInt stopAfter = whole("stopAfter");
    named.keySet().stream()
        .filter(name -> name.equals("deadLetter") || name.equals("stopAfter"))
        .forEach(name -> job.part(name, here.at(name)));
    return new OnFailure(
        file, stopAfter.isPresent() ? stopAfter.getAsInt() : OnFailure.DEFAULT_STOP_AFTER);
  }

  private Site site(String name) {
    return new Site(here.at(name), Map.of());
  }

  private OptionalInt whole(String name) {
    if (!named.containsKey(name)) {
      return OptionalInt.empty();
    }
    try {
      if (named.get(name) instanceof Number number) {
        return OptionalInt.of(new BigDecimal(number.toString()).intValueExact());
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // Reported below, as whatever else is no whole number.
    }
    wrong(name, "a whole number");
    return OptionalInt.empty();
  }

  @SuppressWarnings("unchecked") // keys are checked by their text
  private Optional<Map<String, ?>> map(String name) {
    if (named.get(name) instanceof Map<?, ?> map) {
      return Optional.of((Map<String, ?>) map);
    }
    if (named.containsKey(name)) {
      wrong(name, "a map");
    }
    return Optional.empty();
  }

  private Optional<Path> path(String name) {
    if (!named.containsKey(name)) {
      return Optional.empty();
    }
    if (Values.plain(named.get(name)) instanceof String text && !text.isBlank()) {
      try {
        return Optional.of(Path.of(text));
      } catch (InvalidPathException e) {
        // Reported below.
      }
    }
    wrong(name, "a file");
    return Optional.empty();
  }

  private void wrong(String name, String takes) {
    Object got = named.get(name);
    boolean blank = got instanceof String text && text.isBlank();
    String what =
        blank ? "an empty text" : got instanceof Number ? "`" + got + "`" : Values.kind(got);
    job.problem(here.at(name), "`" + name + "` takes " + takes + ", not " + what);
  }
}
