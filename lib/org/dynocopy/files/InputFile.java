package org.dynocopy.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Opens files that the user named to be read, or that lie beside these. They may be anybody's. To
 * open a pipe waits, perhaps for ever, until somebody writes to it: so only those are read that the
 * shell hands over, as {@code /dev/stdin} and {@code <(…)}.
 */
public final class InputFile {

  /** Where only the system makes files. */
  private static final List<Path> SYSTEM = List.of(Path.of("/dev"), Path.of("/dev/fd"));

  private InputFile() {}

  /**
   * Opens one.
   *
   * @throws IOException if it cannot be opened, or is neither a file nor handed over by the shell
   */
  public static InputStream open(Path file) throws IOException {
    check(file);
    return Files.newInputStream(file);
  }

  /**
   * Opens one that is UTF-8 text.
   *
   * @throws IOException likewise
   */
  public static BufferedReader text(Path file) throws IOException {
    return new BufferedReader(new InputStreamReader(open(file), UTF_8.newDecoder()));
  }

  /**
   * Checks one that somebody else will open.
   *
   * @throws IOException if it is there, and neither a file nor handed over by the shell
   */
  public static void check(Path file) throws IOException {
    boolean there = Files.exists(file) && !Files.isDirectory(file);
    if (there && !Files.isRegularFile(file) && !isSystem(file.toAbsolutePath().getParent())) {
      throw new IOException("it is a pipe or a device: only a file is read, or /dev/stdin");
    }
  }

  /**
   * Checks that one may be read, if it is there.
   *
   * @throws IOException if it is a folder, or may not be read
   */
  public static void checkReadable(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("it is a folder");
    }
    if (Files.exists(file) && !Files.isReadable(file)) {
      throw new AccessDeniedException(file.toString());
    }
  }

  /**
   * Checks one that somebody else will read whole.
   *
   * @param most how many bytes it may have
   * @throws IOException likewise, or if it has more
   */
  public static void check(Path file, int most) throws IOException {
    check(file);
    if (Files.isRegularFile(file) && Files.size(file) > most) {
      throw WholeFile.tooLarge(most);
    }
  }

  private static boolean isSystem(Path folder) {
    return SYSTEM.contains(folder) || folder.startsWith("/proc");
  }
}
