package org.dynocopy.run;

import org.dynocopy.core.StoreException;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.journal.RunOrigin;

/**
 * What a {@link Session} asks and tells: a person at a terminal, or a script. Java code has
 * decided: nothing is asked, and what jobs ended with is returned.
 */
public interface FrontEnd {

  /** Wants every job. */
  FrontEnd NONE = job -> true;

  /**
   * Asks what there is to ask before a job, see {@link JobRun#question}; called for all jobs before
   * the first of them begins.
   *
   * @return whether the job is wanted; if not, none is done
   * @throws StoreException if what the question needs cannot be counted
   */
  boolean confirms(JobRun job) throws StoreException, InterruptedException;

  /** Returns who asks for the run. */
  default RunOrigin origin() {
    return RunOrigin.JAVA;
  }

  /** Called when all jobs are wanted, and the first is about to begin. */
  default void confirmed() {}

  /** Returns whether no other job should begin. */
  default boolean interrupted() {
    return false;
  }

  /** Called before a job begins. */
  default void begins(JobRun job) {}

  /** Called when a job has ended, before the next one begins. */
  default void ended(Report report) {}
}
