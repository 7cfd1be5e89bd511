package org.dynocopy.diagnostic;

/**
 * Where a word stands, so that a message can point at it: in a recipe, in an option of the command
 * line, or nowhere (a plan made by Java code).
 *
 * @param file the recipe as the user named it, or the option ({@code --pk}); empty for nowhere
 * @param line the line in the recipe, from 1; 0 outside a recipe
 * @param column the column of the word's first character, from 1; 0 outside a recipe
 * @param length how many characters the word takes, at least 1 in a recipe
 * @param text the recipe's line itself, without its end
 */
public record Location(String file, int line, int column, int length, String text) {

  /** Java code that made a plan by itself. */
  public static final Location NOWHERE = new Location("", 0, 0, 0, "");

  /** Returns the place of an option such as {@code --pk}. */
  public static Location option(String name) {
    return new Location(name, 0, 0, 0, "");
  }

  /** Returns {@code file:line:column}, the option's name, or nothing. */
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
