package org.dynocopy.job;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Problem;

/** A look at a table, beside another one: both are asked for at once, and both are waited for. */
final class Looking<T> {

  /** What is asked for. */
  interface Question<T> {
    T ask() throws StoreException;
  }

  private final CompletableFuture<T> answer = new CompletableFuture<>();

  private Looking() {}

  /** Asks in a thread of its own. */
  static <T> Looking<T> start(Question<T> question) {
    Looking<T> looking = new Looking<>();
    new Thread(() -> looking.ask(question), "look").start();
    return looking;
  }

  /** Asks in this thread. */
  static <T> Looking<T> now(Question<T> question) {
    Looking<T> looking = new Looking<>();
    looking.ask(question);
    return looking;
  }

  private void ask(Question<T> question) {
    try {
      answer.complete(question.ask());
    } catch (Throwable e) {
      answer.completeExceptionally(e);
    }
  }

  /**
   * Waits for both, and shows together what is wrong with the plan in either.
   *
   * @throws InvalidPlanException if both say that the plan does not fit
   */
  static void refuse(Looking<?> one, Looking<?> other) {
    List<Problem> problems = new ArrayList<>();
    for (Looking<?> looking : List.of(one, other)) {
      if (!(looking.failure() instanceof InvalidPlanException e)) {
        return;
      }
      problems.addAll(e.problems());
    }
    throw new InvalidPlanException(problems);
  }

  /** Returns what it has failed with, or null. */
  private Throwable failure() {
    return answer.handle((found, e) -> e).join();
  }

  /**
   * Waits for the answer.
   *
   * @throws InvalidPlanException if there is no such table
   * @throws StoreException if it cannot be asked for
   */
  T found() throws StoreException {
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException failed) {
        throw failed;
      }
      if (e.getCause() instanceof RuntimeException failed) {
        throw failed;
      }
      throw e;
    }
  }
}
