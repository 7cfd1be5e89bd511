package org.dynocopy.run.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.dynocopy.core.Item;
import org.dynocopy.core.Shaper;
import org.dynocopy.core.StoreException;
import org.dynocopy.engine.RunThread;
import org.dynocopy.item.AttributeJson;
import org.dynocopy.item.ItemMap;
import org.dynocopy.print.TerminalText;
import org.dynocopy.shape.StepCall;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.store.TableReading;

/**
 * Shows what the blocks of a job that removes items decide: keys of some items that go and of some
 * that stay, and how many items lack what the blocks read. Used by many threads.
 */
public final class SelectionExamples implements Shaper {

  private static final int MOST_KEYS = 3;
  private static final int MOST_NAMES = 5;
  private static final int WIDEST = 60;

  /** How long blocks may take for a sample, which they decide about in milliseconds. */
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private final List<ClientFilter> filters;
  private final List<String> keys;
  private final List<String> go = new ArrayList<>();
  private final List<String> stay = new ArrayList<>();
  private final Map<String, Long> lacking = new TreeMap<>();
  private long asked;

  /** What has not returned within the limit. */
  private Optional<String> late = Optional.empty();

  private SelectionExamples(TableReading reading) {
    this.filters = reading.reading().clientFilters();
    this.keys = reading.table().keyNames();
  }

  /** Returns what collects them from all items that are read; empty where no block decides. */
  public static Optional<SelectionExamples> of(TableReading reading) {
    return reading.reading().clientFilters().isEmpty()
        ? Optional.empty()
        : Optional.of(new SelectionExamples(reading));
  }

  /** Returns those of a sample; empty where no block decides, or where none can be read. */
  public static Optional<SelectionExamples> sampled(TableReading reading)
      throws InterruptedException {
    Optional<SelectionExamples> examples = of(reading);
    if (examples.isEmpty()) {
      return examples;
    }
    try {
      examples.get().look(reading.sample().items());
      return examples;
    } catch (StoreException e) {
      return Optional.empty();
    }
  }

  /** Asks about a sample, as far as the blocks return. */
  private void look(List<Item> sample) throws InterruptedException {
    late =
        RunThread.within(
            LIMIT,
            () -> {
              for (Item item : sample) {
                try {
                  shape(item);
                } catch (Exception e) {
                  // A dead letter of the run, which tells what failed.
                  continue;
                }
              }
            });
  }

  @Override
  public Optional<Item> shape(Item item) throws Exception {
    ItemMap attributes = new ItemMap(item);
    boolean goes = true;
    for (ClientFilter filter : filters) {
      goes = StepCall.keeps(filter, attributes, keys);
      if (!goes) {
        break;
      }
    }
    note(attributes, goes);
    return goes ? Optional.of(item) : Optional.empty();
  }

  private synchronized void note(ItemMap item, boolean goes) {
    asked++;
    item.absent().forEach(name -> lacking.merge(name, 1L, Long::sum));
    List<String> some = goes ? go : stay;
    if (some.size() < MOST_KEYS) {
      some.add(
          keys.stream()
              .map(name -> name + "=" + shown(AttributeJson.text(item.get(name))))
              .collect(Collectors.joining(", ")));
    }
  }

  /** Returns a line each for what goes, what stays and what is not there. */
  public synchronized List<String> lines() {
    List<String> lines = new ArrayList<>();
    late.ifPresent(
        code ->
            lines.add(
                code + " has not returned for " + LIMIT.toSeconds() + " s: no more examples"));
    if (late.isPresent() && asked == 0) {
      return lines;
    }
    lines.add("the block selects " + some(go));
    lines.add("it does not select " + some(stay));
    lacking.entrySet().stream()
        .limit(MOST_NAMES)
        .forEach(
            name ->
                lines.add(
                    String.format(
                        "%,d of %,d items have no `%s`, which the block reads",
                        name.getValue(), asked, shown(name.getKey()))));
    if (lacking.size() > MOST_NAMES) {
      lines.add((lacking.size() - MOST_NAMES) + " more attributes are absent from some items");
    }
    return lines;
  }

  private static String some(List<String> keys) {
    return keys.isEmpty()
        ? "none"
        : keys.stream().map(key -> "(" + key + ")").collect(Collectors.joining(", "))
            + (keys.size() < MOST_KEYS ? "" : ", …");
  }

  private static String shown(String text) {
    return TerminalText.of(text, WIDEST);
  }
}
