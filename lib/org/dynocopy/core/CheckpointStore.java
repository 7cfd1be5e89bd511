package org.dynocopy.core;

import java.io.IOException;

/** Where checkpoints are kept. Called by one thread at a time. */
@FunctionalInterface
public interface CheckpointStore {

  /** Keeps nothing. */
  CheckpointStore NONE = checkpoint -> {};

  /**
   * Keeps a checkpoint for good, instead of the one before.
   *
   * @throws IOException if it cannot; the one before is still there
   */
  void keep(Checkpoint checkpoint) throws IOException;
}
