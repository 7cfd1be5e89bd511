package org.dynocopy.spec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dynocopy.diagnostic.Location;

/**
 * What becomes of an item between its source and its target: steps, one after the other.
 *
 * @param steps the steps, in their order
 */
public record Shape(List<ShapeStep> steps) {

  /** Every item passes as it is. */
  public static final Shape NONE = new Shape(List.of());

  /** Copies the list. */
  public Shape {
    steps = List.copyOf(steps);
  }

  /** Returns the same with another step at its end. */
  public Shape then(ShapeStep step) {
    List<ShapeStep> more = new ArrayList<>(steps);
    more.add(step);
    return new Shape(more);
  }

  /**
   * Returns the filters that decide by items as the source has them: those that come before any
   * other step.
   */
  public List<ClientFilter> filters() {
    List<ClientFilter> filters = new ArrayList<>();
    for (ShapeStep step : steps) {
      if (!(step instanceof ClientFilter filter)) {
        break;
      }
      filters.add(filter);
    }
    return filters;
  }

  /** Returns the attributes that are left, besides the keys; empty for all. */
  public List<String> project() {
    return projection().map(last -> List.copyOf(last.attributes())).orElse(List.of());
  }

  private Optional<Projection> projection() {
    return steps.stream()
        .filter(Projection.class::isInstance)
        .map(Projection.class::cast)
        .reduce((one, later) -> later);
  }

  /** Returns the same without other steps than the filters that come first. */
  public Shape selection() {
    return new Shape(List.copyOf(filters()));
  }

  /** Returns the same without filters. */
  public Shape withoutFilters() {
    return new Shape(steps.stream().filter(step -> !(step instanceof ClientFilter)).toList());
  }

  /** Returns the same with this as its projection, or without one. */
  public Shape projecting(Collection<String> attributes) {
    Location at = projection().map(Projection::at).orElse(Location.NOWHERE);
    Shape others = new Shape(steps.stream().filter(s -> !(s instanceof Projection)).toList());
    return attributes.isEmpty()
        ? others
        : others.then(new Projection(new LinkedHashSet<>(attributes), at));
  }

  /** Returns whether an item that passes is the very one that was read. */
  public boolean wholeItems() {
    return steps.stream().allMatch(ClientFilter.class::isInstance);
  }

  /** Returns the attributes that must be read for it, besides the keys; empty for all. */
  public Optional<Set<String>> needs() {
    Set<String> needs = new LinkedHashSet<>();
    for (ShapeStep step : steps) {
      if (step.needs().isEmpty()) {
        return Optional.empty();
      }
      needs.addAll(step.needs().get());
      if (step instanceof Projection) {
        return Optional.of(needs);
      }
    }
    return Optional.empty();
  }

  /** Returns what is left of it where the source has given no more than it {@link #needs}. */
  public Shape afterReading() {
    return steps.size() == 1 && steps.get(0) instanceof Projection ? NONE : this;
  }

  /** Returns whether a run that is stopped can be resumed: all of it is known to be the same. */
  public boolean resumable() {
    return steps.stream().allMatch(step -> step.certain() && step.deterministic());
  }

  /** Returns a step that does not do the same to the same item whenever it is asked. */
  public Optional<ShapeStep> random() {
    return steps.stream().filter(step -> !step.deterministic()).findFirst();
  }

  /** Returns whether an item may get another key, so that two items may get the same. */
  public boolean mayChangeKeys() {
    return steps.stream().anyMatch(ShapeStep::mayChangeKeys);
  }

  /** Returns whether it hides values, which are to be nowhere then but in the source. */
  public boolean redacts() {
    return steps.stream().anyMatch(ShapeStep::redacts);
  }
}
