package org.dynocopy.store.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.dynocopy.core.DeadLetterSink;
import org.dynocopy.core.Item;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.files.ExistingPath;
import org.dynocopy.files.FileReason;
import org.dynocopy.files.PrivateFiles;
import org.dynocopy.files.Timestamp;
import org.dynocopy.files.UntrustedFileException;
import org.dynocopy.files.WorkingFolder;
import org.dynocopy.json.JsonDocument;
import org.dynocopy.json.RecordBinding;

/**
 * The file that takes items which cannot be written: a JSON line each, {@code
 * {"at":"nightly.groovy:3:1","reason":"…","item":{…}}}, readable by its owner alone. It is made
 * when the first one comes. {@link DeadLetterSource} reads it.
 */
public final class DeadLetterFile implements DeadLetterSink {

  private final Path file;
  private FileChannel channel;

  /**
   * Names the file, and checks that it can be written.
   *
   * @param file where; empty for a file of this run under {@code .dynocopy/}
   * @throws IOException if the file could not be written when it was needed
   */
  public DeadLetterFile(Optional<Path> file) throws IOException {
    this.file =
        file.orElseGet(() -> WorkingFolder.file(Timestamp.after("dead-letters") + ".jsonl"));
    boolean named = file.isPresent();
    try {
      PrivateFiles.check(this.file);
    } catch (UntrustedFileException e) {
      throw named ? new IOException(cannotWrite(this.file) + ": " + e.getMessage(), e) : e;
    }
    check(this.file.toAbsolutePath(), named);
  }

  private static String cannotWrite(Path file) {
    return "cannot write dead letters to " + file;
  }

  private static void check(Path file, boolean named) throws IOException {
    Optional<Path> obstacle =
        Files.exists(file)
            ? Optional.of(file).filter(f -> Files.isDirectory(f) || !Files.isWritable(f))
            : ExistingPath.obstacleTo(file);
    if (obstacle.isPresent()) {
      throw new IOException(
          named
              ? cannotWrite(file) + ": check " + obstacle.get()
              : "cannot write checkpoints and dead letters to "
                  + obstacle.get()
                  + ": name another folder by DYNOCOPY_FOLDER");
    }
  }

  /** Returns where the file is, or will be. */
  public Path path() {
    return file;
  }

  @Override
  public void put(Item item, Location refused, String reason) throws StoreException {
    append(line(item, refused, reason));
  }

  @Override
  public void put(byte[] line) throws StoreException {
    append(ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip());
  }

  private void append(ByteBuffer line) throws StoreException {
    try {
      if (channel == null) {
        channel = open();
      }
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(false);
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.REFUSED, cannotWrite(file) + ": " + FileReason.of(e), e);
    }
  }

  private FileChannel open() throws IOException {
    FileChannel letters = PrivateFiles.append(file);
    if (letters.size() > 0 && !endsWithALine(letters.size())) {
      // A run that was killed, or had no room, has left half a line: it is not to spoil this one.
      letters.write(ByteBuffer.wrap(new byte[] {'\n'}));
    }
    return letters;
  }

  private boolean endsWithALine(long length) throws IOException {
    try (InputStream in = PrivateFiles.read(file)) {
      in.skipNBytes(length - 1);
      return in.read() == '\n';
    }
  }

  /** Half a surrogate pair, which a reason may quote from bad input, becomes a question mark. */
  private static String proper(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private record Head(Optional<String> at, String reason) {}

  private static ByteBuffer line(Item item, Location refused, String reason) {
    Optional<String> at = Optional.of(refused.toString()).filter(text -> !text.isEmpty());
    byte[] head =
        JsonDocument.bytes(
            RecordBinding.PLAIN.fields(new Head(at.map(DeadLetterFile::proper), proper(reason))));
    byte[] middle = ",\"item\":".getBytes(StandardCharsets.UTF_8);
    ByteBuffer line = ByteBuffer.allocate(head.length + middle.length + item.length() + 1);
    line.put(head, 0, head.length - 1).put(middle);
    // Not decoded: an item is written as the bytes that it is.
    for (int i = item.offset(); i < item.offset() + item.length(); i++) {
      // In JSON a line break can only stand between tokens.
      byte b = item.bytes()[i];
      line.put(b == '\n' || b == '\r' ? (byte) ' ' : b);
    }
    return line.put((byte) '}').put((byte) '\n').flip();
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
