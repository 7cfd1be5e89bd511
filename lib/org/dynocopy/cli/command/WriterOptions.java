package org.dynocopy.cli.command;

import java.util.Optional;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.build.ReadingBuilder;
import picocli.CommandLine.Option;

/** How much is written at once. */
final class WriterOptions {

  @Option(
      names = "--writers",
      paramLabel = "N",
      description = "Send so many batches at once, at most; by default 64.")
  private Optional<Integer> writers = Optional.empty();

  /** Says it to a job. */
  void say(ReadingBuilder<?> job) {
    writers.ifPresent(n -> job.writers(n, Location.option("--writers")));
  }
}
