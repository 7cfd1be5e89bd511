package org.dynocopy.scripts.start;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A way to start something.
 *
 * @param name what the table calls it
 * @param words the command
 * @param directory where it is started
 * @param java the JDK that it is to take
 * @param asks whether it sends a request
 */
public record Way(String name, List<String> words, Path directory, Path java, boolean asks) {

  private static final long SECONDS = 120;
  private static final long CLOCK_TICKS = 100;

  /** Says that a start did not go as it should. */
  public static final class FailedException extends Exception {
    private FailedException(String message) {
      super(message);
    }
  }

  /**
   * Returns all ways: the floor, and a recipe and the command, by the checkout and installed.
   *
   * @param project the checkout
   * @param folder where files may be made
   */
  public static List<Way> all(Path project, Path folder, Path java, FirstRequest service)
      throws IOException, InterruptedException, FailedException {
    Path recipe = folder.resolve("recipe.groovy");
    Files.writeString(
        recipe,
        """
        env("a") { region "us-east-1"; endpoint "ENDPOINT"; credentials "nobody", "nothing" }
        env("b") { region "us-east-1"; endpoint "ENDPOINT"; credentials "nobody", "nothing" }

        copy { from "a:users"; to "b:users"; segments 8 }
        """
            .replace("ENDPOINT", service.endpoint()));
    String jbang = project.resolve("jbang").toString();
    String installed = folder.resolve("bin/dynocopy").toString();
    List<String> byRecipe = List.of(recipe.toString(), "--dry-run");
    List<String> byCommand =
        List.of(
            "copy",
            "users",
            "others",
            "--dry-run",
            "--region",
            "us-east-1",
            "--endpoint-url",
            service.endpoint());
    Making way =
        (name, asks, program, arguments) -> {
          List<String> words = new ArrayList<>(program);
          words.addAll(arguments);
          return new Way(name, words, project, java, asks);
        };
    String install = project.resolve("scripts/install").toString();
    way.of("install", false, List.of(install), List.of("--to", folder + "/bin")).run(service);
    List<String> checkout = List.of(jbang, "dynocopy.java");
    return List.of(
        way.of("java -version", false, List.of(java + "/bin/java"), List.of("-version")),
        way.of("./jbang version (JBang's own JVM)", false, List.of(jbang), List.of("version")),
        way.of("./jbang dynocopy.java recipe.groovy", true, checkout, byRecipe),
        way.of("./jbang dynocopy.java copy A B", true, checkout, byCommand),
        way.of("dynocopy recipe.groovy, installed", true, List.of(installed), byRecipe),
        way.of("dynocopy copy A B, installed", true, List.of(installed), byCommand));
  }

  private interface Making {
    Way of(String name, boolean asks, List<String> program, List<String> arguments);
  }

  /** Waits until nobody makes an archive of classes any more. */
  public static void settle() throws InterruptedException, FailedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (ProcessHandle.allProcesses().anyMatch(Way::rehearses)) {
      if (System.nanoTime() > end) {
        throw new FailedException("the rehearsal for the archive of classes does not end");
      }
      Thread.sleep(100);
    }
  }

  private static boolean rehearses(ProcessHandle process) {
    return process.info().arguments().stream()
        .flatMap(Stream::of)
        .anyMatch("org.dynocopy.cli.Rehearsal"::equals);
  }

  /** Starts it once. */
  public Start run(FirstRequest service) throws IOException, InterruptedException, FailedException {
    Path out = Files.createTempFile("out", null);
    try {
      ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
      builder.environment().put("JAVA_HOME", java.toString());
      builder.redirectErrorStream(true).redirectOutput(out.toFile());
      builder.redirectInput(new File("/dev/null"));
      service.reset();
      double cpu = cpuOfChildren();
      long begin = System.nanoTime();
      Process process = builder.start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new FailedException(name + " does not end:\n" + Files.readString(out));
      }
      long end = System.nanoTime();
      if (process.exitValue() != 0 || asks == (service.at() == 0)) {
        throw new FailedException(
            name + " ended with " + process.exitValue() + ":\n" + Files.readString(out));
      }
      long first = asks ? service.at() : end;
      return new Start((first - begin) / 1e9, (end - begin) / 1e9, cpuOfChildren() - cpu);
    } finally {
      Files.delete(out);
    }
  }

  /** Of all processes that this one has waited for; 0 where the kernel is not Linux. */
  private static double cpuOfChildren() throws IOException {
    Path stat = Path.of("/proc/self/stat");
    if (!Files.exists(stat)) {
      return 0;
    }
    String text = Files.readString(stat);
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / (double) CLOCK_TICKS;
  }

  /** Deletes a folder. */
  public static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
