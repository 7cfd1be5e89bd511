package org.dynocopy.dsl.words;

import groovy.lang.Closure;
import groovy.lang.Reference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells by what values around it a block differs from the same block in another run, or turn. */
final class Captured {

  /** Blocks that use one another end somewhere. */
  private static final int DEPTH = 8;

  private Captured() {}

  /**
   * Returns the values of the variables that a block uses and others have declared, as text. What
   * is no data, such as a variable that holds an object of Java, shows its class alone.
   */
  static String by(Closure<?> block) {
    return by(block, DEPTH);
  }

  private static String by(Closure<?> block, int depth) {
    Map<String, String> values = new TreeMap<>();
    for (Field field : block.getClass().getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        values.put(field.getName(), text(value(field, block), depth));
      }
    }
    return values.toString();
  }

  private static Object value(Field field, Closure<?> block) {
    try {
      field.setAccessible(true);
      Object value = field.get(block);
      return value instanceof Reference<?> variable ? variable.get() : value;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("it was made accessible", e);
    }
  }

  private static String text(Object value, int depth) {
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return String.valueOf(value);
    }
    if (value instanceof CharSequence) {
      return '"' + value.toString() + '"';
    }
    if (depth == 0) {
      return "…";
    }
    if (value instanceof Closure<?> block) {
      return block.getClass().getName() + by(block, depth - 1);
    }
    if (value instanceof Iterable<?> many) {
      List<String> texts = new ArrayList<>();
      many.forEach(one -> texts.add(text(one, depth - 1)));
      return texts.toString();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, String> texts = new TreeMap<>();
      map.forEach((name, one) -> texts.put(text(name, depth - 1), text(one, depth - 1)));
      return texts.toString();
    }
    return value.getClass().getName();
  }
}
