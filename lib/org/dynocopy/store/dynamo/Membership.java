package org.dynocopy.store.dynamo;

import java.util.Map;
import java.util.function.Predicate;
import org.dynocopy.engine.ShapingException;
import org.dynocopy.engine.StoreException;
import org.dynocopy.plan.ClientFilter;
import org.dynocopy.shape.StepCall;

/** Tells whether an item belongs to what is selected, as far as that can be told here. */
final class Membership implements Predicate<Map<String, Object>> {

  private final Selection selection;
  private final boolean inDoubt;
  private Predicate<Map<String, Object>> keys;

  /**
   * Prepares.
   *
   * @param inDoubt what to tell of an item on which a filter fails
   */
  Membership(Selection selection, boolean inDoubt) {
    this.selection = selection;
    this.inDoubt = inDoubt;
  }

  @Override
  public boolean test(Map<String, Object> item) {
    for (ClientFilter filter : selection.reading().clientFilters()) {
      try {
        if (!StepCall.keeps(filter, item, selection.table().keyNames())) {
          return false;
        }
      } catch (ShapingException e) {
        return inDoubt;
      } catch (StoreException e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
    }
    return keys().test(item);
  }

  /** Made when an item comes: it holds all partition keys of a file. */
  private synchronized Predicate<Map<String, Object>> keys() {
    if (keys == null) {
      keys = selection.keys().map(QueryKeys::matching).orElse(item -> true);
    }
    return keys;
  }
}
