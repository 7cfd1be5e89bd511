package org.dynocopy.toy;

import java.nio.file.Path;
import java.util.Map;
import org.dynocopy.core.CopyTask;
import org.dynocopy.core.Shaper;
import org.dynocopy.core.StoreException;

/** A copy of one folder to another one: what its tasks are opened by in any process. */
public record ToyCopy(Path from, Path to, long pauseMillis) {

  /** Opens the source and the target of a task. */
  public static CopyTask.Route open(CopyTask task) throws StoreException {
    Map<String, String> plan = task.plan();
    if (!plan.keySet().equals(new ToyCopy(Path.of(""), Path.of(""), 0).plan().keySet())) {
      throw new StoreException(StoreException.Kind.REFUSED, "no toy copy: " + plan);
    }
    return new CopyTask.Route(
        new ToySource(Path.of(plan.get("from"))),
        Shaper.NONE,
        new ToySink(Path.of(plan.get("to")), Long.parseLong(plan.get("pause"))));
  }

  /** Returns it as a plan. */
  public Map<String, String> plan() {
    return Map.of("from", from.toString(), "to", to.toString(), "pause", "" + pauseMillis);
  }
}
