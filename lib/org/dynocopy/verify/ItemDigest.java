package org.dynocopy.verify;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.dynocopy.core.Item;
import org.dynocopy.item.NormalForm;

/**
 * Makes digests of items: equal for items that the service would call equal, {@code 1} and {@code
 * 1.0} alike. For many items, one after the other, by one thread.
 */
public final class ItemDigest {

  /**
   * What stands for an item.
   *
   * @param key the SHA-256 of its key
   * @param item the SHA-256 of the whole
   */
  public record Digests(byte[] key, byte[] item) {}

  private final List<String> keys;
  private final NormalForm form = new NormalForm();
  private final MessageDigest sha256 = sha256();

  /**
   * Prepares.
   *
   * @param keys the names of the table's key attributes
   */
  public ItemDigest(List<String> keys) {
    this.keys = keys;
  }

  /**
   * Returns the digests of an item.
   *
   * @throws IOException if the bytes are no item, or the key is missing
   */
  public Digests of(Item item) throws IOException {
    form.write(item, keys);
    for (String name : keys) {
      byte[] value = form.attribute(name);
      if (value == null) {
        throw new IOException("the item has no key attribute `" + name + "`");
      }
      sha256.update(value);
    }
    byte[] key = sha256.digest();
    sha256.update(form.bytes(), 0, form.length());
    return new Digests(key, sha256.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
