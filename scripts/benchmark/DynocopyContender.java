package org.dynocopy.scripts.benchmark;

import org.dynocopy.cli.Main;

/**
 * This project, or another checkout of it, by its command: the Java API may differ between two
 * commits. The endpoint is taken from AWS_ENDPOINT_URL.
 */
final class DynocopyContender implements Contender {

  @Override
  public void copy(Copy copy) throws Exception {
    int exitCode =
        Main.run(
            "copy",
            copy.from(),
            copy.to(),
            "--segments",
            "" + copy.segments(),
            "--writers",
            "" + copy.writers());
    if (exitCode != 0) {
      throw new IllegalStateException("exit code " + exitCode);
    }
  }
}
