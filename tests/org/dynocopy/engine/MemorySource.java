package org.dynocopy.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page;
import org.dynocopy.core.Page.Position;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.Source;
import org.dynocopy.core.StoreException;

/** Random splits in memory, read with random failures, which knows how much of it is in memory. */
final class MemorySource implements Source {

  private final List<Split> splits = new ArrayList<>();
  private final boolean repeats;
  private final boolean inTurn;
  private final Random random;
  private final PassingFailures failing;
  private final Map<String, OpenPage> pageById = new ConcurrentHashMap<>();
  private final AtomicLong live = new AtomicLong();
  final AtomicLong mostLive = new AtomicLong();
  final List<Thing> things = new ArrayList<>();
  long read;
  long filtered;
  long gone;
  double units;
  long largestPage;

  /** A page of which some items are in memory. */
  private record OpenPage(long bytes, AtomicInteger unsettled) {}

  /**
   * Makes one.
   *
   * @param random decides about everything
   * @param fates what may become of items
   * @param repeats whether keys come twice
   */
  MemorySource(Random random, List<Thing.Fate> fates, boolean repeats) {
    this.random = random;
    this.failing = new PassingFailures(random);
    this.repeats = repeats;
    this.inTurn = random.nextBoolean();
    int keys = 20 + random.nextInt(200);
    int mostItems = 1 + random.nextInt(40);
    int largest = 1 << (10 + random.nextInt(13));
    for (int s = random.nextInt(8); s > 0; s--) {
      int split = s;
      int number = 0;
      List<Page> pages = new ArrayList<>();
      for (int p = 1 + random.nextInt(5); p > 0; p--) {
        List<Item> items = new ArrayList<>();
        for (int i = random.nextInt(4) == 0 ? 0 : random.nextInt(mostItems + 1); i > 0; i--) {
          String key = repeats ? "k" + random.nextInt(keys) : split + "-" + number;
          // Most things go well.
          Thing.Fate fate =
              random.nextInt(6) > 0 ? Thing.Fate.WRITTEN : fates.get(random.nextInt(fates.size()));
          Thing thing = Thing.of(split, number++, key, fate, random.nextInt(300));
          things.add(thing);
          items.add(thing.item());
        }
        int goneHere = random.nextInt(3);
        int filteredHere = random.nextInt(4);
        byte[] next = {(byte) pages.size()};
        long looked = items.size() + goneHere + filteredHere;
        Optional<Position> after = p == 1 ? Optional.empty() : Optional.of(new Position(next));
        pages.add(new Page(items, after, looked, goneHere, random.nextInt(largest), 0.5));
      }
      pages.forEach(this::count);
      splits.add(new MemorySplit("split " + split, pages));
    }
  }

  private void count(Page page) {
    read += page.read();
    gone += page.gone();
    filtered += page.filtered();
    units += page.units();
    largestPage = Math.max(largestPage, page.bytes());
  }

  long number(Thing.Fate... fates) {
    return things.stream().filter(t -> List.of(fates).contains(t.fate())).count();
  }

  @Override
  public List<Split> splits() {
    return splits;
  }

  @Override
  public boolean resumable() {
    return true;
  }

  @Override
  public boolean inTurn() {
    return inTurn;
  }

  @Override
  public boolean mayRepeatKeys() {
    return repeats;
  }

  /** Notes that the item is not needed any more. */
  void settled(Thing thing) {
    OpenPage page = pageById.remove(thing.id());
    if (page.unsettled().decrementAndGet() == 0) {
      live.addAndGet(-page.bytes());
    }
  }

  private final class MemorySplit implements Split {
    private final String name;
    private final List<Page> pages;

    MemorySplit(String name, List<Page> pages) {
      this.name = name;
      this.pages = pages;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Page read(Optional<Position> after, RequestSender requests)
        throws StoreException, InterruptedException {
      AtomicInteger failures = new AtomicInteger(random.nextInt(3));
      Page page =
          requests.call(
              () -> {
                if (failures.getAndDecrement() > 0) {
                  throw failing.next();
                }
                return pages.get(after.isEmpty() ? 0 : after.get().token()[0] + 1);
              });
      if (!page.items().isEmpty()) {
        OpenPage open = new OpenPage(page.bytes(), new AtomicInteger(page.items().size()));
        page.items().forEach(item -> pageById.put(Thing.of(item).id(), open));
        mostLive.accumulateAndGet(live.addAndGet(page.bytes()), Math::max);
      }
      return page;
    }
  }
}
