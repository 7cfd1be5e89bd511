package org.dynocopy.toy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dynocopy.testing.RunnerLaws;

/** The laws of runners, shown by copies of folders. */
abstract class ToyRunnerLaws extends RunnerLaws {

  @Override
  protected Map<String, String> copy(int parts, int items, int broken) throws Exception {
    Path from = empty("from");
    for (int part = 0; part < parts; part++) {
      List<String> lines = new ArrayList<>();
      for (int item = 0; item < items; item++) {
        lines.add(item < broken ? "{}" : "{\"id\":{\"S\":\"" + part + "." + item + "\"}}");
      }
      Files.write(from.resolve("part-" + part), lines);
    }
    return new ToyCopy(from, empty("to"), pauseMillis()).plan();
  }

  /** Returns how long each batch takes at least. */
  protected long pauseMillis() {
    return 2;
  }

  @Override
  protected int written() throws Exception {
    try (Stream<Path> files = Files.list(empty("to"))) {
      // A process that was killed may leave a draft.
      return (int) files.filter(file -> file.toString().endsWith(".json")).count();
    }
  }
}
