package org.dynocopy.scripts.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Another checkout of dynocopy, whose classes run in place of this one's. */
final class Checkout {

  private static final Map<Path, String> CLASS_PATHS = new ConcurrentHashMap<>();

  private Checkout() {}

  /** Compiles what is there, once, and returns its class path with a separator behind it. */
  static String classPath(Path folder) throws IOException, InterruptedException {
    Path root = folder.toRealPath();
    String known = CLASS_PATHS.get(root);
    if (known == null) {
      known = ask(root) + File.pathSeparator;
      CLASS_PATHS.put(root, known);
    }
    return known;
  }

  private static String ask(Path root) throws IOException, InterruptedException {
    String jbang = root.resolve("jbang").toString();
    String source = root.resolve("dynocopy.java").toString();
    run(root, List.of(jbang, "--quiet", "build", source));
    return run(root, List.of(jbang, "--quiet", "info", "classpath", source)).strip();
  }

  private static String run(Path root, List<String> words)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(words)
            .directory(root.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", words) + " failed");
    }
    return out;
  }
}
