package org.dynocopy.core;

/**
 * Runs copies: with the threads of this process, or by tasks in several. Whoever asks for a copy
 * holds its dead letters and its checkpoint, whatever runs it; so that one runner can go on where
 * another one was stopped.
 */
@FunctionalInterface
public interface Runner {

  /**
   * Prepares a copy; nothing is read or written before {@link Transfer#run}.
   *
   * @param copy what to copy, and where to go on
   * @param letters takes the items that cannot be written, of all tasks
   * @param listener gets notice of what happens
   * @param store keeps how far the whole copy is
   * @throws StoreException if the source or the target cannot be opened
   */
  Transfer transfer(CopyTask copy, DeadLetters letters, RunListener listener, CheckpointStore store)
      throws StoreException;
}
