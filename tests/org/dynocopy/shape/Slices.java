package org.dynocopy.shape;

import java.nio.charset.StandardCharsets;
import org.dynocopy.core.Item;

/** Items as they are in a page. */
public final class Slices {

  private Slices() {}

  /** Returns an item in the middle of other bytes. */
  public static Item within(String before, String json, String after) {
    byte[] all = (before + json + after).getBytes(StandardCharsets.UTF_8);
    int offset = before.getBytes(StandardCharsets.UTF_8).length;
    return new Item(all, offset, json.getBytes(StandardCharsets.UTF_8).length);
  }
}
