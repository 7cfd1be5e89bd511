package org.dynocopy.shape;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.Shaper;
import org.dynocopy.engine.ShapingException;
import org.dynocopy.plan.ClientFilter;

/**
 * Lets the items pass that every filter of a plan keeps: whole, as they are, or the attributes that
 * the plan projects, as they are.
 */
public final class Filtering implements Shaper {

  private final List<ClientFilter> filters;
  private final List<String> keys;
  private final Set<String> projected;

  private Filtering(List<ClientFilter> filters, List<String> keys, Set<String> projected) {
    this.filters = filters;
    this.keys = keys;
    this.projected = projected;
  }

  /**
   * Returns what these filters do.
   *
   * @param filters the filters, in their order; without any, the service projects
   * @param keys the names of the key attributes, which messages tell
   * @param project the attributes that pass, besides the keys; empty for all
   */
  public static Shaper of(List<ClientFilter> filters, List<String> keys, List<String> project) {
    Set<String> projected = new HashSet<>(project);
    if (!project.isEmpty()) {
      projected.addAll(keys);
    }
    return filters.isEmpty() ? Shaper.NONE : new Filtering(filters, keys, projected);
  }

  @Override
  public Optional<Item> shape(Item item) throws Exception {
    ItemMap attributes = new ItemMap(item);
    for (ClientFilter filter : filters) {
      try {
        if (!filter.test().keep(attributes)) {
          return Optional.empty();
        }
      } catch (Exception e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String reason = why + " (item " + key(attributes) + ")";
        throw new ShapingException(filter.at(), reason, e);
      }
    }
    return Optional.of(projected.isEmpty() ? item : attributes.only(projected));
  }

  private String key(Map<String, Object> item) {
    return keys.stream()
        .map(k -> k + "=" + AttributeJson.text(item.get(k)))
        .collect(Collectors.joining(", "));
  }
}
