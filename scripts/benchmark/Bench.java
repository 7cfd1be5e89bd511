package org.dynocopy.scripts.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs contenders, each time in a new JVM, and checks that they have copied everything. */
public final class Bench {

  /**
   * What every contender is given.
   *
   * @param items how many items are copied
   * @param warmUp how long such copies are made before, unmeasured; zero for none
   * @param segments how many segments are read at once
   * @param writers how many batches are written at once
   * @param jvmOptions of the contenders' JVMs
   */
  public record Setting(
      long items, Duration warmUp, int segments, int writers, List<String> jvmOptions) {}

  private static final AtomicInteger TABLES = new AtomicInteger();

  private final Setting setting;
  private final ServerProcess server;
  private final Path trusted;

  /**
   * Makes a bench.
   *
   * @param trusted the key store with the server's certificate
   */
  Bench(Setting setting, ServerProcess server, Path trusted) {
    this.setting = setting;
    this.server = server;
    this.trusted = trusted;
  }

  /** Runs a contender against the stub. */
  Run stub(String contender, String endpoint, String name) throws Exception {
    String table = "items-" + setting.items;
    server.ask("counts");
    String printed = run(contender, endpoint, List.of(table, "warm-up", "copy"));
    String counts = server.ask("counts");
    Run run = Run.of(contender, name, setting.items, printed, counts);
    Map<String, Long> seen = run.server();
    long sum = setting.items * (setting.items - 1) / 2;
    if (seen.get("written") != setting.items || seen.get("sum") != sum) {
      throw new IOException(
          "%s: of %,d items the server took %,d"
              .formatted(contender, setting.items, seen.get("written")));
    }
    return run;
  }

  /** Runs a contender against DynamoDB Local. */
  Run local(String contender, String endpoint, String name) throws Exception {
    String table = "copy-" + TABLES.incrementAndGet();
    String warmUp = "warm-up-" + TABLES.get();
    server.ask("create " + table);
    server.ask("create " + warmUp);
    String source = LocalServer.SOURCE;
    String printed = run(contender, endpoint, List.of(source, warmUp, table));
    String compared = server.ask("compare " + table);
    if (!compared.equals("items=" + setting.items + " different=0")) {
      throw new IOException(contender + ": the tables are not the same: " + compared);
    }
    return Run.of(contender, name, setting.items, printed, compared);
  }

  private String run(String contender, String endpoint, List<String> tables) throws Exception {
    List<String> options = new ArrayList<>(List.of("-Xmx1g", "-XX:+UseParallelGC"));
    options.add("-Djavax.net.ssl.trustStore=" + trusted);
    options.add("-Djavax.net.ssl.trustStorePassword=" + Certificate.PASSWORD);
    options.add("-Ddynocopy.folder=" + trusted.resolveSibling("dynocopy"));
    options.addAll(setting.jvmOptions);
    int at = contender.indexOf('@');
    String name = at < 0 ? contender : contender.substring(0, at);
    List<String> args = new ArrayList<>(List.of(name, endpoint));
    args.add(Integer.toString(setting.segments));
    args.add(Integer.toString(setting.writers));
    args.add(Long.toString(setting.warmUp.toMillis()));
    args.addAll(tables);
    String before = at < 0 ? "" : Checkout.classPath(Path.of(contender.substring(at + 1)));
    ProcessBuilder command = Jvm.command(before, options, ContenderProcess.class, args);
    Map<String, String> environment = command.environment();
    environment.keySet().removeIf(variable -> variable.startsWith("AWS_"));
    environment.put("AWS_ACCESS_KEY_ID", Copy.ACCESS_KEY);
    environment.put("AWS_SECRET_ACCESS_KEY", Copy.SECRET);
    environment.put("AWS_REGION", Copy.REGION);
    environment.put("AWS_ENDPOINT_URL", endpoint);
    environment.put("DYNOCOPY_TRANSPORT", name.equals(Contender.APACHE) ? "apache" : "sockets");
    environment.put("AWS_CONFIG_FILE", "/dev/null");
    environment.put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
    Path errors = Files.createTempFile("bench", ".err");
    try {
      Process process = command.redirectError(errors.toFile()).start();
      String out = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new IOException(contender + " failed:\n" + Files.readString(errors));
      }
      // Options such as those of a flight recording print other lines.
      for (String line : out.split("\n")) {
        if (line.startsWith("cpu=")) {
          return line;
        }
      }
      throw new IOException(contender + " printed nothing:\n" + out + Files.readString(errors));
    } finally {
      Files.delete(errors);
    }
  }
}
