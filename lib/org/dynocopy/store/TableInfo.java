package org.dynocopy.store;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.dynocopy.capacity.Billing;
import org.dynocopy.capacity.Meter;
import org.dynocopy.capacity.Meters;
import org.dynocopy.capacity.Pricing;
import org.dynocopy.capacity.Throughput;

/**
 * What DescribeTable says of a table, as far as a copy needs it.
 *
 * @param name its name, or its ARN if the user named it so
 * @param arn its ARN
 * @param id its unique id; empty where the server gives none
 * @param created when it was made, if that is known
 * @param endpoint where it was found
 * @param region the region that requests are signed for
 * @param status {@code ACTIVE} when it can be read and written
 * @param keys its partition key and, if it has one, its sort key
 * @param indexes its secondary indexes by name
 * @param items how many items it had some hours ago
 * @param bytes how large it was some hours ago
 * @param billing how its requests are paid for, and what it can do in a second
 * @param stream what its stream tells of each change, as {@code NEW_AND_OLD_IMAGES}, if it has one
 * @param replicas the ARNs of the others of a global table, which have the same items
 */
public record TableInfo(
    String name,
    String arn,
    String id,
    Optional<Instant> created,
    URI endpoint,
    String region,
    String status,
    List<Key> keys,
    Map<String, Index> indexes,
    long items,
    long bytes,
    Billing billing,
    Optional<String> stream,
    List<String> replicas) {

  /** How two tables that were found belong together. */
  public enum Relation {
    /** They are one table. */
    SAME,
    /** They are replicas of one global table: what is written to one goes to the other. */
    REPLICAS,
    /** They have nothing to do with each other. */
    OTHERS
  }

  /**
   * A key attribute.
   *
   * @param name its name
   * @param type its type
   */
  public record Key(String name, KeyAttributeType type) {
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
   * @param partition the attributes of its partition key; a GSI can have several
   * @param sort the attributes of its sort key; a GSI can have none or several
   * @param projectsAll whether it has whole items
   * @param attributes what it projects besides all keys, if not everything
   * @param items how many items it had some hours ago
   * @param bytes how large it was some hours ago
   * @param throughput what it can do in a second, if it is global and that is known
   */
  public record Index(
      String name,
      boolean global,
      List<Key> partition,
      List<Key> sort,
      boolean projectsAll,
      Set<String> attributes,
      long items,
      long bytes,
      Optional<Throughput> throughput) {

    /** Makes an index of which it is not known what it can do. */
    public Index(
        String name,
        boolean global,
        List<Key> partition,
        List<Key> sort,
        boolean projectsAll,
        Set<String> attributes,
        long items,
        long bytes) {
      this(name, global, partition, sort, projectsAll, attributes, items, bytes, Optional.empty());
    }

    /** Returns its key attributes, those of the partition key first. */
    public List<Key> keys() {
      return Stream.concat(partition.stream(), sort.stream()).toList();
    }
  }

  /** Returns what a table that is made like this one will say of itself, elsewhere. */
  public TableInfo emptyAt(String elsewhere, URI server, String there) {
    return new TableInfo(
        elsewhere,
        "",
        "",
        Optional.empty(),
        server,
        there,
        "ACTIVE",
        keys,
        indexes,
        0,
        0,
        billing,
        stream,
        List.of());
  }

  private Map<String, Optional<Throughput>> globalThroughput() {
    Map<String, Optional<Throughput>> known = new LinkedHashMap<>();
    indexes.values().stream()
        .filter(Index::global)
        .forEach(index -> known.put(index.name(), index.throughput()));
    return known;
  }

  /** Returns its meter among those of other tables. */
  public Meter meter(Meters meters, Pricing tariff) {
    return meters.meter(identity(), name, tariff, billing.throughput(), globalThroughput());
  }

  /** Returns a meter of its own. */
  public Meter meter() {
    return meter(new Meters(), Pricing.of(Optional.empty(), billing, region, endpoint));
  }

  /** Returns the names of the key attributes. */
  public List<String> keyNames() {
    return keys.stream().map(Key::name).toList();
  }

  /**
   * Returns how this belongs together with another table, by what both say of themselves: the ARN,
   * and the id, which the service gives to each table. Servers for tests give every table one
   * account and some no id; there the time tells tables apart at which they were made.
   *
   * @return nothing if that does not tell: the same ARN, no id and the same time
   */
  public Optional<Relation> relation(TableInfo other) {
    if (replicas.contains(other.arn) || other.replicas.contains(arn)) {
      return Optional.of(Relation.REPLICAS);
    }
    if (!id.isEmpty() && id.equals(other.id)) {
      return Optional.of(arn.equals(other.arn) ? Relation.SAME : Relation.REPLICAS);
    }
    boolean madeTogether =
        created.isEmpty() || other.created.isEmpty() || created.equals(other.created);
    boolean doubt = arn.equals(other.arn) && id.isEmpty() && other.id.isEmpty() && madeTogether;
    return doubt ? Optional.empty() : Optional.of(Relation.OTHERS);
  }

  /** Returns what this table alone is called by, and no later one of its name. */
  public String uniqueText() {
    return uniqueText(arn, id, created.orElse(null));
  }

  /** Returns where a table of AWS's is, in brackets after a blank; nothing of other servers. */
  public String place() {
    return Pricing.isOfAws(endpoint) ? " (" + region + ", account " + account() + ")" : "";
  }

  /** Returns the account in its ARN; empty where the server gives no whole one. */
  public String account() {
    String[] parts = arn.split(":", 6);
    return parts.length > 4 ? parts[4] : "";
  }

  /** Returns the same of what a service says of a table. */
  public static String uniqueText(String arn, String id, Instant created) {
    return id == null || id.isEmpty() ? arn + " made " + created : arn + " " + id;
  }

  /**
   * Returns whether this is still the table that was found before by the same name, and not one
   * that was made anew.
   */
  public boolean stillIs(TableInfo before) {
    boolean known = !id.isEmpty() || !before.id.isEmpty();
    return known ? id.equals(before.id) : created.equals(before.created);
  }

  /** Returns whether both are asked for at the same place, as far as their names tell. */
  public boolean isAt(TableInfo other) {
    return region.equals(other.region) && server().equals(other.server());
  }

  /** Returns the same text for the same table, within one process. */
  public String identity() {
    return arn + " " + name + " " + region + " " + server();
  }

  /** The endpoint, by one name where it is this machine. */
  private String server() {
    return endpoint.toString().replaceFirst("//(127\\.0\\.0\\.1|\\[::1\\])", "//localhost");
  }
}
