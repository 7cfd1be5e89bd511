package org.dynocopy.run.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.item.ItemMap;
import org.dynocopy.store.CheckedKeySource;
import org.dynocopy.store.Lookup;
import org.dynocopy.store.Table;
import org.dynocopy.store.TableReading;
import org.dynocopy.verify.ItemDigest;

/**
 * Fetches, by consistent reads, the items whose keys were noted, and lets those pass that are still
 * as they were then. Those that have changed are spared: no backup has them as they are.
 */
public final class UnchangedItems implements CheckedKeySource.Check {

  /** No attribute can have this name. */
  private static final String DIGEST = "";

  private final Lookup table;
  private final List<String> keyNames;

  /**
   * Prepares.
   *
   * @param reading whole items of the table
   */
  public UnchangedItems(Table table, TableReading reading) {
    this.table = table.lookup(reading);
    this.keyNames = table.info().keyNames();
  }

  /** Returns what to note of an item: its key, and a digest by which a change is found. */
  public static Item note(Item key, Item item, List<String> keyNames) throws IOException {
    return note(key, new ItemDigest(keyNames).of(item).item());
  }

  /**
   * Returns the same.
   *
   * @param digest the item's digest, or the first bytes of it
   */
  public static Item note(Item key, byte[] digest) {
    String text = Base64.getEncoder().encodeToString(digest);
    String open = new String(key.bytes(), key.offset(), key.length() - 1, UTF_8);
    return Item.of(open + ",\"" + DIGEST + "\":{\"B\":\"" + text + "\"}}");
  }

  @Override
  public Page pass(Page keys, RequestSender requests) throws StoreException, InterruptedException {
    List<Item> passed = new ArrayList<>();
    ItemDigest digest = new ItemDigest(keyNames);
    long gone = keys.gone();
    long spared = keys.spared();
    long bytes = keys.bytes();
    double units = keys.units();
    for (List<Item> some : Lookup.parts(keys.items())) {
      Lookup.Found found = table.find(some, requests);
      units += found.units();
      for (int i = 0; i < some.size(); i++) {
        Optional<Item> now = found.items().get(i);
        if (now.isEmpty()) {
          gone++;
        } else if (isSame(some.get(i), now.get(), digest)) {
          passed.add(now.get());
          bytes += now.get().length();
        } else {
          spared++;
        }
      }
    }
    return new Page(passed, keys.next(), keys.read(), gone, spared, bytes, units);
  }

  private static boolean isSame(Item noted, Item now, ItemDigest digest) throws StoreException {
    try {
      byte[] then = (byte[]) new ItemMap(noted).get(DIGEST);
      return Arrays.equals(then, Arrays.copyOf(digest.of(now).item(), then.length));
    } catch (IOException e) {
      throw new StoreException(Kind.REFUSED, "not an item: " + e.getMessage(), e);
    }
  }
}
