package org.dynocopy.store.dynamo;

import java.util.function.UnaryOperator;
import org.dynocopy.engine.Page;

/**
 * Who sees the pages of a query before whole items are fetched for them.
 *
 * @param pages returns what of a page to hand over
 * @param downwards whether they come from the highest sort key on
 */
record Watch(UnaryOperator<Page> pages, boolean downwards) {

  /** Nobody. */
  static final Watch NONE = new Watch(UnaryOperator.identity(), false);
}
