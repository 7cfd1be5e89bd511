package org.dynocopy.toy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dynocopy.core.Item;
import org.dynocopy.core.Sink;
import org.dynocopy.core.StoreException;

/** A folder with a file for each item, which is called as its {@code id}. */
public final class ToySink implements Sink {

  private static final Pattern ID = Pattern.compile("\"id\":\\{\"S\":\"([\\w.-]+)\"\\}");

  private final Path folder;
  private final long pauseMillis;

  /**
   * Writes into a folder.
   *
   * @param pauseMillis how long each batch takes at least
   */
  public ToySink(Path folder, long pauseMillis) {
    this.folder = folder;
    this.pauseMillis = pauseMillis;
  }

  @Override
  public int maxItems() {
    return 5;
  }

  @Override
  public long maxBytes() {
    return 10_000;
  }

  @Override
  public Object key(Item item) throws StoreException {
    Matcher id = ID.matcher(item.toString());
    if (!id.find()) {
      throw new StoreException(StoreException.Kind.REJECTED, "an item has no `id`: " + item);
    }
    return id.group(1);
  }

  @Override
  public Written write(List<Item> batch) throws StoreException, InterruptedException {
    Thread.sleep(pauseMillis);
    for (Item item : batch) {
      key(item);
    }
    for (Item item : batch) {
      Path draft = folder.resolve("draft-" + UUID.randomUUID());
      try {
        Files.writeString(draft, item.toString());
        Files.move(
            draft,
            folder.resolve(key(item) + ".json"),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new StoreException(StoreException.Kind.UNAVAILABLE, folder + ": " + e, e);
      }
    }
    return new Written(new BitSet(), batch.size());
  }
}
