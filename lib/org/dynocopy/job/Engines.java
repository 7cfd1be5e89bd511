package org.dynocopy.job;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.dynocopy.engine.DeadLetters;
import org.dynocopy.engine.Engine;
import org.dynocopy.engine.Retry.Backoff;
import org.dynocopy.engine.RunListener;
import org.dynocopy.engine.Sink;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.OnFailure;
import org.dynocopy.plan.Words;
import org.dynocopy.store.dynamo.TableReading;

/** Makes the engines of jobs. */
final class Engines {

  /** How many batches are written at once, if nothing is said. */
  static final int DEFAULT_WRITERS = 16;

  /** What stands for items that cannot be written where nobody says it. */
  static final OnFailure ON_FAILURE = new OnFailure(Optional.empty(), OnFailure.DEFAULT_STOP_AFTER);

  private Engines() {}

  static int writers(OptionalInt said) {
    return said.orElse(DEFAULT_WRITERS);
  }

  /**
   * Returns what makes the engine that brings what is read of a table to a sink.
   *
   * @param words where dead letters are said
   * @throws InvalidPlanException if dead letters could not be written
   */
  static Function<RunListener, Engine> engine(
      TableReading reading, Sink sink, int writers, OnFailure onFailure, Words words) {
    Engine.Settings settings =
        new Engine.Settings(
            reading.readers(),
            writers,
            Engine.Settings.defaultMemory(),
            reading.reading().limit(),
            false,
            Backoff.DEFAULT);
    DeadLetters deadLetters = deadLetters(onFailure, words);
    return listener ->
        new Engine(reading.source(), reading.shaper(), sink, deadLetters, settings, listener);
  }

  static DeadLetters deadLetters(OnFailure onFailure, Words words) {
    try {
      return new DeadLetters(onFailure.deadLetter(), onFailure.stopAfter());
    } catch (IOException e) {
      throw new InvalidPlanException(words.at("deadLetter"), e.getMessage());
    }
  }
}
