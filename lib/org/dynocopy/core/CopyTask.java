package org.dynocopy.core;

import java.util.Map;
import java.util.TreeMap;

/**
 * A copy as data, or the part of one that a process does.
 *
 * @param plan what is copied, by the names of its parts: who opens it finds its source and its
 *     target by these, or makes sure that it knows the same ones
 * @param settings how to run it
 * @param from where to go on; of a part, a checkpoint that has its splits alone, see {@link
 *     Checkpoint#divide}
 * @param attempt how often it was begun, from 1; where that is more than once, some of it may be
 *     done after {@code from}
 */
public record CopyTask(
    Map<String, String> plan, RunSettings settings, Checkpoint from, int attempt) {

  /** What a process makes of a task: the way of its items. */
  public record Route(Source source, Shaper shaper, Sink sink) {

    /**
     * Returns whether several tasks may do it: no two of them ever have items with the same key.
     */
    public boolean divisible() {
      return source.resumable() && !source.mayRepeatKeys() && !shaper.mayChangeKeys();
    }
  }

  /** Finds the source and the target of tasks. */
  @FunctionalInterface
  public interface Opener {

    /**
     * Opens what a task is about. Nothing is read or written.
     *
     * @throws StoreException if that is not there, or another one than the plan says
     */
    Route open(CopyTask task) throws StoreException;
  }

  /** Sorts the parts. */
  public CopyTask {
    plan = Map.copyOf(new TreeMap<>(plan));
  }

  /** Makes a copy that begins at the beginning. */
  public CopyTask(Map<String, String> plan, RunSettings settings) {
    this(plan, settings, Checkpoint.START, 1);
  }

  /** Returns the same from elsewhere, in another attempt. */
  public CopyTask from(Checkpoint checkpoint, int number) {
    return new CopyTask(plan, settings, checkpoint, number);
  }
}
