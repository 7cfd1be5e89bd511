package org.dynocopy.dsl.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.files.WholeFile;

/**
 * The text of a recipe or of a file that it includes.
 *
 * @param path where it is, as the user named it; messages name it so
 * @param text its text with all its line ends, without a byte order mark
 * @param lines its lines without their ends
 */
public record RecipeFile(Path path, String text, List<String> lines) {

  /** Copies the list. */
  public RecipeFile {
    lines = List.copyOf(lines);
  }

  /**
   * Reads a file.
   *
   * @param at what names the file, for the message
   * @throws InvalidJobException if it is absent, not a file, not readable or not UTF-8
   */
  public static RecipeFile read(Path path, Location at) {
    if (Files.isDirectory(path)) {
      throw new InvalidJobException(at, "`" + path + "` is a directory: name the recipe in it");
    }
    if (!Files.exists(path)) {
      throw new InvalidJobException(at, "there is no file `" + path + "`");
    }
    try {
      String text = decode(WholeFile.read(path, RecipeBounds.MOST_BYTES));
      RecipeFile file = of(path, text);
      RecipeBounds.check(file);
      return file;
    } catch (CharacterCodingException e) {
      throw new InvalidJobException(at, "`" + path + "` is not UTF-8 text: save it as UTF-8");
    } catch (AccessDeniedException e) {
      throw new InvalidJobException(at, "`" + path + "` may not be read: permission denied");
    } catch (IOException e) {
      throw new InvalidJobException(at, "`" + path + "` cannot be read: " + e.getMessage());
    }
  }

  /** Returns a file of the given text. */
  static RecipeFile of(Path path, String text) {
    String[] lines = text.split("\r?\n", -1);
    return new RecipeFile(path, text, List.of(lines));
  }

  private static String decode(byte[] bytes) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /**
   * Returns the place of some characters.
   *
   * @param line from 1
   * @param column from 1, counted in code points, as the Groovy parser does
   * @param lastLine where it ends
   * @param lastColumn the column after the last character; only the first line is marked
   */
  public Location at(int line, int column, int lastLine, int lastColumn) {
    String text = line(line);
    int start = chars(text, column);
    int end = lastLine == line ? chars(text, lastColumn) : text.stripTrailing().length();
    return place(line, start + 1, Math.max(1, end - start));
  }

  /**
   * Returns the text between two places.
   *
   * @param line from 1
   * @param column from 1, counted in code points
   * @param lastLine where it ends
   * @param lastColumn the column after the last character
   */
  public String text(int line, int column, int lastLine, int lastColumn) {
    StringBuilder text = new StringBuilder();
    for (int i = line; i <= lastLine; i++) {
      int from = i == line ? chars(line(i), column) : 0;
      int to = i == lastLine ? chars(line(i), lastColumn) : line(i).length();
      text.append(line(i), from, Math.max(from, to)).append(i == lastLine ? "" : "\n");
    }
    return text.toString();
  }

  /** Returns the place of a whole line, from its first visible character to its last. */
  public Location at(int line) {
    String text = line(line);
    int start = text.length() - text.stripLeading().length();
    int end = Math.max(start + 1, text.stripTrailing().length());
    return place(line, start + 1, end - start);
  }

  /**
   * Returns the place of some characters.
   *
   * @param line from 1
   * @param column from 1, counted in characters
   * @param length how many characters
   */
  public Location place(int line, int column, int length) {
    return new Location(path.toString(), line, column, length, line(line));
  }

  private String line(int line) {
    // A lone carriage return is no line end for Groovy, but would garble the message.
    return line >= 1 && line <= lines.size() ? lines.get(line - 1).replace('\r', ' ') : "";
  }

  private static int chars(String text, int column) {
    int wanted = Math.max(0, Math.min(column - 1, text.codePointCount(0, text.length())));
    return text.offsetByCodePoints(0, wanted);
  }
}
