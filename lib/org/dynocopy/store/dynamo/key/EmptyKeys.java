package org.dynocopy.store.dynamo.key;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The partition keys of which nothing was found: their number, and the first of them. */
public final class EmptyKeys {

  private static final int NAMED = 5;

  private final List<String> names = new ArrayList<>();
  private long number;

  public synchronized void add(String name) {
    number++;
    if (names.size() < NAMED) {
      names.add(name);
    }
  }

  /** Returns a sentence about them, if there are any and there were more than one key. */
  public synchronized Optional<String> note(long keys) {
    if (number == 0 || keys < 2) {
      return Optional.empty();
    }
    long more = number - names.size();
    return Optional.of(
        String.format(
            "%,d of %,d partition keys have no items: %s%s",
            number,
            keys,
            String.join(", ", names),
            more == 0 ? "" : String.format(" and %,d more", more)));
  }
}
