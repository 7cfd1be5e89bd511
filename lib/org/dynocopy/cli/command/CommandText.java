package org.dynocopy.cli.command;

import java.util.ArrayList;
import java.util.List;

/** A command as a person would type it again, to go on: without the values of params. */
final class CommandText {

  private static final String PARAM = "--param";

  /** What is not said again. */
  private static final List<String> ONCE = List.of("--fresh", "--dry-run");

  private CommandText() {}

  /** Returns it, for the words of the command line behind {@code dynocopy}. */
  static String of(List<String> words) {
    List<String> text = new ArrayList<>(List.of("dynocopy"));
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (ONCE.contains(word)) {
        continue;
      }
      boolean value = i > 0 && words.get(i - 1).equals(PARAM);
      boolean both = word.startsWith(PARAM + "=");
      text.add(value || both ? withoutValue(word, both ? 2 : 1) : quoted(word));
    }
    return String.join(" ", text);
  }

  /** Keeps so many parts of what equals signs divide. */
  private static String withoutValue(String word, int parts) {
    String[] all = word.split("=", parts + 1);
    return String.join("=", List.of(all).subList(0, Math.min(parts, all.length))) + "=…";
  }

  private static String quoted(String word) {
    return word.matches("[\\w@%+=:,./~-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
