package org.dynocopy.store.dynamo.table;

import java.util.List;
import java.util.Optional;
import org.dynocopy.capacity.Billing;
import org.dynocopy.capacity.Throughput;
import org.dynocopy.store.dynamo.schema.Schemas;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.ReplicaDescription;
import software.amazon.awssdk.services.dynamodb.model.TableClass;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.VectorIndexDescription;

/**
 * Reads of DescribeTable's answer how a table is paid for, and what it and its indexes can do in a
 * second.
 */
final class CapacityReader {

  private static final double NO_LIMIT = Double.POSITIVE_INFINITY;

  private CapacityReader() {}

  static Billing of(TableDescription table, String region) {
    boolean infrequentAccess =
        table.tableClassSummary() != null
            && table.tableClassSummary().tableClass() == TableClass.STANDARD_INFREQUENT_ACCESS;
    List<String> replicas =
        table.replicas().stream()
            .map(ReplicaDescription::regionName)
            .filter(name -> name != null && !name.equals(region))
            .toList();
    Optional<Throughput> throughput =
        provisioned(table)
            ? of(table.provisionedThroughput())
            : atMost(
                Optional.ofNullable(table.warmThroughput())
                    .flatMap(warm -> of(warm.readUnitsPerSecond(), warm.writeUnitsPerSecond())),
                table.onDemandThroughput());
    List<String> vectorIndexes =
        table.vectorIndexes().stream().map(VectorIndexDescription::indexName).toList();
    return new Billing(provisioned(table), infrequentAccess, replicas, throughput, vectorIndexes);
  }

  static Optional<Throughput> of(TableDescription table, GlobalSecondaryIndexDescription index) {
    return provisioned(table)
        ? of(index.provisionedThroughput())
        : atMost(
            Optional.ofNullable(index.warmThroughput())
                .flatMap(warm -> of(warm.readUnitsPerSecond(), warm.writeUnitsPerSecond())),
            index.onDemandThroughput());
  }

  /** What it could do, but for a maximum that its owner has set. */
  private static Optional<Throughput> atMost(Optional<Throughput> warm, OnDemandThroughput most) {
    if (most == null) {
      return warm;
    }
    double read = limit(most.maxReadRequestUnits());
    double write = limit(most.maxWriteRequestUnits());
    boolean both = read < NO_LIMIT && write < NO_LIMIT;
    return warm.isPresent() || both
        ? Optional.of(
            new Throughput(
                Math.min(read, warm.map(Throughput::read).orElse(NO_LIMIT)),
                Math.min(write, warm.map(Throughput::write).orElse(NO_LIMIT))))
        : warm;
  }

  /** The service says -1 where there is no maximum. */
  private static double limit(Long units) {
    return units == null || units < 0 ? NO_LIMIT : units;
  }

  private static boolean provisioned(TableDescription table) {
    return !Schemas.onDemand(table) && table.provisionedThroughput() != null;
  }

  private static Optional<Throughput> of(ProvisionedThroughputDescription units) {
    return units == null
        ? Optional.empty()
        : of(units.readCapacityUnits(), units.writeCapacityUnits());
  }

  private static Optional<Throughput> of(Long read, Long write) {
    return read == null || write == null
        ? Optional.empty()
        : Optional.of(new Throughput(read, write));
  }
}
