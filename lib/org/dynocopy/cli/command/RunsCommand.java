package org.dynocopy.cli.command;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.dynocopy.cli.console.Console;
import org.dynocopy.cli.process.ExitCode;
import org.dynocopy.core.StoreException;
import org.dynocopy.files.FileReason;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.report.RunTable;
import org.dynocopy.run.journal.PastRun;
import org.dynocopy.run.journal.PastRuns;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the runs of the working folder. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description = {
      "Lists what ran here, how it ended, and how to go on; the newest first.",
      "",
      "Here is the folder .dynocopy of the current folder, or what DYNOCOPY_FOLDER names. A run "
          + "that was stopped goes on by the same command, and starts over with --fresh."
    })
public final class RunsCommand implements Callable<Integer> {

  private final Console console;

  @Option(names = "--json", description = "Print one line of JSON for each run.")
  private boolean json;

  public RunsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws StoreException {
    List<PastRun> runs;
    try {
      runs = PastRuns.list();
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.REFUSED,
          "what ran in " + WorkingFolder.path() + " cannot be read: " + FileReason.of(e),
          e);
    }
    if (runs.isEmpty() && !json) {
      console.err().println("nothing has run in " + WorkingFolder.path() + " yet");
    }
    for (PastRun run : runs) {
      console.out().println(json ? RunTable.json(run) : RunTable.of(run));
    }
    return ExitCode.DONE;
  }
}
