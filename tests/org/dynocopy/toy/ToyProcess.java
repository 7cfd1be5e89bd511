package org.dynocopy.toy;

import org.dynocopy.engine.LocalRunner;

/** Wires the process of a task: it is run by threads there. */
public final class ToyProcess {

  private ToyProcess() {}

  /** Runs one task. */
  public static void main(String[] none) throws Exception {
    ToyTask.run(new LocalRunner(ToyCopy::open));
  }
}
