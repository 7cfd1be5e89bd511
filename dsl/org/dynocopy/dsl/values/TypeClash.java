package org.dynocopy.dsl.values;

import groovy.lang.Range;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dynocopy.dsl.values.Data.Kind;

/**
 * Two values of different types that stand at the same place of two others, which can never be
 * equal then. Lists of the same length have their places in common, maps and entries their keys.
 * Sets, and lists of different lengths, are of different types if no element of one has the type of
 * any of the other.
 */
record TypeClash(Object a, Object b) {

  /** Fails if the types of two values, at any depth, are such that these can never be equal. */
  static void check(Object a, Object b) {
    TypeClash clash = between(a, b);
    if (clash != null) {
      throw clash.exception();
    }
  }

  /** Fails if a value can be none of those that are there; null says nothing about types. */
  static void check(Iterable<?> values, Object value) {
    TypeClash found = null;
    for (Object one : values) {
      TypeClash clash = between(value, one);
      if (clash == null && fit(value, one)) {
        return;
      }
      found = clash == null ? found : clash;
    }
    if (found != null) {
      throw found.exception();
    }
  }

  /** Fails if no value can be among others; one that is null may be. */
  static void checkAll(Collection<?> values, Collection<?> others) {
    TypeClash found = null;
    List<?> types = types(others);
    for (Object value : values) {
      if (value == null) {
        return;
      }
      for (Object one : types) {
        TypeClash clash = between(value, one);
        if (clash == null && fit(value, one)) {
          return;
        }
        found = clash == null ? found : clash;
      }
    }
    if (found != null) {
      throw found.exception();
    }
  }

  /** Returns one value of each type, and all of those that have parts. */
  private static List<?> types(Collection<?> values) {
    Set<Kind> seen = EnumSet.of(Kind.NOTHING);
    return values.stream()
        .filter(one -> Kind.of(one).hasParts() || seen.add(Kind.of(one)))
        .toList();
  }

  private DifferentTypesException exception() {
    return new DifferentTypesException(a, b);
  }

  static TypeClash between(Object a, Object b) {
    if (a == b || a == null || b == null) {
      return null;
    }
    Kind kind = Kind.of(a);
    if (kind != Kind.of(b)) {
      return new TypeClash(a, b);
    }
    return switch (kind) {
      case LIST -> lists(a, b);
      case SET -> sets((Set<?>) a, (Set<?>) b);
      case MAP -> maps((Map<?, ?>) a, (Map<?, ?>) b);
      case OTHER -> others(a, b);
      default -> null;
    };
  }

  private static TypeClash lists(Object a, Object b) {
    Collection<?> first = elements(a);
    Collection<?> second = elements(b);
    if (first.size() != second.size()) {
      return sets(first, second);
    }
    Iterator<?> other = second.iterator();
    for (Object one : first) {
      TypeClash clash = between(one, other.next());
      if (clash != null) {
        return clash;
      }
    }
    return null;
  }

  /** A range may have more elements than can be counted, all of one type. */
  private static Collection<?> elements(Object list) {
    return list instanceof Range<?> range && !range.isEmpty()
        ? List.of(range.getFrom())
        : Data.elements(list);
  }

  private static TypeClash sets(Collection<?> a, Collection<?> b) {
    TypeClash found = null;
    for (Object one : a) {
      for (Object other : b) {
        found = between(one, other);
        if (found == null) {
          return null;
        }
      }
    }
    return found;
  }

  private static TypeClash maps(Map<?, ?> a, Map<?, ?> b) {
    for (Map.Entry<?, ?> entry : a.entrySet()) {
      Object key = Lookup.key(b, entry.getKey());
      TypeClash clash = key == null ? null : between(entry.getValue(), b.get(key));
      if (clash != null) {
        return clash;
      }
    }
    return sets(a.keySet(), b.keySet());
  }

  private static TypeClash others(Object a, Object b) {
    if (a instanceof Map.Entry<?, ?> one && b instanceof Map.Entry<?, ?> other) {
      return Comparison.same(one.getKey(), other.getKey())
          ? between(one.getValue(), other.getValue())
          : between(one.getKey(), other.getKey());
    }
    return a instanceof Optional<?> one && b instanceof Optional<?> other
        ? between(one.orElse(null), other.orElse(null))
        : null;
  }

  /**
   * Tells whether another value shows that one of this type may be there, as an empty list does not
   * of a list of numbers, nor a map without a key of one that has it.
   */
  static boolean fit(Object value, Object other) {
    if (value == null || other == null) {
      return value == other;
    }
    return switch (Kind.of(value)) {
      case LIST -> {
        Collection<?> one = elements(value);
        Collection<?> all = elements(other);
        yield one.size() == all.size() || cover(all, one);
      }
      case SET -> cover((Set<?>) other, (Set<?>) value);
      case MAP ->
          ((Map<?, ?>) value)
              .keySet().stream().allMatch(key -> key == null || Lookup.key(other, key) != null);
      case OTHER ->
          !(value instanceof Map.Entry<?, ?> one && other instanceof Map.Entry<?, ?> entry)
              || Comparison.same(one.getKey(), entry.getKey());
      default -> true;
    };
  }

  private static boolean cover(Collection<?> all, Collection<?> some) {
    return some.stream()
        .allMatch(one -> all.stream().anyMatch(other -> between(one, other) == null));
  }
}
