package org.dynocopy.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.Source;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;

/** Keys that were noted, as a source. A position is the number of keys before it in its list. */
public final class KeyListSource implements Source {

  private final int lists;
  private final KeyList keys;

  /** Lists of keys. */
  @FunctionalInterface
  public interface KeyList {
    /** Returns one list of keys, as JSON. */
    List<Item> get(int number) throws IOException;
  }

  /** Makes a source of lists of keys, for what looks at the items that they name. */
  public KeyListSource(int lists, KeyList keys) {
    this.lists = lists;
    this.keys = keys;
  }

  @Override
  public boolean mayRepeatKeys() {
    return false;
  }

  @Override
  public Iterable<Split> splits() {
    return () -> IntStream.range(0, lists).<Split>mapToObj(Some::new).iterator();
  }

  /** One of the lists. */
  private final class Some implements Split {
    private final int number;
    private List<Item> all;

    Some(int number) {
      this.number = number;
    }

    @Override
    public String name() {
      return "list of keys " + number;
    }

    @Override
    public Page read(Optional<Position> after, RequestSender requests) throws StoreException {
      if (all == null) {
        all = load();
      }
      int from = after.map(Some::number).orElse(0);
      int to = Math.min(all.size(), from + Lookup.KEYS_AT_ONCE);
      List<Item> some = all.subList(from, to);
      long bytes = some.stream().mapToLong(Item::length).sum();
      return new Page(some, position(to), some.size(), 0, bytes, 0);
    }

    private Optional<Position> position(int keys) {
      byte[] token = Integer.toString(keys).getBytes(US_ASCII);
      return keys < all.size() ? Optional.of(new Position(token)) : Optional.empty();
    }

    private static int number(Position position) {
      return Integer.parseInt(new String(position.token(), US_ASCII));
    }

    private List<Item> load() throws StoreException {
      try {
        return keys.get(number);
      } catch (IOException e) {
        throw new StoreException(Kind.REFUSED, "cannot read back the noted keys: " + e, e);
      }
    }
  }
}
