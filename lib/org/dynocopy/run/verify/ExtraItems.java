package org.dynocopy.run.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.dynocopy.core.Item;
import org.dynocopy.core.Page;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.Sink;
import org.dynocopy.core.Source;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;
import org.dynocopy.run.resume.TargetCheckpoints;
import org.dynocopy.spill.ItemDifference;
import org.dynocopy.store.CheckedKeySource;
import org.dynocopy.store.KeyListSource;
import org.dynocopy.store.Lookup;

/**
 * The items of a comparison's target that the source does not have, by consistent reads, and that
 * are as they were when they were compared.
 */
final class ExtraItems implements CheckedKeySource.Check {

  private final ComparisonSide.TableSide from;
  private final ComparisonSide.TableSide to;
  private final Lookup source;
  private final TargetCheckpoints checkpoints;

  /**
   * Looks at nothing yet.
   *
   * @param say takes a sentence for each stopped run that must begin anew
   */
  ExtraItems(ComparisonSide.TableSide from, ComparisonSide.TableSide to, Consumer<String> say) {
    this.from = from;
    this.to = to;
    this.checkpoints = new TargetCheckpoints(to.table().info(), Optional.empty(), say);
    this.source = from.table().lookup(from.reading());
  }

  /**
   * Looks whether the tables are still those that were compared: in a source that was made anew
   * there is nothing, and everything would be extra. Nothing may write into the target meanwhile.
   */
  void checkTables() throws StoreException {
    for (ComparisonSide.TableSide side : List.of(from, to)) {
      Optional<String> lost = side.table().lost();
      if (lost.isPresent()) {
        throw new StoreException(Kind.REFUSED, "nothing was deleted: " + lost.get());
      }
    }
    checkpoints.check();
  }

  /** Returns them as a source. */
  Source source(ItemDifference compared) {
    Source noted =
        new KeyListSource(
            compared.lists(),
            number ->
                compared.ofTarget(number).stream()
                    .map(item -> UnchangedItems.note(item.key(), item.digest()))
                    .toList());
    Source absent = new CheckedKeySource(noted, this);
    return new CheckedKeySource(absent, new UnchangedItems(to.table(), to.reading()));
  }

  /** Returns what removes them, on the condition that they are still extra and unchanged. */
  Sink removes() {
    return checkpoints.before(to.table().removesSeen(to.reading(), from.table(), from.reading()));
  }

  /** Looks once more for stopped runs that must begin anew; returns what is left to do. */
  List<String> after() {
    return checkpoints.after();
  }

  /** Lets those keys pass that the source does not have. */
  @Override
  public Page pass(Page keys, RequestSender requests) throws StoreException, InterruptedException {
    List<Item> passed = new ArrayList<>();
    double units = keys.units();
    for (List<Item> some : Lookup.parts(keys.items())) {
      Lookup.Found found = source.find(some, requests);
      units += found.units();
      for (int i = 0; i < some.size(); i++) {
        if (found.items().get(i).isEmpty()) {
          passed.add(some.get(i));
        }
      }
    }
    return new Page(passed, keys.next(), keys.read(), keys.gone(), keys.bytes(), units);
  }
}
