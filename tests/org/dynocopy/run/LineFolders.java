package org.dynocopy.run;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.dynocopy.capacity.Meters;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.spec.place.FileRef;
import org.dynocopy.spec.place.StoreRef;
import org.dynocopy.store.Store;
import org.dynocopy.store.Stores;
import org.dynocopy.store.TableService;
import org.dynocopy.store.wiring.DefaultStores;

/** Stores of which those named {@code file:} are a {@link LineFolder}; it can be made to fail. */
final class LineFolders implements Stores {

  private final Stores others = new DefaultStores();
  private final AtomicInteger pages = new AtomicInteger();
  private final AtomicInteger batches = new AtomicInteger();
  private int lastBatch = Integer.MAX_VALUE;

  /** Writes so many batches, and fails. */
  LineFolders failingAfterBatches(int batches) {
    lastBatch = batches;
    return this;
  }

  int pages() {
    return pages.get();
  }

  void beforePage() {
    pages.incrementAndGet();
  }

  void beforeBatch() throws StoreException {
    if (batches.incrementAndGet() > lastBatch) {
      throw new StoreException(StoreException.Kind.REFUSED, "the folder has had enough");
    }
  }

  @Override
  public Store open(StoreRef ref, Location at) throws StoreException {
    return ref instanceof FileRef file ? new LineFolder(file.file(), this) : others.open(ref, at);
  }

  @Override
  public TableService tables() {
    return others.tables();
  }

  @Override
  public Meters meters() {
    return others.meters();
  }

  @Override
  public long leftOut() {
    return others.leftOut();
  }

  @Override
  public List<String> omissions() {
    return others.omissions();
  }

  @Override
  public void close() {
    others.close();
  }
}
