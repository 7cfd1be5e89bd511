package org.dynocopy.run.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.dynocopy.core.Shaper;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.files.FileReason;
import org.dynocopy.run.job.Report;
import org.dynocopy.store.file.DeadLetterSource;
import org.dynocopy.verify.ItemDigest;

/**
 * What is known of a copy when its target is compared.
 *
 * @param shaper what it made of the source's items
 * @param letters the digests of the items that are in its dead letters
 */
record CopyEvidence(Shaper shaper, Set<ByteBuffer> letters) {

  /**
   * Reads the dead letters of a copy that ended, also those of the runs before, if it was stopped:
   * the last ones of the file, as many as its ledger has. What stands before them is of other
   * copies, and may be in the target since.
   *
   * @param keys the names of the target's key attributes
   * @throws StoreException if the file cannot be read
   */
  static CopyEvidence of(Report copy, Shaper shaper, List<String> keys) throws StoreException {
    Set<ByteBuffer> letters = new HashSet<>();
    for (Report.Stage stage : copy.stages()) {
      Optional<Path> file = stage.outcome().deadLetters().map(Path::of);
      if (file.isPresent()) {
        long number = stage.outcome().counts().deadLettered();
        try {
          letters.addAll(last(number, file.get(), keys));
        } catch (IOException e) {
          throw new StoreException(
              Kind.REFUSED, "cannot read " + file.get() + ": " + FileReason.of(e), e);
        }
      }
    }
    return new CopyEvidence(shaper, letters);
  }

  /** Returns the digests of the last letters; a copy that went on may have written some again. */
  static Set<ByteBuffer> last(long number, Path file, List<String> keys) throws IOException {
    ItemDigest digest = new ItemDigest(keys);
    Set<ByteBuffer> last = new LinkedHashSet<>();
    AtomicLong broken = new AtomicLong();
    DeadLetterSource.each(
        file,
        keys,
        item -> {
          ByteBuffer letter =
              item.isPresent()
                  ? wrapped(digest.of(item.get()))
                  : ByteBuffer.allocate(Long.BYTES).putLong(0, broken.getAndIncrement());
          last.remove(letter);
          last.add(letter);
          if (last.size() > number) {
            last.remove(last.iterator().next());
          }
        });
    return last;
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
