package org.dynocopy.shape;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dynocopy.engine.ShapingException;
import org.dynocopy.engine.StoreException;
import org.dynocopy.engine.UserCode;
import org.dynocopy.plan.ClientFilter;
import org.dynocopy.plan.Location;

/** A filter asked about one item: reports failures with the place in the recipe and the key. */
public final class FilterCall implements UserCode {

  private final ClientFilter filter;
  private final Map<String, Object> item;
  private final List<String> keys;

  private FilterCall(ClientFilter filter, Map<String, Object> item, List<String> keys) {
    this.filter = filter;
    this.item = item;
    this.keys = keys;
  }

  /**
   * Asks.
   *
   * @param keys the names of the key attributes, which messages tell
   * @throws ShapingException if the filter fails on the item, by whatever it throws
   * @throws StoreException if the JVM has not the memory that it wants: that ends the run
   */
  public static boolean keeps(ClientFilter filter, Map<String, Object> item, List<String> keys)
      throws ShapingException, StoreException {
    FilterCall call = new FilterCall(filter, item, keys);
    try {
      return UserCode.call(call, () -> filter.test().keep(item));
    } catch (AbandonedError e) {
      throw e;
    } catch (VirtualMachineError e) {
      if (e instanceof StackOverflowError) {
        throw call.failed(e);
      }
      throw new StoreException(
          StoreException.Kind.REFUSED, call.describe(e.getStackTrace()) + " failed: " + e, e);
    } catch (Throwable e) {
      throw call.failed(e);
    }
  }

  private ShapingException failed(Throwable e) {
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new ShapingException(filter.at(), why + " (item " + key() + ")", e);
  }

  @Override
  public String describe(StackTraceElement[] frames) {
    Location at = filter.test().place(frames).orElse(filter.at());
    return (at.equals(Location.NOWHERE) ? "" : at + ": ") + "the filter (item " + key() + ")";
  }

  private String key() {
    return keys.stream()
        .map(k -> k + "=" + AttributeJson.text(item.get(k)))
        .collect(Collectors.joining(", "));
  }
}
