package org.dynocopy.run.resume;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.dynocopy.core.ForwardingSink;
import org.dynocopy.core.Item;
import org.dynocopy.core.Sink;
import org.dynocopy.core.StoreException;
import org.dynocopy.item.ItemMap;
import org.dynocopy.state.CheckpointFile.Sample;

/**
 * A sample of the items that a target has since a run wrote them, or that it kept as they were:
 * their keys, and what they may expire by. Each item draws a number, and those with the least are
 * in the sample, so that most items cost no more than a comparison.
 */
final class SettledSample {

  static final int MOST_ITEMS = 64;

  /** Of all of them: a checkpoint stays small, whatever keys there are. */
  static final int MOST_BYTES = 8 << 10;

  /** Of one: an item can have hundreds of times. */
  private static final int MOST_WITH_TIMES = 512;

  /** A time to live is in seconds since 1970. Which attribute it is may be decided later. */
  private static final Pattern TIME =
      Pattern.compile("\\s*\\{\\s*\"N\"\\s*:\\s*\"\\d{10}(\\.\\d+)?\"\\s*}\\s*");

  private static final int LONGEST_TIME = 64;

  private record Drawn(Item item, double number) {}

  private final Set<String> keyNames;

  /** The one with the greatest number first. */
  private final PriorityQueue<Drawn> drawn =
      new PriorityQueue<>(Comparator.comparingDouble(Drawn::number).reversed());

  private int bytes;

  /** What is drawn below it is in the sample. */
  private volatile double share;

  /**
   * Goes on with the sample of a run that was stopped.
   *
   * @param keyNames the key attributes of the target
   */
  SettledSample(List<String> keyNames, Sample before) {
    this.keyNames = Set.copyOf(keyNames);
    share = before.share();
    // Which numbers they had is of no importance: any that are as small.
    before.items().forEach(item -> put(item, random() * before.share()));
  }

  private static double random() {
    return ThreadLocalRandom.current().nextDouble();
  }

  /** Returns a sink that takes a sample of what another one has taken. */
  Sink of(Sink written) {
    return new ForwardingSink(written) {
      @Override
      public Written write(List<Item> batch) throws StoreException, InterruptedException {
        Written done = sink.write(batch);
        for (int i = 0; i < batch.size(); i++) {
          double number = random();
          if (number < share && !done.unprocessed().get(i) && !done.spared().get(i)) {
            put(part(batch.get(i)), number);
          }
        }
        return done;
      }
    };
  }

  /** Returns the key of an item with what may be its time to live. */
  private Item part(Item whole) throws StoreException {
    try {
      ItemMap attributes = new ItemMap(whole);
      Item part = attributes.only((name, value) -> keyNames.contains(name) || isTime(value));
      return part.length() > MOST_WITH_TIMES ? attributes.only(keyNames) : part;
    } catch (IOException e) {
      throw new StoreException(StoreException.Kind.REFUSED, "not an item: " + e.getMessage(), e);
    }
  }

  private static boolean isTime(Item value) {
    return value.length() < LONGEST_TIME && TIME.matcher(value.toString()).matches();
  }

  private synchronized void put(Item item, double number) {
    if (number >= share) {
      return; // Another thread has lowered it meanwhile.
    }
    drawn.add(new Drawn(item, number));
    bytes += item.length();
    while (drawn.size() > MOST_ITEMS || bytes > MOST_BYTES && drawn.size() > 1) {
      Drawn greatest = drawn.poll();
      bytes -= greatest.item().length();
      share = greatest.number();
    }
  }

  /** Returns the sample as it is now. */
  synchronized Sample now() {
    return new Sample(share, drawn.stream().map(Drawn::item).toList());
  }
}
