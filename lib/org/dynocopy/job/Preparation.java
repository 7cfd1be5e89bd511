package org.dynocopy.job;

import java.io.OutputStream;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.Backup;
import org.dynocopy.plan.Deletion;
import org.dynocopy.plan.Fingerprinting;
import org.dynocopy.plan.Job;
import org.dynocopy.plan.Plan;
import org.dynocopy.plan.Query;
import org.dynocopy.plan.Replay;
import org.dynocopy.plan.Restore;
import org.dynocopy.plan.SchemaClone;
import org.dynocopy.plan.Verification;
import org.dynocopy.store.Stores;

/**
 * Finds and checks the tables of a job, whatever kind of job it is.
 *
 * @param out where it prints
 */
record Preparation(Stores connections, OutputStream out)
    implements Job.Visitor<Prepared, StoreException> {

  @Override
  public Prepared copy(Plan copy) throws StoreException {
    return PreparedCopy.of(copy, connections, out);
  }

  @Override
  public Prepared deletion(Deletion deletion) throws StoreException {
    return PreparedDeletion.of(deletion, connections);
  }

  @Override
  public Prepared query(Query query) throws StoreException {
    return PreparedQuery.of(query, connections, out);
  }

  @Override
  public Prepared backup(Backup backup) throws StoreException {
    return PreparedBackup.of(backup, connections);
  }

  @Override
  public Prepared restore(Restore restore) throws StoreException {
    return PreparedRestore.of(restore, connections);
  }

  @Override
  public Prepared replay(Replay replay) throws StoreException {
    return PreparedReplay.of(replay, connections);
  }

  @Override
  public Prepared schemaClone(SchemaClone clone) throws StoreException {
    return PreparedSchemaClone.of(clone, connections);
  }

  @Override
  public Prepared verification(Verification verification) throws StoreException {
    return PreparedVerification.of(verification, connections, out);
  }

  @Override
  public Prepared fingerprint(Fingerprinting fingerprint) throws StoreException {
    return PreparedFingerprint.of(fingerprint, connections, out);
  }
}
