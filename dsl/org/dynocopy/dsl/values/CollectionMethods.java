package org.dynocopy.dsl.values;

import groovy.lang.Closure;
import groovy.lang.Range;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.dynocopy.dsl.values.Data.Kind;

/** Calls methods of lists, sets and arrays that look for values, or add them up. */
final class CollectionMethods {

  private static final Set<String> METHODS =
      Set.of(
          "contains",
          "containsAll",
          "containsWithinBounds",
          "indexOf",
          "lastIndexOf",
          "isCase",
          "getAt",
          "count",
          "grep",
          "intersect",
          "disjoint",
          "toUnique",
          "add",
          "addAll",
          "remove",
          "removeAll",
          "removeElement",
          "retainAll");

  private CollectionMethods() {}

  static boolean does(String method) {
    return METHODS.contains(method);
  }

  static Object call(Object receiver, String method, Object[] arguments) {
    Collection<?> values = Data.elements(receiver);
    if (method.equals("sum") || method.equals("average")) {
      return sum(values, method, arguments);
    }
    if (method.equals("toUnique") && arguments.length == 0) {
      Set<Object> unique = new LinkedHashSet<>();
      addAll(unique, (Collection<?>) Data.of(values));
      return new ArrayList<>(unique);
    }
    if (method.equals("addAll")) {
      for (int i = 0; i < arguments.length; i++) {
        Collection<?> several = several(arguments[i]);
        arguments[i] = several == null ? arguments[i] : Data.of(several);
      }
    }
    if (arguments.length != 1 || arguments[0] instanceof Closure) {
      return Calls.groovy(receiver, method, arguments);
    }
    return ofOne(receiver, values, method, arguments[0]);
  }

  private static Object ofOne(
      Object receiver, Collection<?> values, String method, Object argument) {
    Collection<?> several = several(argument);
    switch (method) {
      case "contains", "isCase":
        return Lookup.in(argument, receiver);
      case "count":
        return count(values, argument);
      case "grep":
        return Lookup.isGroovys(argument)
            ? Calls.groovy(receiver, method, argument)
            : Lookup.grep(values, argument);
      case "getAt":
        return Lookup.at(receiver, argument, false);
      case "indexOf", "lastIndexOf":
        if (values instanceof List<?> list) {
          return Lookup.indexOf(list, argument, method.equals("lastIndexOf"));
        }
        break;
      case "containsWithinBounds":
        if (values instanceof Range<?> range) {
          return Ranges.within(range, argument);
        }
        break;
      case "addAll":
        if (values instanceof Set<?> set && several != null) {
          return addAll(set, several);
        }
        break;
      case "add":
        return values instanceof Set && Lookup.has(values, argument)
            ? false
            : Calls.groovy(receiver, method, argument);
      case "remove", "removeElement":
        return remove(values, method, argument);
      case "containsAll", "intersect", "disjoint", "removeAll", "retainAll":
        if (several != null) {
          return ofAll(values, method, several);
        }
        break;
      default:
        break;
    }
    return Calls.groovy(receiver, method, argument);
  }

  /** Returns the values of a collection or an array. */
  private static Collection<?> several(Object value) {
    Kind kind = Kind.of(value);
    return kind == Kind.LIST || kind == Kind.SET ? Data.elements(value) : null;
  }

  private static Object ofAll(Collection<?> values, String method, Collection<?> others) {
    return switch (method) {
      case "containsAll" -> others.stream().allMatch(one -> Lookup.contains(values, one));
      case "intersect" -> copy(values, others, set(values, others), true);
      case "disjoint" -> {
        Set<?> all = set(others, values);
        yield values.stream().noneMatch(one -> Lookup.has(all, one));
      }
      case "removeAll" -> {
        Set<?> all = set(others, values);
        yield values.removeIf(one -> Lookup.has(all, one));
      }
      default -> {
        Set<?> all = set(others, values);
        yield values.removeIf(one -> !Lookup.has(all, one));
      }
    };
  }

  /** Returns those of some values that are in a set, or are not, as a list or set like another. */
  private static Collection<?> copy(
      Collection<?> like, Collection<?> values, Set<?> set, boolean in) {
    Collection<Object> all = like instanceof Set ? new LinkedHashSet<>() : new ArrayList<>();
    values.stream().map(Data::of).filter(one -> Lookup.has(set, one) == in).forEach(all::add);
    return all;
  }

  /** Returns values as a set, to look for others, of which at least one has a type of theirs. */
  private static Set<?> set(Collection<?> values, Collection<?> others) {
    TypeClash.checkAll(values, others);
    return values instanceof Set<?> set
        ? set
        : new LinkedHashSet<>((Collection<?>) Data.of(values));
  }

  private static Object count(Collection<?> values, Object value) {
    long count = values.stream().filter(one -> Comparison.same(one, value)).count();
    if (count == 0) {
      TypeClash.check(values, value);
    }
    return Data.whole(count);
  }

  /** Does {@code values - other}. */
  static Object minus(Collection<?> values, Object other) {
    Collection<?> several = several(other);
    if (values instanceof SortedSet || values.isEmpty()) {
      return Calls.groovy(Data.of(values), "minus", other);
    }
    List<Object> one = new ArrayList<>();
    one.add(other);
    Collection<?> others = several == null ? one : several;
    return copy(values, values, set(others, values), false);
  }

  @SuppressWarnings("unchecked")
  private static boolean addAll(Set<?> values, Collection<?> others) {
    int before = values.size();
    for (Object one : others) {
      if (!Lookup.has(values, one)) {
        ((Set<Object>) values).add(one);
      }
    }
    return values.size() > before;
  }

  /** Does {@code values << value}, which gives the collection itself. */
  static Object append(Collection<?> values, Object value) {
    return values instanceof Set && Lookup.has(values, value)
        ? values
        : InvokerHelper.invokeMethod(values, "leftShift", new Object[] {value});
  }

  private static Object remove(Collection<?> values, String method, Object value) {
    if (values instanceof List<?> list) {
      if (method.equals("remove") && value instanceof Number) {
        throw new IllegalArgumentException(
            "`remove` of a List takes an index or a value: use `removeAt` or `removeElement`");
      }
      int at = Lookup.indexOf(list, value, false);
      if (at >= 0) {
        list.remove(at);
      }
      return at >= 0;
    }
    boolean has = Lookup.contains(values, value);
    return has && values.remove(value == null ? null : Lookup.key(values, value));
  }

  /** Adds up what a closure makes of each element, or the elements themselves. */
  static Object sum(Collection<?> values, String method, Object[] arguments) {
    int last = arguments.length - 1;
    boolean by = last >= 0 && arguments[last] instanceof Closure;
    boolean begun = arguments.length > (by ? 1 : 0);
    boolean known = method.equals("sum") ? arguments.length <= (by ? 2 : 1) : !begun;
    if (!known || values.isEmpty() && method.equals("average")) {
      return Calls.groovy(values, method, arguments);
    }
    Object sum = begun ? arguments[0] : null;
    boolean first = !begun;
    for (Object one : values) {
      Object value = by ? ((Closure<?>) arguments[last]).call(one) : Data.of(one);
      sum = first ? value : Numbers.plus(sum, value);
      first = false;
    }
    return method.equals("sum") ? sum : Numbers.div(sum, values.size());
  }
}
