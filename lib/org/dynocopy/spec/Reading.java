package org.dynocopy.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.dynocopy.diagnostic.WordLocations;
import org.dynocopy.spec.place.TableRef;

/**
 * What is read of one table.
 *
 * @param table the table
 * @param where the part to read, else the whole table
 * @param serverFilter what the service filters
 * @param shape what becomes of the items
 * @param limit how many items at most
 * @param segments how many scan segments to read at once at most, or how many readers share a large
 *     partition key
 * @param words where each word stands
 */
public record Reading(
    TableRef table,
    Optional<KeyCondition> where,
    Optional<ServerFilter> serverFilter,
    Shape shape,
    OptionalLong limit,
    OptionalInt segments,
    WordLocations words) {

  /** Returns the reading of a whole table. */
  public static Reading all(TableRef table, WordLocations words) {
    return new Reading(
        table,
        Optional.empty(),
        Optional.empty(),
        Shape.NONE,
        OptionalLong.empty(),
        OptionalInt.empty(),
        words);
  }

  /** Returns the filters that run here and decide by whole items of the table. */
  public List<ClientFilter> clientFilters() {
    return shape.filters();
  }

  /** Returns the attributes that are wanted, besides the keys; empty for all. */
  public List<String> project() {
    return shape.project();
  }

  /** Returns whether items are filtered, by the service or here. */
  public boolean filtered() {
    return serverFilter.isPresent() || !clientFilters().isEmpty();
  }

  /** Returns whether this is a part of the table: what a key or a filter selects. */
  public boolean part() {
    return where.isPresent() || filtered();
  }

  /** Returns the same of another table. */
  Reading withTable(TableRef other) {
    return new Reading(other, where, serverFilter, shape, limit, segments, words);
  }

  /** Returns the part that is selected as a text, the same for the same part; empty for all. */
  public String selection() {
    List<String> parts = new ArrayList<>();
    where.ifPresent(condition -> parts.add(condition.text()));
    serverFilter.ifPresent(filter -> parts.add(filter.text()));
    clientFilters().forEach(filter -> parts.add("filter { } at " + filter.at()));
    return String.join(", ", parts);
  }

  /** Returns whether this is every item of the table with all its attributes. */
  public boolean whole() {
    return !part() && shape.wholeItems() && limit.isEmpty();
  }

  /** Returns the same without filters, and perhaps without a key: it reads at least as much. */
  public Reading withoutFilters(boolean withoutKey) {
    return new Reading(
        table,
        withoutKey ? Optional.empty() : where,
        Optional.empty(),
        shape.withoutFilters(),
        limit,
        segments,
        words);
  }

  /** Returns the same, with a reader for each partition key. */
  public Reading unshared() {
    return new Reading(
        table,
        where,
        serverFilter,
        shape,
        limit,
        where.isPresent() ? OptionalInt.empty() : segments,
        words);
  }

  /** Returns the reading of other keys of the same table, without filters. */
  public Reading at(KeyCondition keys) {
    return new Reading(
        table, Optional.of(keys), Optional.empty(), Shape.NONE, limit, OptionalInt.empty(), words);
  }

  /**
   * Returns a sample of what the keys select: whole items, whatever a filter says of them.
   *
   * @param items how many of each part
   * @param parts how many parts a scan has
   */
  public Reading sample(long items, int parts) {
    return new Reading(
        table,
        where,
        Optional.empty(),
        Shape.NONE,
        OptionalLong.of(items),
        where.isPresent() ? OptionalInt.empty() : OptionalInt.of(parts),
        words);
  }

  /** Returns what is selected here, of another table: with all attributes and without a limit. */
  public Reading selectionOf(TableRef other) {
    return new Reading(
        other, where, serverFilter, shape.selection(), OptionalLong.empty(), segments, words);
  }
}
