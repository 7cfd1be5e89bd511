package org.dynocopy.run.job;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.state.CheckpointFile.Sample;

/** What several tries of one job have noted, in memory. */
public final class NotedRecord implements JobRecord {

  private final Map<String, String> notes = new HashMap<>();

  @Override
  public Optional<String> note(String what) {
    return Optional.ofNullable(notes.get(what));
  }

  @Override
  public void note(String what, String value) {
    notes.put(what, value);
  }

  @Override
  public void completed(Report report, Sample written) {}

  /** Returns the quiet stages of a try. */
  public Stages stages() {
    return new QuietStages() {
      @Override
      public JobRecord record() {
        return NotedRecord.this;
      }
    };
  }
}
