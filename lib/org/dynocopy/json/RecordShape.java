package org.dynocopy.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@link RecordBinding} has to know of a class of records.
 *
 * @param members one for each component, in their order
 * @param constructor the one that takes all components
 */
record RecordShape(List<Member> members, Constructor<?> constructor) {

  /**
   * A component.
   *
   * @param name its name in documents; empty if its members stand in its place
   * @param absent what it is in documents that do not have it; may be null
   */
  record Member(String name, Type type, Method accessor, Object absent) {

    boolean flat() {
      return name.isEmpty();
    }

    boolean optional() {
      return raw(type) == Optional.class;
    }

    /** Returns its value. */
    Object of(Record document) {
      try {
        return accessor.invoke(document);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /**
   * Looks at a class.
   *
   * @param names the names of members that are not called as their components, by {@code
   *     Class.component}
   * @param absent what components are in documents that do not have them
   */
  static RecordShape of(Class<?> type, Map<String, String> names, Map<String, Object> absent) {
    RecordComponent[] components = type.getRecordComponents();
    List<Member> members = new ArrayList<>();
    for (RecordComponent component : components) {
      String key = type.getName() + "." + component.getName();
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      String name = names.getOrDefault(key, component.getName());
      members.add(new Member(name, component.getGenericType(), accessor, absent.get(key)));
    }
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return new RecordShape(members, constructor);
    } catch (NoSuchMethodException e) {
      throw new AssertionError("every record has this constructor", e);
    }
  }

  static Class<?> raw(Type type) {
    return (Class<?>) (type instanceof ParameterizedType of ? of.getRawType() : type);
  }

  /** Returns the n-th type argument. */
  static Type argument(Type type, int n) {
    return ((ParameterizedType) type).getActualTypeArguments()[n];
  }

  /**
   * Makes a record.
   *
   * @throws InvalidDocumentException if the record refuses the values
   */
  Object make(Object[] values) throws InvalidDocumentException {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new InvalidDocumentException(String.valueOf(e.getCause().getMessage()), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
