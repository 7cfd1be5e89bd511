package org.dynocopy.core;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dynocopy.diagnostic.Location;

/**
 * Knows how far the tasks of a copy are, and which attempt at each one may speak for it. A task
 * that is tried again, as its process seems to be dead, goes on from what it kept last; from then
 * on nothing counts that an earlier attempt says: it may still live. Thread-safe.
 */
public final class TaskTracker {

  /**
   * The right to speak for a task.
   *
   * @param task its number, from 0
   * @param number how often the task was begun, this time included
   * @param from where to go on
   */
  public record Attempt(int task, int number, Checkpoint from) {}

  private final List<Checkpoint> tasks;
  private final int[] attempts;
  private final Counts[] ended;
  private final DeadLetters letters;
  private final CheckpointStore store;

  /**
   * Divides a copy into tasks; one that cannot be divided is one task. That is one with a limit,
   * too: only one process can know when it is reached.
   *
   * @param copy what to copy, and how far it is
   * @param route what was opened of it
   * @param most how many tasks to make if it can be divided
   * @param letters takes the items of all tasks that cannot be written
   * @param store keeps how far all of them are
   */
  public TaskTracker(
      CopyTask copy, CopyTask.Route route, int most, DeadLetters letters, CheckpointStore store) {
    int tasks = route.divisible() && copy.settings().limit().isEmpty() ? most : 1;
    this.tasks = new ArrayList<>(copy.from().divide(tasks));
    this.attempts = new int[tasks];
    this.ended = new Counts[tasks];
    this.letters = letters;
    this.store = store;
  }

  /** Returns how many tasks there are. */
  public int tasks() {
    return attempts.length;
  }

  /** Begins an attempt at a task, and ends the right of earlier ones to speak for it. */
  public synchronized Attempt begin(int task) {
    ended[task] = null;
    return new Attempt(task, ++attempts[task], tasks.get(task));
  }

  /** Returns whether no later attempt at the same task has begun. */
  public synchronized boolean isCurrent(Attempt attempt) {
    return attempts[attempt.task()] == attempt.number();
  }

  /**
   * Keeps how far a task is: when this returns, that is kept for good.
   *
   * @return false if another attempt was begun; nothing is kept then, and this one must end
   * @throws IOException if it cannot be kept
   */
  public synchronized boolean save(Attempt attempt, Checkpoint now) throws IOException {
    if (!isCurrent(attempt)) {
      return false;
    }
    List<Checkpoint> next = new ArrayList<>(tasks);
    next.set(attempt.task(), now);
    store.keep(Checkpoint.merge(next));
    tasks.set(attempt.task(), now);
    return true;
  }

  /**
   * Keeps an item of a task that cannot be written, see {@link DeadLetters#put}.
   *
   * @throws StoreException as there, or if another attempt was begun
   */
  public synchronized Optional<String> letter(
      Attempt attempt, Item item, Optional<Location> refused, String reason) throws StoreException {
    if (!isCurrent(attempt)) {
      throw superseded(attempt);
    }
    return letters.put(item, refused, reason);
  }

  /** Returns why an attempt must end that another one has replaced. */
  public static StoreException superseded(Attempt attempt) {
    return new StoreException(
        StoreException.Kind.REFUSED,
        "task %d was begun again after attempt %d".formatted(attempt.task(), attempt.number()));
  }

  /**
   * Notes how an attempt has ended.
   *
   * @param counts its ledger
   * @return false if another attempt was begun: then this one does not count
   */
  public synchronized boolean end(Attempt attempt, Counts counts) {
    if (isCurrent(attempt)) {
      ended[attempt.task()] = counts;
    }
    return isCurrent(attempt);
  }

  /** Returns the ledger of all tasks, as far as they have told it. */
  public synchronized Counts counts() {
    Counts all = Counts.NONE;
    for (int task = 0; task < tasks.size(); task++) {
      all = all.plus(ended[task] == null ? tasks.get(task).settled() : ended[task]);
    }
    return all;
  }

  /** Returns how far the copy is. */
  public synchronized Checkpoint checkpoint() {
    return Checkpoint.merge(tasks);
  }
}
