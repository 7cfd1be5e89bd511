package org.dynocopy.spec.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.Problem;
import org.dynocopy.diagnostic.Suggestions;
import org.dynocopy.spec.Checks;
import org.dynocopy.spec.Verification;
import org.dynocopy.spec.Verification.OfFile;
import org.dynocopy.spec.Verification.OfTable;
import org.dynocopy.spec.Verification.Repair;
import org.dynocopy.spec.Verification.Side;
import org.dynocopy.spec.limits.JobLimits;
import org.dynocopy.spec.place.Environments;

/** Collects what is said of a comparison of two tables, and makes a {@link Verification} of it. */
public final class VerificationBuilder extends ReadingBuilder<VerificationBuilder> {

  private static final String FILE = "file:";
  private static final String BEGIN = "{\"format\":\"dynocopy fingerprint\"";

  private Optional<String> to = Optional.empty();
  private Checks checks = new Checks(false, OptionalInt.empty(), false);
  private Optional<Repair> repair = Optional.empty();

  /**
   * Starts.
   *
   * @param at where the verification stands
   */
  public VerificationBuilder(Location at) {
    super("verify", at);
  }

  @Override
  VerificationBuilder self() {
    return this;
  }

  @Override
  String use(String word) {
    return "compare";
  }

  /** Names what is compared with the source: a table, or {@code file:users.fp}. */
  public VerificationBuilder to(String table, Location at) {
    to = Optional.of(table);
    return said("to", at);
  }

  /** Says how to compare; every item, if nothing is said. */
  public VerificationBuilder checks(Checks how, Location at) {
    check(this, how, at);
    checks = how;
    return said("checks", at);
  }

  /** Reports a sample of nothing. */
  static void check(ReadingBuilder<?> builder, Checks how, Location at) {
    how.sample().ifPresent(n -> builder.check(n >= 1, at, "`sample` must be at least 1, not " + n));
  }

  /** Repairs the target. */
  public VerificationBuilder repair(Repair how, Location at) {
    repair = Optional.of(how);
    return said("repair", at);
  }

  /**
   * Checks the whole and makes the verification.
   *
   * @throws org.dynocopy.diagnostic.InvalidJobException with every mistake found
   */
  public Verification build(Environments environments) {
    List<Problem> found = problems();
    Optional<Side> source = side("from", from(), environments, found);
    Optional<Side> target = side("to", to, environments, found);
    if (source.isPresent() && source.equals(target)) {
      found.add(new Problem(at("to"), "source and target are the same, `" + to.get() + "`"));
    }
    Checks how = checks.orFull();
    if (source.isPresent() && target.isPresent()) {
      checkFiles(source.get(), target.get(), how, found);
    }
    if (limited()) {
      found.add(
          new Problem(
              at("limit"),
              "`limit` does not go with `verify`: it cannot be known which items it is"));
    }
    if (repair.isPresent()) {
      if (!how.full()) {
        found.add(new Problem(at("repair"), "`repair` goes with `full()`, which finds it all"));
      }
      if (target.orElse(null) instanceof OfTable table) {
        writable("to", Optional.of(table.reading().table()), found);
      }
    }
    if (repair.isEmpty() && allowance().write().isPresent()) {
      found.add(
          new Problem(
              at(JobLimits.WRITE),
              "a verify without `repair` writes no table: say the rate of reads alone"));
    }
    throwIfAny(found);
    return new Verification(
        "verify " + source.get() + " -> " + target.get(),
        source.get(),
        target.get(),
        how,
        repair,
        writers(),
        allowance(),
        words());
  }

  private void checkFiles(Side source, Side target, Checks how, List<Problem> found) {
    if (source instanceof OfTable && target instanceof OfTable) {
      return;
    }
    if (how.sample().isPresent() && !how.full()) {
      found.add(new Problem(at("checks"), "`sample` needs two tables: a fingerprint has no items"));
    }
    if (repair.isPresent()) {
      found.add(
          new Problem(
              at("repair"),
              "`repair` needs two tables: a fingerprint has no items, and cannot be repaired"));
    }
    boolean part = source instanceof OfTable table ? table.reading().part() : selects();
    if (source instanceof OfFile && target instanceof OfFile && part) {
      found.add(
          new Problem(
              at("where"), "two fingerprints are compared whole: nothing can be selected of them"));
    }
  }

  /** Returns whether a table's name is that of a file, too, which is a fingerprint. */
  private static boolean isFingerprint(String text) {
    try {
      Path file = Path.of(text);
      // To open a pipe would wait for whoever writes to it.
      if (!Files.isRegularFile(file)) {
        return false;
      }
      try (InputStream in = Files.newInputStream(file)) {
        return new String(in.readNBytes(BEGIN.length()), UTF_8).equals(BEGIN);
      }
    } catch (IOException | InvalidPathException e) {
      return false; // There is no such file, as of almost all tables.
    }
  }

  private Optional<Side> side(
      String word, Optional<String> text, Environments environments, List<Problem> found) {
    if (text.filter(t -> t.startsWith(FILE) && t.length() > FILE.length()).isEmpty()) {
      if (text.filter(VerificationBuilder::isFingerprint).isPresent()) {
        found.add(
            new Problem(
                at(word),
                "`"
                    + text.get()
                    + "` is a fingerprint, not a table."
                    + Suggestions.file(text.get())));
        return Optional.empty();
      }
      return table(word, text, environments, found).map(this::readingOf).map(OfTable::new);
    }
    try {
      return Optional.of(new OfFile(Path.of(text.get().substring(FILE.length()))));
    } catch (InvalidPathException e) {
      found.add(new Problem(at(word), "`" + text.get() + "` is not a file's path"));
      return Optional.empty();
    }
  }
}
