package org.dynocopy.run.journal;

import java.util.OptionalLong;
import java.util.function.Function;
import org.dynocopy.core.CopyTask;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.Runner;
import org.dynocopy.core.Transfer;
import org.dynocopy.run.job.JobRecord;
import org.dynocopy.run.job.Stages;

/** The same stages, with what is remembered of the job whose engines they run. */
record RecordedStages(Stages stages, JobRecord record) implements Stages {

  @Override
  public Outcome run(String name, OptionalLong expected, Function<RunListener, Transfer> engine)
      throws InterruptedException {
    return stages.run(name, expected, engine);
  }

  @Override
  public Runner runner(CopyTask.Opener opener) {
    return stages.runner(opener);
  }

  @Override
  public void say(String sentence) {
    stages.say(sentence);
  }

  @Override
  public void prints() {
    stages.prints();
  }
}
