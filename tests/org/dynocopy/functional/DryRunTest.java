package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.dynocopy.cli.Cli;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;

/** What a dry run says of each kind of job, word by word: it is what people decide by. */
class DryRunTest {

  private static final URI SERVER = TestServers.first();

  private static final String JOBS =
      """
      copy("nightly") {
        from source; to target; segments 3; writers 5; limit 1234; project "tenant", "text"
        where gsi: "byTenant", pk: ["t1", "t2"], skAtLeast: "a"
        filter { it.id != "x" }
        onConflict newer: "at"; rate read: 500, write: 2000; prices read: 1, write: 5
        onFailure { deadLetter "dead.jsonl"; stopAfter 1500 }
      }
      copy { from target; to source; replace truncateFirst: true; verify { count(); sample 9 } }
      copy { from target; to target + "new"; createTarget(); onConflict "skip"; where pk: "item \
      1", sk: 5 }
      copy { from target; to other; replace backup: false; filter "size(#d) > :n", names: \
      ["#d": "day"], values: [":n": 1] }
      truncate target
      delete { from target; filter "size(id) > :n", values: [":n": 1]; writers 3 }
      backup target, to: file + "2"
      query { from source; where lsi: "byText", pk: "m" }
      verify { from target; to other; full(); repair deleteExtra: true }
      restore file, to: target
      restore file, to: target + "3"
      """;

  private static final String SAID =
      """
      copy nightly
        from      l:SOURCE  ARN/SOURCE at SERVER
                  keys id (S), day (N), on-demand
                  GSI byMail: keys mail (S), projects keys and text
                  GSI byTenant: keys tenant (S), at (S), projects keys
                  LSI byText: keys id (S), text (S), projects whole items
        to        l:TARGET  ARN/TARGET at SERVER
                  keys id (S), day (N), on-demand
        read      query of index byTenant, 2 partition keys, skAtLeast [a], by 3 readers, each \
      a range of its sort keys, then the whole items by BatchGetItem
        filter    { } at DIR/recipe.groovy:9:3 (here)
        project   tenant, text and the keys
        limit     1,234 items
        write     5 items at once, each by a PutItem of its own: slower than batches
        conflicts what the target has stays, unless its `at` is less
        failures  to dead.jsonl, stop after 1,500
        rate      read 500, write 2000 units a second of each table and index
        estimate  at most 5 items, 134 B; 3 reads, 5.6 RCU; 5 writes, 5.0 WCU
                  by the tables' own counts, which the service renews every six hours, and by a \
      sample of 5 items, which takes 6.0 RCU
        cost      SOURCE: 5.6 RCU, $0.0000056, at least 0.0 s at this rate
                  TARGET: 5.0 WCU, $0.000025, at least 0.0 s at this rate
                  together $0.000031
                  each item is a PutItem on a condition; one that is refused is paid for too: \
      write units by the size of the item that is there, or 1
      copy l:TARGET -> l:SOURCE
        from      l:TARGET  ARN/TARGET at SERVER
                  keys id (S), day (N), on-demand
        to        l:SOURCE  ARN/SOURCE at SERVER
                  keys id (S), day (N), on-demand
                  GSI byMail: keys mail (S), projects keys and text
                  GSI byTenant: keys tenant (S), at (S), projects keys
                  LSI byText: keys id (S), text (S), projects whole items
        read      scan, 16 segments, 16 at once
        write     64 batches of up to 25 items at once
        replace   the target is backed up, then what it has is deleted, then the items are written
        failures  to .dynocopy/dead-letters-….jsonl, stop after 1,000
        verify    count, sample 9, which reads the target
        estimate  about 0 items, 0 B; 48 reads, 36.9 RCU; 1 writes, 16.0 WCU
                  by the tables' own counts, which the service renews every six hours
        cost      TARGET: 8.0 RCU, no price known for SERVER
                  SOURCE: 28.9 RCU, 16.0 WCU (0.0 in byMail, 8.0 in byTenant), no price known \
      for SERVER
                  the target is read, and all that is selected of it is deleted
                  the target is read to verify it: more, if it has others than the source, and \
      both once more where they differ
                  the target has items: where one is overwritten, its indexes may take less, or \
      more if their keys change
      copy l:TARGET -> l:TARGETnew
        from      l:TARGET  ARN/TARGET at SERVER
                  keys id (S), day (N), on-demand
        to        l:TARGETnew   at SERVER
                  keys id (S), day (N), on-demand
                  to be made like the source
        read      query, 1 partition key, sk [5], by one reader
        write     64 items at once, each by a PutItem of its own: slower than batches
        conflicts what the target has stays
        failures  to .dynocopy/dead-letters-….jsonl, stop after 1,000
        estimate  at most 0 items, 0 B; 1 reads, 0.5 RCU
                  by the tables' own counts, which the service renews every six hours
        cost      TARGET: 0.5 RCU, no price known for SERVER
                  TARGETnew: nothing, no price known for SERVER
                  each item is a PutItem on a condition; one that is refused is paid for too: \
      write units by the size of the item that is there, or 1
      copy l:TARGET -> l:OTHER
        from      l:TARGET  ARN/TARGET at SERVER
                  keys id (S), day (N), on-demand
        to        l:OTHER  ARN/OTHER at SERVER
                  keys id (S), day (N), on-demand
        read      scan, 16 segments, 16 at once
        filter    size(#d) > :n (by the service)
        write     64 batches of up to 25 items at once
        replace   the items are written, then what the source does not have is removed
        failures  to .dynocopy/dead-letters-….jsonl, stop after 1,000
        estimate  at most 0 items, 0 B; 32 reads, 24.0 RCU
                  by the tables' own counts, which the service renews every six hours
        cost      TARGET: 8.0 RCU, no price known for SERVER
                  OTHER: 16.0 RCU, no price known for SERVER
                  the target is read, and about 0 items are removed from it: more, if it has \
      others than the source
      truncate l:TARGET
        from      l:TARGET  ARN/TARGET at SERVER
                  keys id (S), day (N), on-demand
        read      scan, 16 segments, 16 at once
        delete    64 batches of up to 25 keys at once
        estimate  about 0 items, 0 B; 16 reads, 16.0 RCU
                  by the tables' own counts, which the service renews every six hours
        cost      TARGET: 16.0 RCU, no price known for SERVER
      delete l:TARGET
        from      l:TARGET  ARN/TARGET at SERVER
                  keys id (S), day (N), on-demand
        read      scan, 16 segments, 16 at once
        filter    size(id) > :n (by the service)
        delete    3 items at once, one request an item, on the condition that it still matches
        estimate  at most 0 items, 0 B; 16 reads, 16.0 RCU
                  by the tables' own counts, which the service renews every six hours
        cost      TARGET: 16.0 RCU, no price known for SERVER
                  each item is a DeleteItem on a condition: the same write units as in batches, \
      and 25 times as many requests; one that stays, as it no longer matches, is paid for too
      backup l:TARGET
        from      l:TARGET  ARN/TARGET at SERVER
                  keys id (S), day (N), on-demand
        read      scan, 16 segments, 16 at once
        to        DIR/backup.jsonl.gz2
        estimate  about 0 items, 0 B; 16 reads, 8.0 RCU
                  by the tables' own counts, which the service renews every six hours
        cost      TARGET: 8.0 RCU, no price known for SERVER
      query l:SOURCE
        from      l:SOURCE  ARN/SOURCE at SERVER
                  keys id (S), day (N), on-demand
                  GSI byMail: keys mail (S), projects keys and text
                  GSI byTenant: keys tenant (S), at (S), projects keys
                  LSI byText: keys id (S), text (S), projects whole items
        read      query of index byText, 1 partition key, by one reader
        estimate  about 0 items, 0 B; 1 reads, 0.5 RCU
                  by the tables' own counts, which the service renews every six hours
        cost      SOURCE: 0.5 RCU, no price known for SERVER
      verify l:TARGET -> l:OTHER
        check     full
        from      l:TARGET  ARN/TARGET at SERVER
                  keys id (S), day (N), on-demand
        read      scan, 16 segments, 16 at once
        to        l:OTHER  ARN/OTHER at SERVER
                  keys id (S), day (N), on-demand
        read      scan, 16 segments, 16 at once
        repair    what is missing or different is copied, what is extra is deleted
        estimate  about 0 items, 0 B; 32 reads, 16.0 RCU
                  by the tables' own counts, which the service renews every six hours
        cost      TARGET: 8.0 RCU, no price known for SERVER
                  OTHER: 8.0 RCU, no price known for SERVER
                  where they differ, both are read once more, and what differs by its key
                  how much is repaired, and what that takes, is not known before
      restore l:TARGET
        from      DIR/backup.jsonl.gz  8 items
        to        l:TARGET
        estimate  about 8 items, 216 B; 1 writes, 8.0 WCU
                  by what the backup tells of itself
        cost      TARGET: 8.0 WCU, no price known for SERVER
      restore l:TARGET3
        from      DIR/backup.jsonl.gz  8 items
        to        l:TARGET3  a new table
      """;

  /** Of the copy by the index, the deletion by a filter, the verification and the last job. */
  private static final String JSON =
      """
      {"event":"plan","job":"nightly","copy":"nightly","from":"l:SOURCE","to":"l:TARGET",\
      "source":{"table":"SOURCE","arn":"ARN/SOURCE","endpoint":"SERVER","region":"us-east-1",\
      "keys":["id (S)","day \
      (N)"],"indexes":["byMail","byTenant","byText"],"billing":"on-demand"},"index":"byTenant",\
      "way":"ranges","splits":2,"readers":3,"target":{"table":"TARGET","arn":"ARN/TARGET",\
      "endpoint":"SERVER","region":"us-east-1","keys":["id (S)","day \
      (N)"],"indexes":[],"billing":"on-demand"},"makesTarget":false,"replaces":false,\
      "writers":5,"onConflict":"newer","estimatedItems":5,"estimatedBytes":134,\
      "estimateIsUpperBound":true,"estimatedReadRequests":3,"estimatedReadUnits":5.5,\
      "estimatedWriteRequests":5,"estimatedWriteUnits":5.0,"estimatedDollars":3.0E-5,\
      "tables":[{"table":"SOURCE","readUnits":5.5,"writeUnits":0.0,"dollars":5.5E-6,\
      "seconds":0.0},{"table":"TARGET","readUnits":0.0,"writeUnits":5.0,"dollars":2.5E-5,\
      "seconds":0.0}],"remarks":["each item is a PutItem on a condition; one that is refused is \
      paid for too: write units by the size of the item that is there, or 1"]}
      {"event":"plan","job":"delete \
      l:TARGET","source":{"table":"TARGET","arn":"ARN/TARGET","endpoint":"SERVER",\
      "region":"us-east-1","keys":["id (S)","day \
      (N)"],"indexes":[],"billing":"on-demand"},"index":null,"way":"scan","splits":16,\
      "readers":16,"oneByOne":true,"estimatedItems":0,"estimatedBytes":0,\
      "estimateIsUpperBound":true,"estimatedReadRequests":16,"estimatedReadUnits":16.0,\
      "estimatedWriteRequests":0,"estimatedWriteUnits":0.0,"estimatedDollars":null,\
      "tables":[{"table":"TARGET","readUnits":16.0,"writeUnits":0.0,"dollars":null,\
      "seconds":null}],"remarks":["each item is a DeleteItem on a condition: the same write \
      units as in batches, and 25 times as many requests; one that stays, as it no longer \
      matches, is paid for too"]}
      {"event":"plan","job":"verify l:TARGET -> \
      l:OTHER","from":"l:TARGET","to":"l:OTHER","checks":"full","repairs":true,\
      "readings":[{"source":{"table":"TARGET","arn":"ARN/TARGET","endpoint":"SERVER",\
      "region":"us-east-1","keys":["id (S)","day \
      (N)"],"indexes":[],"billing":"on-demand"},"index":null,"way":"scan","splits":16,\
      "readers":16},{"source":{"table":"OTHER","arn":"ARN/OTHER","endpoint":"SERVER",\
      "region":"us-east-1","keys":["id (S)","day \
      (N)"],"indexes":[],"billing":"on-demand"},"index":null,"way":"scan","splits":16,\
      "readers":16}],"estimatedItems":0,"estimatedBytes":0,"estimateIsUpperBound":false,\
      "estimatedReadRequests":32,"estimatedReadUnits":16.0,"estimatedWriteRequests":0,\
      "estimatedWriteUnits":0.0,"estimatedDollars":null,"tables":[{"table":"TARGET",\
      "readUnits":8.0,"writeUnits":0.0,"dollars":null,"seconds":null},{"table":"OTHER",\
      "readUnits":8.0,"writeUnits":0.0,"dollars":null,"seconds":null}],"remarks":["where they \
      differ, both are read once more, and what differs by its key","how much is repaired, and \
      what that takes, is not known before"]}
      {"event":"plan","job":"restore l:TARGET3","makesTable":true,"items":8}
      """;

  @TempDir private static Path folder;

  private static String source;
  private static String target;
  private static String other;

  private static Projection projection(ProjectionType type, String... attributes) {
    Projection.Builder projection = Projection.builder().projectionType(type);
    return attributes.length == 0
        ? projection.build()
        : projection.nonKeyAttributes(attributes).build();
  }

  @BeforeAll
  static void fill() throws IOException {
    source =
        Tables.on(SERVER)
            .key("id", "S")
            .key("day", "N")
            .gsi("byTenant", projection(ProjectionType.KEYS_ONLY), "tenant", "at")
            .gsi("byMail", projection(ProjectionType.INCLUDE, "text"), "mail")
            .lsi("byText", projection(ProjectionType.ALL), "id", "text")
            .create();
    target = Tables.on(SERVER).key("id", "S").key("day", "N").create();
    other = Tables.on(SERVER).key("id", "S").key("day", "N").create();
    Tables.put(
        SERVER,
        source,
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    Map.of(
                        "id", AttributeValue.fromS("item " + i),
                        "day", AttributeValue.fromN("" + i),
                        "tenant", AttributeValue.fromS("t" + i % 3),
                        "at", AttributeValue.fromS("at " + i)))
            .toList());
    run("backup source, to: file", "--yes");
  }

  private static String run(String jobs, String... options) throws IOException {
    Path recipe = folder.resolve("recipe.groovy");
    Files.writeString(
        recipe,
        """
        env("l") { endpoint "%s"; region "us-east-1"; credentials "local", "local" }
        def source = "l:%s"
        def target = "l:%s"
        def other = "l:%s"
        def file = "file:%s/backup.jsonl.gz"
        """
                .formatted(SERVER, source, target, other, folder)
            + jobs);
    List<String> words = new ArrayList<>(List.of(options));
    words.add(0, recipe.toString());
    Cli.Result result = Cli.run(words.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result
        .out()
        .replace(source, "SOURCE")
        .replace(target, "TARGET")
        .replace(other, "OTHER")
        .replace(folder.toString(), "DIR")
        .replace(SERVER.toString(), "SERVER")
        .replaceAll("arn:aws:dynamodb:\\S+?:table/", "ARN/");
  }

  @Test
  void peopleReadWhatEachJobWillDo() throws Exception {
    assertThat(run(JOBS, "--dry-run")).isEqualTo(SAID);
  }

  @Test
  void programsReadTheSame() throws Exception {
    List<String> lines = run(JOBS, "--dry-run", "--json").lines().toList();
    List<String> wanted = JSON.lines().toList();
    int[] jobs = {0, 5, 8, 10};
    ObjectMapper json = new ObjectMapper();
    for (int i = 0; i < jobs.length; i++) {
      String rounded = lines.get(jobs[i]).replaceAll("(\\d+\\.\\d)\\d+(E-\\d+)?", "$1$2");
      assertThat(json.readTree(rounded)).isEqualTo(json.readTree(wanted.get(i)));
    }
  }
}
