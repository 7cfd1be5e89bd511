package org.dynocopy.run.job;

import java.util.OptionalLong;
import java.util.function.Function;
import org.dynocopy.core.CopyTask;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.Runner;
import org.dynocopy.core.Transfer;
import org.dynocopy.engine.LocalRunner;

/** Runs engines with threads of this process, prints nothing and remembers nothing. */
public class QuietStages implements Stages {

  @Override
  public Outcome run(String name, OptionalLong expected, Function<RunListener, Transfer> engine)
      throws InterruptedException {
    return engine.apply(RunListener.NONE).run();
  }

  @Override
  public Runner runner(CopyTask.Opener opener) {
    return new LocalRunner(opener);
  }

  @Override
  public void say(String sentence) {}

  @Override
  public void prints() {}

  @Override
  public JobRecord record() {
    return JobRecord.NONE;
  }
}
