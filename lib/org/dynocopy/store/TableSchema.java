package org.dynocopy.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a table is made of, without its items and its name. */
public interface TableSchema {

  /** Returns the names of the table's key attributes, the partition key's first. */
  List<String> keyNames();

  /** Returns the names of its secondary indexes. */
  Set<String> indexNames();

  /** Returns what records of its stream show, {@code NEW_IMAGE}, if it has one. */
  Optional<String> stream();

  /** Returns the attribute by which items expire, if it is known that they do. */
  Optional<String> expiryAttribute();

  /** Returns the schema as JSON, for people, files and other tools. */
  String json();

  /** Compares this schema with another one: each line says what this has, then the other. */
  SchemaDiff diff(TableSchema other);
}
