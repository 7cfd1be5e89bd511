package org.dynocopy.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.Environments;
import org.dynocopy.plan.Job;
import org.dynocopy.store.wiring.DefaultStores;
import picocli.CommandLine.Mixin;

/** A command that runs one job. */
abstract class JobCommand implements Callable<Integer> {

  @Mixin private CommonOptions options;

  final Console console;

  JobCommand(Console console) {
    this.console = console;
  }

  /** Returns the job that the options describe. */
  abstract Job job(Environments environments);

  final boolean asksForJson() {
    return options.json;
  }

  final boolean confirmed() {
    return options.yes;
  }

  final boolean dryRun() {
    return options.dryRun;
  }

  @Override
  public final Integer call() throws StoreException, InterruptedException {
    Environments environments = DefaultStores.environments(options.defaults());
    Job job = job(environments);
    environments.checkUsed(options.defaults());
    return new JobRunner(console, options).run(List.of(job));
  }
}
