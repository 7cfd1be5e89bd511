package org.dynocopy.engine;

import org.dynocopy.core.CheckpointStore;
import org.dynocopy.core.CopyTask;
import org.dynocopy.core.DeadLetters;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.Runner;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.Transfer;

/**
 * Runs copies, and tasks of copies, with threads of this process.
 *
 * @param opener finds their sources and targets
 */
public record LocalRunner(CopyTask.Opener opener) implements Runner {

  @Override
  public Transfer transfer(
      CopyTask copy, DeadLetters letters, RunListener listener, CheckpointStore store)
      throws StoreException {
    CopyTask.Route route = opener.open(copy);
    return new Engine(
        route.source(),
        route.shaper(),
        route.sink(),
        letters,
        copy.settings(),
        listener,
        copy.from(),
        store);
  }
}
