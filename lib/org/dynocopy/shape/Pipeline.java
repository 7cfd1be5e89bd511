package org.dynocopy.shape;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dynocopy.core.Item;
import org.dynocopy.core.Shaper;
import org.dynocopy.item.ItemMap;
import org.dynocopy.spec.Shape;
import org.dynocopy.spec.ShapeStep;
import org.dynocopy.spec.ShapedItem;

/** Runs the steps of a shape on each item: the engine's shaper of a copy. */
public final class Pipeline implements Shaper {

  /** What is kept of an item that cannot be redacted. */
  private static final Item NOTHING = Item.of("{}");

  private final Shape shape;
  private final ShapeStep[] steps;
  private final List<String> keys;
  private final boolean hidden;

  private Pipeline(Shape shape, List<String> keys) {
    this.shape = shape;
    this.steps = shape.steps().toArray(ShapeStep[]::new);
    this.keys = keys;
    this.hidden = shape.redacts();
  }

  /**
   * Returns what does the steps of a shape.
   *
   * @param keys the names of the key attributes, which messages tell and projections keep
   */
  public static Shaper of(Shape shape, List<String> keys) {
    return shape.steps().isEmpty() ? NONE : new Pipeline(shape, keys);
  }

  @Override
  public Optional<Item> shape(Item item) throws Exception {
    Draft draft = draft(item);
    for (ShapeStep step : steps) {
      if (!StepCall.apply(step, draft, keys, hidden)) {
        return Optional.empty();
      }
    }
    return Optional.of(draft.item);
  }

  private Draft draft(Item item) throws IOException {
    try {
      return new Draft(item);
    } catch (IOException e) {
      // A parser quotes what it cannot read.
      throw hidden ? new IOException("not an item") : e;
    }
  }

  @Override
  public boolean mayChangeKeys() {
    return shape.mayChangeKeys();
  }

  @Override
  public Item redact(Item item) {
    if (!hidden) {
      return item;
    }
    try {
      Draft draft = new Draft(item);
      for (ShapeStep step : steps) {
        if (step.redacts()) {
          step.redact(draft);
        }
      }
      return draft.item;
    } catch (Exception e) {
      // What should be hidden is somewhere in it; the reason of the dead letter has the step.
      return NOTHING;
    }
  }

  /** The item as the steps so far have left it. */
  private final class Draft implements ShapedItem {

    private Item item;

    /** Null where it is yet to be indexed again, for the next step that looks at it. */
    private ItemMap attributes;

    Draft(Item item) throws IOException {
      this.item = item;
      this.attributes = new ItemMap(item);
    }

    @Override
    public Map<String, Object> attributes() {
      return indexed();
    }

    private ItemMap indexed() {
      try {
        attributes = attributes == null ? new ItemMap(item) : attributes;
        return attributes;
      } catch (IOException e) {
        throw new UncheckedIOException("a step leaves an item", e);
      }
    }

    @Override
    public void retain(Set<String> names) {
      item = indexed().only((name, value) -> names.contains(name) || keys.contains(name));
      attributes = null;
    }
  }
}
