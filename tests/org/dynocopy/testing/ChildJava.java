package org.dynocopy.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Runs a class of the tests in a process of its own, which may be limited, and killed. */
public final class ChildJava {

  private ChildJava() {}

  /**
   * Starts one.
   *
   * @param before what the shell does before
   * @param main has the main method
   * @param argument its argument
   * @param options for the virtual machine
   */
  public static Process start(String before, Class<?> main, Path argument, String... options)
      throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
    List<String> command = new ArrayList<>();
    Collections.addAll(command, "/bin/sh", "-c", before + "; exec \"$@\"", "sh");
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Collections.addAll(command, "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1");
    Collections.addAll(command, options);
    Collections.addAll(command, "-cp", System.getProperty("java.class.path"));
    Collections.addAll(command, main.getName(), argument.toString());
    return ProcessVariables.of(new ProcessBuilder(command).redirectErrorStream(true)).start();
  }
}
