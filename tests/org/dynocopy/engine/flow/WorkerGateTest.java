package org.dynocopy.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WorkerGateTest {

  private final WorkerGate gate = new WorkerGate(2);
  private final Set<Integer> passed = new ConcurrentSkipListSet<>();
  private final List<Thread> threads = new ArrayList<>();

  private void come(int... numbers) {
    for (int number : numbers) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  gate.pass(number);
                  passed.add(number);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              },
              "thread " + number);
      thread.start();
      threads.add(thread);
    }
  }

  private void passedAreSoon(Integer... numbers) throws InterruptedException {
    long end = System.nanoTime() + 30_000_000_000L;
    while (passed.size() < numbers.length && System.nanoTime() < end) {
      Thread.sleep(1);
    }
    // A thread that should not be among them would be there soon, too.
    Thread.sleep(20);
    assertThat(passed).containsExactly(numbers);
  }

  @AfterEach
  void nobodyIsLeft() throws Exception {
    gate.open();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void letsThosePassWhoseNumbersAreSmallest() throws Exception {
    come(4, 3, 2, 1);
    passedAreSoon(1, 2);
    gate.width(3);
    passedAreSoon(1, 2, 3);
    gate.width(1);
    come(2);
    gate.open();
    passedAreSoon(1, 2, 3, 4);
  }

  @Test
  void anotherOnePassesForOneThatIsAway() throws Exception {
    come(1, 2, 3);
    passedAreSoon(1, 2);
    gate.away();
    passedAreSoon(1, 2, 3);
    gate.back();
    passed.clear();
    come(3);
    passedAreSoon();
  }

  @Test
  void staysOpen() throws Exception {
    gate.open();
    gate.width(1);
    come(1, 9);
    passedAreSoon(1, 9);
  }
}
