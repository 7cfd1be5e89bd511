package org.dynocopy.dsl.values;

import groovy.lang.Closure;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.codehaus.groovy.runtime.NumberAwareComparator;
import org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation;
import org.dynocopy.dsl.values.Data.Kind;

/** Does what goes by the order of values: that of text is not Java's, but that of UTF-8. */
public final class Orders {

  private static final Set<String> METHODS = Set.of("max", "min", "sort", "toSorted");

  private Orders() {}

  static boolean does(String method, int arguments) {
    return METHODS.contains(method) && arguments <= 2;
  }

  /** Calls {@code max}, {@code min}, {@code sort} or {@code toSorted} of a collection or a map. */
  static Object call(Object receiver, String method, Object[] arguments) {
    boolean sorts = !method.equals("max") && !method.equals("min");
    int count = arguments.length;
    Object last = count == 0 ? null : arguments[count - 1];
    UnaryOperator<Object> key = null;
    if (count == 0 || count == 1 && last instanceof Boolean) {
      key = plainKey(receiver, method);
      count++;
    } else if (last instanceof Closure<?> by && by.getMaximumNumberOfParameters() == 1) {
      key = by::call;
    }
    Object[] given = arguments;
    if (key != null) {
      given = Arrays.copyOf(arguments, count, Object[].class);
      given[count - 1] = new Order(key, sorts);
    }
    Object result = InvokerHelper.invokeMethod(receiver, method, given);
    return sorts ? Data.of(result) : Data.element(result);
  }

  /** Returns what is ordered where no block says it, or null where Groovy's order is right. */
  private static UnaryOperator<Object> plainKey(Object receiver, String method) {
    if (receiver instanceof Map<?, ?> map) {
      boolean values = method.equals("toSorted");
      boolean texts = areTexts(values ? map.values() : map.keySet());
      UnaryOperator<Object> key = one -> ((Map.Entry<?, ?>) one).getKey();
      UnaryOperator<Object> value = one -> ((Map.Entry<?, ?>) one).getValue();
      return !texts ? null : values ? value : key;
    }
    return areTexts(Data.elements(receiver)) ? UnaryOperator.identity() : null;
  }

  private static boolean areTexts(Collection<?> values) {
    return !values.isEmpty() && values.stream().allMatch(String.class::isInstance);
  }

  /** A block with two parameters, which Groovy orders by. */
  private static final class Order extends Closure<Integer> {

    private static final long serialVersionUID = 1;

    private final transient UnaryOperator<Object> key;

    /** Whether values without an order have a place, as Groovy's sort gives them one. */
    private final boolean lenient;

    Order(UnaryOperator<Object> key, boolean lenient) {
      super(null);
      this.key = key;
      this.lenient = lenient;
      parameterTypes = new Class<?>[] {Object.class, Object.class};
      maximumNumberOfParameters = 2;
    }

    @Override
    public Integer call(Object... two) {
      Object a = Data.of(key.apply(two[0]));
      Object b = Data.of(key.apply(two[1]));
      Kind kind = Kind.of(a);
      if (kind == Kind.of(b) && (kind == Kind.STRING || kind == Kind.NUMBER)) {
        return (Integer) Comparison.compare(a, b);
      }
      return lenient
          ? new NumberAwareComparator<Object>().compare(a, b)
          : DefaultTypeTransformation.compareTo(a, b);
    }
  }

  /** Does {@code Collections.max(values)}, {@code min} or {@code sort}. */
  public static Object collections(String method, Object values) {
    Comparator<Object> order = (a, b) -> (Integer) Comparison.compare(a, b);
    @SuppressWarnings("unchecked")
    Collection<Object> all = (Collection<Object>) values;
    switch (method) {
      case "max":
        return Data.of(Collections.max(all, order));
      case "min":
        return Data.of(Collections.min(all, order));
      default:
        Collections.sort((List<Object>) all, order);
        return null;
    }
  }

  /** Makes an empty TreeSet or TreeMap. */
  public static Object tree(String type) {
    return type.equals("TreeSet") ? new TreeSet<>(Orders::natural) : new TreeMap<>(Orders::natural);
  }

  /** Makes a TreeSet or TreeMap of other values, or with a comparator. */
  public static Object tree(String type, Object of) {
    if (type.equals("TreeSet") && of instanceof Collection<?> all && !(of instanceof SortedSet)) {
      Set<Object> set = new TreeSet<>(Orders::natural);
      set.addAll(all);
      return set;
    }
    if (type.equals("TreeMap") && of instanceof Map<?, ?> all && !(of instanceof SortedMap)) {
      Map<Object, Object> map = new TreeMap<>(Orders::natural);
      map.putAll(all);
      return map;
    }
    Class<?> made = type.equals("TreeSet") ? TreeSet.class : TreeMap.class;
    return InvokerHelper.invokeConstructorOf(made, new Object[] {of});
  }

  @SuppressWarnings("unchecked")
  private static int natural(Object a, Object b) {
    boolean known = a instanceof String && b instanceof String || Numbers.numbers(a, b);
    return known ? (Integer) Comparison.compare(a, b) : ((Comparable<Object>) a).compareTo(b);
  }
}
