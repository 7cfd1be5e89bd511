package org.dynocopy.run.job;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Problem;

/** A look at a table, beside another one: both are asked for at once, and both are waited for. */
public final class ConcurrentLookup<T> {

  /** What is asked for. */
  public interface Question<T> {
    T ask() throws StoreException;
  }

  private final CompletableFuture<T> answer = new CompletableFuture<>();

  private ConcurrentLookup() {}

  /** Asks in a thread of its own. */
  public static <T> ConcurrentLookup<T> start(Question<T> question) {
    ConcurrentLookup<T> looking = new ConcurrentLookup<>();
    new Thread(() -> looking.ask(question), "look").start();
    return looking;
  }

  /** Asks in this thread. */
  public static <T> ConcurrentLookup<T> now(Question<T> question) {
    ConcurrentLookup<T> looking = new ConcurrentLookup<>();
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
   * @throws InvalidJobException if both say that the plan does not fit
   */
  public static void refuse(ConcurrentLookup<?> one, ConcurrentLookup<?> other) {
    List<Problem> problems = new ArrayList<>();
    for (ConcurrentLookup<?> looking : List.of(one, other)) {
      if (!(looking.failure() instanceof InvalidJobException e)) {
        return;
      }
      problems.addAll(e.problems());
    }
    throw new InvalidJobException(problems);
  }

  /** Returns what it has failed with, or null. */
  private Throwable failure() {
    return answer.handle((found, e) -> e).join();
  }

  /**
   * Waits for the answer.
   *
   * @throws InvalidJobException if there is no such table
   * @throws StoreException if it cannot be asked for
   */
  public T found() throws StoreException {
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
