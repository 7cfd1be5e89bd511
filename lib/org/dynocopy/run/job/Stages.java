package org.dynocopy.run.job;

import java.util.OptionalLong;
import java.util.function.Function;
import org.dynocopy.core.CopyTask;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.Runner;
import org.dynocopy.core.Transfer;
import org.dynocopy.engine.LocalRunner;

/** Runs the engines of a job one after the other, and reports how far they are. */
public interface Stages {

  /** Runs engines and prints nothing. */
  Stages QUIET = (name, expected, engine) -> engine.apply(RunListener.NONE).run();

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
  default Runner runner(CopyTask.Opener opener) {
    return new LocalRunner(opener);
  }

  /** Takes a sentence on what the service does meanwhile: it goes on without this process. */
  default void say(String sentence) {}

  /** Called before what prints data, between which nothing else should stand. */
  default void prints() {}

  /** Returns what is remembered of the job whose engines these are. */
  default JobRecord record() {
    return JobRecord.NONE;
  }
}
