package org.dynocopy.store.dynamo.write;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dynocopy.core.ShapingException;
import org.dynocopy.core.StoreException;
import org.dynocopy.item.ItemMap;
import org.dynocopy.shape.StepCall;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.ServerFilter;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.dynamo.key.QueryKeys;
import org.dynocopy.store.dynamo.read.Selection;
import org.dynocopy.store.dynamo.wire.RequestJson;

/**
 * Says on which condition an item is removed: that it has still the attributes by which it was
 * selected, and that the service's filter keeps it.
 *
 * @param expression the condition
 * @param whole whether it holds all that was looked at: an expression has its limits, and there is
 *     none for "no other attributes"
 */
record RemovalCondition(String expression, boolean whole) {

  /** The service's limits, of which each attribute takes two operators and up to 32 characters. */
  private static final int MOST_LENGTH = 4_096;

  private static final int MOST_OPERATORS = 300;
  private static final int LENGTH = 32;

  /**
   * Says it of an item that was selected, if it still is.
   *
   * @param now the item, as it is now
   * @param before the same, as it was selected first
   * @param known names that other items have; such an attribute must not have come to one of which
   *     all was looked at
   * @param request gets the names and values that the condition has
   */
  static Optional<RemovalCondition> selected(
      Selection selection, ItemMap now, ItemMap before, Set<String> known, RequestJson request)
      throws StoreException {
    ItemMap looked = now.tracking();
    for (ClientFilter filter : selection.reading().clientFilters()) {
      try {
        if (!StepCall.keeps(filter, looked, selection.table().keyNames())) {
          return Optional.empty();
        }
      } catch (ShapingException e) {
        // What cannot be judged stays.
        return Optional.empty();
      }
    }
    if (selection.index().isPresent()) {
      QueryKeys keys = selection.keys().orElseThrow();
      List<Object> of = keys.partition().stream().map(key -> before.get(key.name())).toList();
      if (!keys.match(of, looked)) {
        return Optional.empty();
      }
    }
    Optional<ServerFilter> filter = selection.reading().serverFilter();
    boolean whole = looked.readWhole();
    Set<String> others = whole ? known : Set.of();
    return Optional.of(of(selection.table(), looked, !whole, others, filter, request));
  }

  /**
   * Says of an item that it must be as it was seen, each of its attributes, and be selected.
   *
   * @param known names that other items have: no such attribute must have come to it
   */
  static RemovalCondition seen(
      Selection selection, ItemMap item, Set<String> known, RequestJson request) {
    ItemMap all = item.tracking();
    all.size(); // so that all of it counts as read
    return of(selection.table(), all, true, known, selection.reading().serverFilter(), request);
  }

  private static RemovalCondition of(
      TableInfo table,
      ItemMap looked,
      boolean whole,
      Set<String> known,
      Optional<ServerFilter> filter,
      RequestJson request) {
    List<String> conditions = new ArrayList<>();
    conditions.add("attribute_exists(" + request.name(table.keyNames().get(0)) + ")");
    int room = MOST_OPERATORS / 2 - 2;
    if (filter.isPresent()) {
      ServerFilter asked = filter.get();
      conditions.add("(" + asked.expression() + ")");
      request.values(asked);
      int length = asked.expression().length();
      // No operator is shorter than with one blank.
      room = Math.min(room - length / 4, (MOST_LENGTH - length) / LENGTH - 2);
    } else {
      room = Math.min(room, MOST_LENGTH / LENGTH - 2);
    }
    Set<String> names = new LinkedHashSet<>(looked.absent());
    names.addAll(looked.read());
    table.keyNames().forEach(names::remove);
    for (String name : names) {
      if (room-- <= 0) {
        return new RemovalCondition(String.join(" AND ", conditions), false);
      }
      conditions.add(
          looked.bytes(name) == null
              ? "attribute_not_exists(" + request.name(name) + ")"
              : request.name(name) + " = " + request.value(looked.bytes(name)));
    }
    for (String name : known) {
      if (!table.keyNames().contains(name) && !names.contains(name) && room-- > 0) {
        conditions.add("attribute_not_exists(" + request.name(name) + ")");
      }
    }
    return new RemovalCondition(String.join(" AND ", conditions), whole);
  }
}
