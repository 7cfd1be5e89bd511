///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//JAVAC_OPTIONS -proc:none -encoding UTF-8 -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -J-XX:-UsePerfData
//SOURCES ../dynocopy.java CountingProxy.java DynamoLocal.java ItemValues.java SampleUsers.java

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dynocopy.scripts.CountingProxy;
import org.dynocopy.scripts.DynamoLocal;
import org.dynocopy.scripts.ItemValues;
import org.dynocopy.scripts.SampleUsers;
import org.dynocopy.state.CheckpointFile;

/**
 * Kills a copy as a power cut does, at random moments, and starts the same command again until it
 * is done: {@code kill [ITEMS] [KILLS] [WRITES A SECOND]}. Both tables are of a DynamoDB Local; a
 * proxy counts what reaches the target. It fails unless the tables are identical, the ledger adds
 * up and at most 1 % of the items were written twice.
 */
class kill {
  private static final String FROM = "eu-west-1";
  private static final String TO = "eu-central-1";
  private static final String TABLE = "users";

  public static void main(String... args) throws Exception {
    int items = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
    int kills = args.length > 1 ? Integer.parseInt(args[1]) : 30;
    int rate = args.length > 2 ? Integer.parseInt(args[2]) : 500;
    var folder = Files.createTempDirectory("dynocopy-kill");
    try (var local = DynamoLocal.start();
        var proxy = new CountingProxy(local.endpoint())) {
      SampleUsers.load(local, FROM, TABLE, items);
      SampleUsers.createEmpty(local, TO, TABLE);
      new kill(folder, local, proxy, items, kills, rate).run();
    } finally {
      try (Stream<Path> left = Files.walk(folder)) {
        left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      }
    }
    System.exit(0);
  }

  private final Path folder;
  private final DynamoLocal local;
  private final CountingProxy proxy;
  private final int items;
  private final int kills;
  private final int rate;
  private final Random random = new Random();

  kill(Path folder, DynamoLocal local, CountingProxy proxy, int items, int kills, int rate) {
    this.folder = folder;
    this.local = local;
    this.proxy = proxy;
    this.items = items;
    this.kills = kills;
    this.rate = rate;
  }

  private void run() throws Exception {
    System.out.printf("%,d items, %d kills, %,d writes a second%n%n", items, kills, rate);
    var row = "%4s  %9s  %9s  %9s  %s%n";
    System.out.printf(row, "kill", "after", "written", "settled", "not known to be settled");
    long lost = 0;
    for (int number = 1; number <= kills; number++) {
      // Anywhere in the time that is left: some before anything is read, some amid a checkpoint.
      double left = Math.max(1, (double) (items - settled()) / rate);
      long millis = (long) (random.nextDouble() * 2_000 * left / (kills - number + 2));
      long before = proxy.written();
      long settledBefore = settled();
      long requests = proxy.requests();
      var copy = start();
      while (proxy.requests() == requests && copy.isAlive()) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      if (copy.waitFor(millis, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("it ended before it was killed: " + said());
      }
      copy.destroyForcibly().waitFor();
      TimeUnit.MILLISECONDS.sleep(100); // what was under way arrives
      long again = proxy.written() - before - (settled() - settledBefore);
      lost += again;
      System.out.printf(
          row,
          number,
          "%.2f s".formatted(millis / 1000.0),
          "%,d".formatted(proxy.written()),
          "%,d".formatted(settled()),
          again);
    }
    var last = start();
    boolean done = last.waitFor(1, TimeUnit.HOURS) && last.exitValue() == 0;
    System.out.printf("%n%s%n", said());
    var source = local.stored(SampleUsers.ACCESS_KEY, FROM, TABLE);
    var target = local.stored(SampleUsers.ACCESS_KEY, TO, TABLE);
    long same = 0;
    for (var item : source.entrySet()) {
      byte[] copied = target.get(item.getKey());
      if (copied != null && ItemValues.of(item.getValue()).equals(ItemValues.of(copied))) {
        same++;
      }
    }
    boolean identical = same == items && target.size() == items;
    var ledger = "%1$,d read = 0 filtered + %1$,d written + 0 dead letters".formatted(items);
    boolean addsUp = said().contains("the ledger adds up: " + ledger);
    long twice = proxy.written() - items;
    System.out.printf("items that are the same in both tables: %,d of %,d%n", same, items);
    System.out.printf("the ledger adds up over all runs: %s%n", addsUp ? "yes" : "NO");
    System.out.printf(
        "written twice: %,d, which is %.2f %% (the checkpoints said %,d)%n",
        twice, 100.0 * twice / items, lost);
    if (!done || !identical || !addsUp || twice * 100 > items) {
      System.exit(1);
    }
  }

  private Process start() throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        new ProcessBuilder(
            java,
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            "org.dynocopy.cli.Main",
            "copy",
            "source:" + TABLE,
            "target:" + TABLE,
            "--rate-write",
            "" + rate);
    Files.writeString(folder.resolve("config"), profile("source", FROM) + profile("target", TO));
    var environment = command.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_"));
    environment.put("AWS_CONFIG_FILE", folder.resolve("config").toString());
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    return command
        .directory(folder.toFile())
        .redirectOutput(folder.resolve("out.txt").toFile())
        .redirectError(folder.resolve("err.txt").toFile())
        .start();
  }

  private String profile(String name, String region) {
    return """
    [profile %s]
    region = %s
    endpoint_url = %s
    aws_access_key_id = %s
    aws_secret_access_key = any
    """
        .formatted(name, region, proxy.endpoint(), SampleUsers.ACCESS_KEY);
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("err.txt"));
  }

  /** Reads from the checkpoint how many items are settled. */
  private long settled() throws IOException {
    var kept = folder.resolve(".dynocopy");
    if (!Files.isDirectory(kept)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(kept)) {
      var checkpoints = files.filter(file -> file.toString().endsWith(".checkpoint")).toList();
      return checkpoints.stream()
          .map(CheckpointFile::read)
          .mapToLong(file -> file.orElseThrow().checkpoint().settled().read())
          .sum();
    }
  }
}
