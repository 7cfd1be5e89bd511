package org.dynocopy.diagnostic;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the names that a mistyped one was probably meant to be. */
public final class Suggestions {

  private Suggestions() {}

  /** Returns {@code " Did you mean `from`?"}, or nothing where no name is near. */
  public static String suggestion(String typed, Collection<String> names) {
    return of(typed, names).map(name -> " Did you mean `" + name + "`?").orElse("");
  }

  /** Returns {@code " Did you mean `file:users.fp`?"}, or nothing where there is no such file. */
  public static String file(String typed) {
    try {
      return Files.isRegularFile(Path.of(typed)) ? " Did you mean `file:" + typed + "`?" : "";
    } catch (InvalidPathException e) {
      return "";
    }
  }

  /** Returns the one nearest name, if it is within a third of its length (at least 2) edits. */
  public static Optional<String> of(String typed, Collection<String> names) {
    return names.stream()
        .filter(name -> distance(typed, name) <= Math.max(2, name.length() / 3))
        .filter(name -> distance(typed, name) < name.length() || beginsWith(typed, name))
        .min(byDistance(typed));
  }

  /** Returns {@code "There are `a`, `b`"}: the {@link #list}, in a sentence without its end. */
  public static String there(String typed, Collection<String> names, int most) {
    return (names.size() > 1 ? "There are " : "There is ") + list(typed, names, most);
  }

  /** Short names are near none by their edits: {@code pkey} is meant as {@code pk}. */
  private static boolean beginsWith(String typed, String name) {
    return name.length() > 1 && typed.startsWith(name);
  }

  /** Returns up to {@code most} names, nearest first, as {@code `a`, `b`}; "none" for no names. */
  public static String list(String typed, Collection<String> names, int most) {
    if (names.isEmpty()) {
      return "none";
    }
    List<String> nearest = names.stream().sorted(byDistance(typed)).limit(most).toList();
    String listed = nearest.stream().map(n -> "`" + n + "`").collect(Collectors.joining(", "));
    int left = names.size() - nearest.size();
    return left == 0 ? listed : listed + " and " + left + " more";
  }

  private static Comparator<String> byDistance(String typed) {
    return Comparator.<String>comparingInt(name -> distance(typed, name))
        .thenComparing(Comparator.naturalOrder());
  }

  /** The edit distance that counts a swap of two neighbours as one edit: `form` is near `from`. */
  static int distance(String typed, String name) {
    String a = typed.toLowerCase(Locale.ROOT);
    String b = name.toLowerCase(Locale.ROOT);
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + same, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
