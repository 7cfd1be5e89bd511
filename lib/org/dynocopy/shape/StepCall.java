package org.dynocopy.shape;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dynocopy.core.ShapingException;
import org.dynocopy.core.StoreException;
import org.dynocopy.core.UserCode;
import org.dynocopy.diagnostic.Location;
import org.dynocopy.item.AttributeJson;
import org.dynocopy.spec.ClientFilter;
import org.dynocopy.spec.ShapeStep;
import org.dynocopy.spec.ShapedItem;

/**
 * A step applied to one item: reports failures with the place in the recipe and the item's key, or
 * without any value where the values are hidden.
 */
public final class StepCall implements UserCode {

  private final ShapeStep step;
  private final ShapedItem item;
  private final List<String> keys;
  private final boolean hidden;

  private StepCall(ShapeStep step, ShapedItem item, List<String> keys, boolean hidden) {
    this.step = step;
    this.item = item;
    this.keys = keys;
    this.hidden = hidden;
  }

  /**
   * Asks a filter.
   *
   * @param keys the names of the key attributes, which messages tell
   * @throws ShapingException if the filter fails on the item, by whatever it throws
   * @throws StoreException if the JVM has not the memory that it wants: that ends the run
   */
  public static boolean keeps(ClientFilter filter, Map<String, Object> item, List<String> keys)
      throws ShapingException, StoreException {
    return apply(filter, new ReadOnly(item), keys, false);
  }

  /**
   * Applies a step likewise.
   *
   * @param hidden whether messages tell no values
   */
  static boolean apply(ShapeStep step, ShapedItem item, List<String> keys, boolean hidden)
      throws ShapingException, StoreException {
    StepCall call = new StepCall(step, item, keys, hidden);
    try {
      return UserCode.call(call, () -> step.apply(item));
    } catch (AbandonedError e) {
      throw e;
    } catch (VirtualMachineError e) {
      if (e instanceof StackOverflowError) {
        throw call.failed(e);
      }
      throw new StoreException(
          StoreException.Kind.REFUSED,
          call.describe(e.getStackTrace()) + " failed: " + (hidden ? e.getClass().getName() : e),
          e);
    } catch (Throwable e) {
      throw call.failed(e);
    }
  }

  /** An item of which a filter decides where nothing else is done to it. */
  private record ReadOnly(Map<String, Object> attributes) implements ShapedItem {
    @Override
    public void retain(Set<String> names) {
      throw new UnsupportedOperationException("a filter does not change items");
    }
  }

  private ShapingException failed(Throwable e) {
    String type = e.getClass().getSimpleName();
    if (hidden) {
      // Not even as a cause: nothing that logs it must show a value.
      String why =
          "`"
              + step.word()
              + "` failed: "
              + type
              + " (its message may have values of the"
              + " item, which are hidden)";
      return new ShapingException(step.at(), why, null);
    }
    String why = e.getMessage() == null ? type : e.getMessage();
    return new ShapingException(step.at(), why + " (item " + key() + ")", e);
  }

  @Override
  public String describe(StackTraceElement[] frames) {
    Location at = step.place(frames).orElse(step.at());
    return (at.equals(Location.NOWHERE) ? "" : at + ": ")
        + "the "
        + step.word()
        + (hidden ? "" : " (item " + key() + ")");
  }

  private String key() {
    return keys.stream()
        .map(k -> k + "=" + AttributeJson.text(item.attributes().get(k)))
        .collect(Collectors.joining(", "));
  }
}
