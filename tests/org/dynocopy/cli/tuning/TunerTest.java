package org.dynocopy.cli.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.dynocopy.capacity.Meters;
import org.dynocopy.cli.console.Console;
import org.junit.jupiter.api.Test;

/** What keys do to a run; {@code -Ddynocopy.seed} is another draw. */
class TunerTest {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream to = new PrintStream(err, true, StandardCharsets.UTF_8);
  private final Meters meters = new Meters();
  private final Tuner tuner = new Tuner(new Console(to, to, to, true), meters);

  private void type(String keys) {
    keys.chars().forEach(tuner::pressed);
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsTypedAheadChangesNothing() {
    long seed = Long.getLong("dynocopy.seed", System.nanoTime());
    Random random = new Random(seed);
    type("top\n");
    type("git log --oneline ++ p p P\n\u001b[A\u001b[B\t\b\u007f");
    for (int i = 0; i < 20_000; i++) {
      int key = random.nextInt(256);
      tuner.pressed(key == Tuner.OPEN ? 'p' : key);
    }
    assertThat(meters.pace()).as("seed " + seed).isEqualTo(Meters.Pace.FREE);
    assertThat(said()).isEmpty();
  }

  @Test
  void ctrlPBeforeAWordDoesNothingElse() {
    type((char) Tuner.OPEN + "\np-");
    type((char) Tuner.OPEN + "top\n");
    assertThat(meters.pace()).isEqualTo(Meters.Pace.FREE);
    assertThat(said()).contains("press + to go faster, - to go slower, p to pause");
  }

  @Test
  void aPauseSaysHowToGoOnForAsLongAsItLasts() {
    assertThat(tuner.pause()).isEmpty();
    type((char) Tuner.OPEN + "p");
    assertThat(meters.pace().paused()).isTrue();
    assertThat(said()).contains("dynocopy: paused: ", " goes on");
    assertThat(tuner.pause()).hasValueSatisfying(text -> assertThat(said()).contains(text));
    type("p\n");
    assertThat(meters.pace().paused()).isTrue();
    type((char) Tuner.OPEN + "p");
    assertThat(meters.pace().paused()).isFalse();
    assertThat(tuner.pause()).isEmpty();
  }
}
