package org.dynocopy.engine;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.dynocopy.core.Backoff;
import org.dynocopy.core.Checkpoint;
import org.dynocopy.core.CheckpointStore;
import org.dynocopy.core.DeadLetters;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.RunSettings;
import org.dynocopy.core.Shaper;
import org.dynocopy.core.Sink;
import org.dynocopy.core.Sink.Written;
import org.dynocopy.core.Source;
import org.dynocopy.core.StoreException;
import org.dynocopy.store.file.DeadLetterFile;

/** Engines that would run for ever: sources without an end, and sinks that do as they are told. */
final class Endless {

  private static final int READERS = 3;
  private static final int WRITERS = 4;

  /** Positions come only once: a source in which they come again ends the run. */
  private static final AtomicLong POSITION = new AtomicLong();

  private Endless() {}

  /** Reads for ever, or until it fails. */
  interface Reading {
    Page page(int number) throws StoreException, InterruptedException;
  }

  static Page page(int items, long bytes) {
    List<Item> all =
        IntStream.range(0, items).mapToObj(i -> Item.of("{\"n\":{\"N\":\"" + i + "\"}}")).toList();
    byte[] token = ByteBuffer.allocate(Long.BYTES).putLong(POSITION.incrementAndGet()).array();
    Page.Position next = new Page.Position(token);
    return new Page(all, Optional.of(next), items, 0, bytes, 1);
  }

  static Source source(Reading reading) {
    AtomicInteger pages = new AtomicInteger();
    Source.Split split =
        new Source.Split() {
          @Override
          public String name() {
            return "endless";
          }

          @Override
          public Page read(Optional<Page.Position> after, RequestSender requests)
              throws StoreException, InterruptedException {
            int number = pages.incrementAndGet();
            return requests.call(() -> reading.page(number));
          }
        };
    return new Source() {
      @Override
      public List<Split> splits() {
        return List.of(split, split, split, split);
      }

      @Override
      public boolean mayRepeatKeys() {
        return false;
      }
    };
  }

  /** Takes a batch, or fails. */
  interface Writing {
    void write(int number, List<Item> batch) throws StoreException, InterruptedException;
  }

  static Sink sink(AtomicInteger written, Writing writing) {
    AtomicInteger batches = new AtomicInteger();
    return new Sink() {
      @Override
      public int maxItems() {
        return 25;
      }

      @Override
      public long maxBytes() {
        return 1_000_000;
      }

      @Override
      public Object key(Item item) {
        return item;
      }

      @Override
      public Written write(List<Item> batch) throws StoreException, InterruptedException {
        writing.write(batches.incrementAndGet(), batch);
        written.addAndGet(batch.size());
        return new Written(new BitSet(), 1);
      }
    };
  }

  static Engine engine(
      Source source, Shaper shaper, Sink sink, Backoff backoff, Path file, long stopAfter)
      throws Exception {
    DeadLetters letters = new BoundedDeadLetters(new DeadLetterFile(Optional.of(file)), stopAfter);
    RunSettings settings =
        new RunSettings(READERS, WRITERS, 8 << 20, OptionalLong.empty(), false, backoff);
    return new Engine(source, shaper, sink, letters, settings, RunListener.NONE);
  }

  static Engine engine(Source source, Sink sink, Path file, CheckpointStore keeper)
      throws Exception {
    return new Engine(
        source,
        Shaper.NONE,
        sink,
        new BoundedDeadLetters(new DeadLetterFile(Optional.of(file)), 1),
        RunSettings.of(READERS, WRITERS),
        RunListener.NONE,
        Checkpoint.START,
        keeper);
  }
}
