package org.dynocopy.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.dynocopy.run.Jobs;
import org.dynocopy.run.job.JobRun;
import org.dynocopy.run.job.JobRun.Question;
import org.dynocopy.run.job.Stages;
import org.dynocopy.spec.Backup;
import org.dynocopy.spec.Copy.Replace;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.OnConflict;
import org.dynocopy.spec.OnFailure;
import org.dynocopy.spec.Query;
import org.dynocopy.spec.Verification;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.build.VerificationBuilder;
import org.dynocopy.spec.place.Environments;
import org.dynocopy.store.Stores;
import org.dynocopy.store.wiring.DefaultStores;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is asked before a job overwrites or removes items, and what a script must have said. */
class QuestionTest {

  private static final URI SERVER = TestServers.first();
  private static final String NOTHING = "nothing is asked";
  private static final String ASKED = "is asked";
  private static final String YES = "needs yes";

  private static final Environments ENVIRONMENTS =
      new Environments(List.of(), Optional.empty(), Environments.Defaults.NONE)
          .with(List.of(Copying.environment("a", SERVER), Copying.environment("b", SERVER)));

  private static final Consumer<CopySpecBuilder> PLAIN = plan -> {};

  private final String empty = table();
  private final String filled = filled(1);
  private final String source = filled(2);

  @TempDir private Path folder;

  private static String table() {
    return Tables.on(SERVER).key("id", "S").create();
  }

  private static String filled(int items) {
    String table = table();
    for (int i = 0; i < items; i++) {
      Tables.put(SERVER, table, List.of(Map.of("id", AttributeValue.fromS("item " + i))));
    }
    return table;
  }

  private static Optional<Question> question(Job job) throws Exception {
    try (Stores stores = new DefaultStores()) {
      JobRun prepared = Jobs.prepare(job, stores, OutputStream.nullOutputStream());
      return prepared.question(Stages.QUIET);
    }
  }

  private static String asks(Job job) throws Exception {
    return question(job).map(asked -> asked.needsYes() ? YES : ASKED).orElse(NOTHING);
  }

  private String copy(String to, Consumer<CopySpecBuilder> words) throws Exception {
    return asks(Copying.plan(SERVER, source, SERVER, to, words));
  }

  private static JobBuilder job(String verb, String table) {
    return new JobBuilder(verb, Copying.HERE).from("a:" + table, Copying.HERE);
  }

  private String verify(Optional<Verification.Repair> repair) throws Exception {
    VerificationBuilder words =
        new VerificationBuilder(Copying.HERE)
            .from("a:" + source, Copying.HERE)
            .to("b:" + filled, Copying.HERE);
    repair.ifPresent(how -> words.repair(how, Copying.HERE));
    return asks(words.build(ENVIRONMENTS));
  }

  @Test
  void copyAsksWhereItOverwrites() throws Exception {
    for (String way : List.of("skip", "fail")) {
      assertThat(copy(filled, plan -> plan.onConflict(way, Copying.HERE))).isEqualTo(NOTHING);
    }
    assertThat(copy(filled, PLAIN)).isEqualTo(ASKED);
    assertThat(copy(filled, plan -> plan.onConflict("overwrite", Copying.HERE))).isEqualTo(ASKED);
    OnConflict newer = OnConflict.newer("at");
    assertThat(copy(filled, plan -> plan.onConflict(newer, Copying.HERE))).isEqualTo(ASKED);
    assertThat(copy(empty, PLAIN)).isEqualTo(NOTHING);
    assertThat(copy(empty + "-new", plan -> plan.createTarget(Copying.HERE))).isEqualTo(NOTHING);
  }

  /** The service counts items every six hours: a table that seems empty may have some. */
  @Test
  void whatRemovesNeedsAYesWhateverTheCountIs() throws Exception {
    for (String target : List.of(empty, filled)) {
      for (boolean first : List.of(true, false)) {
        assertThat(copy(target, plan -> plan.replace(new Replace(first, true), Copying.HERE)))
            .isEqualTo(YES);
      }
      assertThat(asks(job("truncate", target).truncation(ENVIRONMENTS))).isEqualTo(YES);
    }
    assertThat(verify(Optional.empty())).isEqualTo(NOTHING);
    assertThat(verify(Optional.of(new Verification.Repair(false)))).isEqualTo(ASKED);
    assertThat(verify(Optional.of(new Verification.Repair(true)))).isEqualTo(YES);
  }

  /** It is counted as it will be deleted. */
  @Test
  void deletionSaysHowManyItemsItDeletes() throws Exception {
    String many = filled(9);
    KeyCondition keys =
        new KeyCondition(List.of("item 1", "item 2"), Optional.empty(), Optional.empty());
    JobBuilder two = job("delete", many).where(keys, Copying.HERE);
    Question asked = question(two.deletion(ENVIRONMENTS)).orElseThrow();
    assertThat(asked.text()).startsWith("2 items will be deleted from `a:" + many + "`");
    assertThat(asked.needsYes()).isTrue();
    assertThat(question(two.limit(1, Copying.HERE).deletion(ENVIRONMENTS)).orElseThrow().text())
        .startsWith("1 items will be deleted from");
  }

  @Test
  void whatWritesItemsOfAFileAsks() throws Exception {
    Path file = folder.resolve("backup.jsonl");
    Backup backup = job("backup", source).backup(Optional.of("file:" + file), ENVIRONMENTS);
    try (Stores stores = new DefaultStores()) {
      JobRun prepared = Jobs.prepare(backup, stores, OutputStream.nullOutputStream());
      assertThat(Jobs.run(prepared, stores, Stages.QUIET).complete()).isTrue();
    }
    for (String target : List.of(empty, filled, empty + "-new")) {
      Job restore =
          job("restore", target)
              .restore("file:" + file, "b:" + target, Optional.empty(), ENVIRONMENTS);
      assertThat(asks(restore)).as(target).isEqualTo(target.endsWith("-new") ? NOTHING : YES);
    }
    Path letters = folder.resolve("letters.jsonl");
    Files.writeString(letters, "{\"reason\":\"r\",\"item\":{\"id\":{\"S\":\"a\"}}}\n");
    for (String target : List.of(empty, filled)) {
      Job replay =
          job("replay", target).replay(letters, "b:" + target, OnFailure.DEFAULT, ENVIRONMENTS);
      assertThat(asks(replay)).isEqualTo(target.equals(empty) ? NOTHING : ASKED);
    }
  }

  @Test
  void whatOnlyReadsAsksNothing() throws Exception {
    Path file = folder.resolve("other.jsonl");
    List<Job> jobs =
        List.of(
            job("query", source).query(Query.Output.LINES, ENVIRONMENTS),
            job("backup", source).backup(Optional.of("file:" + file), ENVIRONMENTS),
            job("fingerprint", source).fingerprinting(ENVIRONMENTS),
            job("clone", source).schemaClone("a:" + source, "b:" + empty + "-new", ENVIRONMENTS));
    for (Job job : jobs) {
      assertThat(asks(job)).as(job.name()).isEqualTo(NOTHING);
    }
  }

  private static List<String> tables(Job job) throws Exception {
    try (Stores stores = new DefaultStores()) {
      return Jobs.prepare(job, stores, OutputStream.nullOutputStream()).tables().stream()
          .map(table -> table.info().name())
          .toList();
    }
  }

  /** A table that is made anew while a job runs has lost what was read or written before. */
  @Test
  void eachTableOfAJobIsLookedAtAgainWhenItEnds() throws Exception {
    Path backup = folder.resolve("backup.jsonl");
    Backup made = job("backup", source).backup(Optional.of("file:" + backup), ENVIRONMENTS);
    assertThat(tables(made)).containsExactly(source);
    try (Stores stores = new DefaultStores()) {
      JobRun prepared = Jobs.prepare(made, stores, OutputStream.nullOutputStream());
      assertThat(Jobs.run(prepared, stores, Stages.QUIET).complete()).isTrue();
    }
    Path letters = folder.resolve("letters.jsonl");
    Files.writeString(letters, "{\"reason\":\"r\",\"item\":{\"id\":{\"S\":\"a\"}}}\n");
    assertThat(tables(Copying.plan(SERVER, source, SERVER, filled, PLAIN)))
        .containsExactly(source, filled);
    assertThat(
            tables(
                new VerificationBuilder(Copying.HERE)
                    .from("a:" + source, Copying.HERE)
                    .to("b:" + filled, Copying.HERE)
                    .build(ENVIRONMENTS)))
        .containsExactly(source, filled);
    assertThat(
            tables(
                job("restore", filled)
                    .restore("file:" + backup, "b:" + filled, Optional.empty(), ENVIRONMENTS)))
        .containsExactly(filled);
    assertThat(
            tables(
                job("replay", filled)
                    .replay(letters, "b:" + filled, OnFailure.DEFAULT, ENVIRONMENTS)))
        .containsExactly(filled);
    for (Job job :
        List.of(
            job("query", source).query(Query.Output.LINES, ENVIRONMENTS),
            job("fingerprint", source).fingerprinting(ENVIRONMENTS),
            job("truncate", source).truncation(ENVIRONMENTS))) {
      assertThat(tables(job)).as(job.name()).containsExactly(source);
    }
  }
}
