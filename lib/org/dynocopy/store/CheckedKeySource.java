package org.dynocopy.store;

import java.util.Optional;
import java.util.stream.StreamSupport;
import org.dynocopy.core.Page;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.Source;
import org.dynocopy.core.StoreException;

/** Of a source of keys, those that pass a check. */
public final class CheckedKeySource implements Source {

  private final Source keys;
  private final Check check;

  /** Looks at keys. Called by many threads. */
  @FunctionalInterface
  public interface Check {
    /**
     * Returns what becomes of a page of keys: the items that go on; the others count as filtered.
     *
     * @param requests what every request goes through
     */
    Page pass(Page keys, RequestSender requests) throws StoreException, InterruptedException;
  }

  /** Makes a source of keys, each page of which is looked at when it has been read. */
  public CheckedKeySource(Source keys, Check check) {
    this.keys = keys;
    this.check = check;
  }

  @Override
  public boolean mayRepeatKeys() {
    return keys.mayRepeatKeys();
  }

  @Override
  public Iterable<Split> splits() {
    return () ->
        StreamSupport.stream(keys.splits().spliterator(), false)
            .<Split>map(Checked::new)
            .iterator();
  }

  private final class Checked implements Split {
    private final Split split;

    Checked(Split split) {
      this.split = split;
    }

    @Override
    public String name() {
      return split.name();
    }

    @Override
    public Page read(Optional<Position> after, RequestSender requests)
        throws StoreException, InterruptedException {
      return check.pass(split.read(after, requests), requests);
    }
  }
}
