package org.dynocopy.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.dynocopy.engine.Checkpoint;
import org.dynocopy.engine.Checkpoint.Open;
import org.dynocopy.engine.Counts;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.Page.Position;
import org.dynocopy.engine.PartialPage;
import org.dynocopy.files.PrivateFiles;
import org.dynocopy.plan.InvalidPlanException;
import org.dynocopy.shape.AttributeJson;
import org.dynocopy.shape.Json;

/**
 * A checkpoint on the disk: an attribute in DynamoDB's JSON on one line, and on the next the line's
 * CRC-32. It holds keys of items, and so its owner alone can read it.
 *
 * @param plan what is copied, by the names of its parts; another plan must not go on from here
 * @param splits how many segments the source was divided into
 * @param deadLetters the file with the dead letters
 * @param checkpoint how far it is
 * @param sample some of the items that the target has had when they were settled
 */
public record CheckpointFile(
    Map<String, String> plan, long splits, Path deadLetters, Checkpoint checkpoint, Sample sample) {

  /**
   * Items chosen at random.
   *
   * @param share of all items, how many were chosen; from 0 to 1
   * @param items of each its key, and perhaps more
   */
  public record Sample(double share, List<Item> items) {

    /** Of no items. */
    public static final Sample NONE = new Sample(1, List.of());

    /** Copies the list. */
    public Sample {
      items = List.copyOf(items);
    }

    private Map<String, Object> fields() {
      return Map.of(
          "share",
          BigDecimal.valueOf(share),
          "items",
          items.stream().map(item -> (Object) item.toString()).toList());
    }

    /** Checkpoints of earlier versions have none. */
    private static Sample of(Fields checkpoint) {
      if (!checkpoint.all().containsKey("sample")) {
        return NONE;
      }
      Fields fields = checkpoint.map("sample");
      List<Item> items = new ArrayList<>();
      ((List<?>) fields.all().get("items")).forEach(item -> items.add(Item.of((String) item)));
      return new Sample(((BigDecimal) fields.all().get("share")).doubleValue(), items);
    }
  }

  private static final int VERSION = 4;

  /** They have some 100 KB; of 4,096 segments with long keys, some 20 MB. */
  private static final int MOST = (int) Math.min(256 << 20, Runtime.getRuntime().maxMemory() / 32);

  /** Returns the same after a read that took some capacity. */
  public CheckpointFile plus(double readUnits) {
    return new CheckpointFile(plan, splits, deadLetters, checkpoint.plus(readUnits), sample);
  }

  /** Sorts the parts. */
  public CheckpointFile {
    plan = new TreeMap<>(plan);
  }

  /**
   * Reads a checkpoint.
   *
   * @return empty if there is none
   * @throws InvalidPlanException if it is cut off, was changed, or is of another version
   */
  public static Optional<CheckpointFile> read(Path file) {
    if (!PrivateFiles.isThere(file)) {
      return Optional.empty();
    }
    List<String> lines;
    try {
      lines = List.of(new String(PrivateFiles.readAll(file, MOST), UTF_8).split("\n", -1));
    } catch (IOException e) {
      throw Faults.cannotRead(file, e);
    }
    boolean whole = lines.size() == 3 && lines.get(2).isEmpty();
    if (!whole || !crc(lines.get(0).getBytes(UTF_8)).equals(lines.get(1))) {
      throw broken(file, "it is cut off or was changed");
    }
    byte[] text = lines.get(0).getBytes(UTF_8);
    try (JsonParser json = Json.parser(text, 0, text.length)) {
      json.nextToken();
      Fields fields = new Fields((Map<?, ?>) AttributeJson.read(json));
      if (fields.number("dynocopyCheckpoint") != VERSION) {
        throw broken(file, "it is of version " + fields.number("dynocopyCheckpoint"));
      }
      return Optional.of(of(fields));
    } catch (IOException
        | ClassCastException
        | NullPointerException
        | ArithmeticException
        | IllegalArgumentException e) {
      throw broken(file, "it is not what dynocopy writes");
    }
  }

  private static InvalidPlanException broken(Path file, String why) {
    return Faults.invalid(
        file
            + ": this checkpoint cannot be used, "
            + why
            + ". Use --fresh to begin anew: what was copied is copied once more");
  }

  private static String crc(byte[] line) {
    CRC32 crc = new CRC32();
    crc.update(line);
    return Long.toHexString(crc.getValue());
  }

  /**
   * Writes it in one step: whatever happens, the file holds this one or the one before.
   *
   * @throws IOException if it cannot; the one before is still there
   */
  public void write(Path file) throws IOException {
    byte[] line = Json.bytes(json -> AttributeJson.write(json, fields()));
    PrivateFiles.replace(file, (new String(line, UTF_8) + "\n" + crc(line) + "\n").getBytes(UTF_8));
  }

  private Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("dynocopyCheckpoint", VERSION);
    fields.put("plan", plan);
    fields.put("splits", splits);
    fields.put("deadLetters", deadLetters.toString());
    fields.put("begun", checkpoint.begun());
    fields.put("open", checkpoint.open().stream().map(CheckpointFile::fields).toList());
    fields.put("counts", fields(checkpoint.counts()));
    fields.put("sample", sample.fields());
    return fields;
  }

  private static Map<String, Object> fields(Open open) {
    Map<String, Object> fields = new HashMap<>(Map.of("split", open.split()));
    // As text: a position is the service's own JSON, of which not a byte may change.
    open.part().ifPresent(part -> fields.put("part", new String(part, UTF_8)));
    open.after().ifPresent(after -> fields.put("after", new String(after.token(), UTF_8)));
    fields.put("halves", open.partialPages().stream().map(CheckpointFile::fields).toList());
    return fields;
  }

  private static Map<String, Object> fields(PartialPage half) {
    Map<String, Object> fields = new LinkedHashMap<>();
    half.after().ifPresent(after -> fields.put("after", new String(after.token(), UTF_8)));
    fields.put("read", half.read());
    fields.put("digest", half.digest());
    putPlaces(fields, "settled", half.settled());
    putPlaces(fields, "filtered", half.filtered());
    putPlaces(fields, "deadLettered", half.deadLettered());
    putPlaces(fields, "conflicts", half.conflicts());
    putPlaces(fields, "spared", half.spared());
    if (half.admitted() > 0) {
      fields.put("admitted", half.admitted());
    }
    return fields;
  }

  private static void putPlaces(Map<String, Object> fields, String name, BitSet places) {
    if (!places.isEmpty()) {
      fields.put(name, places.toByteArray());
    }
  }

  private static PartialPage half(Fields half) {
    return new PartialPage(
        half.position("after"),
        half.number("read"),
        half.number("digest"),
        half.places("settled"),
        half.places("filtered"),
        half.places("deadLettered"),
        half.places("conflicts"),
        half.places("spared"),
        half.all().containsKey("admitted") ? half.number("admitted") : 0);
  }

  private static Map<String, Object> fields(Counts counts) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("read", counts.read());
    fields.put("filtered", counts.filtered());
    fields.put("gone", counts.gone());
    fields.put("written", counts.written());
    fields.put("deadLettered", counts.deadLettered());
    fields.put("conflicts", counts.conflicts());
    fields.put("spared", counts.spared());
    fields.put("retried", counts.retried());
    fields.put("bytesRead", counts.bytesRead());
    fields.put("bytesWritten", counts.bytesWritten());
    fields.put("readUnits", BigDecimal.valueOf(counts.readUnits()));
    fields.put("writeUnits", BigDecimal.valueOf(counts.writeUnits()));
    return fields;
  }

  private static CheckpointFile of(Fields fields) {
    Map<String, String> plan = new HashMap<>();
    fields.map("plan").all().forEach((name, value) -> plan.put((String) name, (String) value));
    List<Open> open = new ArrayList<>();
    for (Object one : (List<?>) fields.all().get("open")) {
      Fields split = new Fields((Map<?, ?>) one);
      open.add(
          new Open(
              split.number("split"),
              split.text("part").map(part -> part.getBytes(UTF_8)),
              split.position("after"),
              ((List<?>) split.all().get("halves"))
                  .stream().map(half -> half(new Fields((Map<?, ?>) half))).toList()));
    }
    Fields counts = fields.map("counts");
    return new CheckpointFile(
        plan,
        fields.number("splits"),
        Path.of(fields.text("deadLetters").orElseThrow(NullPointerException::new)),
        new Checkpoint(
            fields.number("begun"),
            open,
            new Counts(
                counts.number("read"),
                counts.number("filtered"),
                counts.number("gone"),
                counts.number("written"),
                counts.number("deadLettered"),
                counts.number("conflicts"),
                counts.number("spared"),
                counts.number("retried"),
                counts.number("bytesRead"),
                counts.number("bytesWritten"),
                ((BigDecimal) counts.all().get("readUnits")).doubleValue(),
                ((BigDecimal) counts.all().get("writeUnits")).doubleValue())),
        Sample.of(fields));
  }

  /** What a map must have. */
  private record Fields(Map<?, ?> all) {
    long number(String name) {
      return ((BigDecimal) all.get(name)).longValueExact();
    }

    Optional<String> text(String name) {
      return Optional.ofNullable((String) all.get(name));
    }

    Optional<Position> position(String name) {
      return text(name).map(token -> new Position(token.getBytes(UTF_8)));
    }

    BitSet places(String name) {
      return all.containsKey(name) ? BitSet.valueOf((byte[]) all.get(name)) : new BitSet();
    }

    Fields map(String name) {
      return new Fields((Map<?, ?>) all.get(name));
    }
  }
}
