package org.dynocopy.store.dynamo.wire;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a server leaves out that DynamoDB itself tells, as ScyllaDB's Alternator, LocalStack, moto
 * and dynalite do: noticed once, and told once. Thread-safe.
 *
 * @see <a href="https://docs.scylladb.com/manual/stable/alternator/compatibility.html">ScyllaDB
 *     Alternator for DynamoDB users</a>
 */
public final class ServerOmissions {

  /** Something that is left out. */
  public enum Omission {
    /** It refuses {@code ReturnConsumedCapacity: INDEXES}, or passes over it. */
    INDEX_CAPACITY(
        "does not tell what each index consumes: for a rate of writes, every index counts as much"
            + " as its table"),
    /** Answers to writes have no ConsumedCapacity. */
    WRITE_CAPACITY(
        "does not tell what writes consume: rates, budgets and this summary go by the sizes of the"
            + " items"),
    /** Answers to reads have no ConsumedCapacity. */
    READ_CAPACITY(
        "does not tell what reads consume: rates, budgets and this summary go by the sizes of the"
            + " items"),
    /** Answers have no {@code x-amz-crc32}. */
    CHECKSUMS("sends no checksums: an answer that is damaged on the way may not be noticed"),
    /** Tables have neither a TableId nor a CreationDateTime. */
    TABLE_IDENTITY(
        "gives tables neither ids nor times at which they were made: if a table is deleted and made"
            + " anew while this runs, it is not noticed"),
    /** Tables have no ItemCount. */
    ITEM_COUNTS("does not tell how many items a table has: estimates and progress are without it");

    private final String sentence;

    Omission(String sentence) {
      this.sentence = sentence;
    }
  }

  private final String environment;
  private final Set<Omission> told = EnumSet.noneOf(Omission.class);

  private volatile boolean trusted;

  /** A bit for each: it is looked at for each request. */
  private volatile int noticed;

  /**
   * Begins with none.
   *
   * @param environment the name that messages give
   */
  public ServerOmissions(String environment) {
    this.environment = environment;
  }

  /** Returns whether this is left out, as far as was noticed. */
  public boolean has(Omission omission) {
    return (noticed & 1 << omission.ordinal()) != 0;
  }

  /** Notes that this is left out. */
  public void notice(Omission omission) {
    if (!has(omission)) {
      synchronized (this) {
        noticed |= 1 << omission.ordinal();
      }
    }
  }

  /** Returns whether it was seen that this server counts what reads consume. */
  public boolean trusted() {
    return trusted;
  }

  /** Notes that. */
  public void trust() {
    trusted = true;
  }

  /** Returns a sentence for each that was noticed since this was last asked. */
  public synchronized List<String> untold() {
    List<String> sentences = new ArrayList<>();
    for (Omission omission : Omission.values()) {
      if (has(omission) && told.add(omission)) {
        sentences.add("`" + environment + "` " + omission.sentence);
      }
    }
    return sentences;
  }
}
