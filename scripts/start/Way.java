package org.dynocopy.scripts.start;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A way to start something.
 *
 * @param name what the table calls it
 * @param words the command
 * @param directory where it is started
 * @param java the JDK that it is to take
 * @param asks whether it sends a request
 * @param changed a recipe that is to have another text each time
 */
public record Way(
    String name,
    List<String> words,
    Path directory,
    Path java,
    boolean asks,
    Optional<Path> changed) {

  private static final long SECONDS = 120;
  private static final double OTHERS_MAY = 0.1;
  private static final int MOST_TRIES = 200;
  private static final double CLOCK_TICKS = 100;

  /** Says that a start did not go as it should. */
  public static final class FailedException extends Exception {
    private FailedException(String message) {
      super(message);
    }
  }

  /**
   * Returns all ways: the floor; a recipe that was read before, one whose text has just been
   * changed, and the command, by the checkout and installed.
   *
   * @param project the checkout
   * @param folder where files may be made
   */
  public static List<Way> all(Path project, Path folder, Path java, FirstRequest service)
      throws IOException, InterruptedException, FailedException {
    String text =
        """
        env("a") { region "us-east-1"; endpoint "ENDPOINT"; credentials "nobody", "nothing" }
        env("b") { region "us-east-1"; endpoint "ENDPOINT"; credentials "nobody", "nothing" }

        copy { from "a:users"; to "b:users"; segments 8 }
        """
            .replace("ENDPOINT", service.endpoint());
    Path recipe = Files.writeString(folder.resolve("recipe.groovy"), text);
    Path changed = Files.writeString(folder.resolve("changed.groovy"), text);
    String jbang = project.resolve("jbang").toString();
    String installed = folder.resolve("bin/dynocopy").toString();
    List<String> byRecipe = List.of(recipe.toString(), "--dry-run");
    List<String> byChanged = List.of(changed.toString(), "--dry-run");
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
          var changes = Optional.of(changed).filter(file -> words.contains(file.toString()));
          return new Way(name, words, project, java, asks, changes);
        };
    String install = project.resolve("scripts/install").toString();
    way.of("install", false, List.of(install), List.of("--to", folder + "/bin")).run(service);
    List<String> checkout = List.of(jbang, "dynocopy.java");
    return List.of(
        way.of("java -version", false, List.of(java + "/bin/java"), List.of("-version")),
        way.of("./jbang version (JBang's own JVM)", false, List.of(jbang), List.of("version")),
        way.of("./jbang dynocopy.java recipe.groovy", true, checkout, byRecipe),
        way.of("./jbang dynocopy.java changed.groovy", true, checkout, byChanged),
        way.of("./jbang dynocopy.java copy A B", true, checkout, byCommand),
        way.of("dynocopy recipe.groovy, installed", true, List.of(installed), byRecipe),
        way.of("dynocopy changed.groovy, installed", true, List.of(installed), byChanged),
        way.of("dynocopy copy A B, installed", true, List.of(installed), byCommand));
  }

  private interface Making {
    Way of(String name, boolean asks, List<String> program, List<String> arguments);
  }

  /** Waits until no process makes an archive of classes any more. */
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
        .anyMatch("org.dynocopy.cli.ClassArchiveTraining"::equals);
  }

  /** Starts it until hardly anybody else has taken a processor meanwhile. */
  public Start runAlone(FirstRequest service)
      throws IOException, InterruptedException, FailedException {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Start start = run(service);
      if (start.others() <= OTHERS_MAY) {
        return start;
      }
      Thread.sleep(300);
    }
    throw new FailedException("others take this machine's processors all the time");
  }

  /** Starts it once. */
  public Start run(FirstRequest service) throws IOException, InterruptedException, FailedException {
    Path out = Files.createTempFile("out", null);
    try {
      ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
      builder.environment().put("JAVA_HOME", java.toString());
      builder.redirectErrorStream(true).redirectOutput(out.toFile());
      builder.redirectInput(new File("/dev/null"));
      if (changed.isPresent()) {
        String comment = "// " + System.nanoTime() + "\n";
        Files.writeString(changed.get(), comment, StandardOpenOption.APPEND);
      }
      service.reset();
      double cpu = cpuOfChildren();
      double all = cpuOfAll();
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
      double seconds = (end - begin) / 1e9;
      double own = cpuOfChildren() - cpu;
      double others =
          (cpuOfAll() - all - own) / seconds / Runtime.getRuntime().availableProcessors();
      return new Start((first - begin) / 1e9, seconds, own, Math.max(0, others));
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
    return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / CLOCK_TICKS;
  }

  /** Of all processes, and what a virtual machine's host gave to others; 0 if not on Linux. */
  private static double cpuOfAll() throws IOException {
    Path stat = Path.of("/proc/stat");
    if (!Files.exists(stat)) {
      return 0;
    }
    // user, nice, system, idle, iowait, irq, softirq, steal
    String[] fields = Files.readAllLines(stat).get(0).split(" +");
    return IntStream.of(1, 2, 3, 6, 7, 8).mapToLong(i -> Long.parseLong(fields[i])).sum()
        / CLOCK_TICKS;
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
