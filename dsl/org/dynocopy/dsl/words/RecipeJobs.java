package org.dynocopy.dsl.words;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.Suggestions;
import org.dynocopy.dsl.source.Problems;
import org.dynocopy.dsl.words.ReadingWords.Said;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.spec.place.Environments;

/**
 * What a recipe asks for, in its order, and what its files define for each other: environments,
 * pieces and defaults. Jobs are made when all files have run, since only then is every piece and
 * environment known.
 */
public final class RecipeJobs {

  private final Problems problems;
  private final Map<String, Location> names = new LinkedHashMap<>();
  private final List<Environment> environments = new ArrayList<>();
  private final Map<String, CopyWords> pieces = new LinkedHashMap<>();
  private final List<CopyWords> defaults = new ArrayList<>();
  private final List<Function<Environments, Optional<Job>>> asked = new ArrayList<>();

  /** The words of all defaults, once all files have run; not usable if some of them are wrong. */
  private final List<Said<CopySpecBuilder>> common = new ArrayList<>();

  private boolean usable = true;

  RecipeJobs(Problems problems) {
    this.problems = problems;
  }

  void environment(Environment environment, Location at) {
    if (isNew("env", environment.name(), at)) {
      environments.add(environment);
    }
  }

  void piece(String name, CopyWords words) {
    if (isNew("piece", name, words.at())) {
      pieces.put(name, words);
    }
  }

  void defaults(CopyWords words) {
    defaults.add(words);
  }

  void copy(CopyWords words) {
    words.name().ifPresent(name -> isNew("copy", name, words.at()));
    asked.add(all -> plan(words, all));
  }

  void add(Function<Environments, Job> job) {
    asked.add(job.andThen(Optional::of));
  }

  /** Reports a name that was taken before. */
  private boolean isNew(String word, String name, Location at) {
    String key = word + "(\"" + name + "\")";
    Location before = names.putIfAbsent(key, at);
    if (before == null) {
      return true;
    }
    String message =
        before.equals(at)
            ? key + " is said more than once: give every " + word + " its own name"
            : key + " is there twice: here and at " + before;
    problems.add(at, message);
    return false;
  }

  /** Returns the jobs that are right; mistakes of the others are reported. */
  public List<Job> jobs(Environments given) {
    for (CopyWords words : defaults) {
      usable &= expand(words, new LinkedHashSet<>(), common);
    }
    for (CopyWords piece : pieces.values()) {
      expand(piece, new LinkedHashSet<>(), new ArrayList<>());
    }
    Environments all = given.with(environments);
    List<Job> jobs = new ArrayList<>();
    for (Function<Environments, Optional<Job>> job : asked) {
      try {
        job.apply(all).ifPresent(jobs::add);
      } catch (InvalidJobException e) {
        problems.add(e);
      }
    }
    return jobs;
  }

  /** Makes a copy's plan of the words of defaults that it does not say itself, and its own. */
  private Optional<Job> plan(CopyWords copy, Environments all) {
    List<Said<CopySpecBuilder>> own = new ArrayList<>();
    if (!expand(copy, new LinkedHashSet<>(), own) || !usable) {
      return Optional.empty();
    }
    Set<String> words = own.stream().map(Said::word).collect(Collectors.toSet());
    words.remove(ReadingWords.FILTER_BLOCK);
    CopySpecBuilder plan = new CopySpecBuilder(copy.name(), copy.at());
    common.stream()
        .filter(said -> !words.contains(said.word()))
        .forEach(said -> said.action().accept(plan));
    own.forEach(said -> said.action().accept(plan));
    return Optional.of(plan.build(all));
  }

  /** Adds the words with the words of pieces in place; tells whether all of them are right. */
  private boolean expand(CopyWords words, Set<String> using, List<Said<CopySpecBuilder>> into) {
    boolean right = !words.isBroken();
    for (Said<CopySpecBuilder> said : words.said()) {
      if (said.piece().isEmpty()) {
        into.add(said);
      } else {
        right &= use(said, using, into);
      }
    }
    return right;
  }

  private boolean use(
      Said<CopySpecBuilder> said, Set<String> using, List<Said<CopySpecBuilder>> into) {
    String name = said.piece().get();
    CopyWords piece = pieces.get(name);
    if (piece == null) {
      Set<String> names = new TreeSet<>(pieces.keySet());
      String there =
          names.isEmpty()
              ? "the recipe has none"
              : (names.size() > 1 ? "there are " : "there is ") + Suggestions.list(name, names, 12);
      String near = Suggestions.suggestion(name, names);
      problems.add(
          said.at(), "unknown piece `" + name + "`: " + there + (near.isEmpty() ? "" : "." + near));
      return false;
    }
    if (!using.add(name)) {
      String circle = String.join("` uses `", using) + "` uses `" + name;
      problems.add(said.at(), "piece `" + name + "` uses itself: `" + circle + "`");
      return false;
    }
    boolean right = expand(piece, using, into);
    using.remove(name);
    return right;
  }
}
