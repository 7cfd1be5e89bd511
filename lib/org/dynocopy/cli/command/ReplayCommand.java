package org.dynocopy.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import org.dynocopy.cli.console.Console;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.OnFailure;
import org.dynocopy.spec.Replay;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.place.Environments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes dead letters again. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes the items of a dead-letter file again, after the cause was removed.",
      "",
      "FILE is not changed. What is left of it afterwards is in a new dead-letter file: items that"
          + " fail again, and lines that are broken, as they are. Of lines with the same key the"
          + " last one counts. In the table, items with the same keys are overwritten."
    },
    customSynopsis = "dynocopy replay FILE TABLE [OPTIONS]",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  dynocopy replay failed.jsonl dev:users"})
public final class ReplayCommand extends JobCommand {

  @Parameters(index = "0", paramLabel = "FILE", description = "The dead-letter file.")
  private Path file;

  @Parameters(index = "1", paramLabel = "TABLE", description = "The table to write.")
  private String table;

  @Option(
      names = "--dead-letter",
      paramLabel = "FILE",
      description = "Put what fails again there, by default a new file under .dynocopy/.")
  private Optional<Path> deadLetter = Optional.empty();

  @Option(
      names = "--stop-after",
      paramLabel = "N",
      description = "Stop after so many of these; 1000 by default.")
  private long stopAfter = OnFailure.DEFAULT_STOP_AFTER;

  @Mixin private WriterOptions writers;

  @Mixin private RateOptions rates;

  public ReplayCommand(Console console) {
    super(console);
  }

  @Override
  public Replay job(Environments environments) {
    JobBuilder replay = new JobBuilder("replay", Location.option("replay"));
    rates.say(replay);
    replay
        .part("from", Location.option("FILE"))
        .part("to", Location.option("TABLE"))
        .part("deadLetter", Location.option("--dead-letter"))
        .part("stopAfter", Location.option("--stop-after"));
    writers.say(replay);
    return replay.replay(file, table, new OnFailure(deadLetter, stopAfter), environments);
  }
}
