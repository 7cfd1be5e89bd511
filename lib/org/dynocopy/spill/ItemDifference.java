package org.dynocopy.spill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.dynocopy.core.Item;
import org.dynocopy.spill.SpillFile.Digest;

/**
 * Finds the keys of items that are not alike on two sides, or on one of them alone, however many
 * there are: as {@link KeyDifference} does it, by pairs of files. Items may be noted by many
 * threads; of those with the same key on one side the last one counts.
 */
public final class ItemDifference implements AutoCloseable {

  /** So many pairs of files: each has a hundredth of the items, and all can be open at once. */
  private static final int PAIRS = 100;

  private final SpillFolder folder;
  private final List<Pair> pairs = new ArrayList<>(PAIRS);
  private final LongAdder others = new LongAdder();

  /**
   * Makes the files. A lock beside the folder tells others that they are in use, see {@link
   * Leftovers}.
   *
   * @param folder where; it must not be there, and is gone after {@link #close}
   */
  public ItemDifference(Path folder) throws IOException {
    this.folder = new SpillFolder(folder);
    for (int i = 0; i < PAIRS; i++) {
      pairs.add(new Pair(this.folder.file(i + ".source"), this.folder.file(i + ".target")));
    }
  }

  /**
   * Notes an item.
   *
   * @param ofSource whether it is one of the source, else of the target
   * @param digest the digest of its key
   * @param item the digest of the whole
   * @param key its key as JSON
   */
  public void note(boolean ofSource, byte[] digest, byte[] item, Item key) throws IOException {
    Pair pair = pairs.get(SpillFile.place(digest, PAIRS));
    synchronized (pair) {
      SpillFile side = ofSource ? pair.source() : pair.target();
      side.write(digest);
      side.write(item);
      side.write(key);
    }
  }

  /**
   * Puts what was noted onto the disk: what is removed afterwards does not depend on its room.
   *
   * @throws IOException if it does not fit
   */
  public void sync() throws IOException {
    for (Pair pair : pairs) {
      pair.source().sync();
      pair.target().sync();
    }
  }

  /** Returns how many lists of keys there are, when all items have been noted. */
  public int lists() {
    return PAIRS;
  }

  /**
   * Returns one list of keys of items that are not alike on both sides.
   *
   * @param withExtra whether those of the target alone are among them
   */
  public List<Item> list(int number, boolean withExtra) throws IOException {
    Difference difference = pairs.get(number).difference();
    List<Item> keys = new ArrayList<>(difference.missing());
    difference.different().forEach(noted -> keys.add(noted.key()));
    if (withExtra) {
      difference.extra().forEach(noted -> keys.add(noted.key()));
    } else {
      others.add(difference.extra().size());
    }
    return keys;
  }

  /** Returns, of the same list, what was noted of the target's items. */
  public List<Noted> ofTarget(int number) throws IOException {
    Difference difference = pairs.get(number).difference();
    List<Noted> noted = new ArrayList<>(difference.different());
    noted.addAll(difference.extra());
    return noted;
  }

  /** Returns how many items of the target alone have been left out of lists. */
  public long others() {
    return others.sum();
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }

  /**
   * What was noted of an item.
   *
   * @param key its key as JSON
   * @param digest the first bytes of the digest of the whole
   */
  public record Noted(Item key, byte[] digest) {}

  private record Difference(List<Item> missing, List<Noted> different, List<Noted> extra) {}

  private record Pair(SpillFile source, SpillFile target) {

    synchronized Difference difference() throws IOException {
      Map<Digest, Noted> left = read(source());
      List<Noted> different = new ArrayList<>();
      List<Noted> extra = new ArrayList<>();
      read(target())
          .forEach(
              (digest, item) -> {
                Noted wanted = left.remove(digest);
                if (wanted == null) {
                  extra.add(item);
                } else if (!Arrays.equals(wanted.digest(), item.digest())) {
                  different.add(item);
                }
              });
      return new Difference(left.values().stream().map(Noted::key).toList(), different, extra);
    }

    private static Map<Digest, Noted> read(SpillFile file) throws IOException {
      Map<Digest, Noted> noted = new LinkedHashMap<>();
      file.each(
          (digest, in) -> {
            byte[] item = Digest.of(in).bytes();
            noted.put(digest, new Noted(SpillFile.readKey(in), item));
          });
      return noted;
    }
  }
}
