package org.dynocopy.store.file;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dynocopy.engine.Item;

/**
 * Finds the keys that are on one side and not on the other, however many there are: both sides are
 * spread over files by a digest of the key, and then one pair of files is compared at a time. Keys
 * may be noted by many threads, and more than once.
 */
public final class KeyDifference implements AutoCloseable {

  /** So many pairs of files: each has a hundredth of the keys, and all can be open at once. */
  private static final int BUCKETS = 100;

  private static final int DIGEST = 2 * Long.BYTES;

  private final Path folder;
  private final List<Bucket> buckets = new ArrayList<>(BUCKETS);

  /** What of a key's digest is kept: two keys in 2^64 would share it. */
  private record Digest(long high, long low) {
    static Digest of(ByteBuffer bytes) {
      return new Digest(bytes.getLong(), bytes.getLong());
    }
  }

  /**
   * Makes the files.
   *
   * @param folder where; it must not be there, and is gone after {@link #close}
   */
  public KeyDifference(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    for (int i = 0; i < BUCKETS; i++) {
      buckets.add(new Bucket(folder.resolve(i + ".old"), folder.resolve(i + ".new")));
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
    // Not of the bytes that are kept: they must stay spread within a bucket.
    return buckets.get(Math.floorMod(ByteBuffer.wrap(digest).getInt(DIGEST), BUCKETS));
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
    for (Bucket bucket : buckets) {
      bucket.close();
    }
    Files.delete(folder);
  }

  /** The two files of the keys that have like digests. */
  private static final class Bucket {
    private final Noted first;
    private final Noted second;

    Bucket(Path firstFile, Path secondFile) throws IOException {
      this.first = new Noted(firstFile);
      this.second = new Noted(secondFile);
    }

    synchronized void first(byte[] digest, Item key) throws IOException {
      first.out.write(digest, 0, DIGEST);
      first.out.writeInt(key.length());
      first.out.write(key.bytes(), key.offset(), key.length());
    }

    synchronized void second(byte[] digest) throws IOException {
      second.out.write(digest, 0, DIGEST);
    }

    synchronized List<Item> difference() throws IOException {
      Map<Digest, Item> left = new LinkedHashMap<>();
      first.each(
          (digest, in) -> {
            byte[] key = in.readNBytes(in.readInt());
            left.put(digest, new Item(key, 0, key.length));
          });
      second.each((digest, in) -> left.remove(digest));
      return List.copyOf(left.values());
    }

    void close() throws IOException {
      first.close();
      second.close();
    }
  }

  private interface Step {
    void at(Digest digest, DataInputStream in) throws IOException;
  }

  /** A file that is written first, and then read. */
  private static final class Noted {
    private final Path file;
    private final FileChannel channel;
    private final DataOutputStream out;

    Noted(Path file) throws IOException {
      this.file = file;
      this.channel = OwnFile.create(file);
      this.out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
    }

    void each(Step step) throws IOException {
      out.flush();
      byte[] digest = new byte[DIGEST];
      try (DataInputStream in =
          new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
        while (in.readNBytes(digest, 0, DIGEST) == DIGEST) {
          step.at(Digest.of(ByteBuffer.wrap(digest)), in);
        }
      } catch (EOFException e) {
        throw new IOException(file + " is cut off", e);
      }
    }

    /** Writes no more: on a full disk that would fail, and the file would stay. */
    void close() throws IOException {
      channel.close();
      Files.delete(file);
    }
  }
}
