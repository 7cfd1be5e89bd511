package org.dynocopy.run.job;

import java.util.OptionalLong;
import java.util.function.Function;
import org.dynocopy.core.CopyTask;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.Runner;
import org.dynocopy.core.Transfer;

/**
 * Runs the engines of a job one after the other, and reports how far they are. No method has a
 * default: what wraps other stages would not forward it.
 */
public interface Stages {

  /** Runs engines with threads of this process and prints nothing. */
  Stages QUIET = new QuietStages();

  /**
   * Runs an engine to its end.
   *
   * @param name what it does, for people
   * @param expected about how many items it will read, if that is known
   * @param engine makes it
   */
  Outcome run(String name, OptionalLong expected, Function<RunListener, Transfer> engine)
      throws InterruptedException;

  /**
   * Returns what runs the copies of jobs that go on where they were stopped; as a rule threads of
   * this process.
   *
   * @param opener finds here what a copy is about
   */
  Runner runner(CopyTask.Opener opener);

  /** Takes a sentence on what the service does meanwhile: it goes on without this process. */
  void say(String sentence);

  /** Called before what prints data, between which nothing else should stand. */
  void prints();

  /** Returns what is remembered of the job whose engines these are. */
  JobRecord record();
}
