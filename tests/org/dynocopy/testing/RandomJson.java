package org.dynocopy.testing;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.function.Supplier;

/** Writes random JSON as DynamoDB may send it, in as many ways as JSON allows. */
public final class RandomJson {

  private static final String[] TRAPS = {
    "\\\"",
    "\\\\",
    "\\/",
    "\\b",
    "\\f",
    "\\n",
    "\\r",
    "\\t",
    "\\u0000",
    "\\u001f",
    "\\u00e9",
    "\\u2028",
    "\\ud83d\\ude00",
    "\\uD83D\\uDE00",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "'",
    "ä",
    "ß",
    "€",
    "\u2028",
    "\ufeff",
    "漢",
    "😀",
    "\\\\\\\"",
    "}}]}",
    "\\\"}",
    "\u007f",
  };

  private final Random random;
  private final boolean spaces;

  /**
   * Makes a writer.
   *
   * @param random decides about everything
   * @param spaces whether there is whitespace between the tokens
   */
  public RandomJson(Random random, boolean spaces) {
    this.random = random;
    this.spaces = spaces;
  }

  /** Returns whitespace, or nothing. */
  public String space() {
    if (!spaces || random.nextInt(3) > 0) {
      return "";
    }
    return new String[] {" ", "\n", "\t", "\r\n", "   "}[random.nextInt(5)];
  }

  /** Returns a JSON string, with its quotes. */
  public String string() {
    StringBuilder text = new StringBuilder("\"");
    for (int i = random.nextInt(4) == 0 ? random.nextInt(40) : random.nextInt(6); i > 0; i--) {
      text.append(
          random.nextBoolean()
              ? TRAPS[random.nextInt(TRAPS.length)]
              : String.valueOf((char) ('a' + random.nextInt(26))));
    }
    return text.append('"').toString();
  }

  /** Returns a number of up to 38 digits, as JSON writes it in a string. */
  public String number() {
    StringBuilder number = new StringBuilder(random.nextBoolean() ? "" : "-");
    number.append(1 + random.nextInt(9));
    for (int i = random.nextInt(37); i > 0; i--) {
      number.append(random.nextInt(10));
    }
    String exponent = "E" + (random.nextInt(200) - 100);
    return number + (random.nextInt(4) == 0 ? exponent : random.nextBoolean() ? "" : ".0");
  }

  private String binary() {
    byte[] bytes = new byte[random.nextInt(20)];
    random.nextBytes(bytes);
    return "\"" + Base64.getEncoder().encodeToString(bytes) + "\"";
  }

  /** Returns an attribute's value, {@code {"S":"…"}}. */
  public String value(int depth) {
    int kind = random.nextInt(depth > 0 ? 10 : 8);
    return object(
        switch (kind) {
          case 0, 1 -> Map.of("S", this::string);
          case 2 -> Map.of("N", () -> "\"" + number() + "\"");
          case 3 -> Map.of("B", this::binary);
          case 4 -> Map.of("BOOL", () -> String.valueOf(random.nextBoolean()));
          case 5 -> Map.of("NULL", () -> "true");
          case 6 -> Map.of("SS", () -> array(1 + random.nextInt(3), this::string));
          case 7 -> Map.of("NS", () -> array(1 + random.nextInt(3), () -> "\"" + number() + "\""));
          case 8 -> Map.of("L", () -> array(random.nextInt(4), () -> value(depth - 1)));
          default -> Map.of("M", () -> item(random.nextInt(4), depth - 1));
        });
  }

  /** Returns an item with so many random attributes. */
  public String item(int attributes, int depth) {
    StringJoiner fields = new StringJoiner(",");
    for (int i = 0; i < attributes; i++) {
      // Names are unique in an item: a number makes them so.
      String name = string().replaceFirst("\"$", i + "\"");
      fields.add(space() + name + space() + ":" + space() + value(depth) + space());
    }
    return "{" + space() + fields + "}";
  }

  /** Returns an object with these fields in any order. */
  public String object(Map<String, Supplier<String>> fields) {
    Map<String, Supplier<String>> left = new LinkedHashMap<>(fields);
    StringJoiner object = new StringJoiner(",", "{", "}");
    while (!left.isEmpty()) {
      String name = left.keySet().stream().skip(random.nextInt(left.size())).findFirst().get();
      String value = left.remove(name).get();
      object.add(space() + "\"" + name + "\"" + space() + ":" + space() + value + space());
    }
    return object.toString();
  }

  /** Returns an array of so many elements. */
  public String array(int elements, Supplier<String> element) {
    StringJoiner array = new StringJoiner(",", "[" + space(), "]");
    for (int i = 0; i < elements; i++) {
      array.add(space() + element.get() + space());
    }
    return array.toString();
  }
}
