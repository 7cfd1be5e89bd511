package org.dynocopy.spec;

import java.util.Map;
import java.util.Set;

/** An item on its way through the steps of a {@link Shape}. Used by one thread. */
public interface ShapedItem {

  /**
   * Returns its attributes as they are now, read-only.
   *
   * @return attribute names to values, of the types that {@link ClientFilter.Test#keep} has
   */
  Map<String, Object> attributes();

  /** Drops all attributes but these and the keys. */
  void retain(Set<String> names);
}
