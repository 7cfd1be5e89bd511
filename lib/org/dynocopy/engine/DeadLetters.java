package org.dynocopy.engine;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The file that takes items which cannot be written: a JSON line each, {@code {"reason":"…",
 * "item":{…}}}, readable by its owner alone. It is made when the first one comes.
 */
public final class DeadLetters implements AutoCloseable {

  private final Path file;
  private final long stopAfter;
  private long count;
  private FileChannel channel;

  /**
   * Names the file, and checks that it can be written.
   *
   * @param file where; empty for a file of this run under {@code .dynocopy/}
   * @param stopAfter how many end the run
   * @throws IOException if the file could not be written when it was needed
   */
  public DeadLetters(Optional<Path> file, long stopAfter) throws IOException {
    this(file, stopAfter, 0);
  }

  /**
   * Names the file of a run that goes on.
   *
   * @param before how many dead letters of it there are
   */
  public DeadLetters(Optional<Path> file, long stopAfter, long before) throws IOException {
    this.file =
        file.orElseGet(() -> WorkingFolder.file(Timestamp.after("dead-letters") + ".jsonl"));
    this.stopAfter = stopAfter;
    this.count = before;
    check(this.file.toAbsolutePath());
  }

  private static void check(Path file) throws IOException {
    Path place = file;
    while (!Files.exists(place)) {
      place = place.getParent();
    }
    boolean isFile = place.equals(file) && !Files.isDirectory(place);
    boolean isFolder = !place.equals(file) && Files.isDirectory(place);
    if (!Files.isWritable(place) || !isFile && !isFolder) {
      throw new IOException("cannot write dead letters to " + file + ": check " + place);
    }
  }

  /** Returns where the file is, or will be. */
  public Path path() {
    return file;
  }

  /** Returns the file, if anything was put there. */
  public synchronized Optional<Path> file() {
    return count == 0 ? Optional.empty() : Optional.of(file);
  }

  /**
   * Puts an item there for good.
   *
   * @return whether the run bears more of them
   * @throws StoreException if it could not be put there, or the run bears no more
   */
  synchronized boolean put(Item item, String reason) throws StoreException {
    if (count >= stopAfter) {
      throw full(reason);
    }
    try {
      if (channel == null) {
        channel = open();
      }
      ByteBuffer line = line(item, reason);
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(false);
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.REFUSED, "cannot write dead letters to " + file + ": " + e, e);
    }
    count++;
    return count < stopAfter;
  }

  StoreException full(String reason) {
    return new StoreException(
        StoreException.Kind.REFUSED,
        "stopped after " + stopAfter + " dead letters (see " + file + "); the last one: " + reason);
  }

  private FileChannel open() throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Set<StandardOpenOption> append =
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE);
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownerOnly =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    return FileChannel.open(file, append, ownerOnly);
  }

  private static ByteBuffer line(Item item, String reason) {
    // Half a surrogate pair, which a reason may quote from bad input, becomes a question mark.
    String proper = new String(reason.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    byte[] head = "{\"reason\":\"".getBytes(StandardCharsets.UTF_8);
    byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(proper);
    byte[] middle = "\",\"item\":".getBytes(StandardCharsets.UTF_8);
    ByteBuffer line =
        ByteBuffer.allocate(head.length + quoted.length + middle.length + item.length() + 2);
    line.put(head).put(quoted).put(middle);
    for (int i = item.offset(); i < item.offset() + item.length(); i++) {
      // In JSON a line break can only stand between tokens.
      byte b = item.bytes()[i];
      line.put(b == '\n' || b == '\r' ? (byte) ' ' : b);
    }
    return line.put((byte) '}').put((byte) '\n').flip();
  }

  @Override
  public synchronized void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
