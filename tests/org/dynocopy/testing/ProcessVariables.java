package org.dynocopy.testing;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The environment variables of processes that tests start: those of the tests' own process, but for
 * what changes how JVMs start, whom AWS's clients are and how they reach servers. A test that is
 * about these sets them itself.
 */
public final class ProcessVariables {

  private static final Set<String> JVM =
      Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private ProcessVariables() {}

  /** Returns them. */
  public static Map<String, String> all() {
    Map<String, String> all = new TreeMap<>(System.getenv());
    removeFrom(all);
    return all;
  }

  /** Leaves them to a process that is to be started. */
  public static ProcessBuilder of(ProcessBuilder process) {
    removeFrom(process.environment());
    return process;
  }

  private static void removeFrom(Map<String, String> variables) {
    variables
        .keySet()
        .removeIf(
            name ->
                name.startsWith("AWS_")
                    || name.toUpperCase(Locale.ROOT).endsWith("_PROXY")
                    || JVM.contains(name));
  }
}
