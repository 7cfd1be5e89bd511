package org.dynocopy.store.dynamo.read;

import java.util.function.UnaryOperator;
import org.dynocopy.core.Page;

/**
 * Who sees the pages of a query.
 *
 * @param selected returns what of a page is wanted, before whole items are fetched for it
 * @param delivered sees a page as it is handed over: an item that no longer belonged to what was
 *     asked for when it was fetched is not in it
 * @param downwards whether they come from the highest sort key on
 */
record PageObserver(
    UnaryOperator<Page> selected, UnaryOperator<Page> delivered, boolean downwards) {

  /** Nobody. */
  static final PageObserver NONE =
      new PageObserver(UnaryOperator.identity(), UnaryOperator.identity(), false);
}
