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
import java.util.List;
import java.util.Optional;

/**
 * Decides whether another user of the machine may have made or changed a file or folder: they are
 * trusted if they are no links, symbolic or hard, belong to the user who runs this or to the
 * superuser, and no others can write to them. A group in which nobody else is may: the one that the
 * system names after the user, the superuser's, and one that this system has no name for, as it is
 * of the system around a container, such as the {@code fsGroup} of a volume. Where files have no
 * such owners, as on Windows, all are trusted.
 */
public final class Trust {

  private static final int STICKY = 01000;

  /** The user and the group, mostly with a name, that stand for those of another system. */
  private static final int UNMAPPED = 65_534;

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
    PosixFileAttributes is = attributes(path);
    String kind = folder ? "folder" : "file";
    if (is.isSymbolicLink()) {
      return Optional.of(path + " is a link, which is not followed: use a " + kind);
    }
    if (!(folder ? is.isDirectory() : is.isRegularFile())) {
      return Optional.of(path + " is not a " + kind + instead(folder));
    }
    if (!isOurs(is.owner())) {
      return Optional.of(belongs(path, is.owner()) + instead(folder));
    }
    if (!folder && number(path, "nlink") > 1) {
      return Optional.of(
          path
              + " is a hard link: what is written to it is written to another file, too. Use"
              + " another name, or make it a file of its own:"
              + " `cp -p %1$s %1$s.own && mv %1$s.own %1$s`".formatted(path));
    }
    if (isWritableByOthers(path, is)) {
      return Optional.of(
          others(path, is)
              + ": look at what is in it, and run `"
              + chmod(path)
              + (folder ? "`, or name another folder by DYNOCOPY_FOLDER" : "`"));
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

  /**
   * A file that other users can write, or a folder by which they can replace what is below it.
   *
   * @param who names it and these users
   * @param remedy the command that ends it, if one does
   */
  public record Exposure(String who, Optional<String> remedy) {

    /** Returns what to do, to end a sentence with. */
    public String advice() {
      return remedy
          .map(command -> "look at what is in it, and run `" + command + "`")
          .orElse("copy what you know to be right into a file of your own");
    }
  }

  /**
   * Tells who else could take a file away and put it, or another one, back later: who owns a folder
   * above it, or can write to one without the sticky bit. Users that this system has no name for do
   * not count.
   *
   * @return empty if there is nobody
   * @throws IOException if nothing can be found out about a folder
   */
  public static Optional<Exposure> whoCanReplace(Path file) throws IOException {
    if (!PrivateFiles.isPosix(file)) {
      return Optional.empty();
    }
    Path named = ExistingPath.above(file);
    // As it is named, and without the links in that.
    for (Path start : List.of(named, named.toRealPath())) {
      for (Path folder = start; folder != null; folder = folder.getParent()) {
        Optional<Exposure> who = whoCanRename(folder);
        if (who.isPresent()) {
          return who;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Exposure> whoCanRename(Path folder) throws IOException {
    return (number(folder, "mode") & STICKY) == 0 ? exposure(folder) : owner(folder);
  }

  /**
   * Tells who else could have written a file that this user's own code is to come from: whom it
   * belongs to, or who can write to it. Links are followed. Users that this system has no name for
   * do not count, as they are those of another system, whose file is mounted here.
   *
   * @return empty if there is nobody
   * @throws IOException if it is not there, or nothing can be found out about it
   */
  public static Optional<Exposure> whoCanWrite(Path file) throws IOException {
    return PrivateFiles.isPosix(file) ? exposure(file.toRealPath()) : Optional.empty();
  }

  private static Optional<Exposure> exposure(Path path) throws IOException {
    Optional<Exposure> owner = owner(path);
    PosixFileAttributes is = attributes(path);
    return owner.isPresent() || is.isSymbolicLink() || !isWritableByOthers(path, is)
        ? owner
        : Optional.of(new Exposure(others(path, is), Optional.of(chmod(path))));
  }

  private static Optional<Exposure> owner(Path path) throws IOException {
    UserPrincipal owner = attributes(path).owner();
    return isOurs(owner) || !isNamed(owner, number(path, "uid"))
        ? Optional.empty()
        : Optional.of(new Exposure(belongs(path, owner), Optional.empty()));
  }

  private static boolean isWritableByOthers(Path path, PosixFileAttributes is) throws IOException {
    return is.permissions().contains(PosixFilePermission.OTHERS_WRITE)
        || is.permissions().contains(PosixFilePermission.GROUP_WRITE)
            && isNamed(is.group(), number(path, "gid"))
            && !List.of("root", User.SELF.getName()).contains(is.group().getName());
  }

  /** The JDK gives the number of one that has no name. */
  private static boolean isNamed(UserPrincipal who, int number) {
    return number != UNMAPPED && !who.getName().matches("\\d+");
  }

  private static PosixFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static int number(Path path, String attribute) throws IOException {
    return (int) Files.getAttribute(path, "unix:" + attribute, LinkOption.NOFOLLOW_LINKS);
  }

  private static String belongs(Path path, UserPrincipal owner) {
    return path + " belongs to another user, " + owner.getName();
  }

  private static String others(Path path, PosixFileAttributes is) {
    return "%s can be changed by other users (%s, group %s)"
        .formatted(path, PosixFilePermissions.toString(is.permissions()), is.group().getName());
  }

  private static String chmod(Path path) {
    return "chmod go-w " + path;
  }
}
