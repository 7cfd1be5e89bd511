package org.dynocopy.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.dynocopy.cli.console.Console;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.Checks;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.OnConflict;
import org.dynocopy.spec.build.CopySpecBuilder;
import org.dynocopy.spec.place.Environments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The one-liner: makes the plan that a recipe with one copy would make. */
@Command(
    name = "copy",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Copies a table, or a part of it.",
      "",
      "FROM and TO are ENVIRONMENT:TABLE, a bare table name, or a table's ARN."
    },
    customSynopsis = "dynocopy copy FROM TO [OPTIONS]",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  dynocopy copy prod:users dev:users --segments 16",
      "  dynocopy copy prod:users dev:users --index byTenant --pk t1 --sk-begins 2026-",
      "  dynocopy copy users local:users --profile prod \\",
      "    --filter '#s = :s' --names '{\"#s\":\"status\"}' --values '{\":s\":{\"S\":\"on\"}}'"
    })
public final class CopyCommand extends JobCommand {

  @Parameters(index = "0", paramLabel = "FROM", description = "The table to read.")
  private String from;

  @Parameters(index = "1", paramLabel = "TO", description = "The table to write.")
  private String to;

  @Mixin private SelectionOptions selection;

  @Option(
      names = "--project",
      split = ",",
      paramLabel = "NAME",
      description = "Copy these attributes and the keys alone.")
  private List<String> project = new ArrayList<>();

  @Option(names = "--limit", paramLabel = "N", description = "Copy at most so many items.")
  private Optional<Long> limit = Optional.empty();

  @Option(
      names = "--read-once",
      description = "Do not read an index once more for what has moved in it while it was read.")
  private boolean readOnce;

  @Mixin private WriterOptions writers;

  @Option(
      names = "--dead-letter",
      paramLabel = "FILE",
      description = "Put items that cannot be written there; by default under .dynocopy/.")
  private Optional<Path> deadLetter = Optional.empty();

  @Option(
      names = "--stop-after",
      paramLabel = "N",
      description = "Stop after so many of these; 1000 by default.")
  private Optional<Long> stopAfter = Optional.empty();

  @Option(
      names = "--on-conflict",
      paramLabel = "WAY",
      description =
          "What to do where the target has an item with the same key: overwrite it, skip "
              + "(keep it), fail, or newer:NAME, keep it unless its attribute NAME is less.")
  private Optional<String> onConflict = Optional.empty();

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description = "Keep the checkpoint there, by default one of its own under .dynocopy/.")
  private Optional<Path> resume = Optional.empty();

  @Option(
      names = "--create-target",
      description = "Make the target like the source if it is not there.")
  private boolean createTarget;

  @Option(
      names = "--replace",
      description =
          "Make what is selected of the target identical to the source's: back it up, "
              + "write the items, then remove what the source does not have.")
  private boolean replace;

  @Option(
      names = "--truncate-first",
      description = "With --replace: remove the target's items before, not after.")
  private boolean truncateFirst;

  @Option(names = "--no-backup", description = "With --replace: do not back up the target.")
  private boolean noBackup;

  @Option(
      names = "--verify",
      description = "Afterwards, compare the target with what was copied, item by item.")
  private boolean verify;

  @Option(
      names = "--verify-count",
      description = "Afterwards, count the items of the target; nothing else without --verify.")
  private boolean verifyCount;

  @Option(
      names = "--verify-sample",
      paramLabel = "N",
      description = "Afterwards, look for N of the copied items, chosen at random, in the target.")
  private Optional<Integer> verifySample = Optional.empty();

  @Mixin private RateOptions rates;

  public CopyCommand(Console console) {
    super(console);
  }

  @Override
  public Copy job(Environments environments) {
    CopySpecBuilder plan = new CopySpecBuilder(Optional.empty(), Location.option("copy"));
    rates.say(plan);
    plan.from(from, Location.option("FROM")).to(to, Location.option("TO"));
    selection.say(plan);
    writers.say(plan);
    limit.ifPresent(n -> plan.limit(n, Location.option("--limit")));
    deadLetter.ifPresent(file -> plan.deadLetter(file, Location.option("--dead-letter")));
    stopAfter.ifPresent(n -> plan.stopAfter(n, Location.option("--stop-after")));
    if (!project.isEmpty()) {
      plan.project(project, Location.option("--project"));
    }
    if (readOnce) {
      plan.readOnce(Location.option("--read-once"));
    }
    onConflict.ifPresent(way -> onConflict(plan, way));
    resume.ifPresent(file -> plan.resume(file, Location.option("--resume")));
    if (createTarget) {
      plan.createTarget(Location.option("--create-target"));
    }
    if (replace) {
      plan.replace(new Copy.Replace(truncateFirst, !noBackup), Location.option("--replace"));
    } else if (truncateFirst || noBackup) {
      String option = truncateFirst ? "--truncate-first" : "--no-backup";
      plan.problem(Location.option(option), "goes with --replace");
    }
    verify(plan);
    return plan.build(environments);
  }

  private void verify(CopySpecBuilder plan) {
    if (verify || verifyCount || verifySample.isPresent()) {
      OptionalInt sample = verifySample.map(OptionalInt::of).orElseGet(OptionalInt::empty);
      String option =
          verify ? "--verify" : sample.isPresent() ? "--verify-sample" : "--verify-count";
      plan.verify(new Checks(verifyCount, sample, verify), Location.option(option));
    }
  }

  private static void onConflict(CopySpecBuilder plan, String way) {
    Location at = Location.option("--on-conflict");
    if (way.startsWith("newer:")) {
      plan.onConflict(OnConflict.newer(way.substring("newer:".length())), at);
    } else {
      plan.onConflict(way, at);
    }
  }
}
