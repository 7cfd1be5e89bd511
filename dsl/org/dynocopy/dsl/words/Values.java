package org.dynocopy.dsl.words;

import groovy.lang.Closure;
import groovy.lang.GString;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns a recipe's values into plain Java ones, and names their kinds in messages. */
public final class Values {

  private Values() {}

  /** Returns the value with every string template in it made a String. */
  public static Object plain(Object value) {
    if (value instanceof GString) {
      return value.toString();
    }
    if (value instanceof Map<?, ?> map) {
      return plainMap(map);
    }
    if (value instanceof Set<?> set) {
      Set<Object> plain = new LinkedHashSet<>();
      set.forEach(one -> plain.add(plain(one)));
      return plain;
    }
    if (value instanceof Iterable<?> several) {
      List<Object> plain = new ArrayList<>();
      several.forEach(one -> plain.add(plain(one)));
      return plain;
    }
    return value;
  }

  static Map<String, Object> plainMap(Map<?, ?> map) {
    Map<String, Object> plain = new LinkedHashMap<>();
    map.forEach((name, value) -> plain.put(String.valueOf(name), plain(value)));
    return plain;
  }

  static Map<String, String> texts(Map<String, Object> map) {
    Map<String, String> texts = new LinkedHashMap<>();
    map.forEach((name, value) -> texts.put(name, String.valueOf(value)));
    return texts;
  }

  /** Returns what messages call a value: {@code a String}, {@code a block { }}. */
  public static String kind(Object value) {
    return value == null ? "null" : kind(value.getClass());
  }

  /** Returns what messages call the values of a class. */
  public static String kind(Class<?> type) {
    if (CharSequence.class.isAssignableFrom(type)) {
      return "a String";
    }
    if (Closure.class.isAssignableFrom(type)) {
      return "a block { }";
    }
    if (List.class.isAssignableFrom(type)) {
      return "a List";
    }
    if (Map.class.isAssignableFrom(type)) {
      return "a Map";
    }
    if (Set.class.isAssignableFrom(type)) {
      return "a Set";
    }
    return type == BigInteger.class ? "a BigInteger" : kind(type.getSimpleName());
  }

  /** Returns the name of a class with its article. */
  public static String kind(String simpleName) {
    String name =
        switch (simpleName) {
          case "int" -> "Integer";
          case "void" -> "nothing";
          case "char" -> "Character";
          case "long", "double", "float", "short", "byte", "boolean" ->
              Character.toUpperCase(simpleName.charAt(0)) + simpleName.substring(1);
          default -> simpleName;
        };
    if (name.equals("nothing")) {
      return name;
    }
    return ("AEIOU".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name;
  }
}
