package org.dynocopy.store.dynamo;

import java.util.Optional;
import java.util.stream.StreamSupport;
import org.dynocopy.engine.Page;
import org.dynocopy.engine.Page.Position;
import org.dynocopy.engine.Retry;
import org.dynocopy.engine.Source;
import org.dynocopy.engine.StoreException;

/** Of a source of keys, those of items that are in a table and belong to what is selected of it. */
final class BelongingKeys implements Source {

  private final Source keys;
  private final IndexCompletion table;
  private final Membership membership;

  BelongingKeys(Source keys, Selection selection, Wire wire) {
    this.keys = keys;
    this.table = new IndexCompletion(selection, wire);
    // What cannot be judged is not to be deleted.
    this.membership = new Membership(selection, false);
  }

  @Override
  public boolean mayRepeatKeys() {
    return keys.mayRepeatKeys();
  }

  @Override
  public Iterable<Split> splits() {
    return () ->
        StreamSupport.stream(keys.splits().spliterator(), false)
            .<Split>map(Belonging::new)
            .iterator();
  }

  private final class Belonging implements Split {
    private final Split split;

    Belonging(Split split) {
      this.split = split;
    }

    @Override
    public String name() {
      return split.name();
    }

    @Override
    public Page read(Optional<Position> after, Retry retry)
        throws StoreException, InterruptedException {
      return table.complete(split.read(after, retry), membership, retry);
    }
  }
}
