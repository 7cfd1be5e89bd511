package org.dynocopy.report;

import java.io.PrintStream;
import java.text.DecimalFormat;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.dynocopy.core.Counts;
import org.dynocopy.core.RunListener;
import org.dynocopy.core.StoreException;
import org.dynocopy.diagnostic.PlainText;

/** Tells how far a copy is: by a bar in a terminal, else by a line now and then. */
public final class Progress implements RunListener, AutoCloseable {

  private static final Duration BAR = Duration.ofMillis(250);
  private static final Duration LINE = Duration.ofSeconds(10);

  /**
   * Said, so that the bar does not ask the terminal through JLine: that takes SIGINT away from the
   * JVM, and Ctrl-C would end it without the ledger.
   */
  private static final int WIDTH = 79;

  /** After so many failures in a row the user wants to know; before, it is the service's day. */
  private static final int WORTH_TELLING = 5;

  private final String name;
  private final PrintStream err;
  private final boolean terminal;
  private final long expected;
  private final Supplier<String> pace;
  private final Supplier<Optional<String>> pause;
  private final long start = System.nanoTime();
  private Thread teller;
  private volatile long lastTold;
  private volatile Throttled throttled;

  /** What a request was throttled for, and when. */
  private record Throttled(String by, long nanos) {}

  /**
   * Prepares to tell.
   *
   * @param name the copy's name
   * @param expected about how many items there are, 0 if unknown
   * @param err where to tell it
   * @param terminal whether that is a terminal
   * @param pace the rates that are in force, in words; empty if none is
   * @param pause while it is paused, that it is and how to go on
   */
  public Progress(
      String name,
      long expected,
      PrintStream err,
      boolean terminal,
      Supplier<String> pace,
      Supplier<Optional<String>> pause) {
    this.pause = pause;
    this.name = PlainText.lines(PlainText.line(name));
    this.expected = expected;
    this.err = err;
    this.terminal = terminal;
    this.pace = pace;
  }

  /** Begins to tell what these counts are, until closed. */
  public void start(Supplier<Counts> counts) {
    teller = new Thread(terminal ? () -> bar(counts) : () -> lines(counts), "dynocopy-progress");
    teller.setDaemon(true);
    teller.start();
  }

  private void bar(Supplier<Counts> counts) {
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(name)
            .setInitialMax(expected == 0 ? -1 : expected)
            .setUnit("", 1)
            .showSpeed(new DecimalFormat("#,##0"))
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis((int) BAR.toMillis())
            .setConsumer(new Line())
            .build()) {
      do {
        Counts now = counts.get();
        long settled = now.read() - now.unaccounted();
        if (expected > 0) {
          // The estimate is hours old: never show more than all.
          bar.maxHint(Math.max(expected, now.read()));
        }
        bar.stepTo(settled);
        bar.setExtraMessage(heldBy(" "));
      } while (sleep(BAR));
      bar.stepTo(counts.get().read() - counts.get().unaccounted());
    }
  }

  /** The bar, in whose place it stands for as long as it is paused that it is, and what to do. */
  private final class Line extends ConsoleProgressBarConsumer {
    Line() {
      super(err, WIDTH);
    }

    @Override
    public void accept(String bar) {
      Optional<String> why = pause.get();
      if (why.isPresent()) {
        err.print("\r" + why.get() + "\u001b[K");
      } else {
        super.accept(bar);
      }
    }
  }

  private void lines(Supplier<Counts> counts) {
    while (sleep(LINE)) {
      Counts now = counts.get();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      err.println(
          name
              + ": "
              + Quantity.count(now.read())
              + " read, "
              + Quantity.count(now.written())
              + " written"
              + (expected == 0 ? "" : " of about " + Quantity.count(expected))
              + ", "
              + Quantity.rate(now.written(), took)
              + heldBy("; "));
    }
  }

  /** Returns, after a separator, what holds it up: a rate that was asked for, or the service. */
  private String heldBy(String separator) {
    Throttled now = throttled;
    String by =
        now == null || System.nanoTime() - now.nanos() > LINE.toNanos()
            ? ""
            : "throttled: " + now.by();
    String all =
        Stream.of(pause.get().orElse(""), pace.get(), by)
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("; "));
    return all.isEmpty() ? "" : separator + all;
  }

  /** Returns false when it is time to end. */
  private static boolean sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Override
  public void retrying(int attempt, StoreException reason) {
    long now = System.nanoTime();
    if (!reason.throttledBy().isEmpty()) {
      throttled = new Throttled(reason.throttledBy(), now);
    }
    boolean quiet = lastTold != 0 && now - lastTold < LINE.toNanos();
    if (attempt >= WORTH_TELLING && !quiet) {
      lastTold = now;
      err.println((terminal ? "\n" : "") + name + ": still trying: " + reason.getMessage());
    }
  }

  @Override
  public void close() {
    if (teller == null) {
      return;
    }
    teller.interrupt();
    try {
      teller.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
