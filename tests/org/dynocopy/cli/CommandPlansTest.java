package org.dynocopy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.dynocopy.cli.command.JobCommand;
import org.dynocopy.cli.console.Console;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.Checks;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.KeyCondition.Sort;
import org.dynocopy.spec.KeyCondition.SortWord;
import org.dynocopy.spec.OnConflict;
import org.dynocopy.spec.OnFailure;
import org.dynocopy.spec.Query;
import org.dynocopy.spec.ServerFilter;
import org.dynocopy.spec.Verification;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.spec.build.JobBuilder;
import org.dynocopy.spec.build.JobLimitsBuilder;
import org.dynocopy.spec.build.ReadingBuilder;
import org.dynocopy.spec.build.VerificationBuilder;
import org.dynocopy.spec.limits.Budget;
import org.dynocopy.spec.limits.Prices;
import org.dynocopy.spec.limits.RetryPolicy;
import org.dynocopy.spec.place.Environments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Each option means one word of the job, at its own place; without it nothing is said. */
class CommandPlansTest {

  private static final Environments ENVIRONMENTS =
      new Environments(List.of("prod", "dev"), Optional.empty(), Environments.Defaults.NONE);

  private static final CommandLine TERMINAL = commands(true);
  private static final CommandLine SCRIPT = commands(false);

  private static CommandLine commands(boolean terminal) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return Main.all(new Console(nowhere, nowhere, nowhere, terminal));
  }

  private static Job job(boolean terminal, String... words) {
    CommandLine commands = terminal ? TERMINAL : SCRIPT;
    Object command = commands.parseArgs(words).subcommand().commandSpec().userObject();
    return ((JobCommand) command).job(ENVIRONMENTS);
  }

  private static Job job(String command, String options) {
    String all = options.isEmpty() ? command : command + " " + options;
    return job(false, all.split(" "));
  }

  private static Location at(String option) {
    return Location.option(option);
  }

  private static KeyCondition key(Optional<Sort> sort, Optional<String> index, Object... values) {
    return new KeyCondition(List.of(values), sort, index);
  }

  /** What every command that selects takes. */
  private static <B extends ReadingBuilder<B>> Map<String, Consumer<B>> selections() {
    Map<String, Consumer<B>> words = new LinkedHashMap<>();
    words.put("", b -> {});
    words.put("--segments 3", b -> b.segments(3, at("--segments")));
    Optional<String> none = Optional.empty();
    words.put("--pk t1", b -> b.where(key(Optional.empty(), none, "t1"), at("--pk")));
    words.put("--pk t1 --pk 2", b -> b.where(key(Optional.empty(), none, "t1", "2"), at("--pk")));
    words.put(
        "--pk {\"a\":\"x\",\"b\":\"y\"}",
        b -> b.where(key(Optional.empty(), none, Map.of("a", "x", "b", "y")), at("--pk")));
    words.put("--pk {a", b -> b.where(key(Optional.empty(), none, "{a"), at("--pk")));
    words.put(
        "--pks k.txt",
        b -> b.where(new KeyCondition(Path.of("k.txt"), Optional.empty(), none), at("--pks")));
    words.put(
        "--index byDay --pk t1",
        b ->
            b.part("index", at("--index"))
                .where(key(Optional.empty(), Optional.of("byDay"), "t1"), at("--pk")));
    words.put(
        "--index byDay --pks k.txt",
        b ->
            b.part("index", at("--index"))
                .where(
                    new KeyCondition(Path.of("k.txt"), Optional.empty(), Optional.of("byDay")),
                    at("--pks")));
    for (SortWord word : SortWord.values()) {
      boolean two = word == SortWord.BETWEEN;
      Sort sort = new Sort(word, two ? List.of("a", "b") : List.of("a"));
      words.put(
          "--pk t1 " + word.option() + (two ? " a b" : " a"),
          b ->
              b.part("sk", at(word.option()))
                  .where(key(Optional.of(sort), none, "t1"), at("--pk")));
    }
    words.put(
        "--filter a=:v --names {\"#s\":\"t\"} --values {\":v\":{\"S\":\"x\"}}",
        b ->
            b.filter(
                new ServerFilter("a=:v", Map.of("#s", "t"), Map.of(":v", "x")), at("--filter")));
    words.put(
        "--filter-expression a=b",
        b -> b.filter(new ServerFilter("a=b", Map.of(), Map.of()), at("--filter")));
    return words;
  }

  /** What every command takes that goes on and on. */
  private static <B extends JobLimitsBuilder<B>> Map<String, Consumer<B>> allowances(
      boolean writes) {
    Map<String, Consumer<B>> words = new LinkedHashMap<>();
    words.put("--rate-read 5", b -> b.readRate("5", at("--rate-read")));
    if (writes) {
      words.put("--rate-write 50%", b -> b.writeRate("50%", at("--rate-write")));
    }
    words.put("--prices read=1,write=2", b -> b.prices(new Prices(1, 2), at("--prices")));
    words.put(
        "--retry attempts=3,cap=5s",
        b -> b.retry(RetryPolicy.of("attempts=3,cap=5s"), at("--retry"), part -> at("--retry")));
    words.put("--fail-if-empty", b -> b.failIfEmpty(at("--fail-if-empty")));
    return words;
  }

  private interface Wanted<B> {
    Job of(Consumer<B> more);
  }

  private static <B> void hold(String command, Map<String, Consumer<B>> words, Wanted<B> wanted) {
    words.forEach(
        (options, say) ->
            assertThat(job(command, options))
                .as("%s %s", command, options)
                .isEqualTo(wanted.of(say)));
  }

  private static <B> Map<String, Consumer<B>> joined(
      Map<String, Consumer<B>> one, Map<String, Consumer<B>> other) {
    Map<String, Consumer<B>> all = new LinkedHashMap<>(one);
    all.putAll(other);
    return all;
  }

  @Test
  void copyHasAWordForEachOption() {
    Map<String, Consumer<CopySpecBuilder>> words =
        joined(
            CommandPlansTest.<CopySpecBuilder>selections(),
            CommandPlansTest.<CopySpecBuilder>allowances(true));
    words.put("--project a,b", b -> b.project(List.of("a", "b"), at("--project")));
    words.put("--limit 5", b -> b.limit(5, at("--limit")));
    words.put("--writers 7", b -> b.writers(7, at("--writers")));
    words.put("--dead-letter d", b -> b.deadLetter(Path.of("d"), at("--dead-letter")));
    words.put("--stop-after 9", b -> b.stopAfter(9, at("--stop-after")));
    words.put("--on-conflict skip", b -> b.onConflict("skip", at("--on-conflict")));
    words.put(
        "--on-conflict newer:at", b -> b.onConflict(OnConflict.newer("at"), at("--on-conflict")));
    words.put("--resume r", b -> b.resume(Path.of("r"), at("--resume")));
    words.put("--create-target", b -> b.createTarget(at("--create-target")));
    words.put("--verify", b -> b.verify(Checks.FULL, at("--verify")));
    Checks count = new Checks(true, OptionalInt.empty(), false);
    words.put("--verify-count", b -> b.verify(count, at("--verify-count")));
    Checks all = new Checks(true, OptionalInt.of(5), true);
    words.put("--verify --verify-count --verify-sample 5", b -> b.verify(all, at("--verify")));
    for (boolean first : new boolean[] {false, true}) {
      for (boolean backup : new boolean[] {false, true}) {
        words.put(
            "--replace" + (first ? " --truncate-first" : "") + (backup ? "" : " --no-backup"),
            b -> b.replace(new Copy.Replace(first, backup), at("--replace")));
      }
    }
    hold(
        "copy prod:users dev:users",
        words,
        more -> {
          CopySpecBuilder plan = new CopySpecBuilder(Optional.empty(), at("copy"));
          plan.from("prod:users", at("FROM")).to("dev:users", at("TO"));
          more.accept(plan);
          return plan.build(ENVIRONMENTS);
        });
  }

  private interface Making {
    Job of(JobBuilder job);
  }

  private static Wanted<JobBuilder> wanted(String command, Making how, String... parts) {
    return more -> {
      JobBuilder job = new JobBuilder(command, at(command));
      for (int i = 0; i < parts.length; i += 2) {
        job.part(parts[i], at(parts[i + 1]));
      }
      more.accept(job);
      return how.of(job);
    };
  }

  private static Making on(String table, Making how) {
    return job -> how.of(job.from(table, at("TABLE")));
  }

  @Test
  void jobsThatReadATableHaveAWordForEachOption() {
    Map<String, Consumer<JobBuilder>> reads =
        joined(
            CommandPlansTest.<JobBuilder>selections(),
            CommandPlansTest.<JobBuilder>allowances(false));
    Query.Output lines = Query.Output.LINES;
    hold(
        "query prod:users",
        reads,
        wanted("query", on("prod:users", job -> job.query(lines, ENVIRONMENTS))));
    hold(
        "fingerprint prod:users",
        reads,
        wanted("fingerprint", on("prod:users", job -> job.fingerprinting(ENVIRONMENTS))));
    Map<String, Consumer<JobBuilder>> backup = allowances(false);
    backup.put("--segments 3", b -> b.segments(3, at("--segments")));
    hold(
        "backup prod:users",
        backup,
        wanted(
            "backup",
            on("prod:users", job -> job.backup(Optional.empty(), ENVIRONMENTS)),
            "to",
            "--to"));
    hold(
        "backup prod:users --to file:a.gz",
        backup,
        wanted(
            "backup",
            on("prod:users", job -> job.backup(Optional.of("file:a.gz"), ENVIRONMENTS)),
            "to",
            "--to"));
  }

  @Test
  void jobsThatWriteATableHaveAWordForEachOption() {
    Map<String, Consumer<JobBuilder>> writes = allowances(true);
    writes.put("", b -> {});
    writes.put("--writers 7", b -> b.writers(7, at("--writers")));
    Map<String, Consumer<JobBuilder>> deletes =
        joined(CommandPlansTest.<JobBuilder>selections(), writes);
    deletes.put("--limit 5", b -> b.limit(5, at("--limit")));
    // Without a key or a filter it would be refused.
    Map<String, Consumer<JobBuilder>> selecting = new LinkedHashMap<>();
    deletes.forEach(
        (options, say) -> {
          boolean selects = options.contains("--pk") || options.contains("--filter");
          String key = selects ? options : (options + " --pk z").strip();
          KeyCondition z = key(Optional.empty(), Optional.empty(), "z");
          selecting.put(key, selects ? say : say.andThen(b -> b.where(z, at("--pk"))));
        });
    hold(
        "delete dev:users",
        selecting,
        wanted("delete", on("dev:users", job -> job.deletion(ENVIRONMENTS))));
    Map<String, Consumer<JobBuilder>> truncates = new LinkedHashMap<>(writes);
    truncates.put("--segments 3", b -> b.segments(3, at("--segments")));
    hold(
        "truncate dev:users",
        truncates,
        wanted("truncate", on("dev:users", job -> job.truncation(ENVIRONMENTS))));
    Optional<Path> letters = Optional.of(Path.of("d"));
    for (Optional<Path> deadLetter : List.of(letters, Optional.<Path>empty())) {
      String option = deadLetter.map(file -> " --dead-letter " + file).orElse("");
      hold(
          "restore file:a.gz dev:users" + option,
          writes,
          wanted(
              "restore",
              job -> job.restore("file:a.gz", "dev:users", deadLetter, ENVIRONMENTS),
              "from",
              "BACKUP",
              "to",
              "TABLE"));
      for (long stopAfter : new long[] {OnFailure.DEFAULT_STOP_AFTER, 9}) {
        OnFailure failure = new OnFailure(deadLetter, stopAfter);
        hold(
            "replay f.jsonl dev:users" + option + (stopAfter == 9 ? " --stop-after 9" : ""),
            writes,
            wanted(
                "replay",
                job -> job.replay(Path.of("f.jsonl"), "dev:users", failure, ENVIRONMENTS),
                "from",
                "FILE",
                "to",
                "TABLE",
                "deadLetter",
                "--dead-letter",
                "stopAfter",
                "--stop-after"));
      }
    }
  }

  @Test
  void verificationHasAWordForEachOption() {
    Map<String, Consumer<VerificationBuilder>> words =
        joined(
            CommandPlansTest.<VerificationBuilder>selections(),
            CommandPlansTest.<VerificationBuilder>allowances(false));
    words.put("--writers 7", b -> b.writers(7, at("--writers")));
    for (boolean deleteExtra : new boolean[] {false, true}) {
      words.put(
          "--repair" + (deleteExtra ? " --delete-extra --yes" : ""),
          b -> b.repair(new Verification.Repair(deleteExtra), at("--repair")));
    }
    for (boolean count : new boolean[] {false, true}) {
      for (boolean full : new boolean[] {false, true}) {
        for (OptionalInt sample : List.of(OptionalInt.of(9), OptionalInt.empty())) {
          String option = sample.isPresent() ? "--sample" : "--count";
          Map<String, Consumer<VerificationBuilder>> some = new LinkedHashMap<>();
          some.put(
              ((count ? "--count " : "")
                      + (full ? "--full " : "")
                      + (sample.isPresent() ? "--sample 9" : ""))
                  .strip(),
              b -> b.checks(new Checks(count, sample, full), at(option)));
          holdVerification(some, false);
        }
      }
    }
    holdVerification(words, true);
  }

  private static void holdVerification(
      Map<String, Consumer<VerificationBuilder>> words, boolean usual) {
    hold(
        "verify prod:users dev:users",
        words,
        more -> {
          VerificationBuilder job = new VerificationBuilder(at("verify"));
          job.from("prod:users", at("A")).to("dev:users", at("B"));
          if (usual) {
            job.checks(new Checks(false, OptionalInt.empty(), false), at("--count"));
          }
          more.accept(job);
          return job.build(ENVIRONMENTS);
        });
  }

  @Test
  void budgetIsOneOfItsOption() {
    for (String command :
        List.of("copy prod:users dev:users", "query prod:users", "truncate prod:users")) {
      List<Budget> budgets = job(command, "--budget 2.5").allowance().budgets();
      assertThat(budgets).extracting(Budget::dollars).containsExactly(2.5);
      assertThat(budgets).extracting(Budget::at).containsExactly(at("--budget"));
    }
  }

  private static Query.Output output(boolean terminal, String options) {
    List<String> words = new ArrayList<>(List.of("query", "prod:users"));
    words.addAll(Arrays.asList(options.strip().split(" +")));
    words.removeIf(String::isEmpty);
    return ((Query) job(terminal, words.toArray(String[]::new))).output();
  }

  @ParameterizedTest
  @CsvSource({
    "'', JSONL, TABLE",
    "--output json, JSON, JSON",
    "-o csv, CSV, CSV",
    "--output table, TABLE, TABLE",
    "--dynamodb-json, JSONL, JSONL",
    "--json, JSONL, JSONL",
    "--json --output json, JSON, JSON",
    "--json --output csv --dry-run, CSV, CSV",
    "--dynamodb-json --output json, JSON, JSON",
    "--count, JSONL, TABLE",
    "--unique a, JSONL, TABLE",
    "--sample 9, JSONL, TABLE",
  })
  void queryPrintsAsItIsSaid(String options, Query.Format file, Query.Format person) {
    for (boolean terminal : new boolean[] {false, true}) {
      Query.Output output = output(terminal, options);
      assertThat(output.format()).isEqualTo(terminal ? person : file);
      assertThat(output.typed()).isEqualTo(options.contains("--dynamodb-json"));
      assertThat(output.count()).isEqualTo(options.contains("--count"));
      assertThat(output.unique().isPresent()).isEqualTo(options.contains("--unique"));
      assertThat(output.sample().isPresent()).isEqualTo(options.contains("--sample"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "query prod:users --json --output csv | --json: goes with --output json or jsonl alone",
        "query prod:users --count -o json | --output: does not go with --count",
        "query prod:users --count --dynamodb-json | --dynamodb-json: does not go with --count",
        "query prod:users --count --project a | --project: does not go with --count",
        "query prod:users --dynamodb-json -o csv | --dynamodb-json: goes with --output json or",
        "fingerprint prod:users --json | --json: goes with --dry-run: a fingerprint is a file",
        "copy prod:users dev:users --truncate-first | --truncate-first: goes with --replace",
        "copy prod:users dev:users --no-backup | --no-backup: goes with --replace",
        "verify prod:users dev:users --delete-extra | --delete-extra: goes with --repair",
        "verify prod:users dev:users --yes | --yes: goes with --repair",
        "copy prod:users dev:users --pk a --sk 1 --sk-less 2 | --sk-less: a query compares the",
        "copy prod:users dev:users --sk 1 | --sk: needs --pk too",
        "copy prod:users dev:users --index i | --index: needs --pk too",
        "copy prod:users dev:users --index i --sk 1 | --index: needs --pk too",
        "copy prod:users dev:users --pk a --pks k | --pks: say --pk or --pks, not both",
        "copy prod:users dev:users --names {} | --names: goes with --filter",
        "copy prod:users dev:users --values {} | --values: goes with --filter",
        "copy prod:users dev:users --filter a=b --names [] | --names: ",
        "copy prod:users dev:users --filter a=b --values {}{} | --values: ",
        "copy prod:users dev:users --prices 5 | --prices: takes dollars for a million units",
        "copy prod:users dev:users --retry 5 | --retry: `retry` takes `attempts`",
        "copy prod:users dev:users --retry base=2s,cap=1s | --retry: `retry cap` must not be below",
      })
  void optionThatDoesNotGoThereIsNamed(String line, String message) {
    assertThatThrownBy(() -> job(false, line.split(" "))).hasMessageStartingWith(message);
  }
}
