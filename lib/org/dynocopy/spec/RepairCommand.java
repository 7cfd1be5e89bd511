package org.dynocopy.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dynocopy.diagnostic.Location;

/** How to compare what a copy has selected, and copy what is missing: as it is typed. */
public final class RepairCommand {

  private RepairCommand() {}

  /**
   * Returns a command for a copy of the command line, and a statement for any other.
   *
   * @param gsi whether the index that is read is a GSI, if there is one
   */
  public static String of(Copy copy, boolean gsi) {
    boolean recipe = copy.at().line() > 0 || copy.at().equals(Location.NOWHERE);
    String text = recipe ? statement(copy, gsi) : command(copy);
    return "`" + text + "`" + (copy.reading().filtered() ? " with the filters of the copy" : "");
  }

  private static String command(Copy copy) {
    List<String> words = new ArrayList<>(List.of("dynocopy verify"));
    words.add(quoted(copy.from()));
    words.add(quoted(copy.to()));
    copy.reading().where().ifPresent(where -> options(where, words));
    words.add("--repair");
    return String.join(" ", words);
  }

  private static void options(KeyCondition where, List<String> words) {
    where.index().ifPresent(index -> words.add("--index " + quoted(index)));
    where.keysFile().ifPresent(file -> words.add("--pks " + quoted(file)));
    where.partitionKeys().forEach(key -> words.add("--pk " + quoted(argument(key))));
    where
        .sort()
        .ifPresent(
            sort -> {
              words.add(sort.word().option());
              sort.values().forEach(value -> words.add(quoted(argument(value))));
            });
  }

  /** A key of several attributes is the JSON of its texts. */
  private static Object argument(Object key) {
    return key instanceof Map<?, ?> parts
        ? parts.entrySet().stream()
            .map(part -> inQuotes(part.getKey()) + ":" + inQuotes(part.getValue()))
            .collect(Collectors.joining(",", "{", "}"))
        : KeyCondition.text(key);
  }

  private static String quoted(Object word) {
    String text = word.toString();
    return text.matches("[\\w:/.,@%+=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  private static String statement(Copy copy, boolean gsi) {
    StringBuilder text = new StringBuilder("verify { from ");
    text.append(inQuotes(copy.from())).append("; to ").append(inQuotes(copy.to()));
    copy.reading().where().ifPresent(where -> text.append("; where ").append(words(where, gsi)));
    return text.append("; full(); repair() }").toString();
  }

  private static String words(KeyCondition where, boolean gsi) {
    List<String> words = new ArrayList<>();
    where.index().ifPresent(i -> words.add((gsi ? "gsi: " : "lsi: ") + inQuotes(i)));
    where.keysFile().ifPresent(file -> words.add("pks: " + inQuotes("file:" + file)));
    if (where.partitionKeys().size() == 1) {
      words.add("pk: " + value(where.partitionKeys().get(0)));
    } else if (!where.partitionKeys().isEmpty()) {
      words.add("pk: " + value(where.partitionKeys()));
    }
    where
        .sort()
        .ifPresent(
            sort ->
                words.add(
                    sort.word().word()
                        + ": "
                        + value(sort.values().size() == 1 ? sort.values().get(0) : sort.values())));
    return String.join(", ", words);
  }

  private static String value(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(RepairCommand::value).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(part -> part.getKey() + ": " + value(part.getValue()))
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return value instanceof Number ? value.toString() : inQuotes(KeyCondition.text(value));
  }

  private static String inQuotes(Object value) {
    String text = value.toString();
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "\\$") + "\"";
  }
}
