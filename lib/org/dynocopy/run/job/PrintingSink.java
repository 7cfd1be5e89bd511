package org.dynocopy.run.job;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.dynocopy.core.Item;
import org.dynocopy.core.Sink;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.print.ItemWriter;
import org.dynocopy.print.Reservoir;

/** Prints items, and ends the run when the reader of its output has gone. */
public final class PrintingSink implements Sink {

  private static final Written ALL = new Written(new BitSet(), 0);

  private final Printer printer;
  private volatile boolean readerGone;

  public PrintingSink(Printer printer) {
    this.printer = printer;
  }

  /** What becomes of items. */
  public interface Printer {
    /** Takes the next items. */
    void print(List<Item> items) throws IOException;

    /** Called when there are no more. */
    void finish() throws IOException;

    /** Prints items as they come. */
    static Printer of(ItemWriter writer) {
      return new Printer() {
        @Override
        public void print(List<Item> items) throws IOException {
          for (Item item : items) {
            writer.write(item);
          }
          writer.flush();
        }

        @Override
        public void finish() {}
      };
    }

    /** Prints a sample when all items have come. */
    static Printer of(Reservoir sample, ItemWriter writer) {
      return new Printer() {
        @Override
        public void print(List<Item> items) {
          items.forEach(sample::add);
        }

        @Override
        public void finish() throws IOException {
          of(writer).print(sample.items());
        }
      };
    }
  }

  /** Returns whether the reader of the output has gone. */
  public boolean readerGone() {
    return readerGone;
  }

  /** Java tells a pipe without a reader from a full disk by the system's words alone. */
  public static boolean readerGone(IOException e) {
    return String.valueOf(e.getMessage()).contains("pipe");
  }

  public static StoreException cannotWrite(IOException e) {
    return new StoreException(Kind.REFUSED, "the output cannot be written: " + e.getMessage(), e);
  }

  public void finish() throws IOException {
    printer.finish();
  }

  @Override
  public int maxItems() {
    return 200;
  }

  @Override
  public long maxBytes() {
    return 1 << 20;
  }

  @Override
  public Object key(Item item) {
    // Nothing replaces another: each is one of its own, and its bytes need not be compared.
    return item;
  }

  @Override
  public synchronized Written write(List<Item> batch) throws StoreException {
    try {
      printer.print(batch);
      return ALL;
    } catch (IOException e) {
      readerGone = readerGone(e);
      throw cannotWrite(e);
    }
  }
}
