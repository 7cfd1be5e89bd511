package org.dynocopy.store.dynamo.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dynocopy.capacity.Meter;
import org.dynocopy.core.Item;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.InvalidJobException;
import org.dynocopy.item.AttributeJson;
import org.dynocopy.item.ItemMap;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.Reading;
import org.dynocopy.spec.ServerFilter;
import org.dynocopy.store.ReadMode;
import org.dynocopy.store.TableInfo;
import org.dynocopy.store.dynamo.wire.DataPlaneClient;

/** Looks for reasons why nothing was selected: by some small reads, when it is over. */
final class EmptySelection {

  /** The attributes that a filter expression begins a path with; functions have a parenthesis. */
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w.#:])(#?[A-Za-z_]\\w*)(?!\\w|\\s*\\()");

  private static final Set<String> KEYWORDS = Set.of("AND", "OR", "NOT", "BETWEEN", "IN");

  private final Selection selection;
  private final DataPlaneClient wire;
  private final Meter meter;

  EmptySelection(Selection selection, DataPlaneClient wire, Meter meter) {
    this.selection = selection;
    this.wire = wire;
    this.meter = meter;
  }

  /** Returns what was found, a sentence each; what cannot be read is no reason. */
  List<String> reasons() throws InterruptedException {
    Reading reading = selection.reading();
    String table = "`" + reading.table() + "`";
    List<Item> there = sample(reading);
    if (there.isEmpty()) {
      return reading.where().map(where -> noKey(table, where)).orElseGet(() -> empty(table));
    }
    List<ItemMap> items = new ArrayList<>();
    for (Item item : there) {
      try {
        items.add(new ItemMap(item));
      } catch (IOException e) {
        return List.of();
      }
    }
    Set<String> missing = new TreeSet<>();
    reading.serverFilter().ifPresent(filter -> missing.addAll(missing(filter, items)));
    reading.clientFilters().forEach(filter -> missing.addAll(missing(filter, items)));
    if (!reading.filtered()) {
      return List.of();
    }
    return List.of(
        missing.isEmpty()
            ? "nothing was selected: the filter keeps none of the items"
            : "nothing was selected: the filter reads "
                + missing.stream().map(n -> "`" + n + "`").collect(Collectors.joining(", "))
                + ", which none of "
                + items.size()
                + " sampled items has");
  }

  private static List<String> empty(String table) {
    return List.of("nothing was selected: " + table + " has no items");
  }

  private List<String> noKey(String table, KeyCondition where) {
    if (where.partitionKeys().isEmpty()) {
      return List.of("nothing was selected: no key of the file has items");
    }
    Object value = where.partitionKeys().get(0);
    String what = value instanceof Map ? "`" + value + "`" : "`" + AttributeJson.text(value) + "`";
    List<String> reasons = new ArrayList<>();
    String in = where.index().map(name -> "the index `" + name + "`").orElse(table);
    reasons.add("nothing was selected: " + in + " has no items with " + key(where) + " " + what);
    try {
      if (where.sort().isPresent() && has(value, where.index())) {
        return List.of(
            "nothing was selected: "
                + in
                + " has items with "
                + key(where)
                + " "
                + what
                + ", but none with that sort key");
      }
      List<Optional<String>> others = new ArrayList<>();
      others.add(Optional.empty());
      selection.table().indexes().keySet().forEach(name -> others.add(Optional.of(name)));
      for (Optional<String> other : others) {
        if (!other.equals(where.index()) && has(value, other)) {
          reasons.add(
              other.map(name -> "the index `" + name + "`").orElse(table + " itself")
                  + " has such a key: perhaps "
                  + other.map(name -> "that index was meant").orElse("no index was meant"));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return reasons;
  }

  private String key(KeyCondition where) {
    List<TableInfo.Key> partition =
        where
            .index()
            .map(name -> selection.table().indexes().get(name).partition())
            .orElse(selection.table().keys().subList(0, 1));
    return partition.stream().map(k -> "`" + k.name() + "`").collect(Collectors.joining(", "));
  }

  private boolean has(Object value, Optional<String> index) throws InterruptedException {
    Reading reading = selection.reading();
    KeyCondition where = new KeyCondition(List.of(value), Optional.empty(), index);
    return !sample(reading.at(where)).isEmpty();
  }

  private List<Item> sample(Reading reading) throws InterruptedException {
    try {
      Selection some =
          Selection.of(reading.withoutFilters(false), selection.table(), ReadMode.ITEMS);
      return new DynamoReading(some, wire, meter).sample().items();
    } catch (InvalidJobException | StoreException e) {
      // The key is of another type there, or it may not be read: no reason is found so.
      return List.of();
    }
  }

  private static Set<String> missing(ServerFilter filter, List<ItemMap> items) {
    Set<String> names = new HashSet<>();
    Matcher name = NAME.matcher(filter.expression());
    while (name.find()) {
      String word = name.group(1);
      if (!KEYWORDS.contains(word.toUpperCase(Locale.ROOT))) {
        names.add(filter.names().getOrDefault(word, word));
      }
    }
    names.removeIf(attribute -> items.stream().anyMatch(item -> item.containsKey(attribute)));
    return names;
  }

  private static Set<String> missing(ClientFilter filter, List<ItemMap> items) {
    Set<String> names = new HashSet<>();
    boolean first = true;
    for (ItemMap item : items) {
      try {
        filter.test().keep(item);
      } catch (Exception e) {
        // It is a dead letter then, which has its reason.
        return Set.of();
      }
      if (first) {
        names.addAll(item.absent());
      }
      names.retainAll(item.absent());
      first = false;
    }
    return names;
  }
}
