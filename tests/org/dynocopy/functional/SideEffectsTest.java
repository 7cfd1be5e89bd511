package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.servers.FaultProxy;
import org.dynocopy.testing.servers.FaultProxy.Fault;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a job sets off in a table that it writes: stream records, and items that expire. */
class SideEffectsTest {

  private static final URI SERVER = TestServers.first();
  private static final int ITEMS = 7;

  @TempDir private Path folder;
  private String source;
  private String target;

  @BeforeEach
  void makeTables() {
    source = Tables.on(SERVER).key("id", "S").create();
    target = Tables.on(SERVER).key("id", "S").create();
    long now = Instant.now().getEpochSecond();
    // Of seven two have expired; what is ten years old never does.
    List<String> times =
        List.of(
            "" + (now - 60),
            "" + (now - 86_400 * 100),
            "" + (now + 86_400),
            "" + (now + 3_600),
            "" + (now - 86_400 * 3_650),
            "0",
            "1E+20");
    Tables.put(
        SERVER,
        source,
        IntStream.range(0, ITEMS)
            .mapToObj(
                i ->
                    Map.of(
                        "id", AttributeValue.fromS("item " + i),
                        "ends", AttributeValue.fromN(times.get(i))))
            .toList());
    try (DynamoDbClient client = TestServers.client(SERVER)) {
      client.updateTable(
          r ->
              r.tableName(target)
                  .streamSpecification(s -> s.streamEnabled(true).streamViewType("NEW_IMAGE")));
      client.updateTimeToLive(
          r ->
              r.tableName(target)
                  .timeToLiveSpecification(t -> t.enabled(true).attributeName("ends")));
    }
  }

  private Cli.Result run(String job, String... options) throws IOException {
    return run(SERVER, job, options);
  }

  private Cli.Result run(URI server, String job, String... options) throws IOException {
    Path recipe = folder.resolve("recipe.groovy");
    Files.writeString(
        recipe,
        """
        env("l") { endpoint "%s"; region "%s"; credentials "local", "local" }
        %s
        """
            .formatted(
                server,
                TestServers.REGION,
                job.replace("SOURCE", "\"l:" + source + "\"")
                    .replace("TARGET", "\"l:" + target + "\"")
                    .replace("FILE", "\"file:" + folder.resolve("backup.jsonl.gz") + "\"")));
    String[] args = new String[options.length + 1];
    args[0] = recipe.toString();
    System.arraycopy(options, 0, args, 1, options.length);
    return Cli.run(args);
  }

  @Test
  void streamIsToldBeforeItGetsRecords() throws IOException {
    run("backup SOURCE, to: FILE");
    String stream = "has a stream (NEW_IMAGE): it gets ";
    for (String job :
        List.of(
            "copy { from SOURCE; to TARGET }",
            "copy { from SOURCE; to TARGET; replace() }",
            "restore FILE, to: TARGET")) {
      assertThat(run(job, "--dry-run").out()).contains(stream, "up to about 7 records");
    }
    run("copy { from SOURCE; to TARGET }");
    assertThat(run("copy { from SOURCE; to TARGET; replace() }").err())
        .contains(stream, "one for each item that is written, and one for each that is removed");
    for (String job : List.of("truncate TARGET", "delete { from TARGET; where pk: \"item 1\" }")) {
      assertThat(run(job, "--dry-run").out()).contains(stream, "each item that is deleted");
      assertThat(run(job).err()).contains(stream, "each item that is deleted");
    }
    assertThat(run("verify { from SOURCE; to TARGET; full(); repair() }", "--dry-run").out())
        .contains(stream);
    assertThat(
            run("copy { from TARGET; to \"l:" + target + "-like\"; createTarget() }", "--dry-run")
                .out())
        .contains("-like` " + stream);
  }

  @Test
  void expiredItemsOfASampleAreTold() throws IOException {
    run("backup SOURCE, to: FILE");
    String expired =
        "2 of 7 sampled items have expired by their `ends`: the service deletes them soon after"
            + " they are written, which makes records in the stream, too";
    for (String job :
        List.of("copy { from SOURCE; to TARGET; replace() }", "restore FILE, to: TARGET")) {
      assertThat(run(job, "--dry-run").out()).contains(expired);
      assertThat(run(job).err()).contains(expired);
    }
    assertThat(run("copy { from SOURCE; to TARGET }", "--dry-run", "--json").out())
        .contains("2 of 7 sampled items have expired", "has a stream");
  }

  /** Items of a backup expire as its schema says; the table has not to be there for that. */
  @Test
  void restoreTellsOfTheStreamAndTheExpiryOfTheTableThatItMakes() throws IOException {
    byte[] expires =
        "{\"TimeToLiveDescription\":{\"TimeToLiveStatus\":\"ENABLED\",\"AttributeName\":\"ends\"}}"
            .getBytes(StandardCharsets.UTF_8);
    FaultProxy.Faults expiring =
        (operation, number) ->
            operation.equals("DescribeTimeToLive")
                ? request -> request.answer(200, expires)
                : Fault.NONE;
    try (FaultProxy proxy = new FaultProxy(SERVER, expiring);
        DynamoDbClient client = TestServers.client(SERVER)) {
      client.updateTable(
          r ->
              r.tableName(source)
                  .streamSpecification(s -> s.streamEnabled(true).streamViewType("NEW_IMAGE")));
      assertThat(run(proxy.endpoint(), "backup SOURCE, to: FILE").exitCode()).isZero();
    }
    String restore = "restore FILE, to: \"l:" + target + "-restored\"";
    String[] told = {
      "-restored` has a stream (NEW_IMAGE): it gets up to about 7 records",
      "2 of 7 sampled items have expired by their `ends`"
    };
    assertThat(run(restore, "--dry-run").out()).contains(told);
    assertThat(run(restore, "--dry-run", "--json").out()).contains(told);
  }
}
