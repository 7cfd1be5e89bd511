package org.dynocopy.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes files that their owner alone can read, and survives a power cut. */
final class OwnFile {

  private OwnFile() {}

  /** Tells whether there is anything by this name, be it a link to nowhere. */
  static boolean isThere(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Makes a new file, and the folders above it. */
  static FileChannel create(Path file) throws IOException {
    Files.createDirectories(folder(file));
    FileAttribute<?>[] ownerOnly =
        isPosix(file)
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    return FileChannel.open(
        file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly);
  }

  /** Writes a new file, onto the disk. */
  static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel = create(file)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /**
   * Writes a file, or another content into it, in one step: whatever happens, it has this content
   * or the one before.
   *
   * @throws IOException if it cannot; the one before is still there
   */
  static void replace(Path file, byte[] content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    write(part, content);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder(file);
  }

  /** Moves a file in its folder, in one step, but not over another. */
  static void move(Path from, Path to) throws IOException {
    if (isThere(to)) {
      throw new FileAlreadyExistsException(from.toString(), null, to + " is there already");
    }
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Waits until the names in a file's folder are on the disk. Windows knows no such request. */
  static void syncFolder(Path file) throws IOException {
    if (isPosix(file)) {
      try (FileChannel folder = FileChannel.open(folder(file), StandardOpenOption.READ)) {
        folder.force(true);
      }
    }
  }

  private static Path folder(Path file) {
    return file.toAbsolutePath().getParent();
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
