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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether another user of the machine may have made or changed a file or folder: they are
 * trusted if they are no links, symbolic or hard, belong to the user who runs this or to the
 * superuser, and neither their group nor others can write to them. Where files have no such owners,
 * as on Windows, all are trusted.
 */
public final class Trust {

  private static final Set<PosixFilePermission> OTHERS_WRITE =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private static final int STICKY = 01000;

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
      return Optional.of(path + " is not a " + kind + instead(folder));
    }
    if (!isOurs(is.owner())) {
      return Optional.of(
          path + " belongs to another user, " + is.owner().getName() + instead(folder));
    }
    if (!folder && links(path) > 1) {
      return Optional.of(
          path
              + " is a hard link: what is written to it is written to another file, too. Use"
              + " another name, or run `rm "
              + path
              + "`");
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

  private static String instead(boolean folder) {
    return folder
        ? ": name another folder by DYNOCOPY_FOLDER"
        : ": use another name, or a folder of your own";
  }

  private static boolean isOurs(UserPrincipal owner) {
    return owner.equals(User.SELF) || owner.getName().equals("root");
  }

  private static int links(Path file) throws IOException {
    return (int) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Tells who else could take a file away and put it, or another one, back later: who owns a folder
   * above it, or can write to one without the sticky bit. A group that the system names after the
   * user has nobody else in it, and users and groups without a name are not of this system, but of
   * the one around a container.
   *
   * @return a sentence about the folder; empty if there is nobody
   * @throws IOException if nothing can be found out about a folder
   */
  public static Optional<String> whoCanReplace(Path file) throws IOException {
    Path named = file.toAbsolutePath().getParent();
    while (!Files.exists(named)) {
      named = named.getParent();
    }
    // As it is named, and without the links in that.
    for (Path start : List.of(named, named.toRealPath())) {
      for (Path folder = start; folder != null; folder = folder.getParent()) {
        Optional<String> who = whoCanRename(folder);
        if (who.isPresent()) {
          return who;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> whoCanRename(Path folder) throws IOException {
    if (!PrivateFiles.isPosix(folder)) {
      return Optional.empty();
    }
    PosixFileAttributes is =
        Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!isOurs(is.owner()) && isNamed(is.owner())) {
      return Optional.of(folder + " belongs to another user, " + is.owner().getName());
    }
    int mode = (int) Files.getAttribute(folder, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if (is.isSymbolicLink() || (mode & STICKY) != 0) {
      return Optional.empty();
    }
    boolean byGroup =
        is.permissions().contains(PosixFilePermission.GROUP_WRITE)
            && isNamed(is.group())
            && !List.of("root", User.SELF.getName()).contains(is.group().getName());
    if (byGroup || is.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
      return Optional.of(
          String.format(
              "%s can be written by other users (%s, group %s)",
              folder, PosixFilePermissions.toString(is.permissions()), is.group().getName()));
    }
    return Optional.empty();
  }

  /** The JDK gives the number of one that has no name. */
  private static boolean isNamed(UserPrincipal user) {
    return !user.getName().matches("\\d+");
  }
}
