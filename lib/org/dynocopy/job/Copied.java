package org.dynocopy.job;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dynocopy.engine.Shaper;
import org.dynocopy.engine.StoreException;
import org.dynocopy.engine.StoreException.Kind;
import org.dynocopy.store.file.Letters;
import org.dynocopy.verify.ItemDigest;

/**
 * What is known of a copy when its target is compared.
 *
 * @param shaper what it made of the source's items
 * @param letters the digests of the items that are in its dead letters
 */
record Copied(Shaper shaper, Set<ByteBuffer> letters) {

  /**
   * Reads the dead letters of a copy that ended, also those of the runs before, if it was stopped.
   *
   * @param keys the names of the target's key attributes
   * @throws StoreException if the file cannot be read
   */
  static Copied of(Report copy, Shaper shaper, List<String> keys) throws StoreException {
    Set<ByteBuffer> letters = new HashSet<>();
    ItemDigest digest = new ItemDigest(keys);
    for (Report.Stage stage : copy.stages()) {
      Optional<Path> file = stage.outcome().deadLetters();
      if (file.isPresent()) {
        try {
          Letters.items(file.get(), keys, item -> letters.add(wrapped(digest.of(item))));
        } catch (IOException e) {
          throw new StoreException(Kind.REFUSED, "cannot read " + file.get() + ": " + e, e);
        }
      }
    }
    return new Copied(shaper, letters);
  }

  private static ByteBuffer wrapped(ItemDigest.Digests digests) {
    return ByteBuffer.wrap(digests.item());
  }

  /** Returns whether an item, as the copy would write it, could not be written. */
  boolean isDeadLetter(ItemDigest.Digests item) {
    return letters.contains(wrapped(item));
  }

  /** Returns the same, but it drops what it fails on: that is a dead letter of the copy already. */
  static Shaper dropping(Shaper shaper) {
    return item -> {
      try {
        return shaper.shape(item);
      } catch (Exception e) {
        return Optional.empty();
      }
    };
  }
}
