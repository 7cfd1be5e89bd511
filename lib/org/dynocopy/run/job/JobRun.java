package org.dynocopy.run.job;

import java.util.List;
import java.util.Optional;
import org.dynocopy.core.StoreException;
import org.dynocopy.run.cost.Estimate;
import org.dynocopy.run.cost.Estimator;
import org.dynocopy.run.cost.Expiry;
import org.dynocopy.spec.Job;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableReading;

/**
 * A job whose tables have been found and checked: ready to run, or to be described by a dry run.
 * Implemented by the jobs of dynocopy alone: others get them from a {@code Session}, and methods
 * may be added.
 */
public interface JobRun {

  /**
   * What a person is asked before a job is done.
   *
   * @param text what it will do to what is there now; a question
   * @param needsYes whether a script must have been told to do so: items will be gone for good, or
   *     overwritten by those of a backup
   */
  record Question(String text, boolean needsYes) {

    /** Returns the question with a sentence about a stream, which alone is one, too. */
    public static Optional<Question> with(Optional<Question> question, Optional<String> stream) {
      if (stream.isEmpty()) {
        return question;
      }
      String before = question.map(asked -> asked.text() + " ").orElse("");
      boolean needsYes = question.filter(Question::needsYes).isPresent();
      return Optional.of(new Question(before + stream.get(), needsYes));
    }

    /** Returns the same with what blocks select, a line each before the sentence. */
    public Question with(Optional<SelectionExamples> examples) {
      return examples
          .map(some -> new Question(String.join("\n  ", some.lines()) + "\n" + text, needsYes))
          .orElse(this);
    }
  }

  /** Returns what was asked for. */
  Job job();

  /** Tells what it would do. */
  void describe(Outline outline);

  /**
   * Has an estimate made of what it will take.
   *
   * @return whether anything of it is known before
   */
  boolean estimate(Estimator estimator);

  /**
   * Estimates what it will take; reads a few items of it, where they are written.
   *
   * @return nothing for a job of which nothing is known before
   */
  default Optional<Estimate> estimate() {
    Estimator estimator = new Estimator();
    if (!estimate(estimator)) {
      return Optional.empty();
    }
    expiry().flatMap(it -> it.sentence(estimator.sampled())).ifPresent(estimator::remark);
    return Optional.of(estimator.estimate());
  }

  /** Returns by what its items are counted for the estimate. */
  default String basis() {
    return "by the tables' own counts, which the service renews every six hours";
  }

  /** Returns what is known of the expiry of the items that it writes, if it writes any. */
  default Optional<Expiry> expiry() {
    return Optional.empty();
  }

  /** Returns what is selected of one table, if that is what it is about. */
  Optional<TableReading> selection();

  /** Returns what a sample shows of what blocks select, if it removes items by them. */
  default Optional<SelectionExamples> examples() throws InterruptedException {
    return Optional.empty();
  }

  /** Returns the tables that must be the same from its beginning to its end. */
  List<Table> tables();

  /** Returns what it sets off by the stream of a table that it writes, a sentence. */
  default Optional<String> stream() {
    return Optional.empty();
  }

  /** Returns from where it goes on as it was stopped, and what it looks at before, a sentence. */
  default Optional<String> goesOn() {
    return Optional.empty();
  }

  /** Returns which stopped runs will begin anew, as it removes items, a sentence each. */
  default List<String> beginAnew() {
    return List.of();
  }

  /**
   * Returns what to ask before it is done, if it does anything to what is there.
   *
   * @param stages what runs an engine that counts items, where their number is not known
   * @throws StoreException if they cannot be counted
   */
  Optional<Question> question(Stages stages) throws StoreException, InterruptedException;

  /**
   * Does it.
   *
   * @param stages what runs its engines
   * @throws StoreException if something other than an engine failed: nothing was done by this stage
   */
  Report run(Stages stages) throws StoreException, InterruptedException;
}
