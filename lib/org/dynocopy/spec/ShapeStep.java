package org.dynocopy.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dynocopy.diagnostic.Location;

/**
 * One step of a {@link Shape}, with all that a run must know of it. Used by many threads. What is
 * not overridden is the careful answer: a step needs whole items, and nothing is known of what its
 * results depend on, so that a copy with it cannot be resumed.
 */
public interface ShapeStep {

  /** Returns the word of recipes that it comes from, for messages: {@code filter}. */
  String word();

  /** Returns where it stands. */
  Location at();

  /**
   * Does it to one item.
   *
   * @return whether the item goes on; else it counts as filtered
   * @throws Exception what makes the item a dead letter, with its message as the reason
   */
  boolean apply(ShapedItem item) throws Exception;

  /**
   * Returns where in the recipe a thread is that applies it, as far as that can be seen.
   *
   * @param frames what the thread is doing
   */
  default Optional<Location> place(StackTraceElement[] frames) {
    return Optional.empty();
  }

  /**
   * Returns the attributes that it looks at or keeps, besides those that the keys are made of;
   * empty for all.
   */
  default Optional<Set<String>> needs() {
    return Optional.empty();
  }

  /** Returns what its results depend on; empty if that is not known, as of Java code. */
  default Optional<Basis> basis() {
    return Optional.empty();
  }

  /** Returns whether it is known what it does to an item in another run. */
  default boolean certain() {
    return basis().filter(known -> known.unknown().isEmpty()).isPresent();
  }

  /** Returns whether it does the same to the same item whenever it is asked. */
  default boolean deterministic() {
    return true;
  }

  /**
   * Returns whether an item may leave it with another key, or without one. Items that get one key
   * are then written one after the other, in the order in which they were read.
   */
  default boolean mayChangeKeys() {
    return false;
  }

  /**
   * Returns whether it hides values. Messages then show no values of items, and dead letters have
   * {@link #redact redacted} items.
   */
  default boolean redacts() {
    return false;
  }

  /**
   * Hides what it hides, in an item that could not be shaped, before that becomes a dead letter.
   *
   * @throws Exception if it cannot: then nothing is kept of the item
   */
  default void redact(ShapedItem item) throws Exception {}

  /**
   * What a step's results depend on: two with the same basis do the same.
   *
   * @param number which closure of its recipe it is, from 1
   * @param code its code, and that of all that it uses of the recipe
   * @param values the values that it was given
   * @param outside the values that it reads of the environment, by what reads them
   * @param unknown what else it uses, whose value in another run cannot be compared
   */
  record Basis(
      int number, String code, String values, Map<String, String> outside, List<String> unknown) {

    /** Copies the collections. */
    public Basis {
      outside = Map.copyOf(outside);
      unknown = List.copyOf(unknown);
    }
  }
}
