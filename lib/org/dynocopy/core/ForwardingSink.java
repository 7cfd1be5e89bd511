package org.dynocopy.core;

import java.time.Duration;
import java.util.List;

/** A sink before another one: as large, as fast and with the same keys. */
public abstract class ForwardingSink implements Sink {

  /** Where items go. */
  protected final Sink sink;

  /** Stands before a sink. */
  protected ForwardingSink(Sink sink) {
    this.sink = sink;
  }

  @Override
  public int maxItems() {
    return sink.maxItems();
  }

  @Override
  public long maxBytes() {
    return sink.maxBytes();
  }

  @Override
  public Object key(Item item) throws StoreException {
    return sink.key(item);
  }

  @Override
  public void attempt() throws StoreException, InterruptedException {
    sink.attempt();
  }

  @Override
  public Duration delay(List<Item> batch) {
    return sink.delay(batch);
  }
}
