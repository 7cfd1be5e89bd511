package org.dynocopy.store.dynamo.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.StoreException.Kind;

/** Waits for what the service does by itself: asks now and then whether it is done. */
public final class Poller {

  /**
   * How often to ask.
   *
   * @param first the first pause; each is twice as long as the one before
   * @param longest the longest pause
   * @param unanswered how long the service may not answer; a laptop may sleep in the meantime
   * @param limit how long to wait in all
   */
  public record Pace(Duration first, Duration longest, Duration unanswered, Duration limit) {
    /** Backups take seconds; restores, exports and imports take minutes to hours. */
    public static final Pace DEFAULT =
        new Pace(
            Duration.ofMillis(500),
            Duration.ofSeconds(30),
            Duration.ofMinutes(15),
            Duration.ofHours(24));
  }

  /** Asks whether it is done. */
  public interface Question<T> {
    /** Returns what came of it, or nothing yet. */
    Optional<T> ask() throws StoreException;
  }

  private static final Duration BETWEEN_SENTENCES = Duration.ofMinutes(10);

  private final Pace pace;
  private final Consumer<String> said;

  public Poller(Pace pace, Consumer<String> said) {
    this.pace = pace;
    this.said = said;
  }

  /**
   * Asks until there is an answer.
   *
   * @param what is being made: it is there, whatever becomes of this process
   * @throws StoreException if the service does not tell, or not in time
   */
  public <T> T until(String what, Question<T> question)
      throws StoreException, InterruptedException {
    said.accept("waiting for " + what);
    long start = System.nanoTime();
    long answered = start;
    Duration sentence = BETWEEN_SENTENCES;
    Duration pause = pace.first();
    while (true) {
      try {
        Optional<T> answer = question.ask();
        if (answer.isPresent()) {
          return answer.get();
        }
        answered = System.nanoTime();
      } catch (StoreException e) {
        if (!e.retryable() || since(answered).compareTo(pace.unanswered()) >= 0) {
          throw new StoreException(e.kind(), e.getMessage() + goesOn(what), e);
        }
      }
      Duration waited = since(start);
      if (waited.compareTo(pace.limit()) >= 0) {
        throw new StoreException(
            Kind.UNAVAILABLE, "not done after " + pace.limit().toHours() + " h" + goesOn(what));
      }
      if (waited.compareTo(sentence) >= 0) {
        said.accept("still waiting for " + what + ", " + waited.toMinutes() + " min by now");
        sentence = sentence.plus(BETWEEN_SENTENCES);
      }
      Thread.sleep(pause.toMillis());
      Duration twice = pause.multipliedBy(2);
      pause = twice.compareTo(pace.longest()) < 0 ? twice : pace.longest();
    }
  }

  private static String goesOn(String what) {
    return "; the service may go on with " + what;
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
