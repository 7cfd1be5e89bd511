package org.dynocopy.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;

/** Puts into words why a file cannot be used. */
public final class FileReason {

  private FileReason() {}

  /** Returns what the system said; its exceptions often have a path for a message. */
  public static String of(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    String said = e instanceof FileSystemException of ? of.getReason() : e.getMessage();
    return said == null ? e.toString() : said;
  }

  /** Returns why a text is no path of this system. */
  public static String of(InvalidPathException e) {
    return "`"
        + e.getInput()
        + "` is not a path here: "
        + e.getReason()
        + ". For letters beyond ASCII, set LC_ALL=C.UTF-8";
  }
}
