package org.dynocopy.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dynocopy.PreparedCopy;
import org.dynocopy.engine.Engine;
import org.dynocopy.engine.Outcome;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.Plan;
import org.dynocopy.plan.Problem;
import org.dynocopy.report.DryRun;
import org.dynocopy.report.JsonReport;
import org.dynocopy.report.Progress;
import org.dynocopy.report.Summary;
import org.dynocopy.store.dynamo.Connections;

/** Runs plans one after the other: all are checked against their tables before the first begins. */
final class Copies {

  private static final long SECONDS_TO_STOP = 30;

  private final Console console;
  private final CommonOptions options;

  Copies(Console console, CommonOptions options) {
    this.console = console;
    this.options = options;
  }

  /** Runs the plans and returns the exit code. */
  int run(List<Plan> plans) throws StoreException, InterruptedException {
    try (Connections connections = new Connections()) {
      List<PreparedCopy> copies = prepare(plans, connections);
      if (options.dryRun) {
        copies.forEach(
            c -> console.out().println(options.json ? JsonReport.plan(c) : DryRun.of(c)));
        return ExitCode.DONE;
      }
      int worst = ExitCode.DONE;
      for (PreparedCopy copy : copies) {
        if (!confirmed(copy)) {
          console.err().println("nothing was copied by " + copy.plan().name());
          return ExitCode.WRONG;
        }
        worst = Math.max(worst, run(copy));
        if (worst > ExitCode.DEAD_LETTERS) {
          return worst;
        }
      }
      return worst;
    }
  }

  private static List<PreparedCopy> prepare(List<Plan> plans, Connections connections)
      throws StoreException {
    List<PreparedCopy> copies = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Plan plan : plans) {
      try {
        copies.add(PreparedCopy.of(plan, connections));
      } catch (InvalidPlanException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidPlanException(problems);
    }
    return copies;
  }

  /** Someone at a terminal is asked before items are overwritten; a script has been decided on. */
  private boolean confirmed(PreparedCopy copy) {
    if (options.yes || !console.terminal() || copy.to().items() == 0) {
      return true;
    }
    return console.yes(
        String.format(
            "%s: `%s` has about %,d items; those with the same keys will be overwritten. Go on?",
            copy.plan().name(), copy.plan().to(), copy.to().items()));
  }

  private int run(PreparedCopy copy) throws StoreException, InterruptedException {
    long expected = copy.plan().where().isPresent() ? 0 : copy.from().items();
    Progress progress =
        new Progress(copy.plan().name(), expected, console.err(), console.terminal());
    Engine engine = copy.engine(progress);
    CountDownLatch told = new CountDownLatch(1);
    Thread onInterrupt = new Thread(() -> stop(engine, told));
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    progress.start(engine::counts);
    Outcome outcome = engine.run();
    progress.close();
    int exitCode = tell(copy.plan(), outcome);
    told.countDown();
    if (!outcome.stopped()) {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
    }
    return exitCode;
  }

  /** Ctrl-C: the process lives on until the ledger is told. */
  private static void stop(Engine engine, CountDownLatch told) {
    engine.stop();
    try {
      told.await(SECONDS_TO_STOP, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int tell(Plan plan, Outcome outcome) {
    int exitCode = exitCode(outcome);
    console.err().println(Summary.of(plan, outcome));
    outcome.failure().ifPresent(e -> console.err().println("dynocopy: it failed: " + message(e)));
    if (outcome.stopped()) {
      console.err().println("dynocopy: interrupted; run it again to copy the rest");
    }
    if (options.json) {
      console.out().println(JsonReport.summary(plan, outcome, exitCode));
    }
    return exitCode;
  }

  private static String message(Exception e) {
    return e instanceof StoreException ? e.getMessage() : e.toString();
  }

  private static int exitCode(Outcome outcome) {
    if (outcome.stopped()) {
      return ExitCode.INTERRUPTED;
    }
    if (!outcome.complete()) {
      return ExitCode.FAILED;
    }
    return outcome.counts().deadLettered() == 0 ? ExitCode.DONE : ExitCode.DEAD_LETTERS;
  }
}
