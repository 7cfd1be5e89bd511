package org.dynocopy.capacity;

import java.util.List;
import java.util.Optional;

/**
 * How a table's requests are paid for.
 *
 * @param provisioned whether by the hour, however many requests there are; else by the request
 * @param infrequentAccess whether the table is of the class Standard-IA, whose requests cost more
 * @param replicas the other regions of a global table, each of which is written too, and paid for
 * @param throughput what the table can do in a second: what is provisioned, or its warm throughput;
 *     servers for tests do not tell that
 * @param vectorIndexes its vector indexes, whose writes are paid for by their bytes besides
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html">Warm
 *     throughput</a>
 */
public record Billing(
    boolean provisioned,
    boolean infrequentAccess,
    List<String> replicas,
    Optional<Throughput> throughput,
    List<String> vectorIndexes) {

  /** On demand, and nothing else is known. */
  public static final Billing ON_DEMAND =
      new Billing(false, false, List.of(), Optional.empty(), List.of());

  /** Copies the list. */
  public Billing {
    replicas = List.copyOf(replicas);
    vectorIndexes = List.copyOf(vectorIndexes);
  }

  /** Returns {@code on-demand} or {@code provisioned 5 RCU, 5 WCU}. */
  @Override
  public String toString() {
    return provisioned
        ? throughput
            .map(t -> String.format("provisioned %.0f RCU, %.0f WCU", t.read(), t.write()))
            .orElse("provisioned")
        : "on-demand";
  }
}
