package org.dynocopy.scripts.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The command line of the benchmark. Tells on standard error what it is doing. */
@Command(
    name = "scripts/bench",
    description = "Measures what a copy costs. Without --local, against a stub of DynamoDB.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {

  @Option(names = "--repeat", defaultValue = "5", description = "Runs of each contender: 5")
  private int repeat;

  @Option(
      names = "--items",
      description = "Items a run: 1000000, with --partitions 200000, with --local 20000")
  private Long items;

  @Option(
      names = "--warm-up",
      converter = Time.class,
      description = "How long each one copies before, unmeasured: 20s; with partitions 5s")
  private Duration warmUp;

  @Option(names = "--segments", defaultValue = "8", description = "Segments read at once: 8")
  private int segments;

  @Option(names = "--writers", defaultValue = "16", description = "Batches written at once: 16")
  private int writers;

  @Option(names = "--http", description = "Without TLS only")
  private boolean http;

  @Option(names = "--https", description = "With TLS only")
  private boolean https;

  @Option(names = "--both", description = "With and without TLS; so it is without these options")
  private boolean both;

  @Option(
      names = "--latency",
      defaultValue = "0ms",
      converter = Time.class,
      description = "How long the stub waits before each answer: 0ms")
  private Duration latency;

  @Option(
      names = "--only",
      split = ",",
      description = {
        "Contenders: sdk,dynocopy,dynocopy-expression,dynocopy-block,dynocopy-apache,limit;",
        "dynocopy@FOLDER is the dynocopy of another checkout"
      })
  private List<String> only;

  @Option(names = "--partitions", description = "Limits throughput as this many partitions do")
  private int partitions;

  @Option(
      names = "--partition-writes",
      defaultValue = "1000",
      description = "What each takes: 1000 items a second")
  private double partitionWrites;

  @Option(
      names = "--partition-reads",
      defaultValue = "3000",
      description = "What each serves: 3000 units a second")
  private double partitionReads;

  @Option(names = "--memory", description = "dynocopy in 96 MB of heap, with 1 and 64 segments")
  private boolean memory;

  @Option(names = "--local", description = "Against DynamoDB Local; compares the tables")
  private boolean local;

  @Option(names = "--json", description = "Prints one JSON object with all runs")
  private boolean json;

  @Option(names = "--jvm-option", description = "For the contenders' JVMs, such as a JFR's")
  private List<String> jvmOptions = List.of();

  private final List<Run> runs = new ArrayList<>();

  /** {@code 20ms} or {@code 20s}. */
  static final class Time implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      if (!text.matches("\\d+m?s")) {
        throw new TypeConversionException("`" + text + "` is not like 20ms or 20s");
      }
      long amount = Long.parseLong(text.replaceAll("\\D", ""));
      return text.endsWith("ms") ? Duration.ofMillis(amount) : Duration.ofSeconds(amount);
    }
  }

  @Override
  public Integer call() throws Exception {
    if (items == null) {
      items = local ? 20_000L : partitions > 0 ? 200_000L : 1_000_000L;
    }
    if (warmUp == null) {
      warmUp = Duration.ofSeconds(partitions > 0 ? 5 : 20);
    }
    Instant start = Instant.now();
    double loadBefore = load();
    Path folder = Files.createTempDirectory("dynocopy-bench");
    try {
      if (local) {
        local(folder.resolve("none"));
      } else {
        stub(Certificate.make(folder));
      }
    } finally {
      delete(folder);
    }
    print(start, loadBefore);
    return 0;
  }

  private static double load() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getSystemLoadAverage();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private Bench.Setting setting(int segments, List<String> options) {
    List<String> all = Stream.concat(options.stream(), jvmOptions.stream()).toList();
    return new Bench.Setting(items, warmUp, segments, writers, all);
  }

  private List<String> contenders(String... usual) {
    return only != null ? only : List.of(usual);
  }

  /** No contender is always first, or always after the same one. */
  private static List<String> inTurn(List<String> contenders, int round) {
    List<String> turned = new ArrayList<>(contenders);
    Collections.rotate(turned, 1 - round);
    return turned;
  }

  private void stub(Path certificate) throws Exception {
    try (ServerProcess server =
        ServerProcess.stub(
            latency.toNanos(), partitions, partitionReads, partitionWrites, certificate)) {
      for (int i = 1; i <= repeat; i++) {
        if (memory) {
          memory(server, certificate, i);
          continue;
        }
        Bench bench = new Bench(setting(segments, List.of()), server, certificate);
        List<String> contenders =
            partitions == 0
                ? contenders("sdk", "dynocopy", "dynocopy-expression", "dynocopy-block", "limit")
                : contenders("sdk-in-order", "sdk", "dynocopy");
        for (String endpoint : endpoints(server)) {
          for (String contender : inTurn(contenders, i)) {
            took(i, bench.stub(contender, endpoint, endpoint.replaceFirst(":.*", "")));
          }
        }
      }
    }
  }

  private List<String> endpoints(ServerProcess server) {
    boolean one = memory || partitions > 0 && !both; // TLS tells nothing there
    return server.endpoints().stream()
        .filter(
            endpoint ->
                both || (endpoint.startsWith("https:") ? https || !http && !one : http || !https))
        .toList();
  }

  private void memory(ServerProcess server, Path certificate, int round) throws Exception {
    for (int number : List.of(1, 64)) {
      Bench bench = new Bench(setting(number, List.of("-Xmx96m")), server, certificate);
      for (String contender : contenders("dynocopy")) {
        String endpoint = endpoints(server).get(0);
        took(round, bench.stub(contender, endpoint, "-Xmx96m, " + number + " segments"));
      }
    }
  }

  private void local(Path noCertificate) throws Exception {
    for (int i = 1; i <= repeat; i++) {
      // A new one each time, since what was copied before makes it slower.
      try (ServerProcess server = ServerProcess.local(items)) {
        Bench bench = new Bench(setting(segments, List.of()), server, noCertificate);
        for (String contender : inTurn(contenders("sdk", "dynocopy"), i)) {
          took(i, bench.local(contender, server.endpoints().get(0), "local"));
        }
      }
    }
  }

  private void took(int round, Run run) {
    System.err.printf(
        "%d/%d  %s  %s: %.2f s CPU, %.2f s%n",
        round, repeat, run.setting(), run.contender(), run.cpuSeconds(), run.wallSeconds());
    runs.add(run);
  }

  private void print(Instant start, double loadBefore) throws Exception {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("start", start.toString());
    facts.put("jdk", System.getProperty("java.version"));
    facts.put("cores", Runtime.getRuntime().availableProcessors());
    facts.put("loadBefore", loadBefore);
    facts.put("loadAfter", load());
    facts.put("repeat", repeat);
    facts.put("warmUpSeconds", warmUp.toSeconds());
    facts.put("items", items);
    facts.put("bytesOfItem", SampleItems.length());
    facts.put("segments", segments);
    facts.put("writers", writers);
    facts.put("latencyMillis", latency.toMillis());
    if (json) {
      facts.put("runs", runs.stream().map(Run::fields).toList());
      System.out.println(new ObjectMapper().writeValueAsString(facts));
      return;
    }
    System.out.println(String.join(", ", words(facts)));
    Table table = new Table(runs);
    if (partitions > 0) {
      double allowed = partitions * partitionWrites;
      System.out.printf(
          "%d partitions of %,.0f writes and %,.0f reads a second: together %,.0f items a second%n",
          partitions, partitionWrites, partitionReads, allowed);
      System.out.print(table.shares(allowed));
    } else {
      System.out.print(table.costs());
    }
  }

  private static List<String> words(Map<String, Object> facts) {
    return facts.entrySet().stream().map(fact -> fact.getKey() + " " + fact.getValue()).toList();
  }
}
