package org.dynocopy.dsl.values;

import groovy.lang.MetaProperty;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.dynocopy.dsl.values.Data.Kind;

/**
 * What a dot means: of a map the attribute, whatever its name, and else what Groovy makes of it.
 */
public final class Dot {

  /** What every object has in Groovy, and no value of a table. */
  private static final Set<String> OF_OBJECTS = Set.of("class", "metaClass", "properties");

  /** What would call a method of a class that cannot be seen in the recipe. */
  private static final Set<String> OF_CLASSES =
      Set.of("methods", "declaredMethods", "constructors", "declaredConstructors", "classLoader");

  private Dot() {}

  /** Does {@code value.name}, and {@code value?.name}. */
  public static Object get(Object value, Object name, boolean safe) {
    if (value instanceof Map<?, ?> map) {
      return Lookup.get(map, name.toString());
    }
    if (value == null && safe) {
      return null;
    }
    if (value instanceof Collection<?> several) {
      return ofAll(several, name.toString());
    }
    String property = name.toString();
    if (OF_OBJECTS.contains(property) && value != null && Kind.of(value) != Kind.OTHER) {
      throw new IllegalArgumentException(
          Kind.of(value).text + " has no attribute `" + property + "`: it is no Map");
    }
    if (property.equals("metaClass") || value instanceof Class && OF_CLASSES.contains(property)) {
      throw new IllegalArgumentException("`." + property + "` is refused: write out what is done");
    }
    return Data.of(InvokerHelper.getProperty(value, property));
  }

  /** Does {@code value.name = to}, and {@code value?.name = to}. */
  @SuppressWarnings("unchecked")
  public static Object set(Object value, Object name, Object to, boolean safe) {
    if (value instanceof Map<?, ?> map) {
      ((Map<Object, Object>) map).put(name.toString(), to);
    } else if (value != null || !safe) {
      InvokerHelper.setProperty(value, name.toString(), fitting(value, name.toString(), to));
    }
    return to;
  }

  /** A property of a type of whole numbers would cut off what it cannot hold. */
  private static Object fitting(Object value, String name, Object to) {
    if (name.equals("metaClass")) {
      throw new IllegalArgumentException("`.metaClass` is refused: write out what is done");
    }
    if (!(to instanceof Number) || value == null) {
      return to;
    }
    MetaProperty property = InvokerHelper.getMetaClass(value).hasProperty(value, name);
    return property == null ? to : Numbers.exact(to, property.getType());
  }

  /** Groovy asks a list's own properties first, and then the elements for theirs. */
  private static Object ofAll(Collection<?> several, String name) {
    boolean maps = several.stream().allMatch(one -> one == null || one instanceof Map);
    boolean own = OF_OBJECTS.contains(name) || name.equals("empty");
    if (own && !(name.equals("empty") && (several.isEmpty() || !maps))) {
      throw new IllegalArgumentException(
          "`."
              + name
              + "` of a List or Set: use `*."
              + name
              + "` for the attributes of its elements"
              + (name.equals("empty") ? ", or `isEmpty()`" : ""));
    }
    return Data.of(
        maps && !several.isEmpty()
            ? spread(several, name)
            : InvokerHelper.getProperty(several, name));
  }

  /** Does {@code values*.name}. */
  public static Object spread(Object values, Object name) {
    if (values == null) {
      return null;
    }
    List<Object> all = new ArrayList<>();
    for (Iterator<?> each = InvokerHelper.asIterator(values); each.hasNext(); ) {
      all.add(get(each.next(), name, true));
    }
    return all;
  }
}
