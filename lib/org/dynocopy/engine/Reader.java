package org.dynocopy.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.PartialPage;
import org.dynocopy.core.Sink;
import org.dynocopy.core.Source;
import org.dynocopy.core.StoreException;

/** Reads splits page by page and hands the items to the mixer, as fast as memory allows. */
final class Reader {

  private static final int MOST_STANDING = 1_000;

  /** What each item of a page takes beside its bytes until it is settled. */
  private static final long OBJECTS = 128;

  private final RunContext run;
  private final Source source;
  private final SplitQueue splits;
  private final Sink sink;
  private final CheckpointSaver keeping;
  private final int thread;

  /**
   * Makes a reader.
   *
   * @param keeping what keeps checkpoints of what it reads
   * @param thread which one it is, from 1
   */
  Reader(
      RunContext run,
      Source source,
      SplitQueue splits,
      Sink sink,
      CheckpointSaver keeping,
      int thread) {
    this.keeping = keeping;
    this.thread = thread;
    this.run = run;
    this.source = source;
    this.splits = splits;
    this.sink = sink;
  }

  /** Reads splits until there are no more. */
  void work() throws StoreException, InterruptedException {
    Optional<SplitSlice> part = next();
    while (part.isPresent()) {
      try {
        read(part.get());
      } finally {
        splits.done();
      }
      part = next();
    }
  }

  private Optional<SplitSlice> next() throws InterruptedException {
    run.reading().pass(thread);
    return splits.next();
  }

  private void read(SplitSlice part) throws StoreException, InterruptedException {
    Optional<Position> position = part.after();
    do {
      // What is settled of half a page is counted when it is read.
      if (run.limit().reached() && splits.half(part.line(), position).isEmpty()) {
        setAside(new SplitSlice(part.line(), position));
        return;
      }
      if (!run.memory().take(Page.USUAL_BYTES)) {
        return;
      }
      position = readPage(part.line(), position);
      if (position.isPresent() && source.inTurn()) {
        splits.giveBack(new SplitSlice(part.line(), position));
        return;
      }
      if (position.isPresent()) {
        share(part.line(), position.get());
      }
    } while (position.isPresent());
  }

  /**
   * Reads a page and returns where it ended; the page itself is not held while memory is awaited.
   */
  private Optional<Position> readPage(SplitProgress line, Optional<Position> after)
      throws StoreException, InterruptedException {
    Optional<PartialPage> half = splits.half(line, after);
    Page page =
        half.isPresent()
            ? line.split.again(after, half.get().read(), run.reading())
            : line.split.read(after, run.reading());
    checkMoves(line, after, page);
    long least = run.memory().least();
    long bytes = Math.max(page.bytes() + OBJECTS * page.items().size(), least);
    run.memory().give(Page.USUAL_BYTES - bytes);
    run.state().progress();
    run.ledger().read(page);
    AtomicLong held = new AtomicLong(bytes);
    InFlightPage open =
        new InFlightPage(
            page,
            after,
            keeping.isKept(),
            // What is settled behind a page that is not stays in the checkpoints, and costs the
            // least.
            () -> run.memory().give(held.get() - least + splits.settled(line) * least));
    boolean limited = keeping.isKept() && !run.limit().none();
    boolean goesOn = half.isPresent() && takeOver(line, page, open, half.get());
    if (limited) {
      open.limit();
      if (!goesOn) {
        admit(page, open);
      }
    }
    splits.read(line, after, open);
    open.settleIfEmpty();
    if (limited) {
      // Whatever happens, a run that goes on lets the same items pass and no others.
      keeping.await();
    }
    run.mixer().offer(pending(page, open, held));
    return page.next();
  }

  /** An index may need some empty pages before it goes on; a server that never does is broken. */
  private static void checkMoves(SplitProgress line, Optional<Position> after, Page page)
      throws StoreException {
    boolean stands =
        after.isPresent()
            && page.next().isPresent()
            && Arrays.equals(after.get().token(), page.next().get().token());
    line.standing = stands ? line.standing + 1 : 0;
    if (line.standing >= MOST_STANDING) {
      throw new StoreException(
          StoreException.Kind.REFUSED,
          line.split.name()
              + ": the server went on after the same key "
              + MOST_STANDING
              + " times: to read on would never end");
    }
  }

  /** Leaves a part unread, unless items were given back to the limit just now. */
  private void setAside(SplitSlice part) {
    splits.setAside(part);
    if (!run.limit().reached()) {
      splits.resumeSetAside();
    }
  }

  private boolean takeOver(SplitProgress line, Page page, InFlightPage open, PartialPage was) {
    boolean same = open.takeOver(was);
    if (same) {
      run.ledger().tookOver(was.counts());
    } else if (isOrdered() || !run.limit().none()) {
      run.limit().giveBack(was);
      // A page that has changed may end elsewhere, and then the pages after it do not begin where
      // they began: what had passed the limit in these is read, and passes, again. Where it has
      // items of the same keys as pages after it, these are written again, too: after it.
      Optional<Position> next = isOrdered() ? Optional.empty() : page.next();
      splits.removeUnreachable(line, was.after(), next).forEach(run.limit()::giveBack);
      splits.resumeSetAside();
    }
    return same;
  }

  /** Decides which items of a page pass the limit, before any of them is written. */
  private void admit(Page page, InFlightPage open) throws StoreException {
    for (int place = 0; place < page.items().size(); place++) {
      if (!wanted(page.items().get(place)) || !run.limit().pass()) {
        open.leaveOut(place);
        run.ledger().filtered();
      }
    }
  }

  /** Whether an item passes the filters; what they fail on is wanted, and a dead letter later. */
  private boolean wanted(Item item) throws StoreException {
    try {
      return run.shaper().shape(item).isPresent();
    } catch (StoreException e) {
      throw e;
    } catch (Exception e) {
      return true;
    }
  }

  private void share(SplitProgress line, Position after)
      throws StoreException, InterruptedException {
    int idle = splits.idle(line);
    if (idle > 0 && !run.limit().reached()) {
      splits.give(line, line.split.divide(after, idle, run.reading()));
    }
  }

  /**
   * Returns what is not settled of a page, ready to be written.
   *
   * @param held the memory that the page holds, which may become more
   */
  private List<PendingItem> pending(Page page, InFlightPage open, AtomicLong held)
      throws StoreException {
    boolean mayChangeKeys = run.shaper().mayChangeKeys();
    boolean ordered = source.mayRepeatKeys();
    long added = 0;
    List<PendingItem> pending = new ArrayList<>(page.items().size());
    for (int place = 0; place < page.items().size(); place++) {
      Item item = page.items().get(place);
      if (open.isSettled(place)) {
        continue;
      }
      if (!mayChangeKeys) {
        pending.add(new PendingItem(item, open, place, ordered ? key(item) : null));
        continue;
      }
      // Here, and not by a writer: of items that get one key the last one of the source wins.
      ShapeResult result = ShapeResult.of(run.shaper(), item);
      Optional<Item> shaped = result.item();
      pending.add(new PendingItem(item, open, place, shaped.map(this::key).orElse(null), result));
      added += shaped.filter(other -> other != item).map(Item::length).orElse(0);
    }
    if (added > 0) {
      // Without waiting: this page has to be written before others can be.
      held.addAndGet(added);
      run.memory().give(-added);
    }
    return pending;
  }

  /** Returns whether two items may be written to one key. */
  private boolean isOrdered() {
    return source.mayRepeatKeys() || run.shaper().mayChangeKeys();
  }

  /** An item without a key cannot come twice; its writer will hear what the target says of it. */
  private Object key(Item item) {
    try {
      return sink.key(item);
    } catch (StoreException e) {
      return null;
    }
  }
}
