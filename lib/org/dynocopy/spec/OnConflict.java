package org.dynocopy.spec;

import java.util.Optional;

/**
 * What happens to an item whose key the target has already.
 *
 * @param way what is done
 * @param newer with {@link Way#NEWER}, the attribute that is compared; else empty
 */
public record OnConflict(Way way, String newer) {

  /** What is done. */
  public enum Way {
    /** The item replaces the target's. */
    OVERWRITE,
    /** The target's stays. */
    SKIP,
    /** The run ends. */
    FAIL,
    /** The item replaces the target's where its attribute is the greater one. */
    NEWER
  }

  /** Where nothing is said. */
  public static final OnConflict OVERWRITE = new OnConflict(Way.OVERWRITE, "");

  /** The ways that have a name of their own. */
  public static final String WAYS = "`overwrite`, `skip` and `fail`";

  /** Returns the way of this name, if there is one. */
  public static Optional<OnConflict> of(String name) {
    return switch (name) {
      case "overwrite" -> Optional.of(OVERWRITE);
      case "skip" -> Optional.of(new OnConflict(Way.SKIP, ""));
      case "fail" -> Optional.of(new OnConflict(Way.FAIL, ""));
      default -> Optional.empty();
    };
  }

  /** Returns what lets the greater of two values of an attribute win. */
  public static OnConflict newer(String attribute) {
    return new OnConflict(Way.NEWER, attribute);
  }

  /** Returns whether items are written on a condition, each by a request of its own. */
  public boolean conditional() {
    return way != Way.OVERWRITE;
  }
}
