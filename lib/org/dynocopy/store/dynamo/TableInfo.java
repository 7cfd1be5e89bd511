package org.dynocopy.store.dynamo;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What DescribeTable says of a table, as far as a copy needs it.
 *
 * @param name its name, or its ARN if the user named it so
 * @param arn its ARN
 * @param id its unique id; empty where the server gives none
 * @param endpoint where it was found
 * @param region the region that requests are signed for
 * @param status {@code ACTIVE} when it can be read and written
 * @param keys its partition key and, if it has one, its sort key
 * @param indexes its secondary indexes by name
 * @param items how many items it had some hours ago
 * @param bytes how large it was some hours ago
 * @param billing {@code on-demand} or {@code provisioned 5 RCU, 5 WCU}
 */
public record TableInfo(
    String name,
    String arn,
    String id,
    URI endpoint,
    String region,
    String status,
    List<Key> keys,
    Map<String, Index> indexes,
    long items,
    long bytes,
    String billing) {

  /**
   * A key attribute.
   *
   * @param name its name
   * @param type its type
   */
  public record Key(String name, KeyType type) {
    @Override
    public String toString() {
      return name + " (" + type.name() + ")";
    }
  }

  /**
   * A secondary index.
   *
   * @param name its name
   * @param global whether it is a GSI; else an LSI
   * @param keys its partition key and, if it has one, its sort key
   * @param projectsAll whether it has whole items
   * @param attributes what it projects besides all keys, if not everything
   * @param items how many items it had some hours ago
   * @param bytes how large it was some hours ago
   */
  public record Index(
      String name,
      boolean global,
      List<Key> keys,
      boolean projectsAll,
      Set<String> attributes,
      long items,
      long bytes) {}

  /** Returns the names of the key attributes. */
  public List<String> keyNames() {
    return keys.stream().map(Key::name).toList();
  }

  /**
   * Returns whether the other is this very table. A table is known by its ARN and endpoint; servers
   * that give every table one account and region are told apart by the table's id, or else by the
   * region that requests are signed for.
   */
  public boolean same(TableInfo other) {
    boolean sameDatabase =
        id.isEmpty() || other.id.isEmpty() ? region.equals(other.region) : id.equals(other.id);
    return arn.equals(other.arn) && endpoint.equals(other.endpoint) && sameDatabase;
  }
}
