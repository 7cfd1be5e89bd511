package org.dynocopy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dynocopy.spec.KeyCondition;
import org.dynocopy.spec.KeyCondition.SortWord;

/** The part of a table that is read by key: {@code gsi("byTenant").pk("t1").skBegins("2026-")}. */
public final class Where {

  private final Optional<String> index;
  private List<Object> partitionKeys = List.of();
  private Optional<Path> file = Optional.empty();
  private Optional<KeyCondition.Sort> sort = Optional.empty();

  Where(Optional<String> index) {
    this.index = index;
  }

  /**
   * Takes the items with these partition keys: strings, numbers or {@code byte[]}; maps by
   * attribute where the key of an index has several.
   */
  public Where pk(Object... values) {
    partitionKeys = List.of(values);
    return this;
  }

  /** Takes the items with the partition keys in a file, one on each line. */
  public Where pks(Path keys) {
    file = Optional.of(keys);
    return this;
  }

  /** Takes of these the one with this sort key. */
  public Where sk(Object value) {
    return compare(SortWord.EQUALS, value);
  }

  /** Takes of these those whose sort key has this beginning. */
  public Where skBegins(Object prefix) {
    return compare(SortWord.BEGINS, prefix);
  }

  /** Takes of these those from one sort key to another, both included. */
  public Where skBetween(Object low, Object high) {
    return compare(SortWord.BETWEEN, low, high);
  }

  /** Takes of these those with a lower sort key. */
  public Where skLess(Object value) {
    return compare(SortWord.LESS, value);
  }

  /** Takes of these those with this sort key or a lower one. */
  public Where skAtMost(Object value) {
    return compare(SortWord.AT_MOST, value);
  }

  /** Takes of these those with a higher sort key. */
  public Where skGreater(Object value) {
    return compare(SortWord.GREATER, value);
  }

  /** Takes of these those with this sort key or a higher one. */
  public Where skAtLeast(Object value) {
    return compare(SortWord.AT_LEAST, value);
  }

  private Where compare(SortWord word, Object... values) {
    sort = Optional.of(new KeyCondition.Sort(word, List.of(values)));
    return this;
  }

  KeyCondition condition() {
    return new KeyCondition(partitionKeys, file, sort, index);
  }
}
