package org.dynocopy.toy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.dynocopy.testing.StoreLaws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A store and a runner are written against the ports alone. */
@Execution(ExecutionMode.CONCURRENT)
class ToyStoreTest extends StoreLaws {

  @TempDir Path folder;

  @Override
  protected Places places(Random random) throws Exception {
    return new ToyPlaces(folder, random, 40);
  }

  @Override
  protected int cases() {
    return 6;
  }

  /** A checkpoint's document is what a task is sent as; `ToyProcess` alone wires an engine. */
  @Test
  void toyStoreAndRunnerKnowThePortsAlone() throws Exception {
    String ports = "import (static )?(java|org\\.dynocopy\\.(core|diagnostic))\\..*";
    String document = "import org\\.dynocopy\\.state\\.CheckpointFile.*";
    for (String name : List.of("ToySource", "ToySink", "ToyCopy", "ToyRunner", "ToyTask")) {
      assertThat(imports(name)).as(name).isNotEmpty().allMatch(line -> line.matches(ports));
    }
    assertThat(imports("ToyPipe")).allMatch(l -> l.matches(ports) || l.matches(document));
  }

  private static List<String> imports(String name) throws Exception {
    return Files.readAllLines(Path.of("tests/org/dynocopy/toy/" + name + ".java")).stream()
        .filter(line -> line.startsWith("import "))
        .toList();
  }
}
