package org.dynocopy.spill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dynocopy.core.Item;

/**
 * Finds the keys that are on one side and not on the other, however many there are: both sides are
 * spread over files by a digest of the key, and then one pair of files is compared at a time. Keys
 * may be noted by many threads, and more than once.
 */
public final class KeyDifference implements AutoCloseable {

  /** So many pairs of files: each has a hundredth of the keys, and all can be open at once. */
  private static final int BUCKETS = 100;

  private final SpillFolder folder;
  private final List<Bucket> buckets = new ArrayList<>(BUCKETS);

  /**
   * Makes the files. A lock beside the folder tells others that they are in use, see {@link
   * Leftovers}.
   *
   * @param folder where; it must not be there, and is gone after {@link #close}
   */
  public KeyDifference(Path folder) throws IOException {
    this.folder = new SpillFolder(folder);
    for (int i = 0; i < BUCKETS; i++) {
      buckets.add(new Bucket(this.folder.file(i + ".old"), this.folder.file(i + ".new")));
    }
  }

  /** Notes a key of the first side, of which those are wanted that the other one does not have. */
  public void first(byte[] digest, Item key) throws IOException {
    bucket(digest).first(digest, key);
  }

  /** Notes a key of the second side. */
  public void second(byte[] digest) throws IOException {
    bucket(digest).second(digest);
  }

  private Bucket bucket(byte[] digest) {
    return buckets.get(SpillFile.place(digest, BUCKETS));
  }

  /**
   * Puts what was noted onto the disk: what is removed afterwards does not depend on its room.
   *
   * @throws IOException if it does not fit
   */
  public void sync() throws IOException {
    for (Bucket bucket : buckets) {
      bucket.sync();
    }
  }

  /** Returns how many lists of keys there are, when all keys have been noted. */
  public int lists() {
    return BUCKETS;
  }

  /** Returns one list of keys of the first side that the second one does not have. */
  public List<Item> list(int number) throws IOException {
    return buckets.get(number).difference();
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }

  /** The two files of the keys that have like digests. */
  private static final class Bucket {
    private final SpillFile first;
    private final SpillFile second;

    Bucket(SpillFile first, SpillFile second) {
      this.first = first;
      this.second = second;
    }

    synchronized void first(byte[] digest, Item key) throws IOException {
      first.write(digest);
      first.write(key);
    }

    synchronized void second(byte[] digest) throws IOException {
      second.write(digest);
    }

    synchronized List<Item> difference() throws IOException {
      Map<SpillFile.Digest, Item> left = new LinkedHashMap<>();
      first.each((digest, in) -> left.put(digest, SpillFile.readKey(in)));
      second.each((digest, in) -> left.remove(digest));
      return List.copyOf(left.values());
    }

    synchronized void sync() throws IOException {
      first.sync();
      second.sync();
    }
  }
}
