package org.dynocopy.store.dynamo.read;

import java.util.Map;
import java.util.function.Predicate;
import org.dynocopy.core.ShapingException;
import org.dynocopy.core.StoreException;
import org.dynocopy.shape.StepCall;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.store.dynamo.key.QueryKeys;

/** Tells whether an item belongs to what is selected, as far as that can be told here. */
public final class SelectionMatcher implements Predicate<Map<String, Object>> {

  private final Selection selection;
  private final boolean inDoubt;
  private Predicate<Map<String, Object>> keys;

  /**
   * Prepares.
   *
   * @param inDoubt what to tell of an item on which a filter fails
   */
  public SelectionMatcher(Selection selection, boolean inDoubt) {
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
