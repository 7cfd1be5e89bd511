package org.dynocopy.testing;

import java.util.HashSet;
import java.util.Set;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.ShapeStep;
import org.dynocopy.spec.ShapedItem;

/**
 * A step that removes an attribute, as a mask may do: nothing of its value may be anywhere.
 *
 * @param name the attribute
 * @param failing whether it fails on every item, with the value in its message
 * @param at where it stands
 */
public record HiddenAttribute(String name, boolean failing, Location at) implements ShapeStep {

  @Override
  public String word() {
    return "mask";
  }

  @Override
  public boolean apply(ShapedItem item) {
    if (failing) {
      throw new IllegalStateException("no mask for " + item.attributes().get(name));
    }
    Set<String> others = new HashSet<>(item.attributes().keySet());
    others.remove(name);
    item.retain(others);
    return true;
  }

  @Override
  public boolean redacts() {
    return true;
  }

  @Override
  public void redact(ShapedItem item) {
    apply(item);
  }
}
