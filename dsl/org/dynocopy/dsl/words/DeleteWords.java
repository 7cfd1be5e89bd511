package org.dynocopy.dsl.words;

import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.place.Environments;

/** The words of {@code delete { }}. */
public final class DeleteWords extends ReadingWords<JobBuilder> {

  DeleteWords(Location at, Evaluation evaluation) {
    super(DeleteWords.class, at, evaluation);
  }

  /** Deletes this many batches at once, 1 to 1024; default: 16. */
  @Word(takes = "a whole number", example = "writers 16")
  public void writers(int number) {
    Location at = here().at();
    said("writers", at, deletion -> deletion.writers(number, at));
  }

  /** Deletes at most this many items, at least 1; default: all. */
  @Word(takes = "a whole number", example = "limit 1000")
  public void limit(long items) {
    most(items);
  }

  Job job(Environments environments) {
    JobBuilder deletion = new JobBuilder("delete", at());
    said().forEach(said -> said.action().accept(deletion));
    return deletion.deletion(environments);
  }
}
