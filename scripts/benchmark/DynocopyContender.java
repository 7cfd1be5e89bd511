package org.dynocopy.scripts.benchmark;

import org.dynocopy.Dynocopy;
import org.dynocopy.job.Report;
import org.dynocopy.job.Stages;

/** This project, by its public Java API. The endpoint is taken from AWS_ENDPOINT_URL. */
final class DynocopyContender implements Contender {

  @Override
  public void copy(Copy copy) throws Exception {
    Report report =
        Dynocopy.copy(copy.from(), copy.to())
            .segments(copy.segments())
            .writers(copy.writers())
            .run(Stages.QUIET);
    if (!report.complete()) {
      throw new IllegalStateException(report.toString());
    }
  }
}
