package org.dynocopy.store.dynamo.schema;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dynocopy.store.SchemaDiff;

/** Finds in what two schemas differ. */
final class SchemaComparison {

  private static final String NONE = "(none)";

  private SchemaComparison() {}

  /** Compares two schemas: each line says what the first has, then what the second has. */
  static SchemaDiff of(Schema a, Schema b) {
    List<String> differences = new ArrayList<>();
    Set<String> notes = new LinkedHashSet<>();
    Map<String, Map<String, String>> first = SchemaFacets.of(a);
    Map<String, Map<String, String>> second = SchemaFacets.of(b);
    for (String thing : union(first.keySet(), second.keySet())) {
      Map<String, String> one = first.get(thing);
      Map<String, String> other = second.get(thing);
      if (one != null && other != null) {
        boolean settled = !thing.equals(SchemaFacets.WARM) && !apart(thing, one, other);
        lines(thing, one, other).forEach((settled ? differences : notes)::add);
      } else if (SchemaFacets.UNTOLD.contains(thing)) {
        notes.add(thing + ": " + told(one) + " -> " + told(other) + ", not compared");
      } else {
        differences.add(thing + ": " + shown(one) + " -> " + shown(other));
      }
    }
    notes.addAll(a.notes());
    notes.addAll(b.notes());
    return new SchemaDiff(differences, List.copyOf(notes));
  }

  /** Whether these are keys that need not be the same. */
  private static boolean apart(String thing, Map<String, String> one, Map<String, String> other) {
    return thing.equals(SchemaFacets.KEY) && !Encryption.comparable(one.get(""), other.get(""));
  }

  private static Stream<String> lines(
      String thing, Map<String, String> one, Map<String, String> other) {
    return union(one.keySet(), other.keySet()).stream()
        .filter(facet -> !Objects.equals(one.get(facet), other.get(facet)))
        .map(
            facet ->
                (thing + ": " + facet).trim()
                    + " "
                    + one.getOrDefault(facet, NONE)
                    + " -> "
                    + other.getOrDefault(facet, NONE));
  }

  private static String told(Map<String, String> facets) {
    return facets == null ? "(not told)" : shown(facets);
  }

  private static String shown(Map<String, String> facets) {
    return facets == null || facets.isEmpty()
        ? NONE
        : facets.entrySet().stream()
            .map(facet -> (facet.getKey() + " " + facet.getValue()).trim())
            .collect(Collectors.joining("; "));
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    Set<String> union = new LinkedHashSet<>(a);
    union.addAll(b);
    return union;
  }
}
