package org.dynocopy.store.dynamo;

import java.util.Optional;
import java.util.stream.StreamSupport;
import org.dynocopy.engine.Page;
import org.dynocopy.engine.Page.Position;
import org.dynocopy.engine.RequestSender;
import org.dynocopy.engine.Source;
import org.dynocopy.engine.StoreException;

/** Of a source of keys, those that pass a check. */
final class CheckedKeys implements Source {

  private final Source keys;
  private final Check check;

  /** Decides about a page of keys. */
  interface Check {
    /** Returns the page with the keys that pass. */
    Page pass(Page keys, RequestSender requests) throws StoreException, InterruptedException;
  }

  CheckedKeys(Source keys, Check check) {
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
