package org.dynocopy.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether another user of the machine may have made or changed a file or folder: they are
 * trusted if they are no links, belong to the user who runs this or to the superuser, and neither
 * their group nor others can write to them. Where files have no such owners, as on Windows, all are
 * trusted.
 */
public final class Trust {

  private static final Set<PosixFilePermission> OTHERS_WRITE =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private Trust() {}

  /** Who runs this, which the JDK does not say in so many words. */
  private static final class User {
    static final UserPrincipal SELF = self();

    private static UserPrincipal self() {
      try {
        Path process = Path.of("/proc/self");
        if (Files.exists(process)) {
          return Files.getOwner(process);
        }
        Path made = Files.createTempFile("dynocopy", null);
        try {
          return Files.getOwner(made);
        } finally {
          Files.delete(made);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot find out which user runs this", e);
      }
    }
  }

  /**
   * Checks a file or folder that is there.
   *
   * @param folder whether it must be a folder; else it must be a regular file
   * @throws UntrustedFileException if it is not trusted, with a sentence that says why
   * @throws IOException if it is not there, or nothing can be found out about it
   */
  static void check(Path path, boolean folder) throws IOException {
    Optional<String> why = whyNot(path, folder);
    if (why.isPresent()) {
      throw new UntrustedFileException(why.get());
    }
  }

  /**
   * Tells whether a file or folder that is there is trusted.
   *
   * @throws IOException if it is not there, or nothing can be found out about it
   */
  public static boolean holds(Path path, boolean folder) throws IOException {
    return whyNot(path, folder).isEmpty();
  }

  private static Optional<String> whyNot(Path path, boolean folder) throws IOException {
    if (!PrivateFiles.isPosix(path)) {
      return Optional.empty();
    }
    PosixFileAttributes is =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    String kind = folder ? "folder" : "file";
    if (is.isSymbolicLink()) {
      return Optional.of(path + " is a link, which is not followed: use a " + kind);
    }
    if (!(folder ? is.isDirectory() : is.isRegularFile())) {
      return Optional.of(path + " is not a " + kind);
    }
    if (!is.owner().equals(User.SELF) && !is.owner().getName().equals("root")) {
      return Optional.of(
          path
              + " belongs to another user, "
              + is.owner().getName()
              + ": use a "
              + kind
              + " of your own");
    }
    if (!Collections.disjoint(is.permissions(), OTHERS_WRITE)) {
      return Optional.of(
          path
              + " can be written by other users ("
              + PosixFilePermissions.toString(is.permissions())
              + "): look at what is in it, and run `chmod go-w "
              + path
              + "`");
    }
    return Optional.empty();
  }
}
