package org.dynocopy.run;

import java.io.OutputStream;
import org.dynocopy.core.StoreException;
import org.dynocopy.run.backup.BackupRun;
import org.dynocopy.run.copy.CopyRun;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.run.query.QueryRun;
import org.dynocopy.run.restore.ReplayRun;
import org.dynocopy.run.restore.RestoreRun;
import org.dynocopy.run.table.DeletionRun;
import org.dynocopy.run.table.SchemaCloneRun;
import org.dynocopy.run.verify.FingerprintRun;
import org.dynocopy.run.verify.VerificationRun;
import org.dynocopy.spec.Backup;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.Deletion;
import org.dynocopy.spec.FingerprintJob;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.Query;
import org.dynocopy.spec.Replay;
import org.dynocopy.spec.Restore;
import org.dynocopy.spec.SchemaClone;
import org.dynocopy.spec.Verification;
import org.dynocopy.store.Stores;

/**
 * Finds and checks the tables of a job, whatever kind of job it is.
 *
 * @param out where it prints
 */
record JobResolver(Stores stores, OutputStream out) implements Job.Visitor<JobRun, StoreException> {

  @Override
  public JobRun copy(Copy copy) throws StoreException {
    return CopyRun.of(copy, stores, out);
  }

  @Override
  public JobRun deletion(Deletion deletion) throws StoreException {
    return DeletionRun.of(deletion, stores);
  }

  @Override
  public JobRun query(Query query) throws StoreException {
    return QueryRun.of(query, stores, out);
  }

  @Override
  public JobRun backup(Backup backup) throws StoreException {
    return BackupRun.of(backup, stores);
  }

  @Override
  public JobRun restore(Restore restore) throws StoreException {
    return RestoreRun.of(restore, stores);
  }

  @Override
  public JobRun replay(Replay replay) throws StoreException {
    return ReplayRun.of(replay, stores);
  }

  @Override
  public JobRun schemaClone(SchemaClone clone) throws StoreException {
    return SchemaCloneRun.of(clone, stores);
  }

  @Override
  public JobRun verification(Verification verification) throws StoreException {
    return VerificationRun.of(verification, stores, out);
  }

  @Override
  public JobRun fingerprint(FingerprintJob fingerprint) throws StoreException {
    return FingerprintRun.of(fingerprint, stores, out);
  }
}
