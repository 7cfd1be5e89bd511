package org.dynocopy;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.report.DryRun;
import org.dynocopy.run.FrontEnd;
import org.dynocopy.run.Session;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.run.job.Report;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.store.Stores;
import org.dynocopy.store.wiring.DefaultStores;

/** Something to do that has been described; nothing happens before {@link #run}. */
public abstract class Action {

  static final Location HERE = Location.NOWHERE;

  private static final JavaFrontEnd FRONT_END = new JavaFrontEnd();

  Action() {}

  abstract Job job(Environments environments);

  /** Returns where it prints data: nowhere by default. */
  OutputStream out() {
    return OutputStream.nullOutputStream();
  }

  /**
   * Returns what is to be done, checked as far as that goes without contacting anything.
   *
   * @throws org.dynocopy.diagnostic.InvalidJobException with everything that is wrong with it
   */
  public Job job() {
    return job(environments());
  }

  static Environments environments() {
    return DefaultStores.environments(Environments.Defaults.NONE);
  }

  /**
   * Looks at the tables and returns what would be done, as a dry run prints it.
   *
   * @throws org.dynocopy.diagnostic.InvalidJobException if it does not fit the tables, or costs
   *     more than it may
   * @throws StoreException if a table cannot be asked
   */
  public String dryRun() throws StoreException {
    List<String> plans = new ArrayList<>();
    try (Stores stores = new DefaultStores()) {
      Session session =
          new Session(stores, OutputStream.nullOutputStream(), FRONT_END, FrontEnd.NONE);
      session.estimate(
          session.prepare(List.of(job()), List.of()),
          (job, estimate) -> plans.add(DryRun.of(job, estimate)));
    }
    return String.join("\n", plans);
  }

  /**
   * Does it. Tells on standard error how far it is, every ten seconds, whether it goes on where an
   * earlier run was stopped, and in the end the ledger.
   *
   * @return how it ended; look at {@link Report#complete}
   * @throws org.dynocopy.diagnostic.InvalidJobException if it does not fit the tables, or costs
   *     more than it may; nothing was done
   * @throws StoreException if a table cannot be asked
   */
  public Report run() throws StoreException, InterruptedException {
    return run(job(), FRONT_END, FRONT_END);
  }

  /**
   * Does it, and reports to the given listener only.
   *
   * @param stages what runs the engines
   */
  public Report run(Stages stages) throws StoreException, InterruptedException {
    return run(job(), stages, FrontEnd.NONE);
  }

  final Report run(Job job, Stages stages, FrontEnd frontEnd)
      throws StoreException, InterruptedException {
    try (Stores stores = new DefaultStores()) {
      Session session = new Session(stores, out(), stages, frontEnd);
      List<JobRun> jobs = session.prepare(List.of(job), List.of());
      return Report.of(job, session.run(jobs).orElseThrow(), jobs.size());
    }
  }
}
