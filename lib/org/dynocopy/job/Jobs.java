package org.dynocopy.job;

import java.io.OutputStream;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.Backup;
import org.dynocopy.plan.Deletion;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Job;
import org.dynocopy.plan.Plan;
import org.dynocopy.plan.Query;
import org.dynocopy.plan.Restore;
import org.dynocopy.plan.SchemaClone;
import org.dynocopy.store.dynamo.Connections;

/** Prepares jobs of every kind. */
public final class Jobs {

  private Jobs() {}

  /**
   * Finds and checks the tables of a job.
   *
   * @param connections the way to its environments; open for as long as the job runs
   * @param out where queries print, see {@link org.dynocopy.print.ItemWriter#of}
   * @throws InvalidPlanException if the job does not fit them
   * @throws StoreException if one of them cannot be asked
   */
  public static Prepared prepare(Job job, Connections connections, OutputStream out)
      throws StoreException {
    if (job instanceof Plan plan) {
      return PreparedCopy.of(plan, connections);
    }
    if (job instanceof Deletion deletion) {
      return PreparedDeletion.of(deletion, connections);
    }
    if (job instanceof Query query) {
      return PreparedQuery.of(query, connections, out);
    }
    if (job instanceof Backup backup) {
      return PreparedBackup.of(backup, connections);
    }
    if (job instanceof Restore restore) {
      return PreparedRestore.of(restore, connections);
    }
    return PreparedSchemaClone.of((SchemaClone) job, connections);
  }
}
