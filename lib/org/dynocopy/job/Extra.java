package org.dynocopy.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.dynocopy.engine.Item;
import org.dynocopy.engine.Page;
import org.dynocopy.engine.RequestSender;
import org.dynocopy.engine.Sink;
import org.dynocopy.engine.Source;
import org.dynocopy.engine.StoreException;
import org.dynocopy.engine.StoreException.Kind;
import org.dynocopy.store.CheckedKeys;
import org.dynocopy.store.Lookup;
import org.dynocopy.store.NotedKeys;
import org.dynocopy.store.file.ItemDifference;

/**
 * The items of a comparison's target that the source does not have, by consistent reads, and that
 * are as they were when they were compared.
 */
final class Extra implements CheckedKeys.Check {

  private final Compared.Table from;
  private final Compared.Table to;
  private final Lookup source;
  private final TargetCheckpoints checkpoints;

  /**
   * Looks at nothing yet.
   *
   * @param say takes a sentence for each stopped run that must begin anew
   */
  Extra(Compared.Table from, Compared.Table to, Consumer<String> say) {
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
    for (Compared.Table side : List.of(from, to)) {
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
        new NotedKeys(
            compared.lists(),
            number ->
                compared.ofTarget(number).stream()
                    .map(item -> Unchanged.note(item.key(), item.digest()))
                    .toList());
    Source absent = new CheckedKeys(noted, this);
    return new CheckedKeys(absent, new Unchanged(to.table(), to.reading()));
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
