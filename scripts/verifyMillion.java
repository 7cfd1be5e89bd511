///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//JAVAC_OPTIONS -proc:none -encoding UTF-8 -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -J-XX:-UsePerfData
//SOURCES ../dynocopy.java DynamoLocal.java SampleUsers.java

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.dynocopy.scripts.DynamoLocal;
import org.dynocopy.scripts.SampleUsers;

/**
 * Compares two tables of a million items that differ in seven, and repairs them: {@code
 * verify-million [ITEMS]}. They are in a DynamoDB Local in this process; dynocopy runs in processes
 * of its own, in 128 MB of heap. Exactly the seven must be found, and none after they were
 * repaired.
 */
class verifyMillion {
  private static final String REGION = "eu-west-1";
  private static final String HEAP = "-Xmx128m";
  private static final int ITEMS_OF_A_SEGMENT = 1_000;
  private static final Pattern DIFFERENCE =
      Pattern.compile("\\{\"difference\":\"(\\w+)\",\"key\":\\{\"id\":\\{\"S\":\"(\\w+)\"}}.*");

  public static void main(String... args) throws Exception {
    int items = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    try (var local = DynamoLocal.start()) {
      SampleUsers.createEmpty(local, REGION, "one");
      SampleUsers.createEmpty(local, REGION, "other");
      fill(local, "one", IntStream.range(0, items), "");
      fill(local, "other", IntStream.range(0, items).filter(i -> i % 10 != 7 || i > 70), "");
      // Of 7, 17, 27, 37, 47, 57, 67 two are missing and five are put back, three of them
      // otherwise;
      // two more are extra.
      fill(local, "other", IntStream.of(7, 17), "");
      fill(local, "other", IntStream.of(27, 37, 47), "changed");
      fill(local, "other", IntStream.of(items + 1, items + 2), "");
      System.out.printf("%,d items in each table, 7 differences, %s%n", items, HEAP);
      var segments = Integer.toString(Math.max(8, items / ITEMS_OF_A_SEGMENT));
      var expected =
          new TreeSet<>(
              List.of(
                  "different " + id(27),
                  "different " + id(37),
                  "different " + id(47),
                  "missing " + id(57),
                  "missing " + id(67),
                  "extra " + id(items + 1),
                  "extra " + id(items + 2)));
      String endpoint = local.endpoint().toString();
      Run.of(endpoint, segments, "--full").check(1, expected);
      Run.of(endpoint, segments, "--repair", "--delete-extra", "--yes").check(0, expected);
      Run.of(endpoint, segments, "--full").check(0, Set.of());
    }
    System.exit(0); // the database's threads live on
  }

  private static String id(int i) {
    return "u%07d".formatted(i);
  }

  private static void fill(DynamoLocal local, String table, IntStream users, String name) {
    Iterable<DynamoLocal.Row> rows = users.mapToObj(i -> user(i, name))::iterator;
    local.fill(SampleUsers.ACCESS_KEY, REGION, table, rows);
  }

  /** An item of about 250 bytes. */
  private static DynamoLocal.Row user(int i, String name) {
    var json =
        """
        {"id":{"S":"%1$s"},"name":{"S":"user %2$d %3$s"},"age":{"N":"%4$d"},"balance":{"N":"%2$d.25"},\
        "tags":{"SS":["a%4$d","b","c"]},"address":{"M":{"street":{"S":"street %2$d"},"zip":{"N":"%4$d"}}},\
        "visits":{"L":[{"N":"1"},{"S":"two"},{"NULL":true},{"BOOL":false}]}}\
        """
            .formatted(id(i), i, name, i % 100);
    return new DynamoLocal.Row(json, id(i), List.of());
  }

  /** One run of dynocopy in a process of its own. */
  private record Run(String words, int exitCode, List<String> out, Path log) {

    static Run of(String endpoint, String segments, String... words) throws Exception {
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of(HEAP, "-cp", System.getProperty("java.class.path")));
      command.addAll(List.of("org.dynocopy.cli.Main", "verify", "one", "other"));
      command.addAll(List.of("--endpoint-url", endpoint, "--region", REGION));
      command.addAll(List.of("--segments", segments));
      command.addAll(List.of(words));
      Path out = Files.createTempFile("dynocopy", ".out");
      Path log = Files.createTempFile("dynocopy", ".log");
      long start = System.nanoTime();
      var process =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(log.toFile());
      Process running = process.start();
      String peak = "?";
      while (running.isAlive()) {
        peak = peak(running.pid(), peak);
        Thread.sleep(100);
      }
      double cpu = running.info().totalCpuDuration().map(d -> d.toMillis() / 1e3).orElse(0.0);
      var run = new Run(String.join(" ", words), running.exitValue(), lines(out), log);
      System.out.printf(
          "verify %s: exit code %d, %d lines, %.1f s, peak %s%s%n",
          run.words,
          run.exitCode,
          run.out.size(),
          (System.nanoTime() - start) / 1e9,
          peak,
          cpu > 0 ? ", CPU %.1f s".formatted(cpu) : "");
      Files.readAllLines(log).stream()
          .filter(line -> line.matches("  in .*|.*(differences|items in|repaired).*"))
          .forEach(line -> System.out.println("  " + line.strip()));
      return run;
    }

    private static List<String> lines(Path file) throws IOException {
      var lines = Files.readAllLines(file);
      Files.delete(file);
      return lines;
    }

    /** The most memory that the process ever had, where Linux tells it. */
    private static String peak(long process, String before) {
      try {
        return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .map(line -> line.substring(6).strip())
            .findFirst()
            .orElse(before);
      } catch (IOException e) {
        return before; // it has ended, or this is no Linux
      }
    }

    void check(int expectedCode, Set<String> expected) throws IOException {
      var found = new TreeSet<String>();
      for (String line : out) {
        var difference = DIFFERENCE.matcher(line);
        found.add(difference.matches() ? difference.group(1) + " " + difference.group(2) : line);
      }
      if (exitCode != expectedCode || !found.equals(expected) || out.size() != expected.size()) {
        System.out.println(Files.readString(log));
        throw new IllegalStateException("found " + found + ", not " + expected);
      }
      Files.delete(log);
    }
  }
}
