package org.dynocopy.shape;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.Shaper;
import org.dynocopy.plan.ClientFilter;

/** Lets the items pass that every filter of a plan keeps. Their bytes stay as they are. */
public final class Filtering implements Shaper {

  private final List<ClientFilter> filters;
  private final List<String> keys;

  private Filtering(List<ClientFilter> filters, List<String> keys) {
    this.filters = filters;
    this.keys = keys;
  }

  /**
   * Returns what these filters do.
   *
   * @param filters the filters, in their order
   * @param keys the names of the key attributes, which messages tell
   */
  public static Shaper of(List<ClientFilter> filters, List<String> keys) {
    return filters.isEmpty() ? Shaper.NONE : new Filtering(filters, keys);
  }

  @Override
  public Optional<Item> shape(Item item) throws Exception {
    Map<String, Object> attributes = new ItemMap(item);
    for (ClientFilter filter : filters) {
      try {
        if (!filter.test().keep(attributes)) {
          return Optional.empty();
        }
      } catch (Exception e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        throw new IllegalStateException(why + " (item " + key(attributes) + ")", e);
      }
    }
    return Optional.of(item);
  }

  private String key(Map<String, Object> item) {
    return keys.stream().map(k -> k + "=" + text(item.get(k))).collect(Collectors.joining(", "));
  }

  private static String text(Object key) {
    return key instanceof byte[] bytes
        ? Base64.getEncoder().encodeToString(bytes)
        : String.valueOf(key);
  }
}
