package org.dynocopy.spec;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.dynocopy.diagnostic.Location;

/**
 * Keeps some attributes of each item, and the keys. Where it is all that a shape does, a table does
 * it by itself.
 *
 * @param attributes the attributes, besides the keys
 * @param at where it stands
 */
public record Projection(Set<String> attributes, Location at) implements ShapeStep {

  /** Copies the set; its order stays. */
  public Projection {
    attributes = Collections.unmodifiableSet(new LinkedHashSet<>(attributes));
  }

  @Override
  public String word() {
    return "project";
  }

  @Override
  public boolean apply(ShapedItem item) {
    item.retain(attributes);
    return true;
  }

  @Override
  public Optional<Set<String>> needs() {
    return Optional.of(attributes);
  }

  /** Its attributes are compared by their names, and not by a digest. */
  @Override
  public boolean certain() {
    return true;
  }
}
