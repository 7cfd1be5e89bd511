package org.dynocopy.run.journal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.dynocopy.core.StoreException;
import org.dynocopy.run.job.JobRecord;
import org.dynocopy.run.job.Report;
import org.dynocopy.state.CheckpointFile.Sample;

/**
 * What a journal remembers of one job.
 *
 * @param job what the journal calls it
 * @param proof finds out what tells its tables from others
 */
record JournalEntry(Journal journal, String job, Proof proof) implements JobRecord {

  /** Finds out what tells the tables of a job from others. */
  interface Proof {
    /** Returns it, as fields of a line. */
    Map<String, Object> fields() throws StoreException;
  }

  @Override
  public Optional<String> note(String what) {
    return Optional.ofNullable(journal.state().unit(job).notes().get(what));
  }

  @Override
  public void note(String what, String value) throws StoreException {
    journal.add("note", Optional.of(job), Map.of("what", what, "value", value));
  }

  @Override
  public void completed(Report report, Sample written) throws StoreException {
    Map<String, Object> fields = new LinkedHashMap<>(ReportFields.of(report));
    fields.putAll(proof.fields());
    fields.put("written", written.items().stream().map(item -> item.toString()).toList());
    journal.add("ended", Optional.of(job), fields);
  }
}
