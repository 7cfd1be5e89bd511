package org.dynocopy.run.job;

import java.util.Optional;
import org.dynocopy.core.StoreException;
import org.dynocopy.state.CheckpointFile.Sample;

/** What is remembered of one job while it runs, for the run that goes on after it was killed. */
public interface JobRecord {

  /** What a job notes of a backup: the file that it is in. */
  String FILE = "file";

  /** Remembers nothing. */
  JobRecord NONE =
      new JobRecord() {
        @Override
        public Optional<String> note(String what) {
          return Optional.empty();
        }

        @Override
        public void note(String what, String value) {}

        @Override
        public void completed(Report report, Sample written) {}
      };

  /** Returns what this run, or an earlier one, has noted. */
  Optional<String> note(String what);

  /**
   * Notes something before it is done, on the disk when this returns.
   *
   * @throws StoreException if it cannot be written
   */
  void note(String what, String value) throws StoreException;

  /**
   * Called when the job is complete, before its checkpoint is deleted.
   *
   * @param written some of the items that the target has since
   * @throws StoreException if it cannot be written
   */
  void completed(Report report, Sample written) throws StoreException;
}
