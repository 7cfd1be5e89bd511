package org.dynocopy.run.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.dynocopy.core.DeadLetters;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.RunSettings;
import org.dynocopy.core.Shaper;
import org.dynocopy.core.Sink;
import org.dynocopy.core.Source;
import org.dynocopy.core.Transfer;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.WordLocations;
import org.dynocopy.engine.BoundedDeadLetters;
import org.dynocopy.engine.Engine;
import org.dynocopy.shape.Pipeline;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.OnFailure;
import org.dynocopy.store.TableReading;
import org.dynocopy.store.file.DeadLetterFile;

/** Makes the engines of jobs. */
public final class EngineFactory {

  /** How many batches are written at once at most, if nothing is said. */
  public static final int DEFAULT_WRITERS = 64;

  /** What is done with items that cannot be written, by default. */
  public static final OnFailure ON_FAILURE = OnFailure.DEFAULT;

  private EngineFactory() {}

  public static int writers(OptionalInt said) {
    return said.orElse(DEFAULT_WRITERS);
  }

  /** Returns the settings of so many readers, and as many writers as are asked for. */
  public static RunSettings settings(int readers, OptionalInt writers) {
    return RunSettings.of(readers, writers(writers));
  }

  /** Returns what is done here to the items that are read of a table. */
  public static Shaper shaper(TableReading reading) {
    return Pipeline.of(reading.shape(), reading.table().keyNames());
  }

  /** Returns whether one run can write the same key twice. */
  public static boolean mayRepeatKeys(TableReading reading) {
    return reading.source().mayRepeatKeys() || reading.shape().mayChangeKeys();
  }

  /**
   * Returns what makes the engine that brings what is read of a table to a sink.
   *
   * @param job says where dead letters go, and how long requests are tried again
   * @throws InvalidJobException if dead letters could not be written
   */
  public static Function<RunListener, Transfer> engine(
      TableReading reading, Sink sink, int writers, OnFailure onFailure, Job job) {
    RunSettings settings =
        RunSettings.of(reading.readers(), writers).withLimit(reading.reading().limit());
    return engine(reading.source(), shaper(reading), sink, settings, onFailure, job);
  }

  /** Returns what makes the engine that brings the items of a source to a sink, likewise. */
  public static Function<RunListener, Transfer> engine(
      Source source, Shaper shaper, Sink sink, RunSettings settings, OnFailure onFailure, Job job) {
    DeadLetters deadLetters = deadLetters(onFailure, job.words());
    RunSettings all = settings.with(job.allowance().patience());
    return listener -> new Engine(source, shaper, sink, deadLetters, all, listener);
  }

  private static DeadLetters deadLetters(OnFailure onFailure, WordLocations words) {
    return new BoundedDeadLetters(
        deadLetterFile(onFailure.deadLetter(), words), onFailure.stopAfter(), 0, words.at());
  }

  /** Returns where the dead letters go; empty for a file of this run. */
  public static DeadLetterFile deadLetterFile(Optional<Path> file, WordLocations words) {
    try {
      return new DeadLetterFile(file);
    } catch (IOException e) {
      throw new InvalidJobException(words.at("deadLetter"), e.getMessage());
    }
  }
}
