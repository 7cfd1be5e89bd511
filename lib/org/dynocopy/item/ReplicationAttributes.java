package org.dynocopy.item;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.dynocopy.core.Item;

/**
 * The attributes that global tables of the version of 2017 keep in each item, such as {@code
 * aws:rep:updatetime}. They are the service's, and mean nothing in another table.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2gt_IAM.html">Global
 *     tables version 2017.11.29</a>
 */
public final class ReplicationAttributes {

  private static final String BEGINNING = "aws:rep:";
  private static final byte[] QUOTED = ("\"" + BEGINNING).getBytes(StandardCharsets.US_ASCII);

  /** Hardly any table has them: until one is seen, no item is looked at for them. */
  private static volatile boolean expected;

  private ReplicationAttributes() {}

  /** Says that items may have them from now on, in this process. */
  public static void expect() {
    if (!expected) {
      expected = true;
    }
  }

  /** Returns whether items may have them. */
  public static boolean expected() {
    return expected;
  }

  /** Returns whether this is the name of one. */
  public static boolean isOne(String name) {
    return name.startsWith(BEGINNING);
  }

  /**
   * Returns an item without them; the very item if it has none.
   *
   * @throws IOException if the bytes are no item
   */
  public static Item without(Item item) throws IOException {
    if (!isMentioned(item)) {
      return item;
    }
    ItemMap attributes = new ItemMap(item);
    Set<String> others = new LinkedHashSet<>(attributes.keySet());
    return others.removeIf(ReplicationAttributes::isOne) ? attributes.only(others) : item;
  }

  private static boolean isMentioned(Item item) {
    byte[] bytes = item.bytes();
    int last = item.offset() + item.length() - QUOTED.length;
    for (int at = item.offset(); at <= last; at++) {
      int same = 0;
      while (same < QUOTED.length && bytes[at + same] == QUOTED[same]) {
        same++;
      }
      if (same == QUOTED.length) {
        return true;
      }
    }
    return false;
  }
}
