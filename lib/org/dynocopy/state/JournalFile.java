package org.dynocopy.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.files.LockFile;
import org.dynocopy.files.PrivateFiles;
import org.dynocopy.json.JsonDocument;
import org.dynocopy.store.file.FileErrors;

/**
 * An append-only file of lines, each a JSON object that is on the disk before the method returns
 * that adds it. The last field of a line is a checksum that continues the one of the line before,
 * so that a line that was changed, moved or taken out is noticed. A line that was cut off, as the
 * process was killed while it was written, is the last one: it is left out, and written over.
 */
public final class JournalFile implements AutoCloseable {

  /** Of a run over thousands of tables some 10 MB. */
  private static final int MOST = (int) Math.min(256 << 20, Runtime.getRuntime().maxMemory() / 16);

  /** The first field of the first line, which has {@link #VERSION}. */
  public static final String VERSION_FIELD = "dynocopyRun";

  /** The version that is read and written here. */
  public static final int VERSION = 1;

  private static final Pattern FIRST = Pattern.compile("\\{\"" + VERSION_FIELD + "\":(\\d+)[,}].*");

  private static final String CRC = "crc";

  private final Path file;
  private final LockFile lock;
  private final Content content;
  private FileChannel channel;
  private String crc;
  private long length;

  /**
   * What a journal has.
   *
   * @param lines its lines, without their checksums
   * @param crc the checksum of the last one
   * @param length how many bytes they take
   */
  private record Content(List<Map<String, Object>> lines, String crc, long length) {}

  private static final Content EMPTY = new Content(List.of(), "", 0);

  private JournalFile(Path file, LockFile lock, Content content) {
    this.file = file;
    this.lock = lock;
    this.content = content;
    this.crc = content.crc();
    this.length = content.length();
  }

  /**
   * Reads a journal, of which another process may be the owner.
   *
   * @return its lines; empty if there is no such file
   * @throws InvalidJobException if it was changed, or cannot be read
   */
  public static List<Map<String, Object>> read(Path file) {
    return content(file).lines();
  }

  /**
   * Takes the lock, and reads what is there. The file is made by the first line.
   *
   * @throws InvalidJobException if it was changed, or cannot be read
   * @throws IOException if another run has the lock, or it cannot be taken
   */
  public static JournalFile open(Path file) throws IOException {
    return open(file, JournalFile::content);
  }

  /** Does the same, but takes the file for an empty one, whatever it has. */
  public static JournalFile openAnew(Path file) throws IOException {
    return open(file, any -> EMPTY);
  }

  private static JournalFile open(Path file, Function<Path, Content> reading) throws IOException {
    LockFile lock = LockFile.on(file);
    boolean open = false;
    try {
      JournalFile journal = new JournalFile(file, lock, reading.apply(file));
      open = true;
      return journal;
    } finally {
      if (!open) {
        lock.close();
      }
    }
  }

  /** Tells whether a run is at it. */
  public static boolean isHeld(Path file) {
    return PrivateFiles.isThere(LockFile.beside(file)) && LockFile.isHeld(file);
  }

  private static Content content(Path file) {
    if (!PrivateFiles.isThere(file)) {
      return EMPTY;
    }
    byte[] bytes;
    try {
      bytes = PrivateFiles.readAll(file, MOST);
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
    List<Map<String, Object>> lines = new ArrayList<>();
    String crc = "";
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        String line = new String(bytes, from, i - from, UTF_8);
        if (lines.isEmpty()) {
          checkVersion(file, line);
        }
        String next = crc(crc, before(line));
        if (!line.equals(before(line) + end(next))) {
          throw changed(file, lines.size() + 1);
        }
        try {
          lines.add(JsonDocument.read((before(line) + "}").getBytes(UTF_8)));
        } catch (IOException e) {
          throw changed(file, lines.size() + 1);
        }
        crc = next;
        from = i + 1;
      }
    }
    return new Content(List.copyOf(lines), crc, from);
  }

  private static void checkVersion(Path file, String line) {
    Matcher version = FIRST.matcher(line);
    if (version.matches() && !version.group(1).equals("" + VERSION)) {
      throw FileErrors.invalid(
          file
              + ": this journal of a run is of version "
              + version.group(1)
              + ", and this dynocopy reads version "
              + VERSION
              + ": go on with the dynocopy that began the run, or use --fresh to start over");
    }
  }

  private static InvalidJobException changed(Path file, int line) {
    return FileErrors.invalid(
        file
            + ":"
            + line
            + ": this line is not what dynocopy wrote, so what that run has done is not known. Use"
            + " --fresh to start over, or delete the file");
  }

  /** Returns a line without its checksum, and without the bracket at its end. */
  private static String before(String line) {
    return line.substring(0, Math.max(0, line.length() - end("00000000").length()));
  }

  private static String end(String crc) {
    return ",\"" + CRC + "\":\"" + crc + "\"}";
  }

  private static String crc(String last, String line) {
    CRC32 sum = new CRC32();
    sum.update((last + line).getBytes(UTF_8));
    return String.format("%08x", sum.getValue());
  }

  /** Returns the lines that were there when it was opened. */
  public List<Map<String, Object>> lines() {
    return content.lines();
  }

  /**
   * Adds lines, at once.
   *
   * @throws IOException if they cannot be written; none of them is there then
   */
  public synchronized void append(List<Map<String, Object>> lines) throws IOException {
    StringBuilder text = new StringBuilder();
    String last = crc;
    for (Map<String, Object> line : lines) {
      String whole = JsonDocument.line(line);
      String before = whole.substring(0, whole.length() - 1);
      last = crc(last, before);
      text.append(before).append(end(last)).append('\n');
    }
    ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(UTF_8));
    long after = length + bytes.remaining();
    boolean written = false;
    try {
      boolean made = channel == null && length == 0;
      if (channel == null) {
        channel = PrivateFiles.openOrCreate(file);
        // What was cut off, or is of a run that did not get to its first line.
        channel.truncate(length);
      }
      long at = length;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
      channel.force(false);
      if (made) {
        PrivateFiles.syncFolder(file);
      }
      written = true;
    } finally {
      if (!written && channel != null) {
        channel.truncate(length);
      }
    }
    length = after;
    crc = last;
  }

  /** Removes the file: what was to be remembered is done. */
  public synchronized void delete() throws IOException {
    closeChannel();
    Files.deleteIfExists(file);
  }

  private void closeChannel() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }

  /** Gives the lock back. */
  @Override
  public synchronized void close() throws IOException {
    try {
      closeChannel();
    } finally {
      lock.close();
    }
  }
}
