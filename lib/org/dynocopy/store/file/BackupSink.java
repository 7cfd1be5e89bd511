package org.dynocopy.store.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.dynocopy.core.Item;
import org.dynocopy.core.Sink;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.files.FileReason;
import org.dynocopy.files.LockFile;
import org.dynocopy.files.PrivateFiles;
import org.dynocopy.store.ItemOrigin;

/**
 * A new file of items as a sink, readable by its owner alone. Each batch is compressed by the
 * thread that writes it, to a gzip member of its own; the members one after the other are a gzip
 * file.
 *
 * <p>The file is written as {@code users.jsonl.gz.part}. {@link #finish} puts it in its place,
 * after its {@link Manifest}: whenever the process is killed, where the file is, the backup is
 * whole. {@link #close} without {@code finish} removes it. What a killed process has left is not in
 * the way of the next backup of that name.
 */
public final class BackupSink implements Sink, AutoCloseable {

  private static final byte[] BEFORE = "{\"Item\":".getBytes(StandardCharsets.UTF_8);

  private final Path file;
  private final Path manifestFile;
  private final ItemOrigin.Keys keys;
  private final LockFile lock;
  private final FileChannel channel;
  private final List<Path> unfinished = new ArrayList<>();
  private final MessageDigest stored = Manifest.sha256();
  private final MessageDigest text = Manifest.sha256();
  private long length;
  private long items;

  /** What was appended last, as it may be the end. */
  private byte[] last = {};

  private byte[] lastMember = {};

  private long beforeLast;

  private BackupSink(Path file, ItemOrigin.Keys keys, LockFile lock) throws IOException {
    this.file = file;
    this.manifestFile = Manifest.beside(file);
    this.keys = keys;
    this.lock = lock;
    this.channel = PrivateFiles.create(PrivateFiles.part(file));
    unfinished.add(PrivateFiles.part(file));
  }

  /**
   * Begins a backup.
   *
   * @param file compressed if its name ends in {@code .gz}; its folder is made if need be
   * @param keys finds an item's key
   * @throws org.dynocopy.diagnostic.InvalidJobException as {@link BackupPlace#check} does
   */
  public static BackupSink open(Path file, ItemOrigin.Keys keys) {
    BackupPlace.check(file);
    try {
      LockFile lock = BackupPlace.take(file);
      boolean begun = false;
      try {
        BackupSink sink = new BackupSink(file, keys, lock);
        begun = true;
        return sink;
      } finally {
        if (!begun) {
          lock.close();
        }
      }
    } catch (IOException e) {
      throw FileErrors.invalid("cannot write " + file + ": " + FileReason.of(e));
    }
  }

  @Override
  public int maxItems() {
    return 1_000;
  }

  @Override
  public long maxBytes() {
    return 4 << 20;
  }

  @Override
  public Object key(Item item) throws StoreException {
    return keys.of(item);
  }

  @Override
  public Written write(List<Item> batch) throws StoreException {
    byte[] lines = lines(batch);
    append(lines, member(lines), batch.size());
    return new Written(new BitSet(), 0);
  }

  private static byte[] lines(List<Item> batch) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (Item item : batch) {
      lines.writeBytes(BEFORE);
      writeOnOneLine(item, lines);
      lines.writeBytes(LineMarks.FOLLOWED);
    }
    return lines.toByteArray();
  }

  private byte[] member(byte[] lines) {
    if (!Lines.isGzip(file)) {
      return lines;
    }
    ByteArrayOutputStream member = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(member)) {
      gzip.write(lines);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return member.toByteArray();
  }

  /** In JSON a line break can only stand between tokens. */
  private static void writeOnOneLine(Item item, ByteArrayOutputStream line) {
    int from = item.offset();
    int end = from + item.length();
    for (int i = from; i < end; i++) {
      if (item.bytes()[i] == '\n' || item.bytes()[i] == '\r') {
        line.write(item.bytes(), from, i - from);
        line.write(' ');
        from = i + 1;
      }
    }
    line.write(item.bytes(), from, end - from);
  }

  /**
   * What was written in part, as the disk is full, is not counted: the next batch is written over
   * it, and {@link #finish} cuts it off.
   */
  private synchronized void append(byte[] lines, byte[] member, int count) throws StoreException {
    write(member, length);
    if (last.length > 0) {
      digest(last, lastMember);
    }
    last = lines;
    lastMember = member;
    beforeLast = length;
    length += member.length;
    items += count;
  }

  private void write(byte[] member, long at) throws StoreException {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(member);
      while (bytes.hasRemaining()) {
        channel.write(bytes, at + bytes.position());
      }
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  private void digest(byte[] lines, byte[] member) {
    text.update(lines);
    stored.update(member);
  }

  /** Has the last line say that it is. */
  private void end() throws StoreException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream(last.length);
    if (items > 0) {
      lines.write(last, 0, last.length - LineMarks.FOLLOWED.length);
      MessageDigest all = textSoFar();
      all.update(lines.toByteArray());
      lines.writeBytes(LineMarks.last(all));
    }
    byte[] member = member(lines.toByteArray());
    write(member, beforeLast);
    length = beforeLast + member.length;
    digest(lines.toByteArray(), member);
  }

  private MessageDigest textSoFar() {
    try {
      return (MessageDigest) text.clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("Java's SHA-256 can be cloned", e);
    }
  }

  /**
   * Puts the backup in its place, on the disk for good.
   *
   * @param manifest what it is of
   * @throws IllegalArgumentException if the manifest's number of items is not that of the file
   * @throws StoreException if it could not be done
   */
  public synchronized void finish(Manifest manifest) throws StoreException {
    if (manifest.items() != items) {
      throw new IllegalArgumentException(
          "the file has " + items + " items, the manifest " + manifest.items());
    }
    end();
    Manifest whole = manifest.with(stored.digest(), text.digest());
    Path written = file;
    try {
      channel.truncate(length);
      channel.force(true);
      channel.close();
      written = manifestFile;
      writeManifest(whole);
      written = file;
      PrivateFiles.move(PrivateFiles.part(file), file);
      unfinished.clear();
      PrivateFiles.syncFolder(file);
    } catch (IOException e) {
      throw cannotWrite(written, e);
    }
  }

  private void writeManifest(Manifest manifest) throws IOException {
    Path draft = Manifest.draft(file);
    PrivateFiles.checkAbsent(draft);
    unfinished.add(draft);
    PrivateFiles.write(draft, manifest.bytes());
    PrivateFiles.move(draft, manifestFile);
    unfinished.add(manifestFile);
    PrivateFiles.syncFolder(manifestFile);
  }

  private static StoreException cannotWrite(Path which, IOException e) {
    return new StoreException(Kind.REFUSED, "cannot write " + which + ": " + FileReason.of(e), e);
  }

  /** Ends a backup; one that is not finished is removed, the manifest first, the part last. */
  @Override
  public synchronized void close() throws IOException {
    boolean removed = false;
    try {
      channel.close();
      while (!unfinished.isEmpty()) {
        int last = unfinished.size() - 1;
        Files.deleteIfExists(unfinished.get(last));
        unfinished.remove(last);
      }
      removed = true;
    } finally {
      if (removed) {
        lock.close();
      } else {
        // By the lock's file the next backup of that name knows that it may replace what is left.
        lock.release();
      }
    }
  }
}
