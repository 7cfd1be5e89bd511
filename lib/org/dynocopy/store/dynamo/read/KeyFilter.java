package org.dynocopy.store.dynamo.read;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dynocopy.item.ItemMap;
import org.dynocopy.spec.ServerFilter;

/**
 * Makes a filter ready for a Query of one key: a Query refuses to filter by the key's attributes,
 * so their values, which are known, take the places of their names.
 */
final class KeyFilter {

  /** A name where an attribute's path begins: no value, no function and no part of another path. */
  private static final Pattern NAME = Pattern.compile("(?<![:#\\w.])[#A-Za-z_]\\w*+(?!\\s*\\()");

  /** These take no value, and a key is always there. */
  private static final Pattern EXISTS =
      Pattern.compile("attribute_(not_)?exists\\s*\\(\\s*([#A-Za-z_]\\w*)\\s*\\)");

  private static final String VALUE = ":dynocopyKey";

  private KeyFilter() {}

  /** Returns the filter for the item with this key. */
  static ServerFilter of(ServerFilter filter, ItemMap key, List<String> keyNames) {
    Map<String, Object> values = new LinkedHashMap<>(filter.values());
    String expression =
        EXISTS
            .matcher(filter.expression())
            .replaceAll(
                match -> {
                  String attribute = attribute(filter, match.group(2));
                  if (!keyNames.contains(attribute)) {
                    return Matcher.quoteReplacement(match.group());
                  }
                  String one = value(attribute, "", key, keyNames, values);
                  String same = value(attribute, "Same", key, keyNames, values);
                  return one + (match.group(1) == null ? " = " : " <> ") + same;
                });
    expression =
        NAME.matcher(expression)
            .replaceAll(
                match -> {
                  String attribute = attribute(filter, match.group());
                  return keyNames.contains(attribute)
                      ? value(attribute, "", key, keyNames, values)
                      : Matcher.quoteReplacement(match.group());
                });
    String ready = expression;
    Map<String, String> names = new HashMap<>(filter.names());
    // The service refuses names that the expression does not have.
    names.keySet().removeIf(name -> !Pattern.compile(name + "\\b").matcher(ready).find());
    return new ServerFilter(ready, names, values);
  }

  private static String attribute(ServerFilter filter, String name) {
    return filter.names().getOrDefault(name, name);
  }

  private static String value(
      String attribute,
      String more,
      ItemMap key,
      List<String> keyNames,
      Map<String, Object> values) {
    String placeholder = VALUE + more + keyNames.indexOf(attribute);
    values.put(placeholder, key.bytes(attribute));
    return placeholder;
  }
}
