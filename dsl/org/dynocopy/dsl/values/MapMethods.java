package org.dynocopy.dsl.values;

import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.runtime.InvokerHelper;

/** Calls methods of maps whose first argument is a key, or a value that is looked for. */
final class MapMethods {

  /** What looks for a key: where all keys are of other types, it could never be there. */
  private static final Set<String> LOOKUPS =
      Set.of("getOrDefault", "get", "remove", "computeIfPresent");

  private static final Set<String> OTHERS =
      Set.of("containsKey", "containsValue", "getAt", "isCase");

  /** What puts a key there if it is not. */
  private static final Set<String> CHANGES =
      Set.of("put", "putAt", "putIfAbsent", "computeIfAbsent", "compute", "merge");

  private MapMethods() {}

  static boolean does(String method) {
    return LOOKUPS.contains(method) || CHANGES.contains(method) || OTHERS.contains(method);
  }

  static Object call(Map<?, ?> map, String method, Object[] arguments) {
    Object key = arguments[0];
    if (arguments.length == 1) {
      switch (method) {
        case "containsKey":
          return Lookup.containsKey(map, key);
        case "containsValue":
          return Lookup.contains(map.values(), key);
        case "get", "getAt":
          return Lookup.get(map, key);
        case "isCase":
          return Lookup.in(key, map);
        case "intersect":
          TypeClash.check(map, key);
          break;
        default:
          break;
      }
    }
    if (LOOKUPS.contains(method)) {
      boolean there = Lookup.containsKey(map, key);
      if (method.equals("getOrDefault")) {
        return there ? Lookup.get(map, key) : arguments[1];
      }
    }
    if (LOOKUPS.contains(method) || CHANGES.contains(method)) {
      arguments[0] = key(map, key);
    }
    // What a map has is in its representation, and must stay the object that is in the map.
    return Data.element(InvokerHelper.invokeMethod(map, method, arguments));
  }

  /** Returns the key that a map has for a value, which Java may have put there, or the value. */
  static Object key(Map<?, ?> map, Object value) {
    Object there = Lookup.key(map, value);
    return there == null ? value : there;
  }
}
