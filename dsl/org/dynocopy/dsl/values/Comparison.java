package org.dynocopy.dsl.values;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation;
import org.dynocopy.dsl.values.Data.Kind;

/**
 * Compares as the service does: numbers, strings and binary by value, sets without order, lists and
 * maps by their elements. What is absent equals only what is absent, and is neither less nor
 * greater. Where the service says that values of two types differ, at any depth, this fails: nobody
 * compares what can never match, and a deletion by "not" would take everything.
 */
public final class Comparison {

  private Comparison() {}

  /** Tells whether two values are the same. */
  public static boolean equal(Object a, Object b) {
    if (a == b || a == null || b == null) {
      return a == b;
    }
    Kind kind = Kind.of(a);
    if (kind != Kind.of(b)) {
      throw new DifferentTypesException(a, b);
    }
    boolean same = sameKind(a, b, kind);
    if (!same && kind.hasParts()) {
      TypeClash.check(a, b);
    }
    return same;
  }

  public static boolean unequal(Object a, Object b) {
    return !equal(a, b);
  }

  /** Tells whether two values are the same; those of different types are not. */
  static boolean same(Object a, Object b) {
    if (a == b || a == null || b == null) {
      return a == b;
    }
    Kind kind = Kind.of(a);
    return kind == Kind.of(b) && sameKind(a, b, kind);
  }

  private static boolean sameKind(Object a, Object b, Kind kind) {
    return switch (kind) {
      case NOTHING -> true;
      case BOOLEAN -> a.equals(b);
      case NUMBER -> numbers(a, b) == 0;
      case STRING -> a.toString().equals(b.toString());
      case BINARY -> Data.binary(a).equals(Data.binary(b));
      case LIST -> sameLists(Data.elements(a), Data.elements(b));
      case SET -> sameSets((Set<?>) a, (Set<?>) b);
      case MAP -> sameMaps((Map<?, ?>) a, (Map<?, ?>) b);
      case OTHER -> sameObjects(a, b);
    };
  }

  private static boolean sameLists(Collection<?> a, Collection<?> b) {
    if (a.size() != b.size()) {
      return false;
    }
    Iterator<?> other = b.iterator();
    return a.stream().allMatch(one -> same(one, other.next()));
  }

  private static boolean sameSets(Set<?> a, Set<?> b) {
    return a.size() == b.size() && a.stream().allMatch(one -> Lookup.has(b, one));
  }

  private static boolean sameMaps(Map<?, ?> a, Map<?, ?> b) {
    return a.size() == b.size()
        && a.entrySet().stream()
            .allMatch(e -> b.containsKey(e.getKey()) && same(e.getValue(), b.get(e.getKey())));
  }

  private static boolean sameObjects(Object a, Object b) {
    if (a instanceof Map.Entry<?, ?> one && b instanceof Map.Entry<?, ?> other) {
      return same(one.getKey(), other.getKey()) && same(one.getValue(), other.getValue());
    }
    return a instanceof Optional<?> one && b instanceof Optional<?> other
        ? same(one.orElse(null), other.orElse(null))
        : DefaultTypeTransformation.compareEqual(a, b);
  }

  public static boolean less(Object a, Object b) {
    return a != null && b != null && order(a, b) < 0;
  }

  public static boolean lessOrEqual(Object a, Object b) {
    return a != null && b != null && order(a, b) <= 0;
  }

  public static boolean greater(Object a, Object b) {
    return a != null && b != null && order(a, b) > 0;
  }

  public static boolean greaterOrEqual(Object a, Object b) {
    return a != null && b != null && order(a, b) >= 0;
  }

  /** Orders two values; an absent one has no place beside another. */
  public static Object compare(Object a, Object b) {
    if (a == null && b == null) {
      return 0;
    }
    if (a == null || b == null) {
      throw new IllegalArgumentException("`<=>` got null: what is absent has no order");
    }
    return order(a, b);
  }

  private static int order(Object a, Object b) {
    Kind kind = Kind.of(a);
    if (kind != Kind.of(b)) {
      throw new DifferentTypesException(a, b);
    }
    return switch (kind) {
      case NUMBER -> numbers(a, b);
      case STRING -> strings(a.toString(), b.toString());
      case BINARY -> binaries(Data.binary(a), Data.binary(b));
      case OTHER -> DefaultTypeTransformation.compareTo(a, b);
      default -> throw new IllegalArgumentException(kind.text + " has no order");
    };
  }

  static int numbers(Object a, Object b) {
    return a instanceof Integer x && b instanceof Integer y
        ? Integer.compare(x, y)
        : Numbers.decimal(a).compareTo(Numbers.decimal(b));
  }

  /** Orders by code points, as UTF-8 does: Java puts those above U+FFFF before U+E000. */
  private static int strings(String a, String b) {
    int end = Math.min(a.length(), b.length());
    for (int i = 0; i < end; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean large = Character.isSurrogate(x);
        return large == Character.isSurrogate(y) ? x - y : large ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }

  private static int binaries(ByteBuffer a, ByteBuffer b) {
    int differs = a.mismatch(b);
    boolean prefix = differs < 0 || differs == Math.min(a.remaining(), b.remaining());
    return prefix
        ? a.remaining() - b.remaining()
        : Byte.compareUnsigned(a.get(a.position() + differs), b.get(b.position() + differs));
  }
}
