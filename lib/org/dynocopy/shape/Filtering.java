package org.dynocopy.shape;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.Shaper;
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
      if (!FilterCall.keeps(filter, attributes, keys)) {
        return Optional.empty();
      }
    }
    return Optional.of(projected.isEmpty() ? item : attributes.only(projected));
  }
}
