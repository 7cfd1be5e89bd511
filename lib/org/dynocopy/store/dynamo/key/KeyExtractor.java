package org.dynocopy.store.dynamo.key;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.dynocopy.core.Item;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.item.ItemMap;
import org.dynocopy.item.SameValue;
import org.dynocopy.store.dynamo.wire.RequestBody;
import org.dynocopy.store.dynamo.wire.RequestJson;

/**
 * Finds an item's key in a table.
 *
 * @param names the table's key attributes
 */
public record KeyExtractor(List<String> names) {

  /**
   * Returns the key; equal for items that are the same item to the table.
   *
   * @throws StoreException if the item has no such key
   */
  public Object of(Item item) throws StoreException {
    return of(attributes(item));
  }

  /** Returns the same of an item whose {@link #attributes} have been found. */
  public Object of(ItemMap attributes) {
    List<Object> key = new ArrayList<>(names.size());
    for (String name : names) {
      key.add(SameValue.canonical(attributes.get(name)));
    }
    return key;
  }

  /** Returns a digest of the key, equal for items that are the same item to the table. */
  public byte[] digest(ItemMap attributes) {
    return digest(names.stream().map(attributes::get).toList());
  }

  /** Returns a digest of the values of a key. */
  public static byte[] digest(List<Object> key) {
    MessageDigest digest = sha256();
    for (Object one : key) {
      Object value = SameValue.canonical(one);
      byte[] bytes =
          value instanceof ByteBuffer binary
              ? binary.array()
              : value.toString().getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
      digest.update(bytes);
    }
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** Returns the key as JSON, spliced from the item's bytes: {@code {"id":{"S":"u1"}}}. */
  public RequestBody json(ItemMap attributes) {
    RequestBody key = new RequestBody();
    String before = "{";
    for (String name : names) {
      key.add(before).add(RequestJson.quoted(name)).add(":").add(attributes.bytes(name));
      before = ",";
    }
    return key.add("}");
  }

  /**
   * Finds the attributes of an item, its key among them.
   *
   * @throws StoreException if the item has no such key
   */
  public ItemMap attributes(Item item) throws StoreException {
    try {
      ItemMap attributes = new ItemMap(item);
      for (String name : names) {
        if (!attributes.containsKey(name)) {
          throw new StoreException(Kind.REJECTED, "the item has no key attribute `" + name + "`");
        }
      }
      return attributes;
    } catch (IOException e) {
      throw new StoreException(Kind.REJECTED, "not an item: " + e.getMessage(), e);
    }
  }
}
