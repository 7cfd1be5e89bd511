package org.dynocopy.store;

import java.util.List;

/**
 * What a store was found to have.
 *
 * @param items how many items
 * @param notes what could not be checked, a sentence each
 */
public record StoreContents(long items, List<String> notes) {

  /** Copies the list. */
  public StoreContents {
    notes = List.copyOf(notes);
  }
}
