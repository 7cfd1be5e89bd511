package org.dynocopy.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.dynocopy.core.DeadLetters;
import org.dynocopy.core.Item;
import org.dynocopy.core.Outcome;
import org.dynocopy.core.Page;
import org.dynocopy.core.RequestSender;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.RunSettings;
import org.dynocopy.core.Shaper;
import org.dynocopy.core.Source;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.engine.BoundedDeadLetters;
import org.dynocopy.engine.Engine;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.Shape;
import org.dynocopy.spec.ShapeStep;
import org.dynocopy.store.file.DeadLetterFile;
import org.dynocopy.testing.HiddenAttribute;
import org.dynocopy.testing.TakingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a step that hides values these are in no dead letter, message or listener. */
class RedactionTest {

  private static final Location AT = new Location("r.groovy", 3, 1, 1, "x");
  private static final String SECRET = "ada@example.com";
  private static final int ITEMS = 30;

  @TempDir Path folder;

  private static ClientFilter failing(String attribute) {
    ClientFilter.Test test =
        item -> {
          throw new IllegalArgumentException("not good: " + item.get(attribute));
        };
    return new ClientFilter(test, AT);
  }

  private static final class Items implements Source, Source.Split {
    @Override
    public Iterable<Split> splits() {
      return List.of(this);
    }

    @Override
    public boolean mayRepeatKeys() {
      return false;
    }

    @Override
    public String name() {
      return "all";
    }

    @Override
    public Page read(Optional<Page.Position> after, RequestSender requests) {
      List<Item> items = new ArrayList<>();
      for (int i = 0; i < ITEMS; i++) {
        items.add(
            Item.of(
                String.format(
                    "{\"id\":{\"S\":\"%d\"},\"email\":{\"S\":\"%s\"},\"n\":{\"N\":\"1\"}}",
                    i, SECRET)));
      }
      return new Page(items, Optional.empty(), ITEMS, 0, 1_000, 1);
    }
  }

  /** What a run has kept and told. */
  private record Told(Outcome outcome, List<String> letters, List<String> heard) {
    List<String> all() {
      List<String> all = new ArrayList<>(letters);
      all.addAll(heard);
      outcome.firstReason().ifPresent(all::add);
      outcome.failure().ifPresent(e -> all.add(e.toString()));
      return all;
    }
  }

  private Told run(ShapeStep... steps) throws Exception {
    Shaper shaper = Pipeline.of(new Shape(List.of(steps)), List.of("id"));
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    RunListener listener =
        new RunListener() {
          @Override
          public void deadLettered(Item item, String reason) {
            heard.add(item + " " + reason);
          }
        };
    DeadLetterFile file = new DeadLetterFile(Optional.of(folder.resolve("dead.jsonl")));
    DeadLetters letters = new BoundedDeadLetters(file, ITEMS);
    Outcome outcome =
        new Engine(new Items(), shaper, new TakingSink(), letters, RunSettings.of(1, 2), listener)
            .run();
    assertThat(outcome.counts().deadLettered()).isEqualTo(ITEMS);
    return new Told(outcome, Files.readAllLines(folder.resolve("dead.jsonl")), heard);
  }

  @Test
  void deadLetterHasTheRedactedItemAndNoMessageAValue() throws Exception {
    Told told = run(failing("email"), new HiddenAttribute("email", false, AT));
    assertThat(told.letters()).hasSize(ITEMS);
    assertThat(told.all()).noneMatch(text -> text.contains(SECRET));
    assertThat(told.letters())
        .allMatch(line -> line.contains("\"n\":{\"N\":\"1\"}") && line.contains("r.groovy:3:1"))
        .allMatch(line -> line.contains("`filter` failed: IllegalArgumentException"));
  }

  @Test
  void nothingIsKeptOfAnItemThatCannotBeRedacted() throws Exception {
    Told told = run(new HiddenAttribute("email", true, AT));
    assertThat(told.all()).noneMatch(text -> text.contains(SECRET));
    assertThat(told.letters())
        .allMatch(line -> line.endsWith("\"item\":{}}"))
        .allMatch(line -> line.contains("`mask` failed: IllegalStateException"));
  }

  @Test
  void withoutSuchAStepTheItemIsKeptAsItIs() throws Exception {
    Told told = run(failing("email"));
    assertThat(told.letters())
        .allMatch(line -> line.contains("\"email\":{\"S\":\"" + SECRET + "\"}"))
        .allMatch(line -> line.contains("not good: " + SECRET + " (item id="));
  }

  /** Where a step has not returned, or has no memory, its place is told without the key. */
  @Test
  void messagesOfTheRunTellNoKey() {
    ClientFilter.Test test =
        item -> {
          throw new OutOfMemoryError("heap");
        };
    Shape shape =
        Shape.NONE.then(new ClientFilter(test, AT)).then(new HiddenAttribute("email", false, AT));
    Shaper shaper = Pipeline.of(shape, List.of("id", "email"));
    Item item = new Items().read(Optional.empty(), null).items().get(0);
    assertThatThrownBy(() -> shaper.shape(item))
        .isInstanceOf(StoreException.class)
        .hasMessage("r.groovy:3:1: the filter failed: java.lang.OutOfMemoryError");
  }
}
