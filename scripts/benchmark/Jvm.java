package org.dynocopy.scripts.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Other JVMs with this one's class path. */
final class Jvm {

  private Jvm() {}

  static ProcessBuilder command(List<String> options, Class<?> main, List<String> args) {
    return command("", options, main, args);
  }

  /**
   * Does the same.
   *
   * @param before a class path that comes first, or nothing
   */
  static ProcessBuilder command(
      String before, List<String> options, Class<?> main, List<String> args) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(options);
    words.addAll(List.of("-cp", before + System.getProperty("java.class.path"), main.getName()));
    words.addAll(args);
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().putIfAbsent("DDB_LOCAL_TELEMETRY", "0");
    return builder;
  }
}
