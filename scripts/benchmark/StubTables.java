package org.dynocopy.scripts.benchmark;

import static org.dynocopy.scripts.benchmark.SampleItems.bytes;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.CRC32;

/**
 * Tables without a database: the name {@code items-5000} says how many items a table has; whatever
 * is written to another one is only counted. Pages are made once and kept.
 */
final class StubTables {

  private static final int ITEMS_OF_PAGE = (1 << 20) / SampleItems.length();
  private static final double UNITS_OF_PAGE = 128; // eventually consistent: 8 KB a unit
  private static final long MOST_KEPT_BYTES = 1L << 30;

  /**
   * An answer.
   *
   * @param status of HTTP
   * @param body its JSON
   * @param crc of the body
   */
  record Answer(int status, byte[] body, long crc) {
    Answer(int status, byte[] body) {
      this(status, body, crc(body));
    }

    private static long crc(byte[] body) {
      CRC32 crc = new CRC32();
      crc.update(body);
      return crc.getValue();
    }
  }

  private record Range(long from, long to, boolean last) {}

  private final Optional<Partitions> partitions;
  private final Map<Range, Answer> pages = new ConcurrentHashMap<>();
  private final AtomicLong keptBytes = new AtomicLong();
  private final LongAdder written = new LongAdder();
  private final LongAdder sum = new LongAdder();
  private final LongAdder throttledReads = new LongAdder();
  private final LongAdder throttledWrites = new LongAdder();
  private volatile long size = 1; // of the table that is being copied

  StubTables(Optional<Partitions> partitions) {
    this.partitions = partitions;
  }

  /** What was asked since it was last called: items, the sum of their numbers, refusals. */
  String counts() {
    return "written=%d sum=%d throttledReads=%d throttledWrites=%d"
        .formatted(
            written.sumThenReset(),
            sum.sumThenReset(),
            throttledReads.sumThenReset(),
            throttledWrites.sumThenReset());
  }

  Answer answer(String operation, byte[] request, int length) {
    if (operation.equals("BatchWriteItem")) {
      return write(request, length);
    }
    String json = new String(request, 0, length, StandardCharsets.UTF_8);
    return switch (operation) {
      case "Scan" -> scan(json);
      case "DescribeTable" -> describe(text(json, "\"TableName\":\""));
      default -> error("UnknownOperationException", operation);
    };
  }

  private static Answer error(String type, String message) {
    String json = "{\"__type\":\"com.amazonaws.dynamodb.v20120810#%s\",\"message\":\"%s\"}";
    return new Answer(400, bytes(json.formatted(type, message)));
  }

  private static String text(String json, String after) {
    int at = json.indexOf(after) + after.length();
    return json.substring(at, json.indexOf('"', at));
  }

  private static long number(String json, String after) {
    int at = json.indexOf(after) + after.length();
    int to = at;
    while (Character.isDigit(json.charAt(to))) {
      to++;
    }
    return Long.parseLong(json.substring(at, to));
  }

  private static long items(String table) {
    return table.startsWith("items-") ? Long.parseLong(table.substring(6)) : 0;
  }

  private static Answer describe(String table) {
    String json =
        """
        {"Table":{"TableName":"%1$s","TableStatus":"ACTIVE","ItemCount":%2$d,"TableSizeBytes":%3$d,\
        "TableArn":"arn:aws:dynamodb:eu-west-1:000000000000:table/%1$s",\
        "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],\
        "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],\
        "BillingModeSummary":{"BillingMode":"PAY_PER_REQUEST"}}}\
        """;
    long items = items(table);
    return new Answer(200, bytes(json.formatted(table, items, items * SampleItems.length())));
  }

  private Answer scan(String json) {
    long items = items(text(json, "\"TableName\":\""));
    size = Math.max(1, items);
    long of = json.contains("\"TotalSegments\"") ? number(json, "\"TotalSegments\":") : 1;
    long segment = of == 1 ? 0 : number(json, "\"Segment\":");
    long end = (segment + 1) * items / of;
    boolean goesOn = json.contains("\"ExclusiveStartKey\"");
    long from = goesOn ? number(json, "{\"S\":\"item-") + 1 : segment * items / of;
    long most = json.contains("\"Limit\":") ? number(json, "\"Limit\":") : ITEMS_OF_PAGE;
    long to = Math.min(end, from + Math.min(most, ITEMS_OF_PAGE));
    if (to > from && partitions.isPresent()) {
      double units = UNITS_OF_PAGE * (to - from) / ITEMS_OF_PAGE;
      if (!partitions.get().read(from, to, items, units)) {
        throttledReads.increment();
        return error("ProvisionedThroughputExceededException", "a partition is read too fast");
      }
    }
    return page(new Range(from, to, to == end));
  }

  private Answer page(Range range) {
    Answer kept = pages.get(range);
    if (kept != null) {
      return kept;
    }
    Answer made = make(range);
    if (keptBytes.addAndGet(made.body().length) < MOST_KEPT_BYTES) {
      pages.put(range, made);
    }
    return made;
  }

  private static Answer make(Range range) {
    int count = (int) (range.to - range.from);
    double units = UNITS_OF_PAGE * count / ITEMS_OF_PAGE;
    byte[] before =
        bytes(
            "{\"ConsumedCapacity\":{\"CapacityUnits\":"
                + units
                + ",\"TableName\":\"items\"},\"Count\":"
                + count
                + ",\"Items\":[");
    String lastKey =
        range.last
            ? ""
            : ",\"LastEvaluatedKey\":{\"id\":{\"S\":\"%s\"}}"
                .formatted(SampleItems.id(range.to - 1));
    byte[] after = bytes("]" + lastKey + ",\"ScannedCount\":%d}".formatted(count));
    int commas = Math.max(0, count - 1);
    byte[] page = new byte[before.length + count * SampleItems.length() + commas + after.length];
    System.arraycopy(before, 0, page, 0, before.length);
    int at = before.length;
    for (long item = range.from; item < range.to; item++) {
      at = SampleItems.write(item, page, at);
      if (item < range.to - 1) {
        page[at++] = ',';
      }
    }
    System.arraycopy(after, 0, page, at, after.length);
    return new Answer(200, page);
  }

  private Answer write(byte[] request, int length) {
    String start = new String(request, 0, Math.min(length, 200), StandardCharsets.UTF_8);
    String table = text(start, "\"RequestItems\":{\"");
    boolean counted = table.equals("copy");
    ByteArrayOutputStream refused = new ByteArrayOutputStream();
    int items = 0;
    int at = SampleItems.findKey(request, 0, length);
    for (; at >= 0; at = SampleItems.findKey(request, at, length)) {
      long number = SampleItems.number(request, at);
      if (partitions.isPresent() && !partitions.get().write(number, size)) {
        throttledWrites.add(counted ? 1 : 0);
        String put = "{\"PutRequest\":{\"Item\":" + SampleItems.json(number) + "}}";
        refused.writeBytes(bytes(refused.size() == 0 ? put : "," + put));
      } else {
        items++;
        if (counted) {
          sum.add(number);
        }
      }
    }
    if (counted) {
      written.add(items);
    }
    String unprocessed =
        refused.size() == 0
            ? ""
            : "\"" + table + "\":[" + refused.toString(StandardCharsets.UTF_8) + "]";
    String json =
        "{\"UnprocessedItems\":{%s},\"ConsumedCapacity\":[{\"CapacityUnits\":%d.0,"
            + "\"TableName\":\"%s\"}]}";
    return new Answer(200, bytes(json.formatted(unprocessed, items, table)));
  }
}
