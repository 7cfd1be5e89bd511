package org.dynocopy.functional;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.dynocopy.core.Sink;
import org.dynocopy.core.Source;
import org.dynocopy.core.StoreException;
import org.dynocopy.spec.Copy;
import org.dynocopy.spec.place.TableRef;
import org.dynocopy.store.ReadMode;
import org.dynocopy.store.Stores;
import org.dynocopy.store.Table;
import org.dynocopy.store.wiring.DefaultStores;
import org.dynocopy.testing.StoreLaws;
import org.dynocopy.testing.servers.TableComparison;
import org.dynocopy.testing.servers.Tables;
import org.dynocopy.testing.servers.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tables keep the laws of stores: several pages in each segment. */
@Execution(ExecutionMode.CONCURRENT)
class TableStoreTest extends StoreLaws {

  private static final URI SERVER = TestServers.first();
  private static final Stores STORES = new DefaultStores();

  @AfterAll
  static void close() {
    STORES.close();
  }

  @Override
  protected int cases() {
    return 2;
  }

  private static String table() {
    return Tables.on(SERVER).key("id", "S").create();
  }

  private static Table open(TableRef table) {
    try {
      return STORES.tables().open(table, Copying.HERE);
    } catch (StoreException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  protected Places places(Random random) {
    String from = table();
    String first = table();
    AttributeValue large = AttributeValue.fromS("x".repeat(200_000));
    Tables.put(
        SERVER,
        from,
        IntStream.range(0, 10 + random.nextInt(20))
            .mapToObj(i -> Map.of("id", AttributeValue.fromS("i" + i), "large", large))
            .toList());
    int segments = 1 + random.nextInt(3);
    return new Places() {
      private String to = first;

      private Copy copy() {
        return Copying.plan(
            SERVER, from, SERVER, to, words -> words.segments(segments, Copying.HERE));
      }

      @Override
      public Source source() {
        return open(copy().from()).read(copy().reading(), ReadMode.ITEMS).source();
      }

      @Override
      public Sink sink() {
        return open(copy().to()).puts();
      }

      @Override
      public Set<String> expected() {
        return Set.copyOf(items(from));
      }

      @Override
      public List<String> written() {
        return items(to);
      }

      @Override
      public void clear() {
        to = table();
      }
    };
  }

  private static List<String> items(String table) {
    List<String> items = new ArrayList<>();
    TableComparison.items(SERVER, table).values().forEach(item -> items.add(item.toString()));
    return items;
  }
}
