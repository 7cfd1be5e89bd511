package org.dynocopy.run.resume;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.dynocopy.core.Checkpoint;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.files.FileReason;
import org.dynocopy.files.InputFile;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.run.job.Stages;
import org.dynocopy.run.job.WorkingFiles;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.Reading;
import org.dynocopy.spec.Shape;
import org.dynocopy.spec.ShapeStep;
import org.dynocopy.state.CheckpointFile;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.TableReading;

/**
 * Where a job keeps its checkpoint, and what it must be to go on from there.
 *
 * @param file the checkpoint
 * @param plan what is copied, by the names of its parts
 * @param fresh whether it begins anew all the same
 * @param at where a job says so, for messages
 * @param filters where the filters are that run here, for messages
 * @param saved the checkpoint of a run that was stopped
 */
public record ResumePoint(
    Path file,
    Map<String, String> plan,
    boolean fresh,
    Location at,
    List<Location> filters,
    Optional<CheckpointFile> saved) {

  /** Larger files are known by their size and time. */
  private static final long DIGESTED_BYTES = 64 << 20;

  /** Tells whether a copy can go on after it was stopped: what its shape does must be known. */
  public static boolean possible(Copy plan) {
    return plan.shape().resumable();
  }

  /** Tells the same, and says why a copy of a recipe could not go on. */
  public static boolean possible(Copy plan, Stages stages) {
    doubts(plan).forEach(stages::say);
    return possible(plan);
  }

  /** Returns, a sentence for each step, why a copy could not go on after it was stopped. */
  private static List<String> doubts(Copy plan) {
    List<String> doubts = new ArrayList<>();
    for (ShapeStep step : plan.shape().steps()) {
      List<String> unknown = step.basis().map(ShapeStep.Basis::unknown).orElse(List.of());
      if (!unknown.isEmpty()) {
        doubts.add(
            step.at()
                + ": the "
                + step.word()
                + " uses "
                + String.join(", ", unknown)
                + ": another run cannot tell whether that is still the same, so if this copy is"
                + " stopped it begins anew, and what it has written stays. A value that is given"
                + " by `param` lets it go on");
      }
    }
    return doubts;
  }

  /**
   * Looks for a checkpoint.
   *
   * @param reading what is read
   * @param to the target as it is now
   * @throws InvalidJobException if it cannot be used, or is of another plan, or none could be kept
   */
  public static ResumePoint of(Copy plan, TableReading reading, TableInfo to) {
    Map<String, String> parts = parts(plan, reading, to);
    Path file = plan.resume().file().orElseGet(() -> usualFile(plan, parts));
    List<Location> filters =
        plan.shape().steps().stream()
            .filter(step -> step.basis().isPresent())
            .map(ShapeStep::at)
            .toList();
    return of(file, parts, plan.resume().fresh(), plan.at("resume", "copy"), filters);
  }

  /**
   * Looks for the checkpoint of a job whose items come out of a store.
   *
   * @param name what the checkpoint is called
   * @param from the {@code StoreInfo.identity} of the store
   * @param to the target as it is now
   */
  public static ResumePoint of(
      String name, Map<String, String> from, TableInfo to, boolean fresh, Location at) {
    Map<String, String> parts = new TreeMap<>(from);
    parts.put("to", text(to));
    String which = parts.keySet() + " " + to.name();
    String digest = digest(which.getBytes(UTF_8)).substring(0, 8);
    return of(WorkingFolder.file(name + "-" + digest + ".checkpoint"), parts, fresh, at, List.of());
  }

  private static ResumePoint of(
      Path file, Map<String, String> parts, boolean fresh, Location at, List<Location> filters) {
    ResumePoint empty = new ResumePoint(file, parts, fresh, at, filters, Optional.empty());
    CheckpointPlace.check(file, at);
    return empty.read();
  }

  /** Reads the checkpoint, perhaps once more: another run may have moved it. */
  ResumePoint read() {
    Optional<CheckpointFile> now = fresh ? Optional.empty() : CheckpointFile.read(file);
    now.ifPresent(checkpoint -> compare(checkpoint.plan()));
    now.ifPresent(checkpoint -> CheckpointPlace.checkLast(file, at));
    return new ResumePoint(file, plan, fresh, at, filters, now);
  }

  /** Returns the same after a read that took some capacity. */
  ResumePoint plus(double readUnits) {
    return new ResumePoint(file, plan, fresh, at, filters, saved.map(was -> was.plus(readUnits)));
  }

  private static Map<String, String> parts(Copy plan, TableReading reading, TableInfo to) {
    Reading said = reading.reading();
    Map<String, String> parts = new TreeMap<>();
    parts.put("from", text(reading.table()));
    parts.put("to", text(to));
    selection(said, parts);
    // Where items are removed first, none may have been written yet.
    plan.replace().ifPresent(how -> parts.put("replace", how.truncateFirst() ? "first" : "last"));
    // Of a query they decide which ranges there are; of a scan only how many are read at once.
    if (said.where().isEmpty()) {
      parts.put("read", "by a scan");
    }
    return parts;
  }

  /** Adds what decides which items are read, and what becomes of them. */
  public static void selection(Reading said, Map<String, String> parts) {
    said.where().ifPresent(where -> parts.put("where", brief(where.text())));
    said.where()
        .flatMap(KeyCondition::keysFile)
        .ifPresent(
            file -> parts.put(ResumeDifferences.KEYS + file, digestOf(file) + ", each key once"));
    said.serverFilter().ifPresent(filter -> parts.put("filter", filter.text()));
    shape(said.shape(), parts);
    said.limit().ifPresent(limit -> parts.put("limit", Long.toString(limit)));
  }

  /** A projection has no basis: its attributes are shown as they are. */
  private static void shape(Shape shape, Map<String, String> parts) {
    if (!shape.project().isEmpty()) {
      parts.put("project", String.join(", ", shape.project()));
    }
    List<ShapeStep.Basis> known = shape.steps().stream().flatMap(s -> s.basis().stream()).toList();
    if (known.isEmpty()) {
      return;
    }
    StringBuilder code = new StringBuilder();
    StringBuilder values = new StringBuilder();
    for (ShapeStep.Basis basis : known) {
      code.append(basis.code()).append('\0');
      values.append(basis.number()).append(' ').append(basis.values()).append('\0');
      basis
          .outside()
          .forEach(
              (what, value) ->
                  parts.put(ResumeDifferences.OUTSIDE + what, digest(value.getBytes(UTF_8))));
    }
    parts.put(ResumeDifferences.CODE, digest(code.toString().getBytes(UTF_8)));
    parts.put(ResumeDifferences.VALUES, digest(values.toString().getBytes(UTF_8)));
  }

  private static String text(TableInfo table) {
    return identity(table) + ", " + table.region();
  }

  /** Returns what tells a table from others, wherever it is asked for. */
  public static String identity(TableInfo table) {
    String made = table.created().map(time -> " made " + time).orElse("");
    String id = table.id().isEmpty() ? "" : " (" + table.id() + ")";
    // A table has many addresses; only where nothing else tells tables apart does it count.
    String at = made.isEmpty() && id.isEmpty() ? " at " + table.endpoint() : "";
    return table.arn() + id + made + at;
  }

  /** The whole text, with thousands of keys, would be written with each checkpoint. */
  private static String brief(String text) {
    int most = 500;
    return text.length() <= most
        ? text
        : text.substring(0, most / 2) + "… (" + digest(text.getBytes(UTF_8)) + ")";
  }

  /**
   * Files are told apart by what they have in them; a place that is no file has nothing. It is
   * asked before a file was looked at: one that may be no file of keys is not read to its end.
   */
  private static String digestOf(Path file) {
    if (!Files.isRegularFile(file)) {
      return "";
    }
    try (InputStream in = InputFile.open(file)) {
      if (Files.size(file) > DIGESTED_BYTES) {
        return Files.size(file) + " bytes of " + Files.getLastModifiedTime(file);
      }
      return digest(in);
    } catch (IOException e) {
      throw new InvalidJobException(
          Location.NOWHERE, file + " cannot be read: " + FileReason.of(e));
    }
  }

  public static String digest(byte[] bytes) {
    try {
      return digest(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory does not fail", e);
    }
  }

  private static String digest(InputStream in) throws IOException {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] some = new byte[1 << 16];
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        sha256.update(some, 0, read);
      }
      return HexFormat.of().formatHex(sha256.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Copies of other parts of the same tables have files of their own. */
  private static Path usualFile(Copy plan, Map<String, String> parts) {
    Map<String, String> selection = new TreeMap<>(parts);
    selection.put("from", plan.from().toString());
    selection.put("to", plan.to().toString());
    // Neither may a table that was made anew go unnoticed, nor a filter that was changed, or that
    // reads something else now.
    selection.keySet().removeIf(part -> part.startsWith(ResumeDifferences.OUTSIDE));
    String digest = digest(selection.toString().getBytes(UTF_8)).substring(0, 8);
    return WorkingFolder.file(tables(plan) + digest + ".checkpoint");
  }

  private static String tables(Copy plan) {
    return WorkingFiles.safe(plan.from().name() + "-" + plan.to().name() + "-");
  }

  /** Names the unfinished copies between the same tables with which this one does not go on. */
  public Optional<String> unfinished(Copy plan) {
    return fresh || saved.isPresent()
        ? Optional.empty()
        : UnfinishedCopies.beside(file, tables(plan) + "*.checkpoint");
  }

  private void compare(Map<String, String> then) {
    List<String> differences = new ResumeDifferences(then, plan, filters).differences();
    if (!differences.isEmpty()) {
      throw new InvalidJobException(
          at,
          "the checkpoint "
              + file
              + " is of another copy: "
              + String.join("; ", differences)
              + ". Run it as it was to go on, or use --fresh to begin anew");
    }
  }

  /** Returns where the copy begins. */
  public Checkpoint from() {
    return saved.map(CheckpointFile::checkpoint).orElse(Checkpoint.START);
  }
}
