///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//JAVAC_OPTIONS -proc:none -encoding UTF-8
//SOURCES ../dynocopy.java CountingProxy.java DynamoLocal.java ItemValues.java SampleUsers.java

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.dynocopy.scripts.CountingProxy;
import org.dynocopy.scripts.DynamoLocal;
import org.dynocopy.scripts.ItemValues;
import org.dynocopy.scripts.SampleUsers;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * Kills jobs of every kind at random moments and runs the same command again until it is done:
 * {@code killJobs [ITEMS] [KILLS] [WRITES A SECOND] [SEED] [JOB …]}, all at once if none is named.
 * Each is compared with one that was not killed: items, TTL, and how many items were written and
 * removed. It fails unless all are the same and at most 2 % more was written.
 */
class killJobs {
  private static final String REGION = "eu-west-1";

  /** How many tables a pattern fits. */
  private static final int TABLES = 5;

  /** What a job is called and its command, where SOURCE, TARGET and FOLDER stand for its own. */
  private static final Map<String, String> JOBS = new TreeMap<>();

  static {
    JOBS.put("copy-create-target", "copy SOURCE TARGET --create-target");
    JOBS.put("copy-limit", "copy SOURCE TARGET --limit LIMIT");
    JOBS.put("copy-skip", "copy SOURCE TARGET --on-conflict skip --yes");
    JOBS.put("file-backup", "backup SOURCE --to file:FOLDER/backup.jsonl.gz");
    JOBS.put("pattern", "copy SOURCE-* TARGET-* --create-target");
    JOBS.put("recipe", "FOLDER/jobs.groovy --yes");
    JOBS.put("replace", "copy SOURCE TARGET --replace --yes");
    JOBS.put("replace-truncate-first", "copy SOURCE TARGET --replace --truncate-first --yes");
    JOBS.put("replay", "replay FOLDER/letters.jsonl TARGET --yes");
    JOBS.put("restore", "restore file:FOLDER/backup.jsonl.gz TARGET --yes");
    JOBS.put("schema-clone", "schema clone SOURCE TARGET");
    JOBS.put("verify-repair", "verify SOURCE TARGET --full --repair --yes");
  }

  public static void main(String... args) throws Exception {
    int items = args.length > 0 ? Integer.parseInt(args[0]) : 40_000;
    int kills = args.length > 1 ? Integer.parseInt(args[1]) : 20;
    int rate = args.length > 2 ? Integer.parseInt(args[2]) : 200;
    long seed = args.length > 3 ? Long.parseLong(args[3]) : System.nanoTime();
    if (args.length > 4) {
      JOBS.keySet().retainAll(List.of(args).subList(4, args.length));
    }
    System.out.printf(
        "%,d items, %d kills of each job, %,d writes a second, seed %d%n%n",
        items, kills, rate, seed);
    var folder = Files.createTempDirectory("dynocopy-kill-jobs");
    var row = "%-24s %6s %9s %9s %10s %6s %6s %6s  %s%n";
    System.out.printf(
        row, "job", "kills", "written", "unkilled", "more", "items", "TTL", "files", "left");
    boolean good = true;
    try (var local = DynamoLocal.start()) {
      var running = new ArrayList<CompletableFuture<Result>>();
      for (var job : JOBS.entrySet()) {
        var one =
            new killJobs(folder, local, job.getKey(), job.getValue(), items, kills, rate, seed);
        var result = new CompletableFuture<Result>();
        running.add(result);
        new Thread(
                () -> {
                  try {
                    result.complete(one.run());
                  } catch (Exception | Error e) {
                    result.completeExceptionally(e);
                  }
                })
            .start();
      }
      int number = 0;
      for (var name : JOBS.keySet()) {
        try {
          Result result = running.get(number++).get();
          System.out.printf(
              row,
              name,
              result.kills,
              "%,d".formatted(result.written),
              "%,d".formatted(result.unkilled),
              "%.2f %%".formatted(result.more()),
              result.same ? "same" : "DIFFER",
              result.sameTtl ? "same" : "DIFFERS",
              result.sameFiles ? "same" : "DIFFER",
              result.left);
          good &= result.same && result.sameTtl && result.more() <= 2;
          good &= result.sameFiles && result.left.isEmpty();
        } catch (Exception e) {
          System.out.printf("%-24s FAILED: %s%n", name, e);
          good = false;
        }
      }
    } finally {
      try (Stream<Path> left = Files.walk(folder)) {
        left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      }
    }
    System.exit(good ? 0 : 1);
  }

  private record Result(
      int kills,
      long written,
      long unkilled,
      boolean same,
      boolean sameTtl,
      boolean sameFiles,
      List<String> left) {
    double more() {
      return unkilled == 0 ? 0 : 100.0 * (written - unkilled) / unkilled;
    }
  }

  private final Path folder;
  private final DynamoLocal local;
  private final String name;
  private final String command;
  private final int items;
  private final int kills;
  private final int rate;
  private final Random random;

  killJobs(
      Path folder,
      DynamoLocal local,
      String name,
      String command,
      int items,
      int kills,
      int rate,
      long seed) {
    this.folder = folder;
    this.local = local;
    this.name = name;
    this.command = command;
    this.items = items;
    this.kills = kills;
    this.rate = rate;
    this.random = new Random(seed ^ name.hashCode());
  }

  private Result run() throws Exception {
    try (var proxy = new Proxy(local.endpoint())) {
      var unkilled = new Side("unkilled", proxy);
      long before = proxy.written();
      unkilled.run(command, false);
      long alone = proxy.written() - before;
      var killed = new Side("killed", proxy);
      before = proxy.written();
      int done = 0;
      boolean ended = false;
      while (done < kills && !ended) {
        // Half of them when so much more has been written, half some requests after the start.
        long more = 1 + (long) (random.nextDouble() * 2 * alone / (kills + 1));
        boolean early = alone == 0 || random.nextInt(4) == 0;
        int requests = early ? 1 + random.nextInt(12) : Integer.MAX_VALUE;
        ended = !killed.runKilled(command, early ? Long.MAX_VALUE : more, requests);
        done += ended ? 0 : 1;
      }
      if (!ended) {
        killed.run(command, true);
      }
      long written = proxy.written() - before;
      return new Result(
          done,
          written,
          alone,
          command.contains("LIMIT")
              ? killed.items().size() == unkilled.items().size()
              : killed.items().equals(unkilled.items()),
          killed.timeToLive().equals(unkilled.timeToLive()),
          killed.backup().equals(unkilled.backup()),
          killed.left());
    }
  }

  /** The tables and the folder of a job. */
  private final class Side {
    private final Path own;
    private final String source;
    private final String target;
    private final Proxy proxy;

    Side(String which, Proxy proxy) throws Exception {
      this.proxy = proxy;
      own = Files.createDirectories(folder.resolve(name + "-" + which));
      source = name + "-" + which + "-source";
      target = name + "-" + which + "-target";
      if (name.equals("pattern")) {
        for (int i = 0; i < TABLES; i++) {
          SampleUsers.load(local, REGION, source + "-" + i, items / TABLES);
        }
        return;
      }
      SampleUsers.load(local, REGION, source, items);
      try (var client = client()) {
        client.updateTimeToLive(
            r ->
                r.tableName(source)
                    .timeToLiveSpecification(t -> t.enabled(true).attributeName("until")));
      }
      switch (name) {
        case "recipe" -> {
          SampleUsers.load(local, REGION, target, items / 4);
          Files.writeString(
              own.resolve("jobs.groovy"),
              """
              backup "%1$s", to: "file:%3$s/backup.jsonl.gz"
              copy { from "%1$s"; to "%1$s-new"; createTarget() }
              truncate "%2$s"
              copy { from "%1$s"; to "%2$s" }
              verify { from "%1$s"; to "%2$s"; full() }
              """
                  .formatted(source, target, own));
        }
        case "copy-skip" -> SampleUsers.load(local, REGION, target, items / 4);
        case "replace", "replace-truncate-first" ->
            SampleUsers.load(local, REGION, target, items + items / 4);
        case "verify-repair" -> SampleUsers.load(local, REGION, target, items / 2);
        case "copy-limit", "replay" -> SampleUsers.createEmpty(local, REGION, target);
        case "restore" -> run("backup SOURCE --to file:FOLDER/backup.jsonl.gz", false);
        default -> {}
      }
      if (name.equals("replay")) {
        try (var letters = Files.newBufferedWriter(own.resolve("letters.jsonl"))) {
          for (byte[] item : local.stored(SampleUsers.ACCESS_KEY, REGION, source).values()) {
            letters.write("{\"reason\":\"r\",\"item\":" + new String(item, StandardCharsets.UTF_8));
            letters.write("}\n");
          }
        }
      }
    }

    private Process start(String words, boolean slowly) throws IOException {
      var line = new ArrayList<String>();
      line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      line.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp"));
      line.add(System.getProperty("java.class.path"));
      line.add("org.dynocopy.cli.Main");
      for (String word : words.split(" ")) {
        line.add(
            word.replace("SOURCE", source)
                .replace("TARGET", target)
                .replace("LIMIT", "" + items / 2)
                .replace("FOLDER", own.toString()));
      }
      if (slowly && !words.startsWith("schema") && !words.startsWith("backup")) {
        line.addAll(List.of("--rate-write", "" + rate));
      }
      var process = new ProcessBuilder(line);
      process.environment().keySet().removeIf(variable -> variable.startsWith("AWS_"));
      process.environment().put("AWS_EC2_METADATA_DISABLED", "true");
      process.environment().put("AWS_ENDPOINT_URL", proxy.endpoint());
      process.environment().put("AWS_REGION", REGION);
      process.environment().put("AWS_ACCESS_KEY_ID", SampleUsers.ACCESS_KEY);
      process.environment().put("AWS_SECRET_ACCESS_KEY", "any");
      return process
          .directory(own.toFile())
          .redirectOutput(own.resolve("out.txt").toFile())
          .redirectError(own.resolve("err.txt").toFile())
          .start();
    }

    void run(String words, boolean slowly) throws Exception {
      end(start(words, slowly).waitFor());
    }

    private void end(int exitCode) throws IOException {
      // A comparison that has found what it has repaired has found differences.
      if (exitCode != 0 && !(exitCode == 1 && name.equals("verify-repair"))) {
        throw new IllegalStateException(
            "exit " + exitCode + ": " + Files.readString(own.resolve("err.txt")));
      }
    }

    /** Returns whether it was killed before its end. */
    boolean runKilled(String words, long more, int requests) throws Exception {
      var process = new CompletableFuture<Process>();
      proxy.killing = new Killing(process, proxy.written() + more, new AtomicLong(requests));
      process.complete(start(words, true));
      int exitCode = process.get().waitFor();
      proxy.killing = null;
      if (exitCode != 137) {
        end(exitCode);
      }
      return exitCode == 137;
    }

    /** Returns the lines of the backup, in any order; there is none of most jobs. */
    List<String> backup() throws IOException {
      var file = own.resolve("backup.jsonl.gz");
      if (!Files.exists(file)) {
        return List.of();
      }
      try (var lines =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
        return lines.lines().map(line -> line.replaceFirst("\\s*}\\s*$", "")).sorted().toList();
      }
    }

    /** Returns what is there and should not be: all but the history, and backups that are whole. */
    List<String> left() throws IOException {
      try (Stream<Path> found =
          Stream.concat(Files.list(own), Files.list(own.resolve(".dynocopy")))) {
        return found
            .map(file -> file.getFileName().toString())
            .filter(file -> !file.matches("runs\\.jsonl|\\.gitignore|\\.dynocopy|(out|err)\\.txt"))
            .filter(file -> !file.matches("(backup.*|letters)\\.(jsonl|jsonl\\.gz|schema\\.json)"))
            .filter(file -> !file.equals("jobs.groovy"))
            .sorted()
            .toList();
      }
    }

    Map<String, Object> items() throws IOException {
      if (name.equals("pattern")) {
        var tables = new TreeMap<String, Object>();
        for (int i = 0; i < TABLES; i++) {
          for (var item :
              local.stored(SampleUsers.ACCESS_KEY, REGION, target + "-" + i).entrySet()) {
            tables.put(i + " " + item.getKey(), ItemValues.of(item.getValue()));
          }
        }
        return tables;
      }
      var all = new TreeMap<String, Object>();
      if (name.equals("file-backup")) {
        return all;
      }
      try {
        for (var item : local.stored(SampleUsers.ACCESS_KEY, REGION, target).entrySet()) {
          all.put(item.getKey(), ItemValues.of(item.getValue()));
        }
      } catch (ResourceNotFoundException e) {
        all.put("there is no such table", "");
      }
      return all;
    }

    String timeToLive() {
      if (name.equals("pattern") || name.equals("file-backup")) {
        return "";
      }
      try (var client = client()) {
        var found = client.describeTimeToLive(r -> r.tableName(target)).timeToLiveDescription();
        return found.timeToLiveStatusAsString() + " " + found.attributeName();
      }
    }
  }

  private DynamoDbClient client() {
    return DynamoDbClient.builder()
        .endpointOverride(local.endpoint())
        .region(Region.of(REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(SampleUsers.ACCESS_KEY, "any")))
        .build();
  }

  /** When to kill a process: when so much is written, or after so many requests. */
  private record Killing(CompletableFuture<Process> process, long written, AtomicLong requests) {}

  /** Kills, too: half of the times before the server has done what is asked, half after. */
  private final class Proxy extends CountingProxy {
    private volatile Killing killing;
    private final ThreadLocal<Boolean> after = new ThreadLocal<>();

    Proxy(URI behind) throws IOException {
      super(behind);
    }

    @Override
    protected boolean cutsOff(boolean done) throws InterruptedException {
      var now = killing;
      if (!done) {
        boolean kills =
            now != null && (now.requests().decrementAndGet() <= 0 || written() >= now.written());
        boolean before;
        synchronized (random) {
          before = random.nextBoolean();
        }
        after.set(kills && !before);
        if (!kills || !before) {
          return false;
        }
      } else if (!after.get()) {
        return false;
      }
      now.process().join().destroyForcibly().waitFor();
      return true;
    }
  }
}
