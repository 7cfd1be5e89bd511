package org.dynocopy.spec.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.Checks;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.OnFailure;
import org.dynocopy.spec.Query;
import org.dynocopy.spec.Reading;
import org.dynocopy.spec.ServerFilter;
import org.dynocopy.spec.Verification;
import org.dynocopy.spec.limits.Rate;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.spec.place.StoreRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be said together of jobs other than copies, and what cannot. */
class JobBuilderTest {

  private static final Location HERE = Location.NOWHERE;
  private static final Environments ENVIRONMENTS =
      new Environments(List.of("prod", "dev"), Optional.empty(), Environments.Defaults.NONE);

  private static JobBuilder job(String verb) {
    return new JobBuilder(verb, HERE).from("prod:users", HERE);
  }

  /** Parts of a reading, each of which selects less than the whole table. */
  private static Map<String, Consumer<ReadingBuilder<?>>> parts() {
    Map<String, Consumer<ReadingBuilder<?>>> parts = new TreeMap<>();
    parts.put(
        "where",
        b -> b.where(new KeyCondition(List.of("a"), Optional.empty(), Optional.empty()), HERE));
    parts.put("filter", b -> b.filter(new ServerFilter("a = b", Map.of(), Map.of()), HERE));
    parts.put("block", b -> b.filter(new ClientFilter(item -> true, HERE)));
    parts.put("limit", b -> b.limit(3, HERE));
    parts.put("project", b -> b.project(List.of("a"), HERE));
    return parts;
  }

  /** Two letters of the same file would be one that is read while it is written. */
  @Test
  void whatFailsAgainDoesNotGoToTheFileThatIsReplayed() {
    Path file = Path.of("failed.jsonl");
    for (Path same :
        List.of(
            file, Path.of("./failed.jsonl"), Path.of("a/../failed.jsonl"), file.toAbsolutePath())) {
      for (boolean turned : new boolean[] {true, false}) {
        OnFailure again = new OnFailure(Optional.of(turned ? file : same), 10);
        assertThatThrownBy(
                () -> job("replay").replay(turned ? same : file, "dev:users", again, ENVIRONMENTS))
            .isInstanceOf(InvalidJobException.class)
            .hasMessageContaining("cannot go to the file that is replayed");
      }
    }
    OnFailure other = new OnFailure(Optional.of(Path.of("b/failed.jsonl")), 10);
    assertThatCode(() -> job("replay").replay(file, "dev:users", other, ENVIRONMENTS))
        .doesNotThrowAnyException();
  }

  @Test
  void onlyAWholeTableIsExported() {
    Optional<String> place = Optional.of("s3://bucket/prefix");
    assertThat(job("backup").backup(place, ENVIRONMENTS).to()).isPresent();
    parts()
        .forEach(
            (name, part) -> {
              JobBuilder some = job("backup");
              part.accept(some);
              assertThatThrownBy(() -> some.backup(place, ENVIRONMENTS))
                  .as(name)
                  .hasMessageContaining("DynamoDB exports whole tables only");
              assertThat(some.backup(Optional.of("file:a.jsonl"), ENVIRONMENTS).reading().whole())
                  .isFalse();
            });
  }

  /** A limit or a projection alone does not say which items. */
  @Test
  void deletionSaysWhichItems() {
    parts()
        .forEach(
            (name, part) -> {
              JobBuilder some = job("delete");
              part.accept(some);
              if (Set.of("limit", "project").contains(name)) {
                assertThatThrownBy(() -> some.deletion(ENVIRONMENTS))
                    .as(name)
                    .hasMessageContaining("`delete` needs to know which items");
              } else {
                assertThat(some.deletion(ENVIRONMENTS).reading().part()).as(name).isTrue();
              }
            });
  }

  @Test
  void queryPrintsOneThing() {
    for (boolean count : new boolean[] {true, false}) {
      for (Optional<String> unique : List.of(Optional.of("a"), Optional.<String>empty())) {
        for (OptionalInt sample : List.of(OptionalInt.of(3), OptionalInt.empty())) {
          Query.Output output = new Query.Output(Query.Format.JSONL, false, count, unique, sample);
          int ways = (count ? 1 : 0) + (unique.isPresent() ? 1 : 0) + (sample.isPresent() ? 1 : 0);
          if (ways > 1) {
            assertThatThrownBy(() -> job("query").query(output, ENVIRONMENTS))
                .hasMessageContaining("a query prints one thing");
          } else {
            Reading reading = job("query").query(output, ENVIRONMENTS).reading();
            assertThat(reading.project()).isEqualTo(unique.map(List::of).orElse(List.of()));
          }
        }
      }
    }
  }

  private static Query.Output sample(int items) {
    return new Query.Output(
        Query.Format.JSONL, false, false, Optional.empty(), OptionalInt.of(items));
  }

  @Test
  void sampleOfAQueryHasOneItemAtLeast() {
    for (int wrong : new int[] {0, -1}) {
      assertThatThrownBy(() -> job("query").query(sample(wrong), ENVIRONMENTS))
          .hasMessageContaining("`sample` must be at least 1, not " + wrong);
    }
    assertThat(job("query").query(sample(1), ENVIRONMENTS).output()).isEqualTo(sample(1));
  }

  @Test
  void valuesOfOneAttributeTakeNoProjection() {
    Query.Output unique =
        new Query.Output(
            Query.Format.JSONL, false, false, Optional.of("tenant"), OptionalInt.empty());
    JobBuilder projects = job("query").project(List.of("a", "b"), HERE);
    assertThatThrownBy(() -> projects.query(unique, ENVIRONMENTS))
        .hasMessageContaining("`project` does not go with `unique`");
    assertThat(projects.query(Query.Output.LINES, ENVIRONMENTS).reading().project())
        .containsExactly("a", "b");
    assertThat(job("query").query(unique, ENVIRONMENTS).reading().project())
        .containsExactly("tenant");
  }

  @Test
  void serviceNamesItsBackupsItself() {
    String arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/users/backup/017";
    assertThatThrownBy(() -> job("backup").backup(Optional.of(arn), ENVIRONMENTS))
        .hasMessageContaining("the service names its backups itself: leave the place away");
    for (String place : List.of("file:a.gz", "s3://bucket/a")) {
      assertThat(job("backup").backup(Optional.of(place), ENVIRONMENTS).to())
          .contains(StoreRef.ofBackup(place, HERE));
    }
  }

  @Test
  void otherStoresAreRefusedWhereATableIsNeeded() {
    for (String store : List.of("file:a.gz", "s3://bucket/a")) {
      String why = "`" + store + "` is not a table: ";
      assertThatThrownBy(
              () ->
                  new JobBuilder("query", HERE)
                      .from(store, HERE)
                      .query(Query.Output.LINES, ENVIRONMENTS))
          .hasMessageContaining(why + "`query` needs one");
      assertThatThrownBy(
              () ->
                  new CopySpecBuilder(Optional.empty(), HERE)
                      .from("dev:users", HERE)
                      .to(store, HERE)
                      .build(ENVIRONMENTS))
          .hasMessageContaining(why + "only tables are copied");
    }
  }

  @Test
  void whatOnlyReadsTakesNoRateOfWrites() {
    List<Consumer<JobBuilder>> readers =
        List.of(
            b -> b.query(Query.Output.LINES, ENVIRONMENTS),
            b -> b.backup(Optional.empty(), ENVIRONMENTS),
            b -> b.fingerprinting(ENVIRONMENTS));
    for (Consumer<JobBuilder> reader : readers) {
      reader.accept(job("job").readRate(5, HERE));
      assertThatThrownBy(() -> reader.accept(job("job").writeRate(5, HERE)))
          .hasMessageContaining("writes no table: say the rate of reads alone");
    }
    assertThat(job("truncate").writeRate(5, HERE).truncation(ENVIRONMENTS).allowance().write())
        .isPresent();
  }

  /** Each of them alone is right, but for the sample of a file. */
  @Test
  void wordsOfAVerificationThatContradictEachOtherAreRefused() {
    Map<String, Consumer<VerificationBuilder>> words = new TreeMap<>();
    words.put("full", b -> b.checks(Checks.FULL, HERE));
    words.put("count", b -> b.checks(new Checks(true, OptionalInt.empty(), false), HERE));
    words.put("sample", b -> b.checks(new Checks(false, OptionalInt.of(9), false), HERE));
    words.put("repair", b -> b.repair(new Verification.Repair(false), HERE));
    words.put("deleteExtra", b -> b.repair(new Verification.Repair(true), HERE));
    words.put("writeRate", b -> b.writeRate(5, HERE));
    words.put("fromFile", b -> b.from("file:a.fp", HERE));
    words.put("toFile", b -> b.to("file:b.fp", HERE));
    for (String part : List.of("block", "where")) {
      words.put(part, b -> parts().get(part).accept(b));
    }
    Set<String> refused = new TreeSet<>();
    for (String one : words.keySet()) {
      for (String other : words.keySet()) {
        VerificationBuilder both =
            new VerificationBuilder(HERE).from("prod:users", HERE).to("dev:users", HERE);
        words.get(one).accept(both);
        words.get(other).accept(both);
        try {
          both.build(ENVIRONMENTS);
        } catch (InvalidJobException e) {
          refused.add(one.compareTo(other) < 0 ? one + " " + other : other + " " + one);
        }
      }
    }
    Set<String> wanted =
        new TreeSet<>(
            Set.of(
                "count deleteExtra",
                "count repair",
                "deleteExtra fromFile",
                "deleteExtra sample",
                "deleteExtra toFile",
                "fromFile repair",
                "fromFile sample",
                "repair sample",
                "repair toFile",
                "sample toFile"));
    for (String word : words.keySet()) {
      if (!Set.of("repair", "deleteExtra").contains(word)) {
        // There is nothing to write without a repair.
        wanted.add(word.compareTo("writeRate") < 0 ? word + " writeRate" : "writeRate " + word);
      }
    }
    assertThat(refused).isEqualTo(wanted);
    VerificationBuilder files =
        new VerificationBuilder(HERE).from("file:a.fp", HERE).to("file:b.fp", HERE);
    assertThatCode(() -> files.build(ENVIRONMENTS)).doesNotThrowAnyException();
    for (String part : List.of("where", "filter", "block")) {
      VerificationBuilder some =
          new VerificationBuilder(HERE).from("file:a.fp", HERE).to("file:b.fp", HERE);
      parts().get(part).accept(some);
      assertThatThrownBy(() -> some.build(ENVIRONMENTS))
          .as(part)
          .hasMessageContaining("nothing can be selected of them");
      // What is read of a table can be compared with a fingerprint of the same part.
      for (boolean turned : new boolean[] {true, false}) {
        VerificationBuilder one =
            new VerificationBuilder(HERE)
                .from(turned ? "prod:users" : "file:a.fp", HERE)
                .to(turned ? "file:a.fp" : "prod:users", HERE);
        parts().get(part).accept(one);
        assertThatCode(() -> one.build(ENVIRONMENTS)).as(part).doesNotThrowAnyException();
      }
    }
  }

  private static VerificationBuilder verify(String from, String to) {
    return new VerificationBuilder(HERE).from(from, HERE).to(to, HERE);
  }

  @Test
  void wordsOfAVerificationArrive() {
    Checks checks = new Checks(true, OptionalInt.of(9), true);
    Verification.Repair repair = new Verification.Repair(true);
    Verification all =
        verify("prod:users", "dev:users")
            .checks(checks, HERE)
            .repair(repair, HERE)
            .writeRate(5, HERE)
            .segments(4, HERE)
            .build(ENVIRONMENTS);
    assertThat(all.checks()).isEqualTo(checks);
    assertThat(all.repair()).contains(repair);
    assertThat(all.allowance().write()).contains(new Rate(5, false));
    assertThat(List.of(all.source(), all.target()))
        .extracting(side -> ((Verification.OfTable) side).reading().segments())
        .containsOnly(OptionalInt.of(4));
    assertThat(List.of(all.source(), all.target())).asString().isEqualTo("[prod:users, dev:users]");
    assertThat(verify("prod:users", "dev:users").build(ENVIRONMENTS).checks())
        .isEqualTo(Checks.FULL);
    Verification file = verify("prod:users", "file:a/b.fp").build(ENVIRONMENTS);
    assertThat(file.target()).isEqualTo(new Verification.OfFile(Path.of("a/b.fp")));
    assertThat(file.target()).hasToString(Path.of("a/b.fp").toString());
  }

  @Test
  void tableIsNotComparedWithItself() {
    for (String side : List.of("prod:users", "file:a.fp")) {
      assertThatThrownBy(() -> verify(side, side).build(ENVIRONMENTS))
          .hasMessageContaining("source and target are the same, `" + side + "`");
    }
    assertThatCode(() -> verify("file:a.fp", "file:b.fp").build(ENVIRONMENTS))
        .doesNotThrowAnyException();
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    assertThatThrownBy(() -> verify("prod:users", "dev:users").limit(3, HERE).build(ENVIRONMENTS))
        .hasMessageContaining("`limit` does not go with `verify`");
    for (int wrong : new int[] {0, -1}) {
      Checks sample = new Checks(false, OptionalInt.of(wrong), false);
      assertThatThrownBy(
              () -> verify("prod:users", "dev:users").checks(sample, HERE).build(ENVIRONMENTS))
          .hasMessageContaining("`sample` must be at least 1, not " + wrong);
    }
    assertThatThrownBy(() -> verify("prod:users", "file:").build(ENVIRONMENTS))
        .hasMessageContaining("`file:` is not a table");
    // The sample of a file is none, but all of it has been looked at.
    assertThatCode(
            () ->
                verify("prod:users", "file:a.fp")
                    .checks(new Checks(false, OptionalInt.of(9), true), HERE)
                    .build(ENVIRONMENTS))
        .doesNotThrowAnyException();
  }

  @Test
  void fingerprintThatIsTakenForATableIsToldSo(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.fp");
    for (String text : List.of("{\"format\":\"dynocopy fingerprint\",\"version\":1}", "{}")) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> verify(file.toString(), "dev:users").build(ENVIRONMENTS))
          .hasMessageContaining(
              text.equals("{}")
                  ? "`" + file + "` is not a table"
                  : "is a fingerprint, not a table. Did you mean `file:" + file + "`?");
    }
  }
}
