package org.dynocopy.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.dynocopy.testing.ProcessVariables;

/**
 * A command with exactly the environment it is given.
 *
 * @param words the program and its arguments
 * @param directory where it runs
 * @param environment all of its environment
 */
record Command(List<String> words, Path directory, Map<String, String> environment) {

  /** The project's {@code ./jbang}; tests run in the project's directory. */
  static final Path JBANG = Path.of("jbang").toAbsolutePath();

  /** What a command left behind. */
  record Result(int exitCode, String out, String err) {}

  /**
   * A run of {@code ./jbang}, in the current directory and with the variables of {@link
   * ProcessVariables}.
   */
  static Command jbang(String... arguments) {
    var words = new ArrayList<>(List.of(JBANG.toString()));
    words.addAll(List.of(arguments));
    return new Command(words, Path.of("").toAbsolutePath(), ProcessVariables.all());
  }

  Command through(Path program) {
    var changed = new ArrayList<>(words);
    changed.set(0, program.toString());
    return new Command(changed, directory, environment);
  }

  Command in(Path otherDirectory) {
    return new Command(words, otherDirectory, environment);
  }

  /** With a variable set, or without it where {@code value} is null. */
  Command with(String variable, Object value) {
    var changed = new TreeMap<>(environment);
    if (value == null) {
      changed.remove(variable);
    } else {
      changed.put(variable, value.toString());
    }
    return new Command(words, directory, changed);
  }

  /** Starts it with nothing to read on its standard input. */
  Process start(Path out, Path err) throws IOException {
    var builder = new ProcessBuilder(words).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    var process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    return process;
  }

  Result run() throws IOException, InterruptedException {
    var out = Files.createTempFile("out", null);
    var err = Files.createTempFile("err", null);
    try {
      var process = start(out, err);
      if (!process.waitFor(4, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError(words + " does not end:\n" + Files.readString(err));
      }
      return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
