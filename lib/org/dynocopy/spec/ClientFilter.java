package org.dynocopy.spec;

import java.util.Map;
import java.util.Optional;
import org.dynocopy.diagnostic.Location;

/**
 * A filter that runs here, on each item as a read-only map of its attributes.
 *
 * @param test which items to keep
 * @param at where it stands
 * @param basis what its decisions depend on; empty if that is not known, as of Java code
 */
public record ClientFilter(Test test, Location at, Optional<Basis> basis) implements ShapeStep {

  /** A filter of which it is not known what its decisions depend on. */
  public ClientFilter(Test test, Location at) {
    this(test, at, Optional.empty());
  }

  @Override
  public String word() {
    return "filter";
  }

  @Override
  public boolean apply(ShapedItem item) throws Exception {
    return test.keep(item.attributes());
  }

  @Override
  public Optional<Location> place(StackTraceElement[] frames) {
    return test.place(frames);
  }

  /** Decides about an item. */
  @FunctionalInterface
  public interface Test {
    /**
     * Tells whether to keep the item.
     *
     * @param item attribute names to values: S is a String, N a BigDecimal, B a byte[], BOOL a
     *     Boolean, NULL null, L a List, M a Map, SS, NS and BS Sets; numbers have the zeros at
     *     their end that the service sent, so compare them by {@code compareTo}
     * @throws Exception what makes the item a dead letter, with its message as the reason
     */
    boolean keep(Map<String, Object> item) throws Exception;

    /**
     * Returns where in the recipe a thread is that runs it, as far as that can be seen.
     *
     * @param frames what the thread is doing
     */
    default Optional<Location> place(StackTraceElement[] frames) {
      return Optional.empty();
    }
  }
}
