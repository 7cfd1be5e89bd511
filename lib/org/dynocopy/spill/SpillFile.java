package org.dynocopy.spill;

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
import org.dynocopy.core.Item;
import org.dynocopy.files.PrivateFiles;

/** A file of what was noted of keys, which is written first, and then read. */
final class SpillFile {

  private static final int DIGEST = 2 * Long.BYTES;

  private final Path file;
  private final FileChannel channel;
  private final DataOutputStream out;

  /** What of a digest is kept: two in 2^64 would share it. */
  record Digest(long high, long low) {

    /** Reads the next one. */
    static Digest of(DataInputStream in) throws IOException {
      return new Digest(in.readLong(), in.readLong());
    }

    /** Returns what is kept of it. */
    byte[] bytes() {
      return ByteBuffer.allocate(DIGEST).putLong(high).putLong(low).array();
    }

    private static Digest of(ByteBuffer bytes) {
      return new Digest(bytes.getLong(), bytes.getLong());
    }
  }

  /** Reads what was noted after a digest. */
  interface Step {
    void at(Digest digest, DataInputStream in) throws IOException;
  }

  SpillFile(Path file) throws IOException {
    this.file = file;
    this.channel = PrivateFiles.create(file);
    this.out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
  }

  /** Returns which of so many files takes what has this digest. */
  static int place(byte[] digest, int files) {
    // Not of the bytes that are kept: they must stay spread within a file.
    return Math.floorMod(ByteBuffer.wrap(digest).getInt(DIGEST), files);
  }

  void write(byte[] digest) throws IOException {
    out.write(digest, 0, DIGEST);
  }

  void write(Item key) throws IOException {
    out.writeInt(key.length());
    out.write(key.bytes(), key.offset(), key.length());
  }

  static Item readKey(DataInputStream in) throws IOException {
    byte[] key = in.readNBytes(in.readInt());
    return new Item(key, 0, key.length);
  }

  /** Puts all that was noted onto the disk. */
  void sync() throws IOException {
    out.flush();
    channel.force(false);
  }

  void each(Step step) throws IOException {
    out.flush();
    byte[] digest = new byte[DIGEST];
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(PrivateFiles.read(file)))) {
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
