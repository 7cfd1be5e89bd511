package org.dynocopy.scripts.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.stream.LongStream;
import org.dynocopy.scripts.DynamoLocal;
import org.dynocopy.scripts.SampleUsers;

/** DynamoDB Local in a process of its own, with a table to copy. */
final class LocalServer {

  static final String SOURCE = "source";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final DynamoLocal local;

  private LocalServer(DynamoLocal local) {
    this.local = local;
  }

  /**
   * Runs until standard input ends. {@code create <table>} makes an empty table, {@code compare
   * <table>} tells how many items there are and how many of the source's are not the same there.
   *
   * @param args how many items the source has
   */
  public static void main(String... args) throws IOException {
    DynamoLocal local = DynamoLocal.start();
    SampleUsers.createEmpty(local, Copy.REGION, SOURCE);
    Iterable<DynamoLocal.Row> rows =
        LongStream.range(0, Long.parseLong(args[0])).mapToObj(LocalServer::row)::iterator;
    local.fill(Copy.ACCESS_KEY, Copy.REGION, SOURCE, rows);
    System.out.println(local.endpoint());
    LocalServer server = new LocalServer(local);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(server.answer(line));
    }
    System.exit(0);
  }

  private static DynamoLocal.Row row(long number) {
    return new DynamoLocal.Row(SampleItems.json(number), SampleItems.id(number), List.of());
  }

  private String answer(String line) throws IOException {
    String table = line.substring(line.indexOf(' ') + 1);
    if (line.startsWith("create ")) {
      SampleUsers.createEmpty(local, Copy.REGION, table);
      return "done";
    }
    return compare(table);
  }

  /**
   * By the bytes in storage, and by value where they differ: an item's attributes have no order.
   */
  private String compare(String table) throws IOException {
    var source = local.stored(Copy.ACCESS_KEY, Copy.REGION, SOURCE);
    var target = local.stored(Copy.ACCESS_KEY, Copy.REGION, table);
    int different = 0;
    for (var item : source.entrySet()) {
      byte[] copy = target.get(item.getKey());
      if (copy == null || !JSON.readTree(item.getValue()).equals(JSON.readTree(copy))) {
        different++;
      }
    }
    return "items=" + target.size() + " different=" + different;
  }
}
