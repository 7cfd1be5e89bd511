///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//JAVAC_OPTIONS -proc:none -encoding UTF-8 -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -J-XX:-UsePerfData
//SOURCES ../dynocopy.java DynamoLocal.java SampleUsers.java

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dynocopy.scripts.DynamoLocal;
import org.dynocopy.scripts.SampleUsers;

/**
 * Copies a table by a file of its partition keys, one item each: {@code many-keys [RATE
 * [KEYS...]]}, as a rule 2,000 write units a second, of 40,000 and of 1,000,000 keys. The tables
 * are in a DynamoDB Local in this process; dynocopy runs in a process of its own, in 96 MB of heap.
 * The checkpoint must stay under 100 KB, and the CPU for a key be the same for all.
 */
class manyKeys {
  private static final String REGION = "eu-west-1";
  private static final String HEAP = "-Xmx96m";
  private static final long MOST_CHECKPOINT = 100_000;

  public static void main(String... args) throws Exception {
    String rate = args.length > 0 ? args[0] : "2000";
    int[] numbers =
        args.length > 1
            ? Stream.of(args).skip(1).mapToInt(Integer::parseInt).toArray()
            : new int[] {40_000, 1_000_000};
    Path folder = Files.createTempDirectory("many-keys");
    try (var local = DynamoLocal.start()) {
      for (int keys : numbers) {
        copy(local, folder, rate, keys);
      }
    }
    System.exit(0); // the database's threads live on
  }

  private static void copy(DynamoLocal local, Path folder, String rate, int keys) throws Exception {
    String from = "from" + keys;
    String to = "to" + keys;
    SampleUsers.createEmpty(local, REGION, from);
    SampleUsers.createEmpty(local, REGION, to);
    Iterable<DynamoLocal.Row> rows =
        IntStream.range(0, keys)
                .mapToObj(
                    i ->
                        new DynamoLocal.Row(
                            "{\"id\":{\"S\":\"u%d\"},\"n\":{\"N\":\"%d\"}}".formatted(i, i),
                            "u" + i,
                            List.of()))
            ::iterator;
    local.fill(SampleUsers.ACCESS_KEY, REGION, from, rows);
    Path file = folder.resolve(keys + ".txt");
    Files.write(file, (Iterable<String>) IntStream.range(0, keys).mapToObj(i -> "u" + i)::iterator);
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(HEAP, "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("org.dynocopy.cli.Main", "copy", from, to, "--pks", file.toString()));
    command.addAll(List.of("--endpoint-url", local.endpoint().toString(), "--region", REGION));
    command.addAll(List.of("--rate-write", rate, "--yes"));
    var process = new ProcessBuilder(command).redirectErrorStream(true);
    Path log = folder.resolve(keys + ".log");
    Path work = Files.createDirectories(folder.resolve(keys + ".work"));
    process.environment().put("DYNOCOPY_FOLDER", work.toString());
    Process running = process.redirectOutput(log.toFile()).start();
    long start = System.nanoTime();
    long largest = 0;
    double cpu = 0;
    while (running.isAlive()) {
      largest = Math.max(largest, checkpoint(work));
      cpu = running.info().totalCpuDuration().map(d -> d.toMillis() / 1e3).orElse(cpu);
      Thread.sleep(50);
    }
    System.out.printf(
        "%,d keys, %s units a second, %s: exit code %d, %.0f s, CPU %.1f s, %.0f µs a key,"
            + " checkpoint at most %,d bytes%n",
        keys,
        rate,
        HEAP,
        running.exitValue(),
        (System.nanoTime() - start) / 1e9,
        cpu,
        cpu * 1e6 / keys,
        largest);
    if (running.exitValue() != 0 || largest == 0 || largest > MOST_CHECKPOINT) {
      System.out.println(Files.readString(log));
      throw new IllegalStateException("not as it should be");
    }
  }

  private static long checkpoint(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".checkpoint"))
          .mapToLong(manyKeys::size)
          .max()
          .orElse(0);
    } catch (UncheckedIOException e) {
      return 0; // it was renamed at this moment
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }
}
