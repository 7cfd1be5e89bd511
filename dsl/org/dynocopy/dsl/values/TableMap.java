package org.dynocopy.dsl.values;

import groovy.lang.GroovyObject;
import groovy.lang.MetaClass;
import java.nio.ByteBuffer;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.runtime.InvokerHelper;

/**
 * An item, or a map in one, as a recipe sees it: a read-only map whose values are {@link Data}, at
 * any depth, and whose properties are its attributes, whatever they are called. A value is made
 * when it is first asked for.
 */
public final class TableMap extends AbstractMap<String, Object> implements GroovyObject {

  private final Map<String, Object> source;
  private final Map<String, Object> known = new HashMap<>(8);

  /** Makes a view of an item's attributes. */
  public TableMap(Map<String, Object> source) {
    this.source = source;
  }

  @Override
  public Object get(Object attribute) {
    Object value = known.get(attribute);
    if (value == null) {
      value = value(source.get(attribute));
      if (value != null) {
        known.put((String) attribute, value);
      }
    }
    return value;
  }

  @SuppressWarnings("unchecked")
  private static Object value(Object value) {
    if (value instanceof String) {
      return value;
    }
    if (value instanceof Number number) {
      return Data.number(number);
    }
    if (value instanceof Map<?, ?> map) {
      return new TableMap((Map<String, Object>) map);
    }
    if (value instanceof List<?> list) {
      return Collections.unmodifiableList(all(list, new ArrayList<>(list.size())));
    }
    if (value instanceof Set<?> set) {
      return Collections.unmodifiableSet(all(set, new LinkedHashSet<>()));
    }
    return value instanceof ByteBuffer bytes ? bytes.asReadOnlyBuffer() : value;
  }

  private static <C extends Collection<Object>> C all(Collection<?> values, C all) {
    values.forEach(one -> all.add(value(one)));
    return all;
  }

  @Override
  public boolean containsKey(Object attribute) {
    return source.containsKey(attribute);
  }

  @Override
  public Object put(String attribute, Object value) {
    return source.put(attribute, value);
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<String, Object>> iterator() {
        return source.keySet().stream()
            .<Entry<String, Object>>map(name -> new SimpleImmutableEntry<>(name, get(name)))
            .iterator();
      }

      @Override
      public int size() {
        return source.size();
      }
    };
  }

  /** Returns a copy that can be changed. */
  @Override
  public Map<String, Object> clone() {
    return new LinkedHashMap<>(this);
  }

  @Override
  public Object getProperty(String attribute) {
    return get(attribute);
  }

  @Override
  public void setProperty(String attribute, Object value) {
    put(attribute, value);
  }

  @Override
  public MetaClass getMetaClass() {
    return InvokerHelper.getMetaClass(TableMap.class);
  }

  @Override
  public void setMetaClass(MetaClass metaClass) {
    throw new UnsupportedOperationException();
  }
}
