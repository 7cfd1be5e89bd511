package org.dynocopy.spec;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The part of a table that a query reads: {@code where pk: "t1", skBegins: "2026-", gsi:
 * "byTenant"}.
 *
 * <p>Values are {@link String}, {@link Number} or {@code byte[]}; the table's key definitions
 * decide what they become, so {@code 42} and {@code "42"} both fit a key of type N. A key of
 * several attributes, which a GSI can have, is a {@link Map} of these by the attributes' names.
 *
 * @param partitionKeys the partition keys to read, at least one unless there is a file of them
 * @param keysFile a file with a partition key on each line, read while the query runs
 * @param sort the condition on the sort key
 * @param index the index to read instead of the table
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html">Key
 *     condition expressions</a>
 */
public record KeyCondition(
    List<Object> partitionKeys,
    Optional<Path> keysFile,
    Optional<Sort> sort,
    Optional<String> index) {

  /** Copies the list. */
  public KeyCondition {
    partitionKeys = List.copyOf(partitionKeys);
  }

  /** Selects by partition keys that are said one by one. */
  public KeyCondition(List<Object> partitionKeys, Optional<Sort> sort, Optional<String> index) {
    this(partitionKeys, Optional.empty(), sort, index);
  }

  /** Selects by the partition keys in a file, one on each line. */
  public KeyCondition(Path keysFile, Optional<Sort> sort, Optional<String> index) {
    this(List.of(), Optional.of(keysFile), sort, index);
  }

  /** Returns whether a query can compare a key with this value. */
  public static boolean isKey(Object value) {
    return value instanceof Map<?, ?> parts
        ? !parts.isEmpty() && parts.values().stream().allMatch(KeyCondition::isScalar)
        : isScalar(value);
  }

  private static boolean isScalar(Object value) {
    return value instanceof String || value instanceof Number || value instanceof byte[];
  }

  /**
   * A condition on the sort key.
   *
   * @param word how to compare
   * @param values what with: two for {@link SortWord#BETWEEN}, else one
   */
  public record Sort(SortWord word, List<Object> values) {
    /** Copies the list. */
    public Sort {
      values = List.copyOf(values);
    }
  }

  /** Returns this as a text, the same for the same condition. */
  public String text() {
    String keys = keysFile.map(file -> "pks " + file).orElse("pk " + text(partitionKeys));
    return keys
        + sort.map(s -> ", " + s.word().word() + " " + text(s.values())).orElse("")
        + index.map(name -> ", index " + name).orElse("");
  }

  /** Returns a key or a value of a filter as a text, the same for the same value. */
  static String text(Object value) {
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, String> texts = new TreeMap<>();
      map.forEach((name, part) -> texts.put(name.toString(), text(part)));
      return texts.toString();
    }
    if (value instanceof Set<?> set) {
      return set.stream().map(KeyCondition::text).sorted().toList().toString();
    }
    return value instanceof List<?> list
        ? list.stream().map(KeyCondition::text).toList().toString()
        : String.valueOf(value);
  }

  /** The words that compare a sort key. */
  public enum SortWord {
    /** The same key. */
    EQUALS("sk", "--sk", "# = :a"),
    /** A prefix; of types S and B only. */
    BEGINS("skBegins", "--sk-begins", "begins_with(#, :a)"),
    /** From one to another, both included. */
    BETWEEN("skBetween", "--sk-between", "# BETWEEN :a AND :b"),
    /** Below. */
    LESS("skLess", "--sk-less", "# < :a"),
    /** Below or the same. */
    AT_MOST("skAtMost", "--sk-at-most", "# <= :a"),
    /** Above. */
    GREATER("skGreater", "--sk-greater", "# > :a"),
    /** Above or the same. */
    AT_LEAST("skAtLeast", "--sk-at-least", "# >= :a");

    private final String word;
    private final String option;
    private final String expression;

    SortWord(String word, String option, String expression) {
      this.word = word;
      this.option = option;
      this.expression = expression;
    }

    /** Returns the word in a recipe, {@code skBegins}. */
    public String word() {
      return word;
    }

    /** Returns the option of the command line, {@code --sk-begins}. */
    public String option() {
      return option;
    }

    /** Returns the condition with {@code #} for the key and {@code :a}, {@code :b} for values. */
    public String expression() {
      return expression;
    }
  }
}
