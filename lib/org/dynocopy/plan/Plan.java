package org.dynocopy.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * One copy: everything decided, nothing done yet. Made by {@link PlanBuilder}, which has checked
 * it.
 *
 * @param name what the user calls it, else {@code prod:users -> dev:users}
 * @param from the table to read
 * @param to the table to write
 * @param where the part to read, else the whole table
 * @param serverFilter what the service filters
 * @param clientFilters what is filtered here, in this order
 * @param project the attributes to copy, besides the keys; empty for all
 * @param limit how many items to copy at most
 * @param segments how many scan segments to read; else decided from the table's size
 * @param writers how many batches to write at once; else decided by the engine
 * @param onFailure what happens to items that cannot be written
 * @param words where each word stands, by the word
 */
public record Plan(
    String name,
    TableRef from,
    TableRef to,
    Optional<KeyCondition> where,
    Optional<ServerFilter> serverFilter,
    List<ClientFilter> clientFilters,
    List<String> project,
    OptionalLong limit,
    OptionalInt segments,
    OptionalInt writers,
    OnFailure onFailure,
    Map<String, Location> words) {

  /** Copies the collections. */
  public Plan {
    clientFilters = List.copyOf(clientFilters);
    project = List.copyOf(project);
    words = Map.copyOf(words);
  }

  /**
   * Returns where a word of this plan stands.
   *
   * @param wanted the word, then what stands in for it where it was not said; the last is the copy
   */
  public Location at(String... wanted) {
    return Stream.concat(Stream.of(wanted), Stream.of("copy"))
        .filter(words::containsKey)
        .findFirst()
        .map(words::get)
        .orElse(Location.NOWHERE);
  }
}
