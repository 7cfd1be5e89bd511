package org.dynocopy.cli.command;

import java.util.Optional;
import java.util.OptionalInt;
import org.dynocopy.cli.console.Console;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.Checks;
import org.dynocopy.spec.Verification;
import org.dynocopy.spec.build.VerificationBuilder;
import org.dynocopy.spec.place.Environments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares two tables. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compares two tables, or the same part of both; exit code 1 if they differ.",
      "",
      "Prints a line of JSON for each item that is missing in B, extra there or "
          + "different, with both items. By default every item is compared.",
      "",
      "A and B are ENVIRONMENT:TABLE, a bare table name, a table's ARN; or the file that "
          + "`dynocopy fingerprint` made, as file:FINGERPRINT."
    },
    customSynopsis = "dynocopy verify A B [OPTIONS]",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  dynocopy verify prod:users dev:users",
      "  dynocopy verify prod:users dev:users --index byTenant --pk t1 --repair",
      "  dynocopy verify file:prod-users.fp dev:users"
    })
public final class VerifyCommand extends JobCommand {

  @Parameters(index = "0", paramLabel = "A", description = "What B should be like.")
  private String from;

  @Parameters(index = "1", paramLabel = "B", description = "What is compared with it.")
  private String to;

  @Option(names = "--count", description = "Only count the items of both.")
  private boolean count;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description =
          "Look for N items of A, chosen at random, in B. A is read to its end, since "
              + "each of its items should have the same chance.")
  private Optional<Integer> sample = Optional.empty();

  @Option(names = "--full", description = "Compare every item of both.")
  private boolean full;

  @Option(
      names = "--repair",
      description = "Copy to B what is missing there or different, as it is in A then.")
  private boolean repair;

  @Option(
      names = "--delete-extra",
      description = "With --repair: delete from B what A does not have.")
  private boolean deleteExtra;

  @Mixin private SelectionOptions selection;

  @Mixin private WriterOptions writers;

  @Mixin private RateOptions rates;

  public VerifyCommand(Console console) {
    super(console);
  }

  @Override
  public Verification job(Environments environments) {
    VerificationBuilder verification = new VerificationBuilder(Location.option("verify"));
    rates.say(verification);
    verification.from(from, Location.option("A")).to(to, Location.option("B"));
    selection.say(verification);
    OptionalInt size = sample.map(OptionalInt::of).orElse(OptionalInt.empty());
    String option = size.isPresent() ? "--sample" : "--count";
    verification.checks(new Checks(count, size, full), Location.option(option));
    if (repair) {
      verification.repair(new Verification.Repair(deleteExtra), Location.option("--repair"));
    } else if (deleteExtra || confirmed()) {
      String needless = deleteExtra ? "--delete-extra" : "--yes";
      verification.problem(Location.option(needless), "goes with --repair");
    }
    writers.say(verification);
    return verification.build(environments);
  }
}
