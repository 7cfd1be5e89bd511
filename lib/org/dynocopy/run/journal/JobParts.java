package org.dynocopy.run.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dynocopy.run.resume.ResumePoint;
import org.dynocopy.spec.Backup;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.Deletion;
import org.dynocopy.spec.FingerprintJob;
import org.dynocopy.spec.Job;
import org.dynocopy.spec.Query;
import org.dynocopy.spec.Reading;
import org.dynocopy.spec.Replay;
import org.dynocopy.spec.Restore;
import org.dynocopy.spec.SchemaClone;
import org.dynocopy.spec.ShapeStep;
import org.dynocopy.spec.Verification;
import org.dynocopy.spec.Verification.OfTable;
import org.dynocopy.spec.place.FileRef;
import org.dynocopy.spec.place.TableRef;

/**
 * What decides of a job as it is asked for, before its tables are looked at: budgets, rates and how
 * many are at work do not.
 *
 * @param parts its parts by their names
 * @param readings what it reads of tables
 * @param tables the tables that it reads or writes, or patterns of them, in the order of {@link
 *     JobRun#tables}
 */
record JobParts(Map<String, String> parts, List<Reading> readings, List<TableRef> tables) {

  static JobParts of(Job job) {
    return job.accept(new Parts());
  }

  /** Returns the steps by which it filters and changes items here. */
  List<ShapeStep> steps() {
    return readings.stream().flatMap(reading -> reading.shape().steps().stream()).toList();
  }

  /** Returns whether it is known what all of them do in another run. */
  boolean certain() {
    return readings.stream().allMatch(reading -> reading.shape().resumable());
  }

  /** Returns which of them are not, for people. */
  String uncertain() {
    return steps().stream()
        .filter(step -> !step.certain())
        .map(step -> step.at().file().isEmpty() ? step.word() + " in Java" : step.at().toString())
        .collect(Collectors.joining(", "));
  }

  /** Returns whether another job may write to the table that this one writes to. */
  boolean sameEnd(Job other) {
    List<TableRef> there = of(other).tables();
    TableRef to = tables.get(tables.size() - 1);
    return fits(to, there.get(there.size() - 1));
  }

  /** Returns whether a table, or pattern, has another's name or fits it. */
  static boolean fits(TableRef table, TableRef other) {
    return other.isPattern()
        ? other.star(table.name()).isPresent()
        : other.name().equals(table.name());
  }

  /** Returns the table whose items a job writes or removes, if it does. */
  static Optional<TableRef> written(Job job) {
    List<TableRef> tables = of(job).tables();
    return onlyReads(job) ? Optional.empty() : Optional.of(tables.get(tables.size() - 1));
  }

  /** Returns the tables of which a job has kept or compared what they had when it read them. */
  static List<TableRef> read(Job job) {
    if (job instanceof Copy copy) {
      return List.of(copy.from());
    }
    return job instanceof Backup || job instanceof Verification ? of(job).tables() : List.of();
  }

  /** Returns whether a job does no harm if it is done again. */
  static boolean isRepeatable(Job job) {
    return (job instanceof Copy || job instanceof Verification || job.prints()) && !job.removes();
  }

  /**
   * Returns the words of a job with which a checkpoint goes on though they are others now, while
   * what has ended with others is not what is asked for.
   */
  static Map<String, String> words(Job job) {
    Map<String, String> words = new TreeMap<>();
    if (job instanceof Copy copy) {
      String way = copy.onConflict().way().name().toLowerCase(Locale.ROOT);
      words.put("onConflict", (way + " " + copy.onConflict().newer()).strip());
      copy.verify().ifPresent(checks -> words.put("verify", checks.toString()));
      words.put("readOnce", "" + copy.readOnce());
      words.put("createTarget", "" + copy.createTarget());
    }
    return words;
  }

  /** Returns whether a job changes nothing of tables that are there. */
  static boolean onlyReads(Job job) {
    return job instanceof Query
        || job instanceof FingerprintJob
        || job instanceof Backup
        || job instanceof Verification compared && compared.repair().isEmpty();
  }

  private static final class Parts implements Job.Visitor<JobParts, RuntimeException> {

    private final Map<String, String> parts = new TreeMap<>();

    private JobParts of(String kind, List<Reading> readings, TableRef... tables) {
      parts.put("job", kind);
      readings.forEach(reading -> ResumePoint.selection(reading, parts));
      return new JobParts(parts, readings, List.of(tables));
    }

    private void put(String name, TableRef table) {
      parts.put(name, table.environment().name() + ":" + table.table());
    }

    @Override
    public JobParts copy(Copy copy) {
      put("from", copy.from());
      put("to", copy.to());
      copy.replace().ifPresent(how -> parts.put("replace", how.truncateFirst() ? "first" : "last"));
      copy.replace().ifPresent(how -> parts.put("backup", "" + how.backup()));
      return of("copy", List.of(copy.reading()), copy.from(), copy.to());
    }

    @Override
    public JobParts deletion(Deletion deletion) {
      put("from", deletion.reading().table());
      return of("delete", List.of(deletion.reading()), deletion.reading().table());
    }

    @Override
    public JobParts query(Query query) {
      put("from", query.reading().table());
      return of("query", List.of(query.reading()), query.reading().table());
    }

    @Override
    public JobParts backup(Backup backup) {
      put("from", backup.reading().table());
      backup.to().ifPresent(to -> parts.put("to", to.toString()));
      return of("backup", List.of(backup.reading()), backup.reading().table());
    }

    @Override
    public JobParts restore(Restore restore) {
      String from = restore.from().toString();
      parts.put("from", restore.from() instanceof FileRef file ? from + state(file.file()) : from);
      put("to", restore.to());
      return of("restore", List.of(), restore.to());
    }

    @Override
    public JobParts replay(Replay replay) {
      parts.put("from", replay.file() + state(replay.file()));
      put("to", replay.to());
      return of("replay", List.of(), replay.to());
    }

    @Override
    public JobParts schemaClone(SchemaClone clone) {
      put("from", clone.from());
      put("to", clone.to());
      return of("schema clone", List.of(), clone.from(), clone.to());
    }

    @Override
    public JobParts verification(Verification verification) {
      parts.put("from", verification.source().toString());
      parts.put("to", verification.target().toString());
      parts.put("check", verification.checks().toString());
      verification
          .repair()
          .ifPresent(how -> parts.put("repair", how.deleteExtra() ? "deletes extra" : "copies"));
      List<Reading> readings =
          Stream.of(verification.source(), verification.target())
              .filter(OfTable.class::isInstance)
              .map(side -> ((OfTable) side).reading())
              .toList();
      return of("verify", readings, readings.stream().map(Reading::table).toArray(TableRef[]::new));
    }

    @Override
    public JobParts fingerprint(FingerprintJob fingerprint) {
      put("from", fingerprint.reading().table());
      return of("fingerprint", List.of(fingerprint.reading()), fingerprint.reading().table());
    }

    /** Another file of the same name is not the same. */
    private static String state(Path file) {
      try {
        return Files.isRegularFile(file)
            ? String.format(" (%,d bytes of %s)", Files.size(file), Files.getLastModifiedTime(file))
            : "";
      } catch (IOException e) {
        return "";
      }
    }
  }
}
