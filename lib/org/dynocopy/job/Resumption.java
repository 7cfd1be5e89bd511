package org.dynocopy.job;

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
import org.dynocopy.engine.Checkpoint;
import org.dynocopy.engine.WorkingFolder;
import org.dynocopy.plan.ClientFilter;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.plan.KeyCondition;
import org.dynocopy.plan.Location;
import org.dynocopy.plan.Plan;
import org.dynocopy.plan.Reading;
import org.dynocopy.store.dynamo.TableInfo;
import org.dynocopy.store.dynamo.TableReading;
import org.dynocopy.store.file.CheckpointFile;

/**
 * Where a copy keeps its checkpoint, and what it must be to go on from there.
 *
 * @param file the checkpoint
 * @param plan what is copied, by the names of its parts
 * @param saved the checkpoint of a run that was stopped
 */
record Resumption(Path file, Map<String, String> plan, Optional<CheckpointFile> saved) {

  private static final String OUTSIDE = "the filter's ";
  private static final String CODE = "the filter's code";

  /**
   * Tells whether a copy can go on after it was stopped: what its filters keep must be known. A
   * replacement has several stages, and begins anew.
   */
  static boolean possible(Plan plan) {
    return plan.replace().isEmpty()
        && plan.reading().clientFilters().stream().allMatch(ClientFilter::certain);
  }

  /** Tells the same, and says why a copy of a recipe could not go on. */
  static boolean possible(Plan plan, Stages stages) {
    if (plan.replace().isEmpty()) {
      doubts(plan).forEach(stages::say);
    }
    return possible(plan);
  }

  /** Returns, a sentence for each filter, why a copy could not go on after it was stopped. */
  private static List<String> doubts(Plan plan) {
    List<String> doubts = new ArrayList<>();
    for (ClientFilter filter : plan.reading().clientFilters()) {
      List<String> unknown = filter.basis().map(ClientFilter.Basis::unknown).orElse(List.of());
      if (!unknown.isEmpty()) {
        doubts.add(
            filter.at()
                + ": the filter uses "
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
   * @throws InvalidPlanException if it cannot be used, or is of another plan, or none could be kept
   */
  static Resumption of(Plan plan, TableReading reading, TableInfo to) {
    Map<String, String> parts = parts(plan, reading, to);
    Path file = plan.resume().file().orElseGet(() -> usualFile(plan, parts));
    checkWritable(plan, file);
    return new Resumption(file, parts, Optional.empty()).read(plan);
  }

  /** Reads the checkpoint, perhaps once more: another run may have moved it. */
  Resumption read(Plan copy) {
    Optional<CheckpointFile> now =
        copy.resume().fresh() ? Optional.empty() : CheckpointFile.read(file);
    now.ifPresent(checkpoint -> compare(copy, file, plan, checkpoint.plan()));
    return new Resumption(file, plan, now);
  }

  private static Map<String, String> parts(Plan plan, TableReading reading, TableInfo to) {
    Reading said = reading.reading();
    Map<String, String> parts = new TreeMap<>();
    parts.put("from", text(reading.table()));
    parts.put("to", text(to));
    said.where().ifPresent(where -> parts.put("where", brief(where.text())));
    said.where()
        .flatMap(KeyCondition::keysFile)
        .ifPresent(file -> parts.put("keys in " + file, digestOf(file) + ", each key once"));
    said.serverFilter().ifPresent(filter -> parts.put("filter", filter.text()));
    filters(said.clientFilters(), parts);
    if (!said.project().isEmpty()) {
      parts.put("project", String.join(", ", said.project()));
    }
    said.limit().ifPresent(limit -> parts.put("limit", Long.toString(limit)));
    // Of a query they decide which ranges there are; of a scan only how many are read at once.
    if (said.where().isEmpty()) {
      parts.put("read", "by a scan");
    }
    return parts;
  }

  private static void filters(List<ClientFilter> filters, Map<String, String> parts) {
    if (filters.isEmpty()) {
      return;
    }
    StringBuilder code = new StringBuilder();
    StringBuilder values = new StringBuilder();
    for (ClientFilter filter : filters) {
      ClientFilter.Basis basis = filter.basis().orElseThrow();
      code.append(basis.code()).append('\0');
      values.append(basis.number()).append(' ').append(basis.values()).append('\0');
      basis
          .outside()
          .forEach((what, value) -> parts.put(OUTSIDE + what, digest(value.getBytes(UTF_8))));
    }
    parts.put(CODE, digest(code.toString().getBytes(UTF_8)));
    parts.put("filters", digest(values.toString().getBytes(UTF_8)));
  }

  private static String text(TableInfo table) {
    String made = table.created().map(time -> " made " + time).orElse("");
    String id = table.id().isEmpty() ? "" : " (" + table.id() + ")";
    return table.arn() + id + made + " at " + table.endpoint() + ", " + table.region();
  }

  /** The whole text, with thousands of keys, would be written with each checkpoint. */
  private static String brief(String text) {
    int most = 500;
    return text.length() <= most
        ? text
        : text.substring(0, most / 2) + "… (" + digest(text.getBytes(UTF_8)) + ")";
  }

  /** Files are told apart by what they have in them; a place that is no file has nothing. */
  private static String digestOf(Path file) {
    if (!Files.isRegularFile(file)) {
      return "";
    }
    try (InputStream in = Files.newInputStream(file)) {
      return digest(in);
    } catch (IOException e) {
      throw new InvalidPlanException(Location.NOWHERE, file + " cannot be read: " + e);
    }
  }

  private static String digest(byte[] bytes) {
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
  private static Path usualFile(Plan plan, Map<String, String> parts) {
    Map<String, String> selection = new TreeMap<>(parts);
    selection.put("from", plan.from().toString());
    selection.put("to", plan.to().toString());
    // Neither may a table that was made anew go unnoticed, nor a filter that was changed, or that
    // reads something else now.
    selection.keySet().removeIf(part -> part.equals(CODE) || part.startsWith(OUTSIDE));
    String digest = digest(selection.toString().getBytes(UTF_8)).substring(0, 8);
    String name = plan.from().name() + "-" + plan.to().name() + "-" + digest + ".checkpoint";
    return WorkingFolder.file(name);
  }

  private static void compare(
      Plan plan, Path file, Map<String, String> now, Map<String, String> then) {
    List<String> differences = new ArrayList<>();
    Map<String, String> all = new TreeMap<>(then);
    all.putAll(now);
    for (String part : all.keySet()) {
      String was = then.getOrDefault(part, "not there");
      String is = now.getOrDefault(part, "not there");
      if (!was.equals(is)) {
        differences.add("`" + part + "` was " + was + " and is " + is);
      }
    }
    if (!differences.isEmpty()) {
      throw new InvalidPlanException(
          plan.at("resume", "copy"),
          "the checkpoint "
              + file
              + " is of another copy: "
              + String.join("; ", differences)
              + ". Say --fresh to begin anew");
    }
  }

  private static void checkWritable(Plan plan, Path file) {
    Path place = file.toAbsolutePath().getParent();
    while (!Files.exists(place)) {
      place = place.getParent();
    }
    if (!Files.isDirectory(place) || !Files.isWritable(place) || Files.isDirectory(file)) {
      throw new InvalidPlanException(
          plan.at("resume", "copy"), "cannot keep a checkpoint in " + file + ": check " + place);
    }
  }

  /** Returns where the copy begins. */
  Checkpoint from() {
    return saved.map(CheckpointFile::checkpoint).orElse(Checkpoint.START);
  }
}
