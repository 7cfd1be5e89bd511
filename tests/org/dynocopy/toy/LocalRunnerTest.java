package org.dynocopy.toy;

import org.dynocopy.core.Runner;
import org.dynocopy.engine.LocalRunner;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The runner of this process keeps the same laws. */
@Execution(ExecutionMode.CONCURRENT)
class LocalRunnerTest extends ToyRunnerLaws {

  @Override
  protected Runner runner() {
    return new LocalRunner(ToyCopy::open);
  }

  @Override
  protected Runner other() {
    return runner();
  }
}
