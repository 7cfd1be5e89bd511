package org.dynocopy.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.dynocopy.core.Checkpoint;
import org.dynocopy.core.Checkpoint.Open;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.PartialPage;
import org.dynocopy.core.UnreadSplits;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.files.PrivateFiles;
import org.dynocopy.item.AttributeJson;
import org.dynocopy.json.Json;
import org.dynocopy.json.RecordBinding;
import org.dynocopy.store.file.FileErrors;

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
  }

  private static final String VERSION_FIELD = "dynocopyCheckpoint";
  private static final int VERSION = 4;

  /** Earlier versions had no sample and no limit. */
  private static final RecordBinding BINDING =
      new RecordBinding()
          .flat(CheckpointFile.class, "checkpoint")
          .absent(CheckpointFile.class, "sample", Sample.NONE)
          .named(Checkpoint.class, "unread", "begun")
          .with(UnreadSplits.class, CheckpointFile::begun, CheckpointFile::unread)
          .named(Open.class, "partialPages", "halves")
          .absent(PartialPage.class, "admitted", 0L)
          .with(Position.class, at -> opaque(at.token()), at -> new Position(opaque(at)))
          .with(byte[].class, CheckpointFile::opaque, CheckpointFile::opaque)
          .with(Item.class, Item::toString, text -> Item.of((String) text))
          .with(BitSet.class, CheckpointFile::places, CheckpointFile::places);

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
   * @throws InvalidJobException if it is cut off, was changed, or is of another version
   */
  public static Optional<CheckpointFile> read(Path file) {
    if (!PrivateFiles.isThere(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(PrivateFiles.readAll(file, MOST), file.toString()));
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }

  /**
   * Returns a checkpoint of its {@link #bytes}.
   *
   * @param place where they are from, for messages
   * @throws InvalidJobException if they are cut off, were changed, or are of another version
   */
  public static CheckpointFile of(byte[] bytes, String place) {
    List<String> lines = List.of(new String(bytes, UTF_8).split("\n", -1));
    boolean whole = lines.size() == 3 && lines.get(2).isEmpty();
    if (!whole || !crc(lines.get(0).getBytes(UTF_8)).equals(lines.get(1))) {
      throw broken(place, "it is cut off or was changed");
    }
    byte[] text = lines.get(0).getBytes(UTF_8);
    try (JsonParser json = Json.parser(text, 0, text.length)) {
      json.nextToken();
      Map<?, ?> fields = (Map<?, ?>) AttributeJson.read(json);
      if (!(fields.get(VERSION_FIELD) instanceof BigDecimal version)) {
        throw broken(place, "it is not what dynocopy writes");
      }
      if (!BigDecimal.valueOf(VERSION).equals(version)) {
        throw FileErrors.invalid(
            place
                + ": this checkpoint is of version "
                + version
                + ", and this dynocopy reads version "
                + VERSION
                + ": go on with the dynocopy that wrote it, or use --fresh to start over; what was"
                + " copied is copied once more");
      }
      return BINDING.record(CheckpointFile.class, fields);
    } catch (IOException | ClassCastException e) {
      throw broken(place, "it is not what dynocopy writes");
    }
  }

  private static InvalidJobException broken(String place, String why) {
    return FileErrors.invalid(
        place
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
    PrivateFiles.replace(file, bytes());
  }

  /** Returns it as it stands in its file. */
  public byte[] bytes() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(VERSION_FIELD, VERSION);
    fields.putAll(BINDING.fields(this));
    byte[] line = Json.bytes(json -> AttributeJson.write(json, fields));
    return (new String(line, UTF_8) + "\n" + crc(line) + "\n").getBytes(UTF_8);
  }

  /** One number where splits were begun in their order; earlier versions had no other. */
  private static Object begun(UnreadSplits unread) {
    return unread.stride() == 1 && unread.firsts().size() == 1
        ? unread.firsts().get(0)
        : Map.of("stride", unread.stride(), "firsts", unread.firsts());
  }

  private static UnreadSplits unread(Object begun) {
    if (begun instanceof BigDecimal number) {
      return UnreadSplits.from(number.longValueExact());
    }
    Map<?, ?> rows = (Map<?, ?>) begun;
    List<?> firsts = (List<?>) rows.get("firsts");
    return new UnreadSplits(
        ((BigDecimal) rows.get("stride")).longValueExact(),
        firsts.stream().map(first -> ((BigDecimal) first).longValueExact()).toList());
  }

  /** A store's own bytes, of which not one may change: text where they are text, as most are. */
  private static Object opaque(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    return Arrays.equals(text.getBytes(UTF_8), bytes) ? text : bytes;
  }

  private static byte[] opaque(Object value) {
    return value instanceof byte[] bytes ? bytes : ((String) value).getBytes(UTF_8);
  }

  /** Returns the document's form; null, as it is left out, of none. */
  private static Object places(BitSet places) {
    return places.isEmpty() ? null : places.toByteArray();
  }

  private static BitSet places(Object bytes) {
    return bytes == null ? new BitSet() : BitSet.valueOf((byte[]) bytes);
  }
}
