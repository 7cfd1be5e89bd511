package org.dynocopy.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Makes, opens and reads the files that runs keep, so that no other user of the machine can read
 * them, change them, or have them written elsewhere. New files and folders are their owner's alone;
 * links are not followed; what {@link Trust} refuses is not opened. What is written survives a
 * power cut. Files that the user named to be read as data may be anybody's, and are not read
 * through this.
 */
public final class PrivateFiles {

  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private PrivateFiles() {}

  /** Tells whether there is anything by this name, be it a link to nowhere. */
  public static boolean isThere(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Checks that a file, if it is there, and the working folder, if it is in that, are the user's
   * own.
   *
   * @throws UntrustedFileException if another user may have made or changed one of them
   */
  public static void check(Path file) throws IOException {
    checkFolder(file);
    if (isThere(file)) {
      try {
        Trust.check(file, false);
      } catch (NoSuchFileException e) {
        // Another run has removed it meanwhile, or has moved its draft.
      }
    }
  }

  /** Only the working folder is dynocopy's; others are as their user wants them. */
  private static void checkFolder(Path file) throws IOException {
    if (isWorking(folder(file))) {
      checkWorkingFolder();
    }
  }

  /**
   * Checks the working folder, if it is there.
   *
   * @throws UntrustedFileException if another user may have made or changed it, or it is no folder
   */
  public static void checkWorkingFolder() throws IOException {
    try {
      if (isThere(WorkingFolder.path())) {
        Trust.check(WorkingFolder.path().toAbsolutePath(), true);
      }
    } catch (InvalidPathException e) {
      throw new IOException("DYNOCOPY_FOLDER cannot be used: " + FileReason.of(e), e);
    }
  }

  private static boolean isWorking(Path folder) {
    return folder.normalize().equals(WorkingFolder.path().toAbsolutePath().normalize());
  }

  /**
   * Makes a folder, and those above it that are missing.
   *
   * @throws UntrustedFileException if it is the working folder, and not the user's own
   */
  public static void createFolder(Path folder) throws IOException {
    Path whole = folder.toAbsolutePath();
    if (!Files.isDirectory(whole) && whole.getParent() != null) {
      createFolder(whole.getParent());
    }
    boolean made = !Files.isDirectory(whole) && makeFolder(whole);
    if (isWorking(whole)) {
      Trust.check(whole, true);
      // A folder that its user made and named may be more than this.
      if (made || whole.endsWith(WorkingFolder.USUAL)) {
        ignoreInGit(whole);
      }
    }
  }

  /** Returns whether it was not there. */
  private static boolean makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectory(folder, attributes(folder, FOLDER));
      return true;
    } catch (FileAlreadyExistsException e) {
      // Another process was first, or it is no folder.
      if (!Files.isDirectory(folder)) {
        throw e;
      }
      return false;
    }
  }

  /** It has customers' data, and often lies in a team's repository. */
  private static void ignoreInGit(Path folder) throws IOException {
    Path file = folder.resolve(".gitignore");
    if (!isThere(file)) {
      try (FileChannel channel = open(file, StandardOpenOption.CREATE_NEW)) {
        channel.write(ByteBuffer.wrap("*\n".getBytes(UTF_8)));
      } catch (FileAlreadyExistsException e) {
        // Another process was first.
      }
    }
  }

  /** Makes a file for the time until it is closed: it is read and written by this process alone. */
  public static FileChannel temporary() throws IOException {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    return open(
        folder.resolve("dynocopy-" + UUID.randomUUID()),
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.READ,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** Makes a new file to be written, and the folders above it. */
  public static FileChannel create(Path file) throws IOException {
    createFolder(folder(file));
    return open(file, StandardOpenOption.CREATE_NEW);
  }

  /**
   * Opens a file to be written, from its start, and makes it if it is not there.
   *
   * @throws UntrustedFileException if another user may have made or changed it
   */
  public static FileChannel openOrCreate(Path file) throws IOException {
    return openOrCreate(file, StandardOpenOption.WRITE);
  }

  /**
   * Opens a file to be written at its end, and makes it if it is not there. If others can read it,
   * they cannot any more.
   *
   * @throws UntrustedFileException if another user may have made or changed it
   */
  public static FileChannel append(Path file) throws IOException {
    FileChannel channel = openOrCreate(file, StandardOpenOption.APPEND);
    if (isPosix(file)) {
      Files.setPosixFilePermissions(file, FILE);
    }
    return channel;
  }

  private static FileChannel openOrCreate(Path file, StandardOpenOption how) throws IOException {
    createFolder(folder(file));
    // First of all: to open what is no file may wait for ever.
    check(file);
    FileChannel channel = open(file, StandardOpenOption.CREATE, how);
    try {
      // And once more: it may have come in between, and nothing is changed yet.
      check(file);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return channel;
  }

  private static FileChannel open(Path file, OpenOption... how) throws IOException {
    Set<OpenOption> options = new HashSet<>(Set.of(how));
    options.add(StandardOpenOption.WRITE);
    options.add(LinkOption.NOFOLLOW_LINKS);
    return FileChannel.open(file, options, attributes(file, FILE));
  }

  /**
   * Opens a file that a run has written before.
   *
   * @throws NoSuchFileException if it is not there
   * @throws UntrustedFileException if another user may have made or changed it
   */
  public static InputStream read(Path file) throws IOException {
    check(file);
    return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Reads such a file whole, as {@link #read}.
   *
   * @param most how many bytes it may have
   * @throws IOException if it has more
   */
  public static byte[] readAll(Path file, int most) throws IOException {
    try (InputStream in = read(file)) {
      return WholeFile.read(in, most);
    }
  }

  /** Writes a new file, onto the disk. */
  public static void write(Path file, byte[] content) throws IOException {
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
  public static void replace(Path file, byte[] content) throws IOException {
    checkReplaced(file);
    Path part = part(file);
    Files.deleteIfExists(part);
    write(part, content);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder(file);
  }

  /**
   * Checks a file that will be replaced, and what it is called while it is written.
   *
   * @throws UntrustedFileException as {@link #check} does
   */
  public static void checkReplaced(Path file) throws IOException {
    check(file);
    check(part(file));
  }

  /** Returns what a file is called while it is written. */
  public static Path part(Path file) {
    return file.resolveSibling(file.getFileName() + ".part");
  }

  /** Moves a file in its folder, in one step, but not over another. */
  public static void move(Path from, Path to) throws IOException {
    checkAbsent(to);
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Checks that there is nothing by this name.
   *
   * @throws FileAlreadyExistsException if there is, with a sentence for its reason
   */
  public static void checkAbsent(Path file) throws IOException {
    if (isThere(file)) {
      throw new FileAlreadyExistsException(file.toString(), null, file + " is there already");
    }
  }

  /** Waits until the names in a file's folder are on the disk. Windows knows no such request. */
  public static void syncFolder(Path file) throws IOException {
    if (isPosix(file)) {
      try (FileChannel folder = FileChannel.open(folder(file), StandardOpenOption.READ)) {
        folder.force(true);
      }
    }
  }

  private static Path folder(Path file) {
    return file.toAbsolutePath().getParent();
  }

  private static FileAttribute<?>[] attributes(Path file, Set<PosixFilePermission> ownerOnly) {
    return isPosix(file)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(ownerOnly)}
        : new FileAttribute<?>[0];
  }

  static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
