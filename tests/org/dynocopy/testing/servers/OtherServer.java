package org.dynocopy.testing.servers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.dynocopy.testing.servers.FaultProxy.Request;

/**
 * A server that leaves out, or refuses, what ScyllaDB's Alternator, LocalStack, moto and dynalite
 * do: a proxy before DynamoDB Local, which does not.
 */
public final class OtherServer {

  /** What a server lacks. */
  public enum Lack {
    /** As Alternator from 2025.1.4 on: "INDEXES consumed capacity is not supported". */
    REFUSES_INDEXES,
    /** As dynalite and moto: indexes are left out of what was consumed. */
    PASSES_OVER_INDEXES,
    /** As Alternator: Scan and Query do not tell what they consumed. */
    READ_CAPACITY,
    /** As Alternator before 2025.1. */
    WRITE_CAPACITY,
    /** As moto: one unit a batch or a page, however many items it has. */
    TRUE_CAPACITY,
    ARNS,
    TABLE_IDS,
    CREATION_TIMES,
    ITEM_COUNTS,
    /** As Alternator before 5.3. */
    PROJECTIONS,
    BILLING_MODES,
    CHECKSUMS,
    /** As moto: indexes that a table does not have are an empty list. */
    ABSENT_LISTS
  }

  /** Alternator of today. */
  public static final Set<Lack> ALTERNATOR =
      EnumSet.of(Lack.REFUSES_INDEXES, Lack.READ_CAPACITY, Lack.ITEM_COUNTS);

  /** Alternator of some years ago. */
  public static final Set<Lack> OLD_ALTERNATOR =
      EnumSet.of(
          Lack.READ_CAPACITY,
          Lack.WRITE_CAPACITY,
          Lack.ITEM_COUNTS,
          Lack.TABLE_IDS,
          Lack.CREATION_TIMES,
          Lack.PROJECTIONS,
          Lack.CHECKSUMS);

  /** Moto 5. */
  public static final Set<Lack> MOTO =
      EnumSet.of(Lack.PASSES_OVER_INDEXES, Lack.TRUE_CAPACITY, Lack.TABLE_IDS, Lack.ABSENT_LISTS);

  private OtherServer() {}

  /** Starts one before a server. */
  public static FaultProxy before(URI server, Set<Lack> lacks) {
    return new FaultProxy(server, (operation, number) -> request -> answer(request, lacks));
  }

  private static void answer(Request request, Set<Lack> lacks)
      throws IOException, InterruptedException {
    boolean byIndex =
        new String(request.body(), StandardCharsets.UTF_8)
            .contains("\"ReturnConsumedCapacity\":\"INDEXES\"");
    if (byIndex && lacks.contains(Lack.REFUSES_INDEXES)) {
      request.error(400, "ValidationException", "INDEXES consumed capacity is not supported");
      return;
    }
    var response = request.forward(request.body());
    if (response.statusCode() != 200) {
      request.answer(response);
      return;
    }
    ObjectNode json = Request.json(response);
    if (json.has("ConsumedCapacity")) {
      capacity(request.operation(), json, lacks);
    }
    if (json.has("Table")) {
      describe((ObjectNode) json.get("Table"), lacks);
    }
    request.answer(json, !lacks.contains(Lack.CHECKSUMS));
  }

  private static void capacity(String operation, ObjectNode json, Set<Lack> lacks) {
    boolean read = List.of("Scan", "Query", "GetItem", "BatchGetItem").contains(operation);
    if (lacks.contains(read ? Lack.READ_CAPACITY : Lack.WRITE_CAPACITY)) {
      json.remove("ConsumedCapacity");
      return;
    }
    boolean batch = operation.startsWith("Batch");
    ObjectNode consumed =
        (ObjectNode) (batch ? json.get("ConsumedCapacity").get(0) : json.get("ConsumedCapacity"));
    if (lacks.contains(Lack.PASSES_OVER_INDEXES)) {
      consumed.remove(List.of("GlobalSecondaryIndexes", "LocalSecondaryIndexes"));
    }
    if (lacks.contains(Lack.TRUE_CAPACITY)) {
      consumed.put("CapacityUnits", 1.0);
    }
  }

  private static void describe(ObjectNode table, Set<Lack> lacks) {
    if (lacks.contains(Lack.TABLE_IDS)) {
      table.remove("TableId");
    }
    if (lacks.contains(Lack.ARNS)) {
      table.remove("TableArn");
    }
    if (lacks.contains(Lack.CREATION_TIMES)) {
      table.remove("CreationDateTime");
    }
    if (lacks.contains(Lack.ITEM_COUNTS)) {
      table.remove(List.of("ItemCount", "TableSizeBytes"));
    }
    if (lacks.contains(Lack.BILLING_MODES)) {
      table.remove("BillingModeSummary");
    }
    for (String indexes : List.of("GlobalSecondaryIndexes", "LocalSecondaryIndexes")) {
      if (lacks.contains(Lack.ABSENT_LISTS)) {
        table.withArray(indexes);
      }
      if (lacks.contains(Lack.PROJECTIONS)) {
        table.path(indexes).forEach(index -> ((ObjectNode) index).remove("Projection"));
      }
      if (lacks.contains(Lack.ITEM_COUNTS)) {
        table
            .path(indexes)
            .forEach(index -> ((ObjectNode) index).remove(List.of("ItemCount", "IndexSizeBytes")));
      }
    }
  }
}
