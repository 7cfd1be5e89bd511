///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//JAVAC_OPTIONS -proc:none -encoding UTF-8 -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -J-XX:-UsePerfData
//SOURCES ../dynocopy.java DynamoLocal.java
//SOURCES ../tests/org/dynocopy/testing/servers/FaultProxy.java
//SOURCES ../tests/org/dynocopy/testing/servers/Listener.java

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.dynocopy.scripts.DynamoLocal;
import org.dynocopy.testing.servers.FaultProxy;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Changes half of the items while what removes them runs at a low rate behind a slow proxy, so that
 * they no longer match: {@code removals [ITEMS [RATE [JOB]]]}, as a rule 10,000 items and 500 write
 * units a second; all jobs, or those whose names begin so. dynocopy runs in a process of its own.
 * Of what changed in time nothing may be removed, and of the rest nothing may stay.
 */
class removals {
  private static final String REGION = "eu-west-1";
  private static final Duration SLOW = Duration.ofMillis(5);
  private static final int CHANGES_A_REMOVAL = 3;

  private static final Map<String, String> JOBS = new LinkedHashMap<>();

  static {
    JOBS.put("delete by GSI", "delete { from TARGET; where gsi: 'byStatus', pk: 'old'");
    JOBS.put(
        "delete by server filter",
        "delete { from TARGET; filter '#s = :s', names: ['#s': 'status'], values: [':s': 'old']");
    JOBS.put("delete by block", "delete { from TARGET; filter { it.status == 'old' }");
    JOBS.put(
        "delete by GSI and block of all attributes",
        "delete { from TARGET; where gsi: 'byStatus', pk: 'old'; filter { it.size() == 3 }");
    JOBS.put("replace", "copy { from SOURCE; to TARGET; replace()");
    JOBS.put(
        "repair deleteExtra",
        "verify { from SOURCE; to TARGET; filter { it.status != 'new' }; full();"
            + " repair(deleteExtra: true)");
  }

  public static void main(String... args) throws Exception {
    int items = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    String rate = args.length > 1 ? args[1] : "500";
    boolean right = true;
    try (var local = DynamoLocal.start();
        var client = client(local)) {
      int number = 0;
      for (var job : JOBS.entrySet()) {
        if (args.length > 2 && !job.getKey().startsWith(args[2])) {
          continue;
        }
        String name = "t" + number++;
        right &= new Removal(client, name, items).run(local, job.getKey(), job.getValue(), rate);
      }
    }
    System.exit(right ? 0 : 1); // the database's threads live on
  }

  private static DynamoDbClient client(DynamoLocal local) {
    return DynamoDbClient.builder()
        .endpointOverride(local.endpoint())
        .region(Region.of(REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .build();
  }

  /** One job on tables of its own. */
  private static final class Removal {
    private final DynamoDbClient client;
    private final String source;
    private final String target;
    private final int items;
    private final Queue<Integer> toChange = new ConcurrentLinkedQueue<>();
    private final Set<String> changed = ConcurrentHashMap.newKeySet();

    Removal(DynamoDbClient client, String name, int items) {
      this.client = client;
      this.source = name + "-source";
      this.target = name + "-target";
      this.items = items;
      create(source);
      create(target);
      put(source, items, items + 1);
      put(target, 0, items + 1);
      List<Integer> half = new ArrayList<>(IntStream.range(0, items / 2).boxed().toList());
      Collections.shuffle(half, new Random(items));
      toChange.addAll(half);
    }

    boolean run(DynamoLocal local, String name, String job, String rate) throws Exception {
      FaultProxy.Faults faults =
          (operation, number) ->
              request -> {
                if (operation.equals("DeleteItem")) {
                  change();
                }
                FaultProxy.Fault.delayed(SLOW).happen(request);
              };
      Path log = Files.createTempFile("removals", ".log");
      long start = System.nanoTime();
      int code;
      int removals;
      int most;
      try (var proxy = new FaultProxy(local.endpoint(), faults)) {
        code = run(proxy, job, rate, log);
        removals = proxy.requests("DeleteItem");
        most = proxy.mostUnderWay();
      }
      Set<String> left = new HashSet<>();
      client
          .scanPaginator(r -> r.tableName(target))
          .items()
          .forEach(item -> left.add(item.get("id").s()));
      long lost = changed.stream().filter(id -> !left.contains(id)).count();
      long stayed =
          left.stream().filter(id -> !changed.contains(id) && !id.equals("i" + items)).count();
      System.out.printf(
          "%s: exit code %d, %.0f s, %,d DeleteItem, %d requests under way at most; %,d changed in"
              + " time, of which %,d were removed; %,d others stayed%n",
          name,
          code,
          (System.nanoTime() - start) / 1e9,
          removals,
          most,
          changed.size(),
          lost,
          stayed);
      // A repair that spares items ends with differences.
      int expected = job.startsWith("verify") ? 1 : 0;
      boolean right = code == expected && lost == 0 && stayed == 0 && !changed.isEmpty();
      if (!right) {
        System.out.println(Files.readString(log));
      }
      return right;
    }

    /** What was removed before matched then. */
    private void change() {
      for (int i = 0; i < CHANGES_A_REMOVAL; i++) {
        Integer next = toChange.poll();
        if (next == null) {
          return;
        }
        try {
          client.putItem(
              r ->
                  r.tableName(target)
                      .item(item(next, "new"))
                      .conditionExpression("attribute_exists(id)"));
          changed.add("i" + next);
        } catch (ConditionalCheckFailedException e) {
          // It had gone.
        }
      }
    }

    private int run(FaultProxy proxy, String job, String rate, Path log) throws Exception {
      Path folder = Files.createTempDirectory("removals");
      Path recipe = folder.resolve("recipe.groovy");
      String env = "env('l') { endpoint '%s'; region '%s'; credentials 'local', 'local' }%n%s%n";
      String words =
          job.replace("SOURCE", "'l:" + source + "'").replace("TARGET", "'l:" + target + "'")
              + "; rate write: "
              + rate
              + " }";
      Files.writeString(recipe, env.formatted(proxy.endpoint(), REGION, words));
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-Xmx128m", "-cp", System.getProperty("java.class.path")));
      command.addAll(List.of("org.dynocopy.cli.Main", recipe.toString(), "--yes"));
      var process = new ProcessBuilder(command).redirectErrorStream(true);
      process.environment().put("DYNOCOPY_FOLDER", folder.toString());
      return process.redirectOutput(log.toFile()).start().waitFor();
    }

    private void create(String table) {
      client.createTable(
          r ->
              r.tableName(table)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                  .attributeDefinitions(
                      d -> d.attributeName("id").attributeType("S"),
                      d -> d.attributeName("status").attributeType("S"))
                  .globalSecondaryIndexes(
                      g ->
                          g.indexName("byStatus")
                              .keySchema(k -> k.attributeName("status").keyType(KeyType.HASH))
                              .projection(p -> p.projectionType(ProjectionType.ALL))));
    }

    private void put(String table, int from, int to) {
      for (int i = from; i < to; i += 25) {
        List<WriteRequest> batch =
            IntStream.range(i, Math.min(i + 25, to))
                .mapToObj(n -> PutRequest.builder().item(item(n, n == items ? "kept" : "old")))
                .map(put -> WriteRequest.builder().putRequest(put.build()).build())
                .toList();
        client.batchWriteItem(r -> r.requestItems(Map.of(table, batch)));
      }
    }

    private static Map<String, AttributeValue> item(int number, String status) {
      return Map.of(
          "id", AttributeValue.fromS("i" + number),
          "status", AttributeValue.fromS(status),
          "n", AttributeValue.fromN("" + number));
    }
  }
}
