package org.dynocopy.cli.tuning;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.dynocopy.capacity.Meters;
import org.dynocopy.capacity.Meters.Pace;
import org.dynocopy.cli.console.Console;
import org.dynocopy.cli.console.Keyboard;
import org.dynocopy.files.FileReason;
import org.dynocopy.spec.limits.Rate;

/**
 * Lets a person change the rates while jobs run: by keys, by a control file, and by a signal that
 * pauses and resumes.
 */
public final class Tuner implements AutoCloseable {

  private static final long LOOK_MILLIS = 1_000;

  /** A rate is measured over so many looks. */
  private static final int LOOKS = 5;

  /** The steps of a decade; each is about a quarter more than the one before. */
  private static final double[] STEPS = {1, 1.25, 1.6, 2, 2.5, 3.2, 4, 5, 6.3, 8, 10};

  /**
   * Ctrl-P, without which no key means anything: what someone types ahead for the shell has none.
   */
  static final int OPEN = 'P' - '@';

  private static final long OPEN_NANOS = Duration.ofSeconds(10).toNanos();

  private final Console console;
  private final Meters meters;
  private long openUntil;
  private final Thread watching = new Thread(this::watch, "dynocopy-control");
  private final Deque<double[]> looks = new ArrayDeque<>();
  private Optional<ControlFile> file = Optional.empty();
  private Optional<Keyboard> keys = Optional.empty();

  public Tuner(Console console, Meters meters) {
    this.console = console;
    this.meters = meters;
    watching.setDaemon(true);
  }

  /** Begins to listen; nobody is asked anything from now on. */
  public void start(Optional<Path> control) {
    control.ifPresent(this::open);
    PauseSignal.handle(Optional.of(this::turn));
    if (console.terminal()) {
      keys = Keyboard.listen(this::pressed);
    }
    watching.start();
  }

  private void open(Path path) {
    try {
      file = Optional.of(ControlFile.open(path, meters.pace()));
    } catch (IOException e) {
      console.err().println("dynocopy: there is no control file: " + FileReason.of(e));
    }
  }

  void pressed(int key) {
    long now = System.nanoTime();
    boolean open = openUntil != 0 && now < openUntil;
    openUntil = 0;
    if (key == OPEN) {
      tell("press + to go faster, - to go slower, p to " + (paused() ? "go on" : "pause"));
      openUntil = now + OPEN_NANOS;
    } else if (open) {
      act(key, now);
    }
  }

  private void act(int key, long now) {
    switch (key) {
      case '+', '=' -> change(1);
      case '-', '_' -> change(-1);
      case 'p', 'P', ' ' -> {
        turn();
        return;
      }
      default -> {
        return;
      }
    }
    openUntil = now + OPEN_NANOS;
  }

  private boolean paused() {
    return meters.pace().paused();
  }

  private synchronized void change(int steps) {
    Pace now = meters.pace();
    boolean none = now.read().isEmpty() && now.write().isEmpty();
    Optional<Rate> read = none ? measured(0) : now.read();
    Optional<Rate> write = none ? measured(1) : now.write();
    if (read.isEmpty() && write.isEmpty() || none && steps > 0) {
      tell("there is no rate yet that could be changed");
      return;
    }
    set(
        new Pace(
            read.map(rate -> step(rate, steps)),
            write.map(rate -> step(rate, steps)),
            now.paused()));
  }

  /** Pauses, or goes on. */
  private synchronized void turn() {
    Pace now = meters.pace();
    set(new Pace(now.read(), now.write(), !now.paused()));
  }

  private void set(Pace wanted) {
    try {
      meters.tune(wanted);
      if (file.isPresent()) {
        file.get().write(wanted);
      }
      tell(state());
    } catch (IllegalArgumentException | IOException e) {
      console.err().println("dynocopy: " + e.getMessage());
    }
  }

  /** Returns the next round rate above or below. */
  public static Rate step(Rate rate, int steps) {
    double amount = rate.amount();
    double decade = Math.pow(10, Math.floor(Math.log10(amount) + 1e-9));
    double next = amount;
    if (steps > 0) {
      for (int i = STEPS.length - 1; i >= 0; i--) {
        next = STEPS[i] * decade > amount * 1.001 ? STEPS[i] * decade : next;
      }
    } else {
      next = 0.8 * decade;
      for (double step : STEPS) {
        next = step * decade < amount * 0.999 ? step * decade : next;
      }
    }
    next = Double.parseDouble(String.format(Locale.ROOT, "%.6g", next));
    return new Rate(rate.percent() ? Math.min(100, next) : next, rate.percent());
  }

  /** Returns how fast it went lately, if it read, or wrote, anything. */
  private Optional<Rate> measured(int use) {
    if (looks.size() < 2) {
      return Optional.empty();
    }
    double seconds = (looks.getLast()[2] - looks.getFirst()[2]) / 1e9;
    double units = (looks.getLast()[use] - looks.getFirst()[use]) / seconds;
    return units >= 1 ? Optional.of(new Rate(Math.rint(units), false)) : Optional.empty();
  }

  private void watch() {
    try {
      while (true) {
        look();
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      // The run is over.
    }
  }

  private synchronized void look() {
    looks.add(new double[] {meters.busiest(true), meters.busiest(false), System.nanoTime()});
    if (looks.size() > LOOKS) {
      looks.poll();
    }
    if (file.isEmpty()) {
      return;
    }
    try {
      Optional<Pace> said = file.get().changed(meters.pace());
      if (said.isPresent()) {
        meters.tune(said.get());
        tell(state());
      }
    } catch (IllegalArgumentException e) {
      tell("in " + file.get().path() + ": " + e.getMessage() + "; the rates stay as they are");
    } catch (IOException e) {
      tell(file.get().path() + " cannot be read any more; the rates stay as they are");
      file = Optional.empty();
    }
  }

  private void tell(String sentence) {
    console.err().println((console.terminal() ? "\n" : "") + "dynocopy: " + sentence);
  }

  /** Returns the rates that are in force; empty if none is. */
  public String rates() {
    Pace now = meters.pace();
    return now.read().isEmpty() && now.write().isEmpty() ? "" : text(now);
  }

  /** Returns, while it is paused, that it is and how to go on. */
  public Optional<String> pause() {
    return meters.pace().paused() ? Optional.of("paused: " + howToGoOn()) : Optional.empty();
  }

  private String state() {
    return pause().orElseGet(() -> text(meters.pace()));
  }

  private String howToGoOn() {
    if (keys.isPresent()) {
      return "Ctrl-P, then p, goes on";
    }
    return file.map(control -> "write pause=false in " + control.path() + " to go on")
        .orElse("`kill -URG " + ProcessHandle.current().pid() + "` goes on");
  }

  /** Returns {@code read 500/s, write 50%}. */
  private static String text(Pace pace) {
    List<String> parts = new ArrayList<>();
    pace.read().ifPresent(rate -> parts.add("read " + unit(rate)));
    pace.write().ifPresent(rate -> parts.add("write " + unit(rate)));
    return parts.isEmpty() ? "no limit of the rates" : String.join(", ", parts);
  }

  private static String unit(Rate rate) {
    return rate + (rate.percent() ? "" : "/s");
  }

  @Override
  public void close() {
    PauseSignal.handle(Optional.empty());
    synchronized (this) {
      // Not while it looks: what is read in an interrupted thread cannot be read.
      watching.interrupt();
      try {
        if (file.isPresent()) {
          file.get().close();
        }
      } catch (IOException e) {
        console.err().println("dynocopy: the control file stays: " + FileReason.of(e));
      }
      file = Optional.empty();
    }
    // Only now: a key that was pressed in time would write the file in an interrupted thread.
    keys.ifPresent(Keyboard::close);
  }
}
