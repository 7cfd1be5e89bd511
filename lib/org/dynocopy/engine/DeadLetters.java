package org.dynocopy.engine;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.dynocopy.files.FileReason;
import org.dynocopy.files.PrivateFiles;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.plan.Location;

/**
 * The file that takes items which cannot be written: a JSON line each, {@code
 * {"at":"nightly.groovy:3:1","reason":"…","item":{…}}}, readable by its owner alone. It is made
 * when the first one comes.
 */
public final class DeadLetters implements AutoCloseable {

  private final Path file;
  private final long stopAfter;
  private final Location at;
  private long count;
  private FileChannel channel;
  private Optional<String> firstReason = Optional.empty();

  /** Why the file may end with half a line, which no other one is to follow. */
  private Optional<StoreException> broken = Optional.empty();

  /**
   * Names the file, and checks that it can be written.
   *
   * @param file where; empty for a file of this run under {@code .dynocopy/}
   * @param stopAfter how many end the run
   * @throws IOException if the file could not be written when it was needed
   */
  public DeadLetters(Optional<Path> file, long stopAfter) throws IOException {
    this(file, stopAfter, 0, Location.NOWHERE);
  }

  /**
   * Names the file of a run that goes on.
   *
   * @param before how many dead letters of it there are
   * @param at where the job stands, which each line tells
   */
  public DeadLetters(Optional<Path> file, long stopAfter, long before, Location at)
      throws IOException {
    this.file =
        file.orElseGet(() -> WorkingFolder.file(Timestamp.after("dead-letters") + ".jsonl"));
    this.stopAfter = stopAfter;
    this.count = before;
    this.at = at;
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
    PrivateFiles.check(file);
  }

  /** Returns where the file is, or will be. */
  public Path path() {
    return file;
  }

  /** Returns the file, if anything was put there. */
  public synchronized Optional<Path> file() {
    return count == 0 ? Optional.empty() : Optional.of(file);
  }

  /** Returns why the first item was put there. */
  public synchronized Optional<String> firstReason() {
    return firstReason;
  }

  /**
   * Puts an item there for good.
   *
   * @return whether the run bears more of them
   * @throws StoreException if it could not be put there, or the run bears no more
   */
  boolean put(Item item, String reason) throws StoreException {
    return put(item, at, reason);
  }

  /**
   * Does the same for an item that something else in the recipe refused than the job's own word.
   *
   * @param refused where that stands
   */
  boolean put(Item item, Location refused, String reason) throws StoreException {
    return append(line(item, refused, reason), reason);
  }

  /**
   * Keeps a line of another dead-letter file that could not be understood, as it is.
   *
   * @throws StoreException as {@link #put}
   */
  public void keep(byte[] line, String reason) throws StoreException {
    ByteBuffer whole = ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
    if (!append(whole, reason)) {
      throw full(reason);
    }
  }

  private synchronized boolean append(ByteBuffer line, String reason) throws StoreException {
    if (count >= stopAfter) {
      throw full(reason);
    }
    if (broken.isPresent()) {
      throw broken.get();
    }
    try {
      if (channel == null) {
        channel = open();
      }
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(false);
    } catch (IOException e) {
      StoreException cannot =
          new StoreException(
              StoreException.Kind.REFUSED,
              "cannot write dead letters to " + file + ": " + FileReason.of(e),
              e);
      broken = Optional.of(cannot);
      throw cannot;
    }
    count++;
    if (firstReason.isEmpty()) {
      firstReason = Optional.of(reason);
    }
    return count < stopAfter;
  }

  /** Returns whether there are so many that they end a run. */
  public synchronized boolean isFull() {
    return count >= stopAfter;
  }

  StoreException full(String reason) {
    return new StoreException(
        StoreException.Kind.REFUSED,
        "stopped after " + stopAfter + " dead letters (see " + file + "); the last one: " + reason);
  }

  private FileChannel open() throws IOException {
    FileChannel letters = PrivateFiles.append(file);
    if (letters.size() > 0 && !endsWithALine()) {
      // A run that was killed, or had no room, has left half a line: it is not to spoil this one.
      letters.write(ByteBuffer.wrap(new byte[] {'\n'}));
    }
    return letters;
  }

  private boolean endsWithALine() throws IOException {
    try (FileChannel letters = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      letters.read(last, letters.size() - 1);
      return last.get(0) == '\n';
    }
  }

  private static byte[] quoted(String text) {
    // Half a surrogate pair, which a reason may quote from bad input, becomes a question mark.
    String proper = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    return JsonStringEncoder.getInstance().quoteAsUTF8(proper);
  }

  private static ByteBuffer line(Item item, Location refused, String reason) {
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    start.write('{');
    if (!refused.toString().isEmpty()) {
      start.writeBytes("\"at\":\"".getBytes(StandardCharsets.UTF_8));
      start.writeBytes(quoted(refused.toString()));
      start.writeBytes("\",".getBytes(StandardCharsets.UTF_8));
    }
    start.writeBytes("\"reason\":\"".getBytes(StandardCharsets.UTF_8));
    byte[] head = start.toByteArray();
    byte[] quoted = quoted(reason);
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
