package org.dynocopy.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.Problem;
import org.dynocopy.diagnostic.WordLocations;
import org.dynocopy.spec.Query.Output;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.build.ReadingBuilder;
import org.dynocopy.spec.build.VerificationBuilder;
import org.dynocopy.spec.limits.Rate;
import org.dynocopy.spec.place.Environment;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.spec.place.StoreRef;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.testing.FilledRecord;
import org.junit.jupiter.api.Test;

/** What holds for the jobs of every kind. */
class AllJobsTest {

  private static final Environments ENVIRONMENTS =
      new Environments(List.of("prod", "dev"), Optional.empty(), Environments.Defaults.NONE)
          .with(List.of(guarded()));

  private static final OnFailure FAILURE = new OnFailure(Optional.of(Path.of("again.jsonl")), 3);

  private static Environment guarded() {
    Environment some = FilledRecord.of(Environment.class);
    return FilledRecord.with(FilledRecord.with(some, "name", "guarded"), "readOnly", true);
  }

  private static Location line(int line) {
    return new Location("r.groovy", line, 1, 1, "x");
  }

  /** Makes a job that reads or compares one table and has another one, or a file. */
  private interface Maker {
    Job make(String from, String to, Consumer<ReadingBuilder<?>> more);
  }

  private static Maker of(String verb, Making how) {
    return (from, to, more) -> {
      JobBuilder builder = new JobBuilder(verb, line(1)).part("to", line(3));
      builder.from(from, line(2));
      more.accept(builder);
      return how.make(builder, from, to);
    };
  }

  private interface Making {
    Job make(JobBuilder builder, String from, String to);
  }

  private static Maker verify(Optional<Verification.Repair> repair) {
    return (from, to, more) -> {
      VerificationBuilder builder = new VerificationBuilder(line(1));
      builder.from(from, line(2)).to(to, line(3));
      repair.ifPresent(how -> builder.repair(how, line(4)));
      more.accept(builder);
      return builder.build(ENVIRONMENTS);
    };
  }

  private static final KeyCondition KEY =
      new KeyCondition(List.of("t1"), Optional.empty(), Optional.empty());

  private static Map<String, Maker> jobs() {
    Map<String, Maker> jobs = new TreeMap<>();
    jobs.put(
        "copy",
        (from, to, more) -> {
          CopySpecBuilder builder = new CopySpecBuilder(Optional.empty(), line(1));
          builder.from(from, line(2)).to(to, line(3));
          more.accept(builder);
          return builder.build(ENVIRONMENTS);
        });
    jobs.put("verify", verify(Optional.empty()));
    jobs.put("verify repair", verify(Optional.of(new Verification.Repair(false))));
    jobs.put("verify deleteExtra", verify(Optional.of(new Verification.Repair(true))));
    jobs.put("truncate", of("truncate", (b, from, to) -> b.truncation(ENVIRONMENTS)));
    jobs.put("delete", of("delete", (b, from, to) -> b.where(KEY, line(4)).deletion(ENVIRONMENTS)));
    jobs.put("query", of("query", (b, from, to) -> b.query(Output.LINES, ENVIRONMENTS)));
    jobs.put("backup", of("backup", (b, from, to) -> b.backup(Optional.empty(), ENVIRONMENTS)));
    jobs.put("fingerprint", of("fingerprint", (b, from, to) -> b.fingerprinting(ENVIRONMENTS)));
    jobs.put(
        "restore",
        of(
            "restore",
            (b, from, to) -> b.restore("file:a.gz", to, FAILURE.deadLetter(), ENVIRONMENTS)));
    jobs.put(
        "replay",
        of("replay", (b, from, to) -> b.replay(Path.of("a.jsonl"), to, FAILURE, ENVIRONMENTS)));
    jobs.put("schema", of("schema", (b, from, to) -> b.schemaClone(from, to, ENVIRONMENTS)));
    return jobs;
  }

  private static List<Problem> problems(
      Maker job, String from, String to, Consumer<ReadingBuilder<?>> more) {
    InvalidJobException e =
        catchThrowableOfType(InvalidJobException.class, () -> job.make(from, to, more));
    return e == null ? List.of() : e.problems();
  }

  private static List<Problem> problems(Maker job, String from, String to) {
    return problems(job, from, to, builder -> {});
  }

  /** Those whose tables stand where another mistake is expected to be found. */
  private static final List<String> READ =
      List.of("backup", "copy", "delete", "fingerprint", "query", "schema", "truncate", "verify");

  private static final List<String> NAMED =
      List.of("copy", "replay", "restore", "schema", "verify");

  private static boolean begins(List<String> names, String job) {
    return names.contains(job.split(" ")[0]);
  }

  @Test
  void jobKnowsItsTablesAndIsNamedAfterThem() {
    Map<String, String> names = new TreeMap<>();
    jobs().forEach((name, job) -> names.put(name, job.make("prod:a-b", "dev:c-d", b -> {}).name()));
    assertThat(names)
        .containsEntry("copy", "prod:a-b -> dev:c-d")
        .containsEntry("verify", "verify prod:a-b -> dev:c-d")
        .containsEntry("verify repair", "verify prod:a-b -> dev:c-d")
        .containsEntry("truncate", "truncate prod:a-b")
        .containsEntry("delete", "delete prod:a-b")
        .containsEntry("query", "query prod:a-b")
        .containsEntry("backup", "backup prod:a-b")
        .containsEntry("fingerprint", "fingerprint prod:a-b")
        .containsEntry("restore", "restore dev:c-d")
        .containsEntry("replay", "replay a.jsonl -> dev:c-d")
        .containsEntry("schema", "schema prod:a-b -> dev:c-d");
    jobs()
        .forEach(
            (name, maker) -> {
              WordLocations words = maker.make("prod:a-b", "dev:c-d", b -> {}).words();
              assertThat(words.at("from")).as(name).isEqualTo(line(2));
              assertThat(words.at("to")).as(name).isEqualTo(line(3));
              assertThat(words.at("never said")).as(name).isEqualTo(line(1));
              assertThat(words.at("never said", "to", "from")).as(name).isEqualTo(line(3));
            });
  }

  @Test
  void readOnlyEnvironmentIsOnlyReadByAnyJob() {
    jobs()
        .forEach(
            (name, job) -> {
              boolean removesThere = List.of("delete", "truncate").contains(name);
              boolean writes = begins(NAMED, name) && !name.equals("verify");
              String there = "guarded:users";
              assertThat(problems(job, there, "dev:users"))
                  .as("%s from", name)
                  .extracting(Problem::at)
                  .isEqualTo(removesThere ? List.of(line(2)) : List.of());
              assertThat(problems(job, "dev:users", there))
                  .as("%s to", name)
                  .extracting(Problem::at)
                  .isEqualTo(writes ? List.of(line(3)) : List.of());
            });
  }

  @Test
  void onlyCopiesTakePatterns() {
    jobs()
        .forEach(
            (name, job) -> {
              String many = "`dev:u*` names many tables: only copies take a `*`";
              boolean copy = name.equals("copy");
              assertThat(problems(job, "dev:u*", copy ? "prod:v*" : "prod:users"))
                  .as("%s from", name)
                  .isEqualTo(
                      begins(READ, name) && !copy
                          ? List.of(new Problem(line(2), many))
                          : List.of());
              assertThat(problems(job, copy ? "prod:v*" : "prod:users", "dev:u*"))
                  .as("%s to", name)
                  .isEqualTo(
                      begins(NAMED, name) && !copy
                          ? List.of(new Problem(line(3), many))
                          : List.of());
            });
  }

  /** All mistakes are reported together, in the order of the recipe. */
  @Test
  void everyMistakeOfAJobIsTold() {
    jobs()
        .forEach(
            (name, job) -> {
              List<Location> wanted = new ArrayList<>();
              if (begins(READ, name)) {
                wanted.add(line(2));
              }
              if (begins(NAMED, name)) {
                wanted.add(line(3));
              }
              wanted.add(line(9));
              assertThat(
                      problems(
                          job, "prdo:users", "edv:users", b -> b.problem(line(9), "found before")))
                  .as(name)
                  .extracting(Problem::at)
                  .isEqualTo(wanted);
            });
  }

  @Test
  void tableThatIsMissingIsAskedForByItsWord() {
    Location at = line(1);
    for (String verb : List.of("delete", "query")) {
      assertThatThrownBy(() -> new JobBuilder(verb, at).truncation(ENVIRONMENTS))
          .hasMessageContaining(
              "`from` is missing in "
                  + verb
                  + " { }: say which table to read, as `from \"dev:users\"`");
    }
    assertThatThrownBy(() -> new VerificationBuilder(at).build(ENVIRONMENTS))
        .hasMessageContaining("`from` is missing in verify { }: say which table to compare")
        .hasMessageContaining("`to` is missing in verify { }: say which table to compare");
  }

  @Test
  void writersOfAnyJobAreFromOneTo1024() {
    for (int number : new int[] {0, 1, 1_024, 1_025}) {
      boolean right = number == 1 || number == 1_024;
      JobBuilder deletion = new JobBuilder("truncate", line(1)).from("prod:users", line(2));
      VerificationBuilder verify = new VerificationBuilder(line(1));
      verify.from("prod:users", line(2)).to("dev:users", line(3));
      deletion.writers(number, line(4));
      verify.writers(number, line(4));
      if (right) {
        assertThat(deletion.truncation(ENVIRONMENTS).writers()).hasValue(number);
        assertThat(verify.build(ENVIRONMENTS).writers()).hasValue(number);
        assertThat(deletion.restore("file:a", "dev:users", Optional.empty(), ENVIRONMENTS))
            .extracting(Restore::writers)
            .isEqualTo(OptionalInt.of(number));
        assertThat(deletion.replay(Path.of("a"), "dev:users", FAILURE, ENVIRONMENTS))
            .extracting(Replay::writers)
            .isEqualTo(OptionalInt.of(number));
      } else {
        String message = "`writers` must be from 1 to 1024, not " + number;
        assertThatThrownBy(() -> deletion.truncation(ENVIRONMENTS)).hasMessageContaining(message);
        assertThatThrownBy(() -> verify.build(ENVIRONMENTS)).hasMessageContaining(message);
      }
    }
  }

  @Test
  void whatIsMadeOfAFileHasAllThatWasSaid() {
    JobBuilder builder = new JobBuilder("restore", line(1)).writeRate(7, line(4));
    Restore restore = builder.restore("file:a.gz", "dev:users", FAILURE.deadLetter(), ENVIRONMENTS);
    assertThat(restore.from()).isEqualTo(StoreRef.ofBackup("file:a.gz", line(1)));
    assertThat(restore.to().text()).isEqualTo("dev:users");
    assertThat(restore.onFailure())
        .isEqualTo(new OnFailure(FAILURE.deadLetter(), OnFailure.DEFAULT_STOP_AFTER));
    assertThat(restore.fresh()).isFalse();
    assertThat(restore.allowance().write()).contains(new Rate(7, false));
    Replay replay = builder.replay(Path.of("a.jsonl"), "dev:users", FAILURE, ENVIRONMENTS);
    assertThat(replay.file()).isEqualTo(Path.of("a.jsonl"));
    assertThat(replay.to().text()).isEqualTo("dev:users");
    assertThat(replay.onFailure()).isEqualTo(FAILURE);
    assertThat(replay.fresh()).isFalse();
    assertThat(replay.allowance()).isEqualTo(restore.allowance());
    SchemaClone clone = builder.schemaClone("prod:users", "dev:users", ENVIRONMENTS);
    assertThat(clone.from().text()).isEqualTo("prod:users");
    assertThat(clone.to().text()).isEqualTo("dev:users");
    assertThatThrownBy(() -> builder.restore("a.gz", "dev:users", Optional.empty(), ENVIRONMENTS))
        .hasMessageContaining("`a.gz` is not a place for a backup");
  }

  @Test
  void replayStopsAfterOneLetterAtLeast() {
    JobBuilder builder = new JobBuilder("replay", line(1));
    for (int letters : new int[] {-1, 0, 1}) {
      OnFailure failure = new OnFailure(Optional.empty(), letters);
      if (letters == 1) {
        assertThat(builder.replay(Path.of("a"), "dev:users", failure, ENVIRONMENTS).onFailure())
            .isEqualTo(failure);
      } else {
        assertThatThrownBy(() -> builder.replay(Path.of("a"), "dev:users", failure, ENVIRONMENTS))
            .hasMessageContaining("`stopAfter` must be at least 1, not " + letters);
      }
    }
  }

  private static Reading reading(Job job) {
    return job instanceof Copy plan
        ? plan.reading()
        : job instanceof Deletion deletion
            ? deletion.reading()
            : job instanceof Query query
                ? query.reading()
                : job instanceof Backup backup
                    ? backup.reading()
                    : job instanceof FingerprintJob fingerprinting
                        ? fingerprinting.reading()
                        : ((Verification.OfTable) ((Verification) job).target()).reading();
  }

  @Test
  void whatAJobReadsIsAsItWasSaid() {
    ServerFilter server = new ServerFilter("a = b", Map.of(), Map.of());
    ClientFilter block = new ClientFilter(item -> true, line(7));
    jobs()
        .forEach(
            (name, maker) -> {
              if (List.of("replay", "restore", "schema").contains(name)) {
                return;
              }
              Job job =
                  maker.make(
                      "prod:users",
                      "dev:users",
                      b ->
                          b.segments(4, line(5))
                              .where(KEY, line(6))
                              .filter(server, line(7))
                              .filter(block));
              Reading reading = reading(job);
              assertThat(reading.segments()).as(name).hasValue(4);
              assertThat(reading.where()).as(name).contains(KEY);
              assertThat(reading.serverFilter()).as(name).contains(server);
              assertThat(reading.clientFilters()).as(name).containsExactly(block);
              assertThat(reading.table().text())
                  .as(name)
                  .isEqualTo(name.startsWith("verify") ? "dev:users" : "prod:users");
            });
  }

  @Test
  void removingAndMakingJobsSaySo() {
    Map<String, Boolean> removes = new TreeMap<>();
    Map<String, Optional<String>> makes = new TreeMap<>();
    jobs()
        .forEach(
            (name, maker) -> {
              Job job = maker.make("prod:users", "dev:users", b -> {});
              removes.put(name, job.removes());
              makes.put(name, job.makes().map(TableRef::text));
            });
    assertThat(removes.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey))
        .containsExactly("delete", "truncate", "verify deleteExtra");
    assertThat(makes.entrySet().stream().filter(e -> e.getValue().isPresent()))
        .extracting(Map.Entry::getKey)
        .containsExactly("restore", "schema");
    assertThat(makes.get("restore")).contains("dev:users");
    assertThat(makes.get("schema")).contains("dev:users");
    CopySpecBuilder copy = new CopySpecBuilder(Optional.empty(), line(1));
    copy.from("prod:users", line(2)).to("dev:users", line(3)).createTarget(line(4));
    assertThat(copy.build(ENVIRONMENTS).makes().map(TableRef::text)).contains("dev:users");
    assertThat(copy.build(ENVIRONMENTS).removes()).isFalse();
    copy.replace(new Copy.Replace(false, false), line(5));
    assertThat(copy.build(ENVIRONMENTS).removes()).isTrue();
  }
}
