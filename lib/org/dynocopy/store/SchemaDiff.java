package org.dynocopy.store;

import java.util.List;

/**
 * In what two schemas differ. The order of attributes, indexes and tags does not matter, and what
 * is absent is as the service's default.
 *
 * @param differences a line for each, as {@code GSI byTenant: projection ALL -> KEYS_ONLY} or
 *     {@code billing: provisioned 5/5 -> on-demand}; none if the schemas are the same
 * @param notes what could not be compared, or differs by itself: warm throughput, which grows with
 *     use, and KMS keys of two accounts or regions; and the notes of both schemas
 */
public record SchemaDiff(List<String> differences, List<String> notes) {

  /** Copies the lists. */
  public SchemaDiff {
    differences = List.copyOf(differences);
    notes = List.copyOf(notes);
  }
}
