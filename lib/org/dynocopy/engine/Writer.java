package org.dynocopy.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.dynocopy.core.Item;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.ShapingException;
import org.dynocopy.core.Sink;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.Location;

/**
 * Takes items from the mixer, shapes them, and writes them in batches until every one is settled.
 */
final class Writer {

  private final RunContext run;
  private final Sink sink;
  private final int thread;
  private final Deque<PendingItem> carried = new ArrayDeque<>();

  /**
   * Makes a writer.
   *
   * @param thread which one it is, from 1
   */
  Writer(RunContext run, Sink sink, int thread) {
    this.run = run;
    this.sink = sink;
    this.thread = thread;
  }

  /** Writes until there is nothing more to write. */
  void work() throws StoreException, InterruptedException {
    while (writeBatch()) {
      // No batch is referenced while the next one is waited for: its items hold whole pages.
    }
  }

  private boolean writeBatch() throws StoreException, InterruptedException {
    if (carried.isEmpty()) {
      run.writing().pass(thread);
    }
    List<PendingItem> batch = fill();
    if (batch.isEmpty()) {
      return false;
    }
    send(batch);
    return true;
  }

  /** Collects shaped items until the batch is full or no more come in time. */
  private List<PendingItem> fill() throws StoreException, InterruptedException {
    int mostItems = sink.maxItems();
    long mostBytes = sink.maxBytes();
    List<PendingItem> batch = new ArrayList<>(mostItems);
    long bytes = 0;
    while (batch.size() < mostItems) {
      if (carried.isEmpty()) {
        List<PendingItem> taken = run.mixer().take(mostItems - batch.size(), batch.isEmpty());
        if (taken.isEmpty()) {
          break;
        }
        shape(taken);
        continue;
      }
      bytes += carried.peek().item().length();
      if (bytes > mostBytes && !batch.isEmpty()) {
        break;
      }
      batch.add(carried.poll());
    }
    return batch;
  }

  private void shape(List<PendingItem> taken) throws StoreException {
    for (PendingItem pending : taken) {
      if (pending.failures() > 0) {
        carried.add(pending);
        continue;
      }
      Optional<Item> shaped;
      try {
        shaped = pending.shape(run.shaper());
      } catch (StoreException e) {
        throw e;
      } catch (ShapingException e) {
        broken(pending, Optional.of(e.at()), e.getMessage());
        continue;
      } catch (Exception e) {
        String why = e.getMessage() == null ? e.toString() : e.getMessage();
        broken(pending, Optional.empty(), why);
        continue;
      }
      if (shaped.isPresent() && passes(pending)) {
        carried.add(pending.shaped(shaped.get()));
      } else {
        run.filtered(pending);
      }
    }
  }

  private boolean passes(PendingItem item) {
    return item.page().isLimited() || run.limit().pass();
  }

  /** A dead letter counts for the limit, wherever it became one: a run that goes on must know. */
  private void broken(PendingItem item, Optional<Location> at, String why) throws StoreException {
    if (passes(item)) {
      run.deadLetter(item.shaped(run.shaper().redact(item.item())), at, why);
    } else {
      run.filtered(item);
    }
  }

  /** Writes a batch until every item of it is settled, or has gone back to be tried later. */
  private void send(List<PendingItem> batch) throws StoreException, InterruptedException {
    RequestSender.Attempts attempts = run.writing().attempts();
    while (true) {
      try {
        Sink.Written written = run.writing().send(new Write(batch));
        List<PendingItem> unprocessed = settle(batch, written);
        if (!unprocessed.isEmpty()) {
          later(unprocessed, tooFast(unprocessed.size()));
        }
        return;
      } catch (StoreException e) {
        switch (e.kind()) {
          case REJECTED -> {
            bisect(batch, e);
            return;
          }
          case THROTTLED -> {
            later(batch, e);
            return;
          }
          default -> {
            attempts.failed(e);
            run.ledger().retried(batch.size());
          }
        }
      }
    }
  }

  private void later(List<PendingItem> items, StoreException reason) throws StoreException {
    int failures = items.stream().mapToInt(PendingItem::failures).min().orElseThrow() + 1;
    Duration pause = run.writing().pause(failures, reason);
    run.ledger().retried(items.size());
    run.mixer().later(items.stream().map(PendingItem::failed).toList(), pause);
  }

  /** One batch on its way. */
  private final class Write implements RequestSender.Request<Sink.Written> {
    private final List<Item> items;

    Write(List<PendingItem> batch) {
      items = batch.stream().map(PendingItem::item).toList();
    }

    @Override
    public Sink.Written send() throws StoreException, InterruptedException {
      return sink.write(items);
    }

    @Override
    public Duration delay() {
      return sink.delay(items);
    }

    @Override
    public double refused(Sink.Written written) {
      return (double) written.unprocessed().cardinality() / items.size();
    }
  }

  private List<PendingItem> settle(List<PendingItem> sent, Sink.Written written) {
    run.ledger().consumed(written.units());
    List<PendingItem> done = new ArrayList<>(sent.size());
    List<PendingItem> open = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      if (written.unprocessed().get(i)) {
        open.add(sent.get(i));
      } else if (written.conflicts().get(i)) {
        run.conflict(sent.get(i));
      } else if (written.spared().get(i)) {
        run.spared(sent.get(i));
      } else {
        done.add(sent.get(i));
      }
    }
    // Nothing is no progress.
    if (open.size() < sent.size()) {
      run.rejections().taken();
    }
    if (!done.isEmpty()) {
      run.written(done);
    }
    return open;
  }

  /** Halves a batch that the service rejects whole until the item that it rejects is alone. */
  private void bisect(List<PendingItem> batch, StoreException rejected)
      throws StoreException, InterruptedException {
    if (batch.size() == 1) {
      run.rejections().judge(sink, rejected);
      run.deadLetter(batch.get(0), Optional.empty(), rejected.getMessage());
      return;
    }
    int middle = batch.size() / 2;
    send(batch.subList(0, middle));
    send(batch.subList(middle, batch.size()));
  }

  private static StoreException tooFast(int items) {
    return new StoreException(
        StoreException.Kind.THROTTLED, items + " items of a batch came back unprocessed");
  }
}
