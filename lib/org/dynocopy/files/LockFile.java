package org.dynocopy.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps others away from a file: a lock on another one beside it, {@code NAME.lock}, which the
 * operating system releases however the process ends.
 */
public final class LockFile implements AutoCloseable {

  /** Those of this process. On POSIX, to open and close such a file once more would release it. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private static final int TRIES = 5;

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(10);

  private final Path file;
  private final FileChannel channel;

  private LockFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Returns the file that is locked in place of another one, beside it. */
  public static Path beside(Path guarded) {
    return guarded.resolveSibling(guarded.getFileName() + ".lock").toAbsolutePath();
  }

  /**
   * Takes the lock.
   *
   * @throws IOException if the file cannot be made, or somebody else has the lock
   */
  public static LockFile on(Path guarded) throws IOException {
    Path named = beside(guarded);
    PrivateFiles.createFolder(named.getParent());
    // Whatever it was called by: HELD knows it by one name.
    Path file = named.getParent().toRealPath().resolve(named.getFileName());
    if (!HELD.add(file)) {
      throw new IOException(file + " is locked by another run of this process");
    }
    boolean locked = false;
    try {
      LockFile lock = lock(file);
      locked = true;
      return lock;
    } finally {
      if (!locked) {
        HELD.remove(file);
      }
    }
  }

  /** Tells whether somebody has the lock of a file, whose own file is there. */
  public static boolean isHeld(Path guarded) {
    try {
      on(guarded).release();
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static LockFile lock(Path file) throws IOException {
    for (int tries = 0; ; tries++) {
      PrivateFiles.openOrCreate(file).close();
      Optional<Object> opened = key(file);
      FileChannel channel = PrivateFiles.openOrCreate(file);
      if (!isLocked(channel)) {
        channel.close();
        // Whoever looks whether a run is at it, or removes what is left, has it for a moment.
        if (tries < TRIES) {
          LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
          continue;
        }
        throw new IOException(file + " is locked by another run" + owner(file));
      }
      boolean ours = false;
      try {
        // Never opened and closed again from here on: on POSIX that releases this process's lock.
        String own = " (process " + ProcessHandle.current().pid() + ")";
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(own.getBytes(UTF_8)), 0);
        // The one who had it before may have removed the file between our opening and locking it.
        ours = Objects.equals(opened, key(file));
      } finally {
        if (!ours) {
          channel.close();
        }
      }
      if (ours) {
        return new LockFile(file, channel);
      }
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Somebody else in this process, who came by another class loader.
      return false;
    }
  }

  /** Returns what tells files of the same name apart; empty where there is no such thing. */
  private static Optional<Object> key(Path file) throws IOException {
    try {
      return Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static String owner(Path file) throws IOException {
    try {
      return new String(WholeFile.read(file, WholeFile.USUAL_MOST), UTF_8);
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  /**
   * Gives it back, but leaves its file there, by which a later run finds what it guarded. Does
   * nothing if that was done before: another run of this process may have the lock by then.
   */
  public void release() throws IOException {
    if (channel.isOpen()) {
      channel.close();
      HELD.remove(file);
    }
  }

  /** Does nothing if it was closed before: the file may be that of another run by then. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      try {
        Files.deleteIfExists(file);
      } finally {
        release();
      }
    }
  }
}
