package org.dynocopy.dsl.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.diagnostic.Problem;

/** The mistakes found so far in a recipe and its includes, each once. */
public final class Problems {

  /**
   * Ends a block whose mistake is reported already, because the rest of it would run with made-up
   * values. An error, so that a recipe's own {@code catch (Exception e)} does not swallow it.
   */
  public static final class AlreadyReported extends Error {

    private static final long serialVersionUID = 1;

    /** Makes it without a stack trace: nobody reads it. */
    public AlreadyReported() {
      this("already reported");
    }

    /** Makes it with what is said where nobody sees the reports: in a filter that runs. */
    public AlreadyReported(String message) {
      super(message, null, false, false);
    }
  }

  private final Set<Problem> found = new LinkedHashSet<>();
  private final List<String> files = new ArrayList<>();

  /** Says that a file is part of the recipe; mistakes are shown in the order of the files. */
  public void file(RecipeFile file) {
    files.add(file.path().toString());
  }

  /**
   * Adds a mistake. A filter may do so, from its thread, when nobody asks for mistakes any more.
   */
  public synchronized void add(Location at, String message) {
    found.add(new Problem(at, message));
  }

  /** Adds all mistakes of the exception. */
  public void add(InvalidJobException several) {
    found.addAll(several.problems());
  }

  /** Returns how many mistakes there are so far. */
  public int count() {
    return found.size();
  }

  /** Throws all mistakes together, if there are any. */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidJobException(inOrder());
    }
  }

  private List<Problem> inOrder() {
    Comparator<Problem> byFile = Comparator.comparingInt(p -> order(p.at().file()));
    return found.stream()
        .sorted(
            byFile
                .thenComparingInt(problem -> problem.at().line())
                .thenComparingInt(problem -> problem.at().column()))
        .toList();
  }

  private int order(String file) {
    int index = files.indexOf(file);
    return index < 0 ? files.size() : index;
  }
}
