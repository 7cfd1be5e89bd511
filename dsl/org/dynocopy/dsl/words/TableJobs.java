package org.dynocopy.dsl.words;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.dynocopy.dsl.words.RecipeScript.Site;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.OnFailure;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.place.Environments;

/** Asks for the jobs that are one line of a recipe, as {@code backup "dev:users"}. */
final class TableJobs {

  private final String word;
  private final Evaluation evaluation;
  private final Site here;

  /**
   * Begins at the word that is being said.
   *
   * @param word the word, which is also how messages call the job
   */
  TableJobs(String word, Evaluation evaluation) {
    this.word = word;
    this.evaluation = evaluation;
    this.here = evaluation.here();
  }

  void truncate(Map<String, ?> named, String table) {
    boolean known = known(named);
    from(table)
        .filter(from -> known)
        .ifPresent(from -> ask(all -> builder(named).from(from, here.at()).truncation(all)));
  }

  void backup(Map<String, ?> named, String table) {
    boolean known = known(named);
    Optional<String> from = from(table);
    Optional<String> to = known ? to(named) : Optional.empty();
    if (known && from.isPresent() && to.isPresent() == named.containsKey("to")) {
      ask(all -> builder(named).from(from.get(), here.at()).backup(to, all));
    }
  }

  void restore(Map<String, ?> named, String backup) {
    boolean known = known(named);
    Optional<String> from = from(backup);
    (known ? to(named) : Optional.<String>empty())
        .filter(to -> from.isPresent())
        .ifPresent(
            to ->
                ask(
                    all -> {
                      JobBuilder job = builder(named);
                      OnFailure onFailure = options(job, named).onFailure();
                      return job.restore(from.get(), to, onFailure.deadLetter(), all);
                    }));
  }

  void replay(Map<String, ?> named, String file) {
    boolean known = known(named);
    Optional<Path> from = from(file).flatMap(this::path);
    (known ? to(named) : Optional.<String>empty())
        .filter(to -> from.isPresent())
        .ifPresent(
            to ->
                ask(
                    all -> {
                      JobBuilder job = builder(named);
                      OnFailure onFailure = options(job, named).onFailure();
                      return job.replay(from.get(), to, onFailure, all);
                    }));
  }

  private Optional<Path> path(String file) {
    try {
      return Optional.of(Path.of(file));
    } catch (InvalidPathException e) {
      evaluation.problems().add(here.at(), "this is not a file's path");
      return Optional.empty();
    }
  }

  void cloneSchema(Map<String, ?> named, String table) {
    boolean known = known(named);
    Optional<String> from = from(table);
    (known ? to(named) : Optional.<String>empty())
        .filter(to -> from.isPresent())
        .ifPresent(to -> ask(all -> builder(named).schemaClone(from.get(), to, all)));
  }

  private boolean known(Map<String, ?> named) {
    return evaluation.checkNames(RecipeScript.class, word, named, here);
  }

  private Optional<String> from(String text) {
    if (text == null || text.isBlank()) {
      evaluation.problems().add(here.at(), RecipeMessages.noText(word, text));
      return Optional.empty();
    }
    return Optional.of(text);
  }

  /** Returns what {@code to:} says, or nothing where it is not said, or wrong and reported. */
  private Optional<String> to(Map<String, ?> named) {
    if (!named.containsKey("to")) {
      return Optional.empty();
    }
    Object to = Values.plain(named.get("to"));
    if (to instanceof String text && !text.isBlank()) {
      return Optional.of(text);
    }
    String got = to instanceof String ? "an empty text" : Values.kind(to);
    evaluation.problems().add(here.at("to"), "`to` of `" + word + "` got " + got);
    return Optional.empty();
  }

  private JobBuilder builder(Map<String, ?> named) {
    JobBuilder job = new JobBuilder(word, here.at()).part("from", here.at());
    options(job, named).say();
    return here.named().containsKey("to") ? job.part("to", here.at("to")) : job;
  }

  private NamedOptions options(JobBuilder job, Map<String, ?> named) {
    return new NamedOptions(job, named, here, evaluation);
  }

  private void ask(Function<Environments, Job> job) {
    evaluation.agenda().add(job);
  }
}
