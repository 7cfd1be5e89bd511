package org.dynocopy.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.dynocopy.cli.console.Console;
import org.dynocopy.core.StoreException;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.store.wiring.DefaultStores;
import picocli.CommandLine.Mixin;

/** A command that runs one job. */
public abstract class JobCommand implements Callable<Integer> {

  @Mixin private CommonOptions options;

  final Console console;

  public JobCommand(Console console) {
    this.console = console;
  }

  /** Returns the job that the options describe. */
  public abstract Job job(Environments environments);

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
