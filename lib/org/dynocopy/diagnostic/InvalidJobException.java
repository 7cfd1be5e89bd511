package org.dynocopy.diagnostic;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Says that what the user asked for cannot be done as written; nothing was touched. Exit code 2.
 */
public final class InvalidJobException extends RuntimeException {

  private final transient List<Problem> problems;

  /**
   * Reports several mistakes at once.
   *
   * @param problems at least one, in the order of the recipe
   */
  public InvalidJobException(List<Problem> problems) {
    super(problems.stream().map(Problem::render).collect(Collectors.joining("\n\n")));
    this.problems = List.copyOf(problems);
  }

  /** Reports one mistake. */
  public InvalidJobException(Location at, String message) {
    this(List.of(new Problem(at, message)));
  }

  /** Returns the mistakes, in the order of the recipe. */
  public List<Problem> problems() {
    return problems;
  }
}
